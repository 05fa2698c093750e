"""The generator's worker: opens a model, then writes what it is asked for, piece by piece.

A text's pieces are sent every 20 ms, not token by token, so that a fast model does not wait for the pipe.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from engine.errors import Cancelled, PromptTooLong, UsageError
from engine.jobs.child import Link
from engine.runtimes.gguf.facts import facts_of
from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.template import PLAIN_STOPS, ChatTemplate, Turn
from engine.runtimes.gguf.vocabulary import read_steering
from engine.runtimes.llama import LlamaModel, Sampling, grammar_of
from engine.serve.generate.stops import Outlet
from engine.serve.generate.values import Adapt, Adapted, Ask, Loaded, LoadSpec, Piece, Written

SEND_EVERY_S = 0.02
TRIAL_TOKENS = 32
TRIAL_PROMPT = 96


class Served(Struct):
    """A worker that was asked to go has gone."""

    asks: int


class Tried(Struct):
    """What a first load found: the chat template's fault, empty where it works, and the speeds in tokens per second."""

    template_fault: str
    load_s: float
    prompt_speed: float
    decode_speed: float
    peak_mb: float


def run_generator(spec: LoadSpec, link: Link) -> Served:
    """Open a model and answer asks until told to go.

    Raises:
        GgufUnusable, TemplateUnusable, RuntimeMissing, Cancelled: it does not open.
    """
    writer = Writer(spec, link)
    answered = 0

    def answer(ask: Ask | Adapt) -> Written | Adapted:
        nonlocal answered
        if isinstance(ask, Adapt):
            return writer.adapt(ask)
        answered += 1
        return writer.write(ask, link)

    link.serve(sys.modules[__name__], answer, writer.loaded)
    return Served(answered)


def try_generator(spec: LoadSpec, link: Link) -> Tried:
    """Open a stranger's model for the first time, let it write a little, and try its template.

    Raises:
        GgufUnusable, RuntimeMissing, Cancelled.
    """
    from engine.errors import TemplateUnusable

    writer = Writer(spec, link, template=False)
    fault = ""
    try:
        writer.use_template()
        writer.template.render([Turn("system", "Answer briefly."), Turn("user", "Hello.")])
    except TemplateUnusable as error:
        fault = str(error.details["reason"])
    room = min(TRIAL_PROMPT, writer.model.context - TRIAL_TOKENS)
    words = writer.model.tokens("The desk answers every question of its customers. " * 20, begin=True, special=False)
    began = time.perf_counter()
    writer.model.read(words[: max(1, room)], lambda _done, _all: link.check())
    prompt_s = time.perf_counter() - began
    sampler = writer.model.sampler(Sampling(temperature=0))
    began = time.perf_counter()
    for _ in range(TRIAL_TOKENS):
        link.check()
        writer.model.add(sampler.choose())
    decode_s = time.perf_counter() - began
    sampler.close()
    return Tried(
        template_fault=fault,
        load_s=writer.loaded.load_s,
        prompt_speed=round(min(len(words), max(1, room)) / max(prompt_s, 1e-6), 1),
        decode_speed=round(TRIAL_TOKENS / max(decode_s, 1e-6), 1),
        peak_mb=round(_peak_mb(), 1),
    )


class Writer:
    """An opened model with its template."""

    def __init__(self, spec: LoadSpec, link: Link, *, template: bool = True) -> None:
        began = time.perf_counter()
        self._name = spec.name
        self._header = read_header(Path(spec.path))
        self._facts = facts_of(self._header)
        self._steering = read_steering(self._header)
        if template:
            self.use_template()

        def loading(share: float) -> None:
            link.report(round(share * 100), 100, "load the generator")

        self.model = LlamaModel(
            Path(spec.path), context=spec.context, threads=spec.threads, gpu_layers=spec.gpu_layers,
            on_progress=_quiet(loading),
        )  # fmt: skip
        link.check()
        link.on_cancel = self.model.abort
        self.loaded = Loaded(
            context=self.model.context,
            threads=spec.threads,
            gpu_layers=self.model.gpu_layers,
            template=bool(self._facts.template.strip()),
            steering=len(self._steering.control),
            load_s=round(time.perf_counter() - began, 4),
        )

    def use_template(self) -> None:
        """Compile the file's template. Raises: TemplateUnusable."""
        self.template = ChatTemplate(
            self._name, self._facts.template, begin=self._steering.begin, end=self._steering.end,
            control=self._steering.control,
        )  # fmt: skip

    def adapt(self, ask: Adapt) -> Adapted:
        """Raises: GgufUnusable: the adapter does not fit over the model."""
        began = time.perf_counter()
        self.model.adapt(ask.body)
        return Adapted(round(time.perf_counter() - began, 5))

    def write(self, ask: Ask, link: Link) -> Written:
        """Write an answer; its pieces go over the link.

        Raises:
            PromptTooLong, TemplateUnusable, UsageError, Cancelled.
        """
        began = time.perf_counter()
        self.model.go_on()
        link.check()  # a cancel that came before `go_on` is still known to the link
        prompt, stops = self._prompt(ask)
        sampling = ask.sampling
        if ask.schema:
            sampling = Sampling(**{name: getattr(sampling, name) for name in sampling.__struct_fields__} | {
                "grammar": grammar_of(ask.schema)
            })  # fmt: skip
        sampler = self.model.sampler(sampling)
        try:
            reused = self.model.read(
                prompt, lambda done, total: link.report(done, total, "read the prompt"), reuse=ask.reuse
            )
            read = time.perf_counter()
            outlet = Outlet(stops)
            text: list[str] = []
            waiting = ""
            sent = count = 0
            first = last_sent = 0.0
            finish = "length"
            while count < ask.max_tokens:
                token = sampler.choose()
                if self.model.ends(token):
                    finish = "stop"
                    break
                count += 1
                waiting += outlet.feed(self.model.piece(token))
                now = time.perf_counter()
                if not first:
                    first = now
                if outlet.stopped:
                    finish = "stop"
                    break
                if waiting and now - last_sent >= SEND_EVERY_S:
                    link.send(Piece(waiting, count))
                    text.append(waiting)
                    waiting, last_sent, sent = "", now, count
                if count < ask.max_tokens:
                    self.model.add(token)
        finally:
            sampler.close()
        waiting += outlet.feed(b"", last=True)
        if waiting or sent < count:
            link.send(Piece(waiting, count))
            text.append(waiting)
        ended = time.perf_counter()
        return Written(
            text="".join(text),
            tokens=count,
            prompt_tokens=len(prompt),
            reused_tokens=reused,
            finish=finish,
            first_s=round((first or ended) - began, 5),
            prompt_s=round(read - began, 5),
            decode_s=round(ended - (first or ended), 5),
        )

    def _prompt(self, ask: Ask) -> tuple[list[int], tuple[str, ...]]:
        """The prompt's tokens and the texts that end the answer."""
        stops = ask.stop
        if ask.turns:
            text = self.template.render(ask.turns)
            begin = self.model.adds_begin and not (self._steering.begin and text.startswith(self._steering.begin))
            tokens = self.model.tokens(text, begin=begin, special=not self.template.plain)
            stops = (*stops, *PLAIN_STOPS) if self.template.plain else stops
        else:
            tokens = self.model.tokens(ask.prompt, begin=self.model.adds_begin, special=ask.special)
        if not tokens:
            raise UsageError(reason="The prompt is empty.")
        room = self.model.context - ask.max_tokens
        if len(tokens) > room:
            raise PromptTooLong(name=self._name, tokens=len(tokens), room=max(0, room), answer=ask.max_tokens)
        return tokens, stops


def _quiet(report: Callable[[float], None]) -> Callable[[float], None]:
    """Progress of a load; a cancel must not travel through C, which asks `abort` instead."""

    def reported(share: float) -> None:
        try:
            report(share)
        except Cancelled:
            return

    return reported


def _peak_mb() -> float:
    """The most memory that this process had; 0 where the system does not tell."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 2**20
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
