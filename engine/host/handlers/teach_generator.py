"""Generators: teach one, and make one file of a generator and what was learned over it."""

from __future__ import annotations

from engine import api
from engine.host.context import Context
from engine.host.registry import handles


@handles(api.TrainGenerator)
def train_generator(ctx: Context, request: api.TrainGenerator, ctl: api.Control) -> api.GeneratorTrained:
    from engine.host.teach.generator import teach

    return teach(ctx, request, ctl)


@handles(api.MergeGenerator)
def merge_generator(ctx: Context, request: api.MergeGenerator, ctl: api.Control) -> api.GeneratorMerged:
    from engine.host.generate.merging import merge

    return merge(ctx, request, ctl)
