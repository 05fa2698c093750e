"""Opened recommenders, kept until the workspace is locked or another version is current; names looked up."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import UnknownName
from engine.host.context import Context
from engine.serve.recommend.model import TASK, RecommendModel, open_model
from engine.store import packs

SHOWN = 5


def opened(ctx: Context, name: str) -> RecommendModel:
    """The version in use.

    Raises:
        UnknownName, PackUnusable.
    """
    version = next((one.version for one in packs.versions(ctx.store, name) if one.current), None)
    key = (TASK, name)
    held = ctx.cache.get(key)
    if held is not None and held[0] == version:
        model: RecommendModel = held[1]
        return model
    stored = packs.current(ctx.store, name, TASK)
    model = open_model(name, stored.files, stored.manifest)
    ctx.cache[key] = (stored.version, model)
    return model


def dropped(ctx: Context, name: str) -> None:
    """Forget an opened version, because its files changed in place."""
    ctx.cache.pop((TASK, name), None)


def user_place(model: RecommendModel, user: str) -> int:
    """Raises `UnknownName`."""
    place = model.user_index.get(user.strip())
    if place is None:
        raise UnknownName(what=f"person in {model.name}", name=user, known=examples(model.user_ids))
    return place


def item_place(model: RecommendModel, item: str) -> int:
    """Raises `UnknownName`."""
    place = model.item_index.get(item.strip())
    if place is None:
        raise UnknownName(what=f"item in {model.name}", name=item, known=examples(model.item_ids))
    return place


def examples(ids: Sequence[str]) -> str:
    """A few ids for a sentence."""
    more = f" and {len(ids) - SHOWN:,} more" if len(ids) > SHOWN else ""
    return (", ".join(ids[:SHOWN]) or "none") + more
