"""Rows of a data set of marked texts: the text of each with its names and terms marked in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.api import DatasetPage
from gui.text.jobs import field_text
from gui.text.shares import count
from gui.text.spans import spans_of
from gui.widgets.label_tones import tones_of
from gui.widgets.marked_text import Mark, MarkedText, Passage

MOST_SHOWN = 2000
"""Characters of one row; the window stays quick whatever the texts are."""


def marked_labels(page: DatasetPage) -> dict[str, int]:
    """How often each label is marked: in the whole set where the engine counted, else in the rows on show."""
    if page.labels or "spans" not in page.columns:
        return dict(page.labels)
    place = page.columns.index("spans")
    return dict(Counter(span.label for row in page.rows for span in spans_of(row[place])).most_common())


class MarkedRows(MarkedText):
    """One row below the other, each with its number; it scrolls."""

    def __init__(self) -> None:
        super().__init__("library.dataset.marked", "")
        self.setAccessibleName(self.tr("Rows with what is marked in them"))

    def show_page(self, page: DatasetPage) -> None:
        if "text" not in page.columns or "spans" not in page.columns:
            return
        tones = tones_of(marked_labels(page))
        passages = [self._passage(page.columns, row, page.offset + n, tones) for n, row in enumerate(page.rows, 1)]
        self.set_passages(passages)

    def _passage(self, columns: Sequence[str], row: Sequence[str], number: int, tones: dict[str, str]) -> Passage:
        cells = dict(zip(columns, row, strict=False))
        text, spans = cells.pop("text"), spans_of(cells.pop("spans"))
        others = [f"{field_text(name)}: {' '.join(cell.split())[:60]}" for name, cell in cells.items() if cell.strip()]
        head = "  ·  ".join((count(number), *others))
        marks = [Mark(span.start, span.end, tones.get(span.label, "neutral"), span.label, span.label) for span in spans]
        if len(text) <= MOST_SHOWN:
            return Passage(text, marks, head)
        inside = [mark for mark in marks if mark.end <= MOST_SHOWN]
        beyond = len(marks) - len(inside)
        more = self.tr("the first {shown} of {total} characters").format(
            shown=count(MOST_SHOWN), total=count(len(text))
        )
        if beyond:
            more += self.tr(", {number} marked beyond").format(number=count(beyond))
        return Passage(f"{text[:MOST_SHOWN]}…", inside, f"{head}  ·  {more}")
