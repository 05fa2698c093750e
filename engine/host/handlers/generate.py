"""Generators: let one write, list them, measure one, free its memory."""

from __future__ import annotations

from engine import api
from engine.errors import EngineError
from engine.host.context import Context
from engine.host.generate import adapters, describing, files, writing
from engine.host.registry import handles
from engine.runtimes import llama_build
from engine.runtimes.gguf.facts import read_facts
from engine.runtimes.threads import usable_threads


@handles(api.Generate)
def generate(ctx: Context, request: api.Generate, ctl: api.Control) -> api.Generated:
    return writing.generate(ctx, request, ctl)


@handles(api.ListGenerators)
def list_generators(ctx: Context, request: api.ListGenerators, ctl: api.Control) -> api.Generators:
    """Files, and behind them what was learned over them. Those whose file cannot be read are left to the list of
    models, which shows them as damaged."""
    listed = files.generators()
    found = []
    for name, file in [*(("", one) for one in listed), *adapters.over(ctx, listed)]:
        ctl.check()
        try:
            found.append(describing.info(ctx, file, read_facts(file.path), adapter=name))
        except EngineError:
            continue
    return api.Generators(
        tuple(found), round(ctx.workers.governor.free_mb(), 1), usable_threads(None), llama_build.accelerators()
    )


@handles(api.GetGenerator)
def get_generator(ctx: Context, request: api.GetGenerator, ctl: api.Control) -> api.GeneratorShown:
    chosen = adapters.choose(ctx, request.pack)
    file, learned = chosen.file, chosen.adapter.name if chosen.adapter is not None else ""
    facts = read_facts(file.path)
    if request.measure:
        describing.measure(ctx, file, ctl)
    return api.GeneratorShown(describing.info(ctx, file, facts, request.context, learned), facts.template)


@handles(api.UnloadGenerator)
def unload_generator(ctx: Context, request: api.UnloadGenerator, ctl: api.Control) -> api.Done:
    ctx.generators.end_if_idle()
    return api.Done(ok=ctx.generators.loaded is None)
