"""What became of shown lists: recorded, imported, counted over time, and turned into events to learn from."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from pathlib import Path

import apsw

from engine.api import (
    Control,
    FeedbackAdded,
    FeedbackEvent,
    FeedbackFigures,
    FeedbackPeriod,
    FeedbackRecorded,
)
from engine.dataset.chunks import unpack
from engine.errors import DataUnusable, FileUnusable, InputError, UsageError
from engine.host.context import Context
from engine.host.recommend.opened import opened
from engine.ingest.import_table import Chunk, Imported, ImportSpec, path_bytes
from engine.ingest.kinds import folded
from engine.serve.recommend.model import TASK
from engine.store import datasets, packs, recommend
from engine.store.audit import record
from engine.values import Rejection

KINDS = {
    "shown": "shown", "show": "shown", "impression": "shown", "view": "shown", "displayed": "shown",
    "clicked": "clicked", "click": "clicked", "open": "clicked", "opened": "clicked", "buy": "clicked",
    "dismissed": "dismissed", "dismiss": "dismissed", "hide": "dismissed", "hidden": "dismissed",
}  # fmt: skip
PERIODS = ("day", "week", "month")
REJECTED_KEPT = 100
LEAST_SHOWN = 200
"""Shown items on either side before anything is said about drift."""
Z95 = 1.959964


class _Taking:
    """Takes events one by one inside a write: what was shown first, so that clicks find their lists."""

    def __init__(self, ctx: Context, pack: str) -> None:
        self._pack = pack
        self._version = packs.current_version(ctx.store, pack, TASK)
        self.counts = dict.fromkeys(("shown", "clicked", "dismissed", "repeated"), 0)
        self.rejected: list[Rejection] = []
        self.rejected_count = 0

    def take(self, connection: apsw.Connection, events: Iterable[tuple[int, FeedbackEvent]]) -> None:
        ordered = sorted(events, key=lambda one: (one[1].kind != "shown", one[0]))
        for line, event in ordered:
            reason = self._wrong(event) or self._take(connection, event)
            if reason:
                self.rejected_count += 1
                if len(self.rejected) < REJECTED_KEPT:
                    self.rejected.append(Rejection(line=line, reason=reason, code="feedback"))

    def _wrong(self, event: FeedbackEvent) -> str:
        if event.kind not in ("shown", "clicked", "dismissed"):
            return f"the type “{event.kind}” is none of shown, clicked and dismissed"
        if not event.item.strip():
            return "no item is given"
        if event.chance is not None and not 0 < event.chance <= 1:
            return f"a chance is above 0 and at most 1, not {event.chance:g}"
        if event.time and not _is_moment(event.time):
            return f"the time “{event.time}” is not a date in ISO 8601"
        if event.kind == "shown" and not event.user and not event.list:
            return "what was shown needs a person or a list"
        return ""

    def _take(self, connection: apsw.Connection, event: FeedbackEvent) -> str:
        pack, user, item = self._pack, event.user.strip(), event.item.strip()
        time = _moment(event.time)
        if event.kind == "shown":
            # Without the name of a list, what one person was shown on one moment is one list.
            name = event.list.strip() or f"{user} {time}"
            number = recommend.start_list(connection, pack, self._version, user=user, name=name, time=time)
            added = recommend.add_shown(connection, number, [recommend.Shown(event.place, item, event.chance)])
            self.counts["shown" if added else "repeated"] += 1
            return ""
        found = (
            recommend.find_list(connection, pack, event.list.strip(), item) if event.list.strip()
            else recommend.latest_list_with(connection, pack, user, item) if user else None
        )  # fmt: skip
        marked = found is not None and recommend.mark(connection, found, item, event.kind, time)
        dropped = event.kind == "dismissed" and bool(user) and recommend.dismiss(connection, pack, user, item, time)
        if found is None and not (event.kind == "dismissed" and user):
            return "no list that was shown holds this item for this person"
        self.counts[event.kind if marked or dropped else "repeated"] += 1
        return ""

    def result(self) -> FeedbackRecorded:
        return FeedbackRecorded(
            shown=self.counts["shown"], clicked=self.counts["clicked"], dismissed=self.counts["dismissed"],
            repeated=self.counts["repeated"], rejected_count=self.rejected_count, rejected=tuple(self.rejected),
        )  # fmt: skip


def take_events(ctx: Context, pack: str, events: tuple[FeedbackEvent, ...]) -> FeedbackRecorded:
    """Record events.

    Raises:
        UnknownName: no such pack.
        InputError: not one of the events could be used.
    """
    taking = _Taking(ctx, pack)
    with ctx.store.write() as connection:
        taking.take(connection, enumerate(events, 1))
    if events and taking.rejected_count == len(events):
        raise InputError(reason=f"None of the events can be used: {taking.rejected[0].reason}.")
    return taking.result()


def import_events(ctx: Context, pack: str, path: str, ctl: Control) -> FeedbackRecorded:
    """Record the rows of a table, all of them or none.

    Raises:
        UnknownName, FileMissing, FileUnusable, ColumnsUnknown.
    """
    taking = _Taking(ctx, pack)
    found: list[tuple[int, FeedbackEvent]] = []

    def take(chunk: Chunk) -> None:
        part = unpack(chunk.data)
        columns = [folded(name) for name in part.columns]
        for cells in part.rows:
            row = dict(zip(columns, cells, strict=True))
            found.append((len(found) + 2, _event(row)))

    spec = ImportSpec(path_bytes(path), "events", {})
    outcome: Imported = ctx.workers.run("import_table", spec, ctl, title=Path(path).name, on_item=take)
    with ctx.store.write() as connection:
        taking.take(connection, found)
        if taking.rejected_count == len(found):
            first = f": {taking.rejected[0].reason}" if taking.rejected else ""
            raise FileUnusable(path=path, reason=f"it has no feedback{first}.")
        record(connection, "feedback imported", pack)
    result = taking.result()
    return FeedbackRecorded(
        shown=result.shown, clicked=result.clicked, dismissed=result.dismissed, repeated=result.repeated,
        rejected_count=result.rejected_count + outcome.rejected_count,
        rejected=(*result.rejected, *outcome.rejected)[:REJECTED_KEPT],
    )  # fmt: skip


def figures(ctx: Context, pack: str, per: str) -> FeedbackFigures:
    """The hit rate per period, and whether it drifts: the latest two full periods' worth against all before."""
    if per not in PERIODS:
        raise UsageError(reason=f"Figures are per {', '.join(PERIODS)}, not per “{per}”.")
    packs.current_version(ctx.store, pack, TASK)
    periods = []
    for start, lists, shown, clicked, dismissed, versions in recommend.periods(ctx.store, pack, per):
        low, high = wilson(clicked, shown)
        periods.append(
            FeedbackPeriod(
                start or "", lists, shown, clicked, dismissed, round(clicked / shown, 6), round(low, 6), round(high, 6),
                tuple(sorted(int(one) for one in str(versions).split(","))),
            )
        )  # fmt: skip
    drift, verdict = drifting(periods, per)
    return FeedbackFigures(
        lists=sum(one.lists for one in periods), shown=sum(one.shown for one in periods),
        clicked=sum(one.clicked for one in periods), dismissed=sum(one.dismissed for one in periods),
        periods=tuple(periods), drift=drift, verdict=verdict,
    )  # fmt: skip


def drifting(periods: list[FeedbackPeriod], per: str) -> tuple[str, str]:
    """Compare the newest periods, as many as hold `LEAST_SHOWN` shown items, with all before: a test of two shares."""
    split, newest = len(periods), 0
    while split > 0 and newest < LEAST_SHOWN:
        split -= 1
        newest += periods[split].shown
    before, after = periods[:split], periods[split:]
    shown = [sum(one.shown for one in part) for part in (before, after)]
    if min(shown) < LEAST_SHOWN:
        return "unknown", (
            f"Too little was shown to tell whether the hit rate changes: at least {LEAST_SHOWN:,} shown items before "
            f"and {LEAST_SHOWN:,} in the newest {per}s are needed."
        )
    clicked = [sum(one.clicked for one in part) for part in (before, after)]
    rates = [hits / count for hits, count in zip(clicked, shown, strict=True)]
    pooled = sum(clicked) / sum(shown)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / shown[0] + 1 / shown[1]))
    score = (rates[1] - rates[0]) / spread if spread else 0.0
    words = f"{rates[1]:.1%} of the shown items were clicked since {after[0].start}, {rates[0]:.1%} before"
    if abs(score) < Z95:
        return "none", f"The hit rate holds: {words}, a difference that chance alone makes."
    if score < 0:
        return "down", f"The hit rate falls: {words}. Learn anew from newer events, or look at what has changed."
    return "up", f"The hit rate rises: {words}."


def wilson(hits: int, count: int) -> tuple[float, float]:
    """95 % interval of a share. Source: Wilson 1927."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, Z95 * Z95
    middle = (share + square / (2 * count)) / (1 + square / count)
    reach = Z95 * math.sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def to_events(ctx: Context, pack: str, dataset: str) -> FeedbackAdded:
    """Add clicks and dismissals of people with a name to a data set of events; each goes there once.

    Raises:
        UnknownName: no such pack or data set.
        DataUnusable: the data set holds something else, or there is nothing new.
    """
    stored = next(one for one in packs.versions(ctx.store, pack) if one.current)
    opened(ctx, pack)
    name = dataset or str(stored.manifest.get("data", {}).get("events", ""))
    info = datasets.info(ctx.store, name)
    if info.kind != "events":
        raise DataUnusable(name=name, reason=f"it holds {info.kind}, and events are needed.")
    waiting = recommend.untaught(ctx.store, pack)
    named = [one for one in waiting if one.user]
    if not named:
        raise DataUnusable(name=pack, reason="there are no new clicks or dismissals of people with a name.")
    columns = ("user", "item", "type", "time", "value")
    rows = [(one.user, one.item, "click" if one.clicked else "hide", one.time, "") for one in named]
    from engine.dataset.chunks import CHUNK_ROWS
    from engine.dataset.chunks import pack as packed

    with datasets.Writer(ctx.store, info.name, "events", source=f"feedback of {pack}", append=True) as writer:
        for start in range(0, len(rows), CHUNK_ROWS):
            part = rows[start : start + CHUNK_ROWS]
            writer.add_packed(len(part), packed(columns, part))
        writer.finish(columns=columns, mapping={}, labels={}, label_total=0)
    with ctx.store.write() as connection:
        recommend.set_taught(connection, named)
    return FeedbackAdded(info.name, len(rows), len(waiting) - len(named))


def _event(row: dict[str, str]) -> FeedbackEvent:
    kind = row.get("type", "").strip().casefold()
    list_name = next((row[name] for name in ("list", "list_id", "session", "request") if row.get(name)), "")
    place = next((row[name] for name in ("place", "position", "rank") if row.get(name)), "0").strip()
    chance = next((row[name] for name in ("chance", "propensity", "probability") if row.get(name)), "").strip()
    return FeedbackEvent(
        kind=KINDS.get(kind, kind), item=row.get("item", ""), user=row.get("user", ""), list=list_name,
        place=int(place) if place.isdecimal() else 0, chance=_number(chance), time=row.get("time", "").strip(),
    )  # fmt: skip


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        return -1.0  # refused with a sentence


def _is_moment(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _moment(text: str) -> str:
    """A moment as the store keeps it: UTC, to the second."""
    if not text:
        return ""
    found = dt.datetime.fromisoformat(text)
    found = found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")
