"""The work of importing and previewing a table, done in a worker: the file may be hostile, the parsers may crash.

The worker reads, checks and packs rows; the host stores what arrives and makes it visible once all of it is there.
Previewing runs in a worker as well, for the same reason: the first look at a file is the first time a parser
meets it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from engine.api import FilePreview, RejectedReason
from engine.dataset.chunks import CHUNK_ROWS, pack
from engine.errors import FileUnusable
from engine.ingest.mapping import guess_kind, resolve_mapping
from engine.ingest.tables.open_table import open_table
from engine.ingest.tables.source import shown_path
from engine.ingest.tables.table import ROWS_MAX, Table
from engine.ingest.tables.token_table import tokens_as_texts
from engine.ingest.validate import RowReader
from engine.values import DatasetKind, Rejection

__all__ = ["Chunk", "FilePreview", "ImportSpec", "Imported", "PreviewSpec", "import_table", "preview_table"]

REJECTED_KEPT = 100
REASON_EXAMPLES = 3
LABELS_KEPT = 10_000
PREVIEW_CELL_CHARS = 300
SAMPLE_ROWS = 1000


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...

    def send(self, item: Struct) -> None: ...


class ImportSpec(Struct, frozen=True):
    """`path` as the bytes that the system knows it by, so that names which are no UTF-8 survive the pipe."""

    path: bytes
    kind: DatasetKind
    mapping: dict[str, str]


class Chunk(Struct, frozen=True):
    """Rows as `engine.dataset.chunks.pack` made them."""

    rows: int
    data: bytes


class Imported(Struct, frozen=True):
    """What became of a file. `labels` holds the most frequent, `label_total` counts all."""

    rows: int
    accepted: int
    rejected: tuple[Rejection, ...]
    rejected_count: int
    encoding: str | None
    delimiter: str | None
    mapping: dict[str, str]
    columns: tuple[str, ...]
    labels: dict[str, int]
    label_total: int
    warnings: tuple[str, ...]
    reasons: tuple[RejectedReason, ...] = ()


class PreviewSpec(Struct, frozen=True):
    path: bytes
    rows: int


def path_bytes(path: str) -> bytes:
    return os.fsencode(Path(path).expanduser())


def import_table(spec: ImportSpec, link: Link) -> Imported:
    """Read a file from its first row to its last, sending accepted rows as it goes.

    Raises:
        FileMissing, FileUnusable, ColumnsUnknown: nothing in the file is to be kept, whatever was sent before.
    """
    path = Path(os.fsdecode(spec.path))
    link.report(0, None, "look")
    table = open_table(path)
    wanted = spec.mapping
    if spec.kind == "entities" and (sentences := tokens_as_texts(table, wanted)):
        table, wanted = sentences, {}
    sample = _sample(table, SAMPLE_ROWS)
    mapping, warnings = resolve_mapping(spec.kind, table.columns, wanted, sample, shown_path(path))
    reader = RowReader(spec.kind, table.columns, mapping, sample, path.resolve().parent)
    rejected: list[Rejection] = []
    reasons: Counter[str] = Counter()
    examples: dict[str, list[Rejection]] = {}

    def reject(line: int, code: str, reason: str) -> None:
        reasons[code] += 1
        if reasons[code] <= REASON_EXAMPLES:
            examples.setdefault(code, []).append(Rejection(line=line, reason=reason, code=code))
        if len(rejected) < REJECTED_KEPT:
            rejected.append(Rejection(line=line, reason=reason, code=code))

    accepted = 0
    waiting: list[list[str]] = []
    for batch in table.batches(reject):
        waiting += reader.read(batch, table.columns, reject)
        while len(waiting) >= CHUNK_ROWS:
            part, waiting = waiting[:CHUNK_ROWS], waiting[CHUNK_ROWS:]
            link.send(Chunk(len(part), pack(reader.columns, _padded(part, len(reader.columns)))))
            accepted += len(part)
        if accepted > ROWS_MAX:
            raise FileUnusable(path=shown_path(path), reason=f"it has more than {ROWS_MAX:,} rows.")
        link.report(table.source.position, table.source.size, "read", f"{accepted + len(waiting):,}")
    if waiting:
        link.send(Chunk(len(waiting), pack(reader.columns, _padded(waiting, len(reader.columns)))))
        accepted += len(waiting)
    rejected.sort(key=lambda row: row.line)
    if accepted == 0:
        raise _nothing_usable(path, rejected, reasons.total())
    return Imported(
        rows=accepted + reasons.total(),
        accepted=accepted,
        rejected=tuple(rejected),
        rejected_count=reasons.total(),
        encoding=table.encoding,
        delimiter=table.delimiter,
        mapping=mapping,
        columns=tuple(reader.columns),
        labels=dict(reader.labels.most_common(LABELS_KEPT)),
        label_total=len(reader.labels),
        warnings=(*table.warnings, *warnings, *reader.warnings()),
        reasons=tuple(RejectedReason(code, count, tuple(examples[code])) for code, count in reasons.most_common()),
    )


def _sample(table: Table, count: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for batch in table.batches(lambda *_: None):
        rows += batch.rows
        if len(rows) >= count:
            break
    return rows[:count]


def _padded(rows: list[list[str]], width: int) -> Sequence[Sequence[str]]:
    """Rows read before a reader of JSON found more columns are shorter than later ones."""
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _nothing_usable(path: Path, rejected: Sequence[Rejection], count: int) -> FileUnusable:
    if not rejected:
        return FileUnusable(path=shown_path(path), reason="it has a header and no rows.")
    first = "; ".join(f"line {row.line}: {row.reason}" for row in rejected[:3])
    more = f"; and {count - 3:,} more" if count > 3 else ""
    return FileUnusable(path=shown_path(path), reason=f"none of its {count:,} rows can be used ({first}{more}).")


def preview_table(spec: PreviewSpec, link: Link) -> FilePreview:
    """The first rows of a file, what it was read as, and which columns could be which fields."""
    path = Path(os.fsdecode(spec.path))
    link.report(0, None, "look")
    table = open_table(path)
    refused: list[str] = []
    rows: list[list[str]] = []
    for batch in table.batches(lambda line, _code, reason: refused.append(f"Line {line}: {reason}.")):
        rows += batch.rows
        if len(rows) >= spec.rows:
            break
    width = len(table.columns)
    kind, mappings = guess_kind(table.columns)
    return FilePreview(
        path=shown_path(path),
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        columns=tuple(table.columns),
        rows=tuple(tuple(_shortened(row, width)) for row in islice(rows, spec.rows)),
        kind=kind,
        mappings=mappings,
        warnings=(*table.warnings, *refused[:5]),
    )


def _shortened(row: list[str], width: int) -> list[str]:
    cells = [cell if len(cell) <= PREVIEW_CELL_CHARS else cell[: PREVIEW_CELL_CHARS - 1] + "…" for cell in row]
    return cells + [""] * (width - len(cells))
