"""Find entities in a table, into a new table: a worker reads it, this process finds and writes, batch by batch."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from engine.api import Control, Entity, ExtractFile, FileExtracted
from engine.errors import UsageError
from engine.host.context import Context
from engine.host.entities.reading import OpenReader, find_entities
from engine.ingest.import_table import path_bytes
from engine.ingest.read_table import REJECTED_KEPT, Columns, Rows, TableRead, TableSpec
from engine.ingest.write import Cell, TableWriter
from engine.values import Rejection

ADDED = "entities"
WORKER_MEMORY_MB = 2048.0


class _Extractor:
    """Takes what the worker sends, finds entities in it and writes it."""

    def __init__(self, request: ExtractFile, opened: OpenReader, ctl: Control, stack: contextlib.ExitStack) -> None:
        self._request, self._opened, self._ctl, self._stack = request, opened, ctl, stack
        self._writer: TableWriter | None = None
        self._text_at = 0
        self._as_list = request.output.lower().removesuffix(".gz").endswith((".json", ".jsonl"))
        self.rows = self.blank = 0
        self.counts: Counter[str] = Counter()
        self.rejected: list[Rejection] = []

    def take(self, item: Columns | Rows) -> None:
        if isinstance(item, Columns):
            self._text_at = item.columns.index(self._request.text_column)
            output = Path(self._request.output).expanduser()
            self._writer = self._stack.enter_context(TableWriter(output, output_columns(item.columns)))
        elif self._writer is not None:
            self._write(item, self._writer)
            self._ctl.report(item.position, item.size, "read", f"{self.rows:,}")

    def _write(self, batch: Rows, writer: TableWriter) -> None:
        texts = [row[self._text_at] for row in batch.rows]
        filled = [text for text in texts if text.strip()]
        answers = iter(find_entities(self._opened, filled, lambda _done, _total: self._ctl.check()))
        for line, row, text in zip(batch.lines, batch.rows, texts, strict=True):
            self.rows += 1
            found: tuple[Entity, ...] = ()
            if text.strip():
                found = next(answers)
            else:
                self.blank += 1
                if len(self.rejected) < REJECTED_KEPT:
                    self.rejected.append(Rejection(line, "The text is empty; no entity is in it.", "empty_text"))
            self.counts.update(one.label for one in found)
            listed = [plain(one) for one in found]
            writer.row([*row, cast(Cell, listed) if self._as_list else msgspec.json.encode(listed).decode()])


def plain(one: Entity) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "label": one.label, "score": one.score, "text": one.text}


def output_columns(columns: Sequence[str]) -> list[str]:
    """The input's columns and ours; an input column of our name gets "_input" behind it."""
    renamed = f"{ADDED}_input"
    while renamed in columns:
        renamed += "_input"
    return [*(renamed if name == ADDED else name for name in columns), ADDED]


def extract_file(ctx: Context, request: ExtractFile, opened: OpenReader, ctl: Control) -> FileExtracted:
    """Find the entities in the text column of a table.

    Rows without text are written without entities and listed; rows that the reader refuses are listed only.

    Raises:
        FileMissing, FileUnusable, ColumnsUnknown, FolderNotWritable, DiskFull, Cancelled: no output is left behind.
    """
    began = time.monotonic()
    source = Path(request.input).expanduser()
    if source.resolve() == Path(request.output).expanduser().resolve():
        raise UsageError(reason="The output would overwrite the input; choose another file for it.")
    with contextlib.ExitStack() as stack:
        extractor = _Extractor(request, opened, ctl, stack)
        read: TableRead = ctx.workers.run(
            "read_table",
            TableSpec(path_bytes(request.input), request.text_column),
            ctl,
            title=source.name,
            memory_mb=WORKER_MEMORY_MB,
            on_item=extractor.take,
        )
    rejected = sorted([*extractor.rejected, *read.rejected], key=lambda row: row.line)[:REJECTED_KEPT]
    return FileExtracted(
        output=request.output,
        rows=read.rows + read.rejected_count,
        entities=extractor.counts.total(),
        rejected_count=extractor.blank + read.rejected_count,
        rejected=tuple(rejected),
        counts=dict(extractor.counts.most_common()),
        seconds=round(time.monotonic() - began, 3),
    )
