"""Events as columns of numbers, cleaned of what exports of real shops hold beside events, with a report of it.

What is cleaned, in this order:
    rows without a person or an item, and items that are not in the catalogue;
    times before 1980 or after 2100, which are defaults of some program: the event stays, without its time;
    lines that stand there twice, up to the second;
    orders whose status says that they were cancelled;
    cancellations (an amount below 0, or the type "cancel") together with the earlier purchases of the same person and
    item that they undo; where only a part of the amount is taken back, the purchase stays;
    amounts of 0.
A return is no cancellation: the person had the thing and did not want it, so it stays and speaks against the item.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from engine.api import LintFinding
from engine.dataset.tally import EXAMPLES_MAX, Tally, shown

RATING_TYPES = frozenset({"rating", "rate", "rated", "review", "stars"})
BUYING_TYPES = frozenset({"", "purchase", "purchased", "buy", "order", "sale", "transaction"})
CANCEL_TYPES = frozenset({"cancel", "cancelled", "canceled", "cancellation", "void", "取消"})
RETURN_TYPES = frozenset({"return", "returned", "refund", "refunded", "退货", "退款"})
CANCELLED_STATES = frozenset(
    {"cancel", "cancelled", "canceled", "void", "voided", "failed", "rejected", "expired", "test", "已取消", "取消"}
)
STATE_COLUMNS = ("status", "order_status", "state", "order_state", "状态", "订单状态")
EARLIEST, LATEST = 315_532_800.0, 4_102_444_800.0  # 1980 and 2100, in seconds since 1970
_FLUSH = 50_000


@dataclass(frozen=True)
class EventTable:
    """Events in the order of the data; every array is (events,).

    Attributes:
        users, items, kinds: what the positions in `user`, `item` and `kind` stand for; kinds are folded types.
        time: float64, seconds since 1970, NaN where unknown. value, weight: float32, NaN where there is none.
        cancelled: rows whose status says so.
    """

    users: tuple[str, ...]
    items: tuple[str, ...]
    kinds: tuple[str, ...]
    user: NDArray[np.int32]
    item: NDArray[np.int32]
    kind: NDArray[np.int16]
    time: NDArray[np.float64]
    value: NDArray[np.float32]
    weight: NDArray[np.float32]
    cancelled: NDArray[np.bool_]

    def of_kind(self, names: Iterable[str]) -> NDArray[np.bool_]:
        """Which events are of one of these types."""
        wanted = [place for place, name in enumerate(self.kinds) if name in set(names)]
        return np.isin(self.kind, wanted)

    def kept(self, rows: NDArray[np.bool_]) -> EventTable:
        return EventTable(
            self.users, self.items, self.kinds, self.user[rows], self.item[rows], self.kind[rows], self.time[rows],
            self.value[rows], self.weight[rows], self.cancelled[rows],
        )  # fmt: skip


@dataclass(frozen=True)
class ReadEvents:
    """`missing`: rows about unknown items, `missing_ids` up to five of them; `incomplete`: rows without an id."""

    table: EventTable
    rows: int
    missing: int
    missing_ids: tuple[str, ...]
    incomplete: int
    bad_times: Tally


def folded_kind(kind: str) -> str:
    """A type as it is compared: "Add to cart" is add_to_cart."""
    return kind.strip().lower().replace(" ", "_").replace("-", "_")


def read_events(rows: Iterable[Mapping[str, str]], item_index: Mapping[str, int] | None = None) -> ReadEvents:
    """Read events in one pass, without keeping the rows.

    Args:
        rows: fields `user`, `item`, and where known `type`, `time`, `value`, `weight` and a status.
        item_index: position of every item of the catalogue; None takes items as they come.
    """
    own: dict[str, int] = {}
    users: dict[str, int] = {}
    kinds: dict[str, int] = {}
    folded: dict[str, int] = {}
    user, item, kind = array("i"), array("i"), array("h")
    value, weight, cancelled = array("f"), array("f"), array("b")
    times, waiting = [], []
    count = missing = incomplete = 0
    missing_ids: dict[str, None] = {}
    states: tuple[str, ...] | None = None
    bad_times = Tally()
    nan = float("nan")
    for row in rows:
        count += 1
        if states is None:
            states = tuple(name for name in row if name.lower() in STATE_COLUMNS)
        who, what = row.get("user", "").strip(), row.get("item", "").strip()
        if not who or not what:
            incomplete += 1
            continue
        place = own.setdefault(what, len(own)) if item_index is None else item_index.get(what)
        if place is None:
            missing += 1
            if len(missing_ids) < EXAMPLES_MAX:
                missing_ids[what] = None
            continue
        user.append(users.setdefault(who, len(users)))
        item.append(place)
        raw = row.get("type", "")
        code = folded.get(raw)
        if code is None:
            code = folded[raw] = kinds.setdefault(folded_kind(raw), len(kinds))
        kind.append(min(code, 32_767))
        number, factor = row.get("value", ""), row.get("weight", "")
        value.append(_number(number) if number else nan)
        weight.append(_number(factor) if factor else nan)
        cancelled.append(any(row.get(name, "").strip().lower() in CANCELLED_STATES for name in states))
        waiting.append(row.get("time", ""))
        if len(waiting) >= _FLUSH:
            times.append(_seconds(waiting, bad_times))
            waiting = []
    times.append(_seconds(waiting, bad_times))
    table = EventTable(
        users=tuple(users),
        items=tuple(own) if item_index is None else tuple(item_index),
        kinds=tuple(kinds),
        user=np.array(user, np.int32),
        item=np.array(item, np.int32),
        kind=np.array(kind, np.int16),
        time=np.concatenate(times),
        value=np.array(value, np.float32),
        weight=np.array(weight, np.float32),
        cancelled=np.array(cancelled, bool),
    )
    return ReadEvents(table, count, missing, tuple(missing_ids), incomplete, bad_times)


def clean_events(read: ReadEvents, value_means: str = "") -> tuple[EventTable, tuple[LintFinding, ...]]:
    """Leave out what is no event.

    Args:
        value_means: "amount", "rating" or "" (see `engine.ingest.kinds.value_means`): what values without a type are.
    Returns:
        The events that are left, and what was cleaned, by reason.
    """
    table, found = read.table, list(_left_out(read))
    amounts = ~np.isnan(table.value) & ~table.of_kind(RATING_TYPES)
    untyped = table.of_kind({""})
    if value_means == "rating" or (value_means == "" and not _looks_like_amounts(table.value[untyped & amounts])):
        amounts &= ~untyped
    kept = np.ones(len(table.user), bool)

    def drop(rows: NDArray[np.bool_], code: str, severity: str, message: str) -> None:
        rows = rows & kept
        if count := int(rows.sum()):
            found.append(LintFinding(code, severity, message.format(count=f"{count:,}"), count, _examples(table, rows)))
            kept[rows] = False

    drop(_repeated(table), "repeated_lines", "note", "{count} lines stand there before in the same words.")
    drop(table.cancelled, "cancelled_orders", "note", "{count} orders were cancelled, says their status.")
    undoing = (amounts & (table.value < 0) & ~table.of_kind(RETURN_TYPES)) | table.of_kind(CANCEL_TYPES)
    bought = table.of_kind(BUYING_TYPES) & ~undoing & (amounts | np.isnan(table.value))
    undone, useless = _undone(table, undoing & kept, bought & kept)
    drop(undone, "undone", "note", "{count} purchases were cancelled later.")
    drop(useless, "cancels_nothing", "warning", "{count} cancellations or negative amounts take nothing back.")
    drop(undoing, "cancellations", "note", "{count} lines are cancellations.")
    drop(amounts & (table.value == 0), "zero_amount", "note", "{count} lines have an amount of 0.")
    return (table if kept.all() else table.kept(kept)), tuple(found)


def _left_out(read: ReadEvents) -> Iterable[LintFinding]:
    if read.incomplete:
        message = f"{read.incomplete:,} lines have no person or no item."
        yield LintFinding("incomplete", "warning", message, read.incomplete)
    if read.missing:
        message = f"{read.missing:,} events are about items that are not in the item list."
        yield LintFinding("unknown_item", "warning", message, read.missing, tuple(map(shown, read.missing_ids)))
    if count := read.bad_times.count:
        message = f"{count:,} events have a time that cannot be right; they were kept without it."
        yield LintFinding("bad_time", "warning", message, count, read.bad_times.examples)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return float("nan")
    return number if abs(number) < 1e30 else float("nan")


def _seconds(texts: list[str], bad: Tally) -> NDArray[np.float64]:
    """ISO times as seconds; NaN for none and for what cannot be right."""
    texts = [text.removesuffix("Z") for text in texts]  # numpy knows no time zones, and means UTC without one
    try:
        if any(len(text) > 19 and text[-6] in "+-" for text in texts):
            raise ValueError("an hour of another zone")
        moments = np.array([text or "NaT" for text in texts], "datetime64[s]")
        seconds = np.where(np.isnat(moments), np.nan, moments.astype(np.int64).astype(np.float64))
    except ValueError:
        seconds = np.array([_one_time(text) for text in texts], np.float64)
    wrong = ~((seconds >= EARLIEST) & (seconds <= LATEST))
    for place in np.flatnonzero(wrong):
        if texts[place]:
            bad.add(texts[place])
    seconds[wrong] = np.nan
    return seconds


def _one_time(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except ValueError:
        return float("nan")


def _looks_like_amounts(values: NDArray[np.float32]) -> bool:
    """Values below 0 beside large ones: amounts with cancellations. Ratings around 0 are as large on both sides."""
    return bool(len(values)) and float(values.min()) < 0 and float(values.max()) > 10


def _repeated(table: EventTable) -> NDArray[np.bool_]:
    """Events with a time that have the person, item, type, time and value of an earlier one."""
    timed = np.flatnonzero(~np.isnan(table.time))
    repeated = np.zeros(len(table.user), bool)
    if len(timed) == 0:
        return repeated
    value = np.nan_to_num(table.value[timed], nan=-1e31)
    order = np.lexsort((timed, value, table.kind[timed], table.time[timed], table.item[timed], table.user[timed]))
    rows = timed[order]
    same = np.ones(len(rows) - 1, bool)
    for column in (table.user, table.item, table.time, table.kind):
        same &= column[rows[1:]] == column[rows[:-1]]
    same &= value[order][1:] == value[order][:-1]
    repeated[rows[1:][same]] = True
    return repeated


def _undone(
    table: EventTable, undoing: NDArray[np.bool_], bought: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Purchases that were taken back in full, and cancellations of what was never bought."""
    undone, useless = np.zeros(len(undoing), bool), np.zeros(len(undoing), bool)
    if not undoing.any():
        return undone, useless
    pairs = table.user.astype(np.int64) * max(1, len(table.items)) + table.item
    touched = np.unique(pairs[undoing])
    rows = np.flatnonzero((undoing | bought) & np.isin(pairs, touched))
    # Exports are mostly in the order of time; where each of these rows has a time, that decides.
    timed = not np.isnan(table.time[rows]).any()
    rank = np.empty(len(rows), np.int64)
    rank[np.lexsort((rows, table.time[rows])) if timed else np.argsort(rows)] = np.arange(len(rows))
    place = np.searchsorted(touched, pairs[rows])
    back = undoing[rows]
    last = np.zeros(len(touched), np.int64)
    np.maximum.at(last, place[back], rank[back])
    before = ~back & (rank < last[place])
    amount = np.where(np.isnan(table.value[rows]), np.where(back, np.inf, 1.0), np.abs(table.value[rows]))
    had = np.bincount(place[before], weights=amount[before], minlength=len(touched))
    taken = np.zeros(len(touched))
    np.add.at(taken, place[back], amount[back])
    undone[rows[before & (taken >= had)[place]]] = True
    useless[rows[back & (had == 0)[place]]] = True
    return undone, useless


def _examples(table: EventTable, rows: NDArray[np.bool_]) -> tuple[str, ...]:
    found = []
    for place in np.flatnonzero(rows)[:EXAMPLES_MAX]:
        parts = [table.users[table.user[place]], table.items[table.item[place]], table.kinds[table.kind[place]]]
        if not np.isnan(table.value[place]):
            parts.append(f"{table.value[place]:g}")
        if not np.isnan(table.time[place]):
            parts.append(str(np.datetime64(int(table.time[place]), "s")))
        found.append(shown(" · ".join(part for part in parts if part)))
    return tuple(found)
