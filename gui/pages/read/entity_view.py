"""The names and terms found in a text: marked in it, counted, and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from engine.api import Entity, TextEntities
from gui.text.shares import count, percent
from gui.widgets.buttons import Button, IconButton
from gui.widgets.card import Card
from gui.widgets.chip import Chip
from gui.widgets.fit import fit_height
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.label_tones import tones_of
from gui.widgets.layout import clear, holder, row
from gui.widgets.marked_text import Mark, MarkedText
from gui.widgets.table import Table
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

PART = 20_000
"""Characters shown at once: a longer text is shown in parts, so that the window stays quick."""
MOST_ROWS = 10


class EntityView(Card):
    """Labels with their counts above, the marked text, the table below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, spacing=12, parent=parent)
        self.setObjectName("read.entities")
        self._text = ""
        self._entities: tuple[Entity, ...] = ()
        self._tones: dict[str, str] = {}
        self._part = 0
        self.summary = Text(role="h3", wrap=True)
        self.summary.setObjectName("read.entities_summary")
        self._chips = FlowLayout()
        self.text = MarkedText("read.entities_text", self.tr("Text with what was found in it"), most_height=320)
        self.text.setProperty("plain", True)
        self.before = IconButton("chevron-left", self.tr("Part before"), "read.entities_before", small=True)
        self.after = IconButton("chevron-right", self.tr("Next part"), "read.entities_after", small=True)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.place = Text(role="caption")
        self.place.setObjectName("read.entities_place")
        self.parts = holder(row(self.place, "stretch", self.before, self.after))
        self.table = Table("read.entities_table", self.tr("What was found"))
        self.table.row_selected.connect(self._show_entity)
        self.copy = Button(self.tr("Copy the table"), "read.entities_copy", kind="ghost", icon="copy", small=True)
        self.copy.clicked.connect(self._copy)
        head = row(self.summary, self.copy)
        head.setStretch(0, 1)
        self.add(head)
        self._labels = holder(self._chips)
        for part in (self._labels, self.text, self.parts, self.table):
            self.add(part)

    def show_found(self, found: TextEntities, known: Sequence[str] = ()) -> None:
        """Draw what was found; `known` are the labels of the skill, which keep their tones."""
        self._text = found.text
        self._entities = tuple(sorted(found.entities, key=lambda entity: (entity.start, entity.end)))
        self._tones = tones_of((*known, *(entity.label for entity in self._entities)))
        self._part = 0
        total = len(self._entities)
        self.summary.setText(self.tr("%n found", "", total) if total else self.tr("Nothing was found in this text"))
        clear(self._chips)
        counts = Counter(entity.label for entity in self._entities)
        for label, number in counts.most_common():
            self._chips.addWidget(Chip(f"{label}  {count(number)}", self._tones[label]))
        self._labels.setVisible(bool(counts))
        self._draw_part()
        rows = [
            (self._words(entity), entity.label, percent(entity.score), entity.start + 1) for entity in self._entities
        ]
        heads = (self.tr("Text"), self.tr("Label"), self.tr("Score"), self.tr("At character"))
        self.table.set_rows(heads, rows, stretch=0, widths=(0, 150, 84, 110))
        self.table.setVisible(bool(rows))
        self.copy.setVisible(bool(rows))
        fit_height(self.table, MOST_ROWS)

    def _words(self, entity: Entity) -> str:
        return self._text[entity.start : entity.end]

    def _inside(self, part: int) -> list[Entity]:
        low, high = part * PART, (part + 1) * PART
        return [entity for entity in self._entities if entity.start < high and entity.end > low]

    def _draw_part(self) -> None:
        low = self._part * PART
        high = min(len(self._text), low + PART)
        marks = [
            Mark(
                max(entity.start, low) - low,
                entity.end - low,
                self._tones[entity.label],
                entity.label,
                self.tr("{label}, {score} sure").format(label=entity.label, score=percent(entity.score)),
            )
            for entity in self._inside(self._part)
        ]
        self.text.set_text(self._text[low:high], marks)
        self.parts.setVisible(len(self._text) > PART)
        self.place.setText(
            self.tr("Characters {first} to {last} of {total}").format(
                first=count(low + 1), last=count(high), total=count(len(self._text))
            )
        )
        self.before.setEnabled(self._part > 0)
        self.after.setEnabled(high < len(self._text))

    def _turn(self, step: int) -> None:
        self._part = min(max(0, self._part + step), max(0, (len(self._text) - 1) // PART))
        self._draw_part()

    def _show_entity(self, place: int) -> None:
        """Bring the chosen row's place into view."""
        if not 0 <= place < len(self._entities):
            return
        entity = self._entities[place]
        if (part := entity.start // PART) != self._part:
            self._part = part
            self._draw_part()
        self.text.show_mark(self._inside(part).index(entity))

    def _copy(self) -> None:
        lines = ["\t".join(("text", "label", "score", "start", "end"))]
        for entity in self._entities:
            words = " ".join(self._words(entity).split())
            lines.append(f"{words}\t{entity.label}\t{entity.score:.4f}\t{entity.start}\t{entity.end}")
        QGuiApplication.clipboard().setText("\n".join(lines))
        show_toast(self, self.tr("The rows are on the clipboard."), "success")
