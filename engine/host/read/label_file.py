"""Label a table into a new table (engine/host/read/table_pass.py)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from engine.api import ClassifyFile, Control, FileClassified, TextLabel
from engine.host.context import Context
from engine.host.read.table_pass import Added, pass_table
from engine.ingest.write import Cell

ADDED = Added(("label", "score", "abstain"), ("", None, True), reason="The text is empty; the row has no label.")

LabelTexts = Callable[[Sequence[str]], list[TextLabel]]


def label_file(ctx: Context, request: ClassifyFile, label: LabelTexts, notice: str, ctl: Control) -> FileClassified:
    """Label the text column of a table; see `pass_table`."""
    began = time.monotonic()
    abstained = 0
    counts: Counter[str] = Counter()

    def answer(texts: Sequence[str]) -> Iterator[Sequence[Cell]]:
        nonlocal abstained
        for one in label(texts):
            abstained += one.abstain
            counts[one.label] += not one.abstain
            yield one.label, one.score, one.abstain

    done = pass_table(ctx, request.input, request.output, request.text_column, ADDED, answer, ctl, stage="label")
    return FileClassified(
        output=request.output,
        rows=done.rows,
        labelled=counts.total(),
        abstained=abstained,
        rejected_count=done.rejected_count,
        rejected=done.rejected,
        counts={name: count for name, count in counts.most_common() if count},
        seconds=round(time.monotonic() - began, 3),
        notice=notice,
    )
