"""From a table to a new table with more columns: a worker reads it, this process answers and writes, batch by batch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.api import Control
from engine.errors import UsageError
from engine.host.context import Context
from engine.ingest.import_table import path_bytes
from engine.ingest.read_table import REJECTED_KEPT, Columns, Rows, TableRead, TableSpec
from engine.ingest.write import Cell, TableWriter
from engine.values import Rejection

WORKER_MEMORY_MB = 2048.0

Answer = Callable[[Sequence[str]], Iterator[Sequence[Cell]]]
"""Texts, none of them blank, to the added cells of each."""


class Added(NamedTuple):
    """What comes to each row: the columns' names, their cells where the text is blank, and what is told of that."""

    columns: tuple[str, ...]
    blank: tuple[Cell, ...]
    reason: str


class Passed(NamedTuple):
    """`rejected` are the first blank or refused rows by line; `rejected_count` counts them all."""

    rows: int
    rejected_count: int
    rejected: tuple[Rejection, ...]


class _Pass:
    """Takes what the worker sends, has it answered and writes it."""

    def __init__(
        self,
        output: Path,
        text_column: str,
        added: Added,
        answer: Answer,
        stage: str,
        ctl: Control,
        stack: contextlib.ExitStack,
    ) -> None:
        self._output, self._text_column, self._added, self._answer = output, text_column, added, answer
        self._stage, self._ctl, self._stack = stage, ctl, stack
        self._writer: TableWriter | None = None
        self._text_at = 0
        self._rows = self.blank = 0
        self.rejected: list[Rejection] = []

    def take(self, item: Columns | Rows) -> None:
        if isinstance(item, Columns):
            self._text_at = item.columns.index(self._text_column)
            columns = output_columns(item.columns, self._added.columns)
            self._writer = self._stack.enter_context(TableWriter(self._output, columns))
        elif self._writer is not None:
            self._write(item, self._writer)
            self._ctl.report(item.position, item.size, self._stage, f"{self._rows:,}")

    def _write(self, batch: Rows, writer: TableWriter) -> None:
        texts = [row[self._text_at] for row in batch.rows]
        answers = self._answer([text for text in texts if text.strip()])
        for line, row, text in zip(batch.lines, batch.rows, texts, strict=True):
            self._rows += 1
            if text.strip():
                writer.row([*row, *next(answers)])
                continue
            self.blank += 1
            if len(self.rejected) < REJECTED_KEPT:
                self.rejected.append(Rejection(line, self._added.reason, "empty_text"))
            writer.row([*row, *self._added.blank])


def output_columns(columns: Sequence[str], added: Sequence[str]) -> list[str]:
    """The input's columns and ours; an input column that has one of our names gets "_input" behind it."""
    taken = set(columns) | set(added)
    names = []
    for name in columns:
        renamed = name
        while renamed in added or (renamed != name and renamed in taken):
            renamed += "_input"
        taken.add(renamed)
        names.append(renamed)
    return [*names, *added]


def pass_table(
    ctx: Context,
    input_path: str,
    output_path: str,
    text_column: str,
    added: Added,
    answer: Answer,
    ctl: Control,
    *,
    stage: str,
) -> Passed:
    """Write the table with the added columns.

    Rows with a blank text are written with the cells for that and listed; rows that the reader refuses are listed only.

    Raises:
        UsageError: the output would overwrite the input.
        FileMissing, FileUnusable, ColumnsUnknown, FolderNotWritable, DiskFull, Cancelled: no output is left behind.
    """
    source, output = Path(input_path).expanduser(), Path(output_path).expanduser()
    if source.resolve() == output.resolve():
        raise UsageError(reason="The output would overwrite the input; choose another file for it.")
    with contextlib.ExitStack() as stack:
        running = _Pass(output, text_column, added, answer, stage, ctl, stack)
        read: TableRead = ctx.workers.run(
            "read_table",
            TableSpec(path_bytes(input_path), text_column),
            ctl,
            title=source.name,
            memory_mb=WORKER_MEMORY_MB,
            on_item=running.take,
        )
    rejected = sorted([*running.rejected, *read.rejected], key=lambda row: row.line)[:REJECTED_KEPT]
    return Passed(read.rows + read.rejected_count, running.blank + read.rejected_count, tuple(rejected))
