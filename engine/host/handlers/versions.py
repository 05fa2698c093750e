"""Versions of a skill: the list, which one is in use, and two of them compared."""

from __future__ import annotations

from engine.api import CompareVersions, Control, ListVersions, UseVersion, Versions, VersionsCompared
from engine.errors import PackUnusable
from engine.host.context import Context
from engine.host.entities import versions as entities
from engine.host.models import bundled
from engine.host.registry import handles
from engine.host.teach import versions
from engine.serve.entities.reader import TASK as ENTITIES
from engine.store import packs


@handles(ListVersions)
def list_versions(ctx: Context, request: ListVersions, ctl: Control) -> Versions:
    return versions.list_versions(ctx, request.pack)


@handles(UseVersion)
def use_version(ctx: Context, request: UseVersion, ctl: Control) -> Versions:
    if request.pack in bundled.names():
        raise PackUnusable(name=request.pack, reason="it is part of the program and has one version.")
    packs.set_current(ctx.store, request.pack, request.version)
    # What is kept open of a model names it in its key; its next use opens the version now in use.
    for key in [key for key in ctx.cache if request.pack in key]:
        ctx.cache.pop(key, None)
    return versions.list_versions(ctx, request.pack)


@handles(CompareVersions)
def compare_versions(ctx: Context, request: CompareVersions, ctl: Control) -> VersionsCompared:
    if packs.versions(ctx.store, request.pack)[0].task == ENTITIES:
        return entities.compare(ctx, request, ctl)
    return versions.compare(ctx, request, ctl)
