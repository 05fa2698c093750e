"""Forget a person: out of the data, out of every version of every recommender that learned from it, and out of what was
shown to them.

Order: first the events and the old versions go, then what is in use is learned anew, from the data as it is now and
with everything tuned anew, so that neither weights nor settings carry the person. If that is interrupted, the version
in use still knows the person and forgetting again finishes the work. A recommender for which nothing is left to
learn from is removed.
Not reached: backups, exports and files outside of the workspace.
"""

from __future__ import annotations

import logging
import time
from typing import Any, NamedTuple

import msgspec
import numpy as np

from engine.api import Control, UserForgotten
from engine.errors import InputError, UnknownName, UnknownPerson
from engine.host.context import Context
from engine.host.recommend.data import Catalogue
from engine.host.recommend.learn import Source, learn, read_source
from engine.host.recommend.opened import dropped, examples
from engine.serve.recommend.model import TASK, USERS, RecommendModel, open_model
from engine.store import audit, datasets, packs, recommend
from engine.train.recommend.interactions import Interactions

log = logging.getLogger(__name__)


class _Touched(NamedTuple):
    """A version that knows the person."""

    name: str
    version: int
    current: bool
    manifest: dict[str, Any]


def forget(ctx: Context, pack: str, user: str, ctl: Control) -> UserForgotten:
    """Remove a person and refit what they touched.

    Raises:
        UnknownName: no such pack.
        UnknownPerson: neither it nor its data know the person. The list of jobs keeps messages of errors, so this one
            does not name the person.
    """
    user = user.strip()
    ctl.report(0, None, "forget")
    packs.current(ctx.store, pack, TASK)  # says clearly what is wrong with the name
    listed = [one for one in packs.list_all(ctx.store) if one.task == TASK]
    own = [one for one in listed if one.name == pack]
    sources = {events for one in own if (events := _events(one.manifest))}
    removed = sum(_remove_events(ctx, name, user) for name in sorted(sources))
    touched = _touched(ctx, [one for one in listed if one.name == pack or _events(one.manifest) in sources], user, ctl)
    if not removed and not any(one.name == pack for one in touched) and not recommend.knows(ctx.store, pack, user):
        known = _users(ctx, pack, next(one.version for one in own if one.current))
        raise UnknownPerson(pack=pack, known=examples(known))
    for one in touched:
        if not one.current:
            packs.remove(ctx.store, one.name, one.version)
    refit = [one for one in touched if one.current]
    for one in refit:
        _learn_anew(ctx, one, user, ctl)
    with ctx.store.write() as connection:
        # Lists that were shown to them and what they dismissed, of every recommender on these events.
        recommend.forget_person(
            connection, {pack, *(one.name for one in listed if _events(one.manifest) in sources)}, user
        )
        audit.record(connection, "person forgotten", pack)
    _clear_journal(ctx)
    version = next((one.version for one in packs.list_all(ctx.store, pack) if one.current), 0)
    return UserForgotten(user=user, events_removed=removed, version=version)


def _remove_events(ctx: Context, name: str, user: str) -> int:
    try:
        return datasets.remove_rows(ctx.store, name, "user", user)
    except UnknownName:
        return 0  # the data set has been deleted since


def _touched(ctx: Context, listed: list[packs.PackVersion], user: str, ctl: Control) -> list[_Touched]:
    found = []
    for one in listed:
        ctl.check()
        if user in _users(ctx, one.name, one.version):
            found.append(_Touched(one.name, one.version, one.current, one.manifest))
    return found


def _users(ctx: Context, name: str, version: int) -> list[str]:
    return msgspec.json.decode(packs.load(ctx.store, name, version).files[USERS], type=list[str])


def _events(manifest: dict[str, Any]) -> str | None:
    data = manifest.get("data", {})
    return data.get("events") if isinstance(data, dict) else None


def _learn_anew(ctx: Context, one: _Touched, user: str, ctl: Control) -> None:
    """Rewrite the version in place; without anything to learn from, remove the pack."""
    began = time.monotonic()
    dropped(ctx, one.name)
    try:
        learned = learn(
            ctx,
            one.name,
            _source(ctx, one, user, ctl),
            seed=one.manifest["seed"],
            max_minutes=one.manifest["max_minutes"],
            ctl=ctl,
            began=began,
        )
    except InputError as error:
        log.warning("a recommender has nothing left to learn from and is removed (%s)", error.code)
        packs.remove(ctx.store, one.name)
        return
    packs.replace_files(ctx.store, one.name, one.version, learned.files, learned.manifest_as(one.version))
    dropped(ctx, one.name)


def _source(ctx: Context, one: _Touched, user: str, ctl: Control) -> Source:
    """The data sets as they are now; where one was deleted, the histories and titles that the pack itself holds."""
    items, events = one.manifest["data"]["items"], one.manifest["data"]["events"]
    try:
        return read_source(ctx, items, events, ctl, one.manifest.get("weights"))
    except UnknownName:
        stored = packs.load(ctx.store, one.name, one.version)
        model = open_model(one.name, stored.files, stored.manifest)
    texts = tuple(title.strip() for title in model.titles)
    return Source(Catalogue(model.item_ids, model.titles, texts, ()), _without(model, user), items, events)


def _without(model: RecommendModel, user: str) -> Interactions:
    place = model.user_index[user]
    users = np.repeat(np.arange(len(model.user_ids), dtype=np.int32), np.diff(model.history_starts))
    kept = users != place
    left = users[kept]
    return Interactions(
        users=tuple(one for one in model.user_ids if one != user),
        user=np.where(left > place, left - 1, left).astype(np.int32),
        item=model.history_items[kept],
        strength=model.history_strengths[kept],
        events=int(kept.sum()),
        missing=0,
        missing_ids=(),
        incomplete=0,
    )


def _clear_journal(ctx: Context) -> None:
    """Move the journal into the file and cut it to nothing: pages as they were before stand in it until then."""
    with ctx.store.read() as connection:
        connection.pragma("wal_checkpoint(TRUNCATE)")
