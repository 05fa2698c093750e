"""Rows of a file to rows of a data set: cells in the order of the fields, and a reason for each row that is refused.

Written for a million rows: one function per kind that looks at a whole batch, and no object per cell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from engine.ingest.goods import is_placeholder, picture_at, read_available, read_price
from engine.ingest.kinds import FIELDS
from engine.ingest.spans import BadSpans, read_spans
from engine.ingest.tables.table import Batch, Reject
from engine.ingest.times import TimeReader, day_comes_first
from engine.values import DatasetKind


class RowReader:
    """Turns batches of a table into rows of a data set.

    Attributes:
        columns: of the rows it makes: the mapped fields, then the other columns by their own name.
        labels: rows per label, for labelled data.
    """

    def __init__(
        self,
        kind: DatasetKind,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        sample: Sequence[Sequence[str]],
        folder: Path | None = None,
    ) -> None:
        """`folder` is where the file lies: pictures of items are looked for beside it."""
        self._kind, self._folder = kind, folder
        self._fields = {field.name: field for field in FIELDS[kind]}
        self._mapping = dict(mapping)
        self._at = {name: index for index, name in enumerate(mapping)}
        self.labels: Counter[str] = Counter()
        self.columns: list[str] = []
        self._sources: list[int] = []
        self._width = 0
        self._trimmed: Counter[str] = Counter()
        self._slashed = False
        self._times = TimeReader()
        self._unread: dict[str, Counter[str]] = {}
        dates = [name for name in ("time", "valid_from", "valid_until") if name in mapping]
        if kind in ("events", "items") and dates:
            places = [list(columns).index(mapping[name]) for name in dates]
            values = [row[at] for row in sample for at in places if at < len(row)]
            day_first = day_comes_first(values)
            self._times = TimeReader(day_first)
            self._slashed = day_first is None and any(value.count("/") == 2 and value[4:5] != "/" for value in values)
        self._arrange(columns)
        self._check: Callable[[list[str]], str | tuple[str, str] | None] = getattr(self, f"_check_{kind}")

    def _arrange(self, columns: Sequence[str]) -> None:
        """Fix where each cell of a row goes; called again when a reader of JSON has found more columns."""
        self._width = len(columns)
        used = set(self._mapping.values())
        names = list(self._mapping)
        taken = {*names, *self._fields}
        sources = [list(columns).index(column) for column in self._mapping.values()]
        for index, column in enumerate(columns):
            if column not in used:
                # A column may be called “text” while another one was chosen to be the text.
                name = column
                while name in taken:
                    name += "_"
                taken.add(name)
                names.append(name)
                sources.append(index)
        self.columns, self._sources = names, sources

    def read(self, batch: Batch, columns: Sequence[str], reject: Reject) -> list[list[str]]:
        """The rows of a batch that can be used, as cells in the order of `self.columns`."""
        if len(columns) != self._width:
            self._arrange(columns)
        width, sources = self._width, self._sources
        trims = [
            (index, name) for index, name in enumerate(self.columns[: len(self._mapping)])
            if name in self._fields and self._fields[name].trimmed
        ]  # fmt: skip
        check = self._check
        kept: list[list[str]] = []
        for line, cells in zip(batch.lines, batch.rows, strict=True):
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            row = [cells[index] for index in sources]
            for index, name in trims:
                value = row[index]
                if value and (value[0].isspace() or value[-1].isspace()):
                    row[index] = value.strip()
                    self._trimmed[name] += 1
            fault = check(row)
            if fault is None:
                kept.append(row)
            elif isinstance(fault, str):
                reject(line, "empty", f"the {fault} is empty")
            else:
                reject(line, *fault)
        if self._kind == "labelled":
            at = self._at["label"]
            self.labels.update([row[at] for row in kept])
        return kept

    def warnings(self) -> list[str]:
        """What was changed on the way, once all rows are read."""
        told = [
            f"Spaces around the {name} were removed in {count:,} {'row' if count == 1 else 'rows'}."
            for name, count in self._trimmed.items()
        ]
        for name, values in self._unread.items():
            count, example = values.total(), _short(next(iter(values)))
            rows = "row" if count == 1 else "rows"
            told.append(
                f"The {name} could not be read in {count:,} {rows} (such as “{example}”) and is left empty there."
            )
        if self._slashed:
            told.append("Dates such as 03/04/2024 were read with the month first; nothing in the file says which.")
        return told

    # Each check returns the name of an empty field, or (code, sentence), or None for a good row. It may put a
    # cleaned value in place.

    def _check_labelled(self, row: list[str]) -> str | tuple[str, str] | None:
        if not row[self._at["text"]].strip():
            return "text"
        label = row[self._at["label"]]
        if label[:1] == "[" and label[-1:] == "]":
            return self._one_of_list(row, label)
        return None if label else "label"

    def _one_of_list(self, row: list[str], label: str) -> str | tuple[str, str] | None:
        """JSON files put a single label in a list now and then."""
        try:
            labels = msgspec.json.decode(label, type=list[str])
        except (msgspec.DecodeError, RecursionError):
            return None
        if len(labels) > 1:
            return "many_labels", f"has {len(labels)} labels where one belongs"
        row[self._at["label"]] = labels[0].strip() if labels else ""
        return None if row[self._at["label"]] else "label"

    def _check_faq(self, row: list[str]) -> str | None:
        if not row[self._at["question"]].strip():
            return "question"
        return None if row[self._at["answer"]].strip() else "answer"

    def _check_texts(self, row: list[str]) -> str | None:
        return None if row[self._at["text"]].strip() else "text"

    def _check_items(self, row: list[str]) -> str | tuple[str, str] | None:
        at = self._at
        item = row[at["item"]]
        if is_placeholder(item):
            return ("no_id", f"“{item}” stands where the number of an item belongs") if item else "item"
        # What is said about an item beside its number is emptied where it cannot be read: the item itself is good.
        for name, read in (
            ("price", read_price), ("available", read_available), ("valid_from", self._times.read),
            ("valid_until", self._times.read),
        ):  # fmt: skip
            if name in at and (value := row[at[name]]):
                found = read(value)
                row[at[name]] = found or ""
                if found is None:
                    self._unread.setdefault(name, Counter())[value] += 1
        if "image" in at and self._folder is not None:
            row[at["image"]] = picture_at(self._folder, row[at["image"]])
        return None

    def _check_events(self, row: list[str]) -> str | tuple[str, str] | None:
        at = self._at
        for name in ("user", "item"):
            if is_placeholder(value := row[at[name]]):
                return ("no_id", f"“{value}” stands where the {name} belongs") if value else name
        if "time" in at and (value := row[at["time"]]):
            time = self._times.read(value)
            if time is None:
                return "bad_time", f"“{_short(value)}” in time is no date or time"
            row[at["time"]] = time
        for name in ("value", "weight"):
            if name in at and (value := row[at[name]]) and not _is_number(value):
                return "bad_number", f"“{_short(value)}” in {name} is not a number"
        return None

    def _check_entities(self, row: list[str]) -> str | tuple[str, str] | None:
        at_text, at_spans = self._at["text"], self._at["spans"]
        if not row[at_text].strip():
            return "text"
        try:
            row[at_text], row[at_spans] = read_spans(row[at_text], row[at_spans])
        except BadSpans as problem:
            return "bad_span", str(problem)
        return None


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value)) and "_" not in value
    except ValueError:
        return False


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= 40 else value[:39] + "…"
