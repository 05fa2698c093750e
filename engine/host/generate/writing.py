"""Lets a generator write: settles what the request leaves open, keeps the worker, passes on the pieces."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.api import Control, Generate, Generated
from engine.errors import PromptTooLong, UsageError
from engine.host.generate import adapters, speeds
from engine.host.generate.keeper import Target
from engine.runtimes.gguf.facts import GeneratorFacts, read_facts
from engine.runtimes.gguf.forecast import CONTEXT_STEP, need_of, usual_context
from engine.runtimes.gguf.template import Turn
from engine.runtimes.llama import Sampling
from engine.runtimes.threads import usable_threads
from engine.serve.generate.values import Ask, Piece, Written

if TYPE_CHECKING:
    from engine.host.context import Context

ROLES = ("system", "user", "assistant")
MOST_TEXT = 1 << 20
MOST_SCHEMA = 1 << 18
MOST_STOPS = 16
MOST_STOP = 200
MOST_SEED = (1 << 32) - 2
LEAST_READ, LEAST_WRITTEN = 32, 8
"""Tokens that tell a speed."""

OnPiece = Callable[[str], None]


def generate(
    ctx: Context,
    request: Generate,
    ctl: Control,
    on_piece: OnPiece | None = None,
    *,
    measure: bool = False,
    chosen: adapters.Chosen | None = None,
) -> Generated:
    """See `engine.api.Generate`. The parts of the host that need text written call this too.

    Args:
        on_piece: gets the pieces of the text in place of progress notes.
        chosen: the generator, where it is none that a name stands for yet.
        measure: keep the speed in place of the one that is known; the first one is always kept.
    Raises:
        UnknownName, UsageError, PromptTooLong, MemoryShort, PackUnusable, GgufUnusable, TemplateUnusable,
        RuntimeMissing, WorkerDied, Cancelled.
    """
    began = time.monotonic()
    check(request)
    chosen = chosen or adapters.choose(ctx, request.pack)
    file = chosen.file
    facts = read_facts(file.path)
    seed = request.seed if request.seed is not None else secrets.randbelow(MOST_SEED)
    ask = _ask(request, seed)
    target = settle(ctx, chosen, facts, request)

    def piece(item: Piece) -> None:
        if on_piece is not None:
            ctl.check()
            on_piece(item.text)
        else:
            ctl.report(item.tokens, request.max_tokens, "write", item.text)

    def write(target: Target) -> tuple[Written, int]:
        idle_s = float(ctx.settings["generator_idle_s"])
        written, loaded = ctx.generators.write(
            target, ask, ctl, idle_s=idle_s, on_item=piece, check_open=lambda: ctx.store
        )
        return written, loaded.context

    try:
        written, context = write(target)
    except PromptTooLong as error:
        wider = _wider(target, facts, int(error.details["tokens"]) + request.max_tokens)
        if wider is None:
            raise
        written, context = write(wider)
    result = _result(chosen.name, written, seed, context, time.monotonic() - began)
    tells = written.prompt_tokens - written.reused_tokens >= LEAST_READ and written.tokens >= LEAST_WRITTEN
    if tells and chosen.adapter is None and (measure or speeds.measured(file.entry.sha256) is None):
        speeds.keep(file.entry.sha256, result.prompt_speed, result.decode_speed, target.threads)
    return result


def settle(ctx: Context, chosen: adapters.Chosen, facts: GeneratorFacts, request: Generate) -> Target:
    """What a request leaves open, from the machine and the model. Raises: UsageError."""
    if request.context > facts.context_length:
        reason = f"{chosen.file.name} was taught {facts.context_length:,} tokens of context"
        raise UsageError(reason=f"{reason}, and {request.context:,} are asked for.")
    settings = ctx.settings
    threads = usable_threads(request.threads or int(settings["generator_threads"] or settings["threads"]) or None)
    free = ctx.workers.governor.free_mb()
    if (loaded := ctx.generators.loaded) is not None:  # it makes room for the next one
        free += loaded.needs_mb
    asked = request.context or min(int(settings["generator_context"]), facts.context_length)
    context = asked or usual_context(facts, free)
    layers = request.gpu_layers if request.gpu_layers is not None else int(settings["generator_gpu_layers"])
    learned_mb = len(chosen.adapter.body) / 2**20 if chosen.adapter is not None else 0.0
    return Target(
        file=chosen.file, context=context, threads=threads, needs_mb=need_of(facts, context).total + learned_mb,
        gpu_layers=layers if layers >= 0 else None, any_context=not asked, adapter=chosen.adapter,
    )  # fmt: skip


def _wider(target: Target, facts: GeneratorFacts, tokens: int) -> Target | None:
    """The same generator with room for so many tokens, where the context was left open and it can be."""
    context = -(-tokens // CONTEXT_STEP) * CONTEXT_STEP
    if not target.any_context or not target.context < context <= facts.context_length:
        return None
    return Target(
        file=target.file, context=context, threads=target.threads, needs_mb=need_of(facts, context).total,
        gpu_layers=target.gpu_layers, adapter=target.adapter,
    )  # fmt: skip


def check(request: Generate) -> None:
    """Raise for values that cannot be. Raises: UsageError."""
    if bool(request.messages) == bool(request.prompt):
        raise UsageError(reason="Give either messages or a prompt.")
    if request.json_schema and request.grammar:
        raise UsageError(reason="Give either a JSON schema or a grammar.")
    for message in request.messages:
        if message.role not in ROLES:
            raise UsageError(reason=f"A message is by {', '.join(ROLES)}, not by {message.role!r}.")
    length = len(request.prompt) + sum(len(one.content) for one in request.messages)
    if length > MOST_TEXT:
        raise UsageError(reason=f"The prompt has {length:,} characters; the most is {MOST_TEXT:,}.")
    if max(len(request.json_schema), len(request.grammar)) > MOST_SCHEMA:
        raise UsageError(reason=f"The schema or grammar is longer than {MOST_SCHEMA:,} characters.")
    if len(request.stop) > MOST_STOPS or any(not 1 <= len(one) <= MOST_STOP for one in request.stop):
        raise UsageError(reason=f"At most {MOST_STOPS} stop texts of 1 to {MOST_STOP} characters.")
    bounds = (
        ("max_tokens", request.max_tokens, 1, 1 << 16),
        ("temperature", request.temperature, 0, 5),
        ("top_p", request.top_p, 0, 1),
        ("top_k", request.top_k, 0, 1000),
        ("min_p", request.min_p, 0, 1),
        ("repeat_penalty", request.repeat_penalty, 0.5, 2),
        ("seed", request.seed or 0, 0, MOST_SEED),
        ("context", request.context, 0, 1 << 24),
        ("threads", request.threads, 0, 256),
        ("gpu_layers", request.gpu_layers or 0, 0, 1000),
    )
    for name, value, least, most in bounds:
        if not least <= value <= most:
            raise UsageError(reason=f"{name} goes from {least} to {most}, not {value}.")


def _ask(request: Generate, seed: int) -> Ask:
    return Ask(
        turns=tuple(Turn(one.role, one.content) for one in request.messages),
        prompt=request.prompt,
        special=request.special,
        max_tokens=request.max_tokens,
        stop=request.stop,
        sampling=Sampling(
            temperature=request.temperature, top_p=request.top_p, top_k=request.top_k, min_p=request.min_p,
            repeat_penalty=request.repeat_penalty, seed=seed, grammar=request.grammar,
        ),
        schema=request.json_schema,
        reuse=request.reuse,
    )  # fmt: skip


def _result(pack: str, written: Written, seed: int, context: int, seconds: float) -> Generated:
    computed = written.prompt_tokens - written.reused_tokens
    return Generated(
        pack=pack,
        text=written.text,
        finish=written.finish,
        tokens=written.tokens,
        prompt_tokens=written.prompt_tokens,
        reused_tokens=written.reused_tokens,
        seed=seed,
        context=context,
        first_token_ms=round(written.first_s * 1000, 2),
        prompt_speed=round(computed / max(written.prompt_s, 1e-6), 1),
        decode_speed=round(max(0, written.tokens - 1) / max(written.decode_s, 1e-6), 1),
        seconds=round(seconds, 4),
    )
