"""Summaries, rewritten texts, drafts of replies, and translations."""

from __future__ import annotations

from engine import api
from engine.host.chat import phrasing, translating
from engine.host.context import Context
from engine.host.registry import handles


@handles(api.Summarise)
def summarise(ctx: Context, request: api.Summarise, ctl: api.Control) -> api.Phrased:
    return phrasing.summarise(ctx, request, ctl)


@handles(api.Rewrite)
def rewrite(ctx: Context, request: api.Rewrite, ctl: api.Control) -> api.Phrased:
    return phrasing.rewrite(ctx, request, ctl)


@handles(api.DraftReply)
def draft(ctx: Context, request: api.DraftReply, ctl: api.Control) -> api.Phrased:
    return phrasing.draft(ctx, request, ctl)


@handles(api.Translate)
def translate(ctx: Context, request: api.Translate, ctl: api.Control) -> api.Phrased:
    return translating.translate(ctx, request, ctl)
