"""Label a table into a new table: a worker reads it, this process labels and writes, one batch after the other."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.api import ClassifyFile, Control, FileClassified, TextLabel
from engine.errors import UsageError
from engine.host.context import Context
from engine.ingest.import_table import path_bytes
from engine.ingest.read_table import REJECTED_KEPT, Columns, Rows, TableRead, TableSpec
from engine.ingest.write import TableWriter
from engine.values import Rejection

ADDED = ("label", "score", "abstain")
WORKER_MEMORY_MB = 2048.0

LabelTexts = Callable[[Sequence[str]], list[TextLabel]]


class _Labeller:
    """Takes what the worker sends, labels it and writes it."""

    def __init__(self, request: ClassifyFile, label: LabelTexts, ctl: Control, stack: contextlib.ExitStack) -> None:
        self._request, self._label, self._ctl, self._stack = request, label, ctl, stack
        self._writer: TableWriter | None = None
        self._text_at = 0
        self.rows = self.labelled = self.abstained = self.blank = 0
        self.counts: Counter[str] = Counter()
        self.rejected: list[Rejection] = []

    def take(self, item: Columns | Rows) -> None:
        if isinstance(item, Columns):
            self._text_at = item.columns.index(self._request.text_column)
            output = Path(self._request.output).expanduser()
            self._writer = self._stack.enter_context(TableWriter(output, output_columns(item.columns)))
        elif self._writer is not None:
            self._write(item, self._writer)
            self._ctl.report(item.position, item.size, "label", f"{self.rows:,}")

    def _write(self, batch: Rows, writer: TableWriter) -> None:
        filled = [row[self._text_at] for row in batch.rows if row[self._text_at].strip()]
        answers = iter(self._label(filled))
        for line, row in zip(batch.lines, batch.rows, strict=True):
            self.rows += 1
            if not row[self._text_at].strip():
                self.blank += 1
                if len(self.rejected) < REJECTED_KEPT:
                    self.rejected.append(Rejection(line, "The text is empty; the row has no label.", "empty_text"))
                writer.row([*row, "", None, True])
                continue
            answer = next(answers)
            self.labelled += not answer.abstain
            self.abstained += answer.abstain
            self.counts[answer.label] += not answer.abstain
            writer.row([*row, answer.label, answer.score, answer.abstain])


def output_columns(columns: Sequence[str]) -> list[str]:
    """The input's columns and ours; an input column that has one of our names gets "_input" behind it."""
    taken = set(columns) | set(ADDED)
    names = []
    for name in columns:
        renamed = name
        while renamed in ADDED or (renamed != name and renamed in taken):
            renamed += "_input"
        taken.add(renamed)
        names.append(renamed)
    return [*names, *ADDED]


def label_file(ctx: Context, request: ClassifyFile, label: LabelTexts, notice: str, ctl: Control) -> FileClassified:
    """Label the text column of a table.

    Rows without text are written with an empty label and listed; rows that the reader refuses are listed only.

    Raises:
        FileMissing, FileUnusable, ColumnsUnknown, FolderNotWritable, DiskFull, Cancelled: no output is left behind.
    """
    began = time.monotonic()
    source = Path(request.input).expanduser()
    if source.resolve() == Path(request.output).expanduser().resolve():
        raise UsageError(reason="The output would overwrite the input; choose another file for it.")
    with contextlib.ExitStack() as stack:
        labeller = _Labeller(request, label, ctl, stack)
        read: TableRead = ctx.workers.run(
            "read_table",
            TableSpec(path_bytes(request.input), request.text_column),
            ctl,
            title=source.name,
            memory_mb=WORKER_MEMORY_MB,
            on_item=labeller.take,
        )
    rejected = sorted([*labeller.rejected, *read.rejected], key=lambda row: row.line)[:REJECTED_KEPT]
    return FileClassified(
        output=request.output,
        rows=read.rows + read.rejected_count,
        labelled=labeller.labelled,
        abstained=labeller.abstained,
        rejected_count=labeller.blank + read.rejected_count,
        rejected=tuple(rejected),
        counts={name: count for name, count in labeller.counts.most_common() if count},
        seconds=round(time.monotonic() - began, 3),
        notice=notice,
    )
