"""What became of a labelled file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.api import FileClassified, FileExtracted
from gui.pages.one_file import refused_text
from gui.text.errors import reason
from gui.text.shares import count
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.charts import BarChart
from gui.widgets.elided import ElidedLabel
from gui.widgets.text import Text

MOST_LABELS = 12


class FileResult(Card):
    """Signals:
    open_requested(str): show the folder of this file.
    """

    open_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("The labelled table is written"), padding=20, parent=parent)
        self.setObjectName("read.file_result")
        self._path = ""
        self.path = ElidedLabel(role="mono", middle=True)
        self.sentence = Text(wrap=True)
        self.sentence.setObjectName("read.file_sentence")
        self.notice = Text(role="warning", wrap=True, selectable=True)
        self.notice.setObjectName("read.file_notice")
        self.bars = BarChart(name="read.file_counts", label=self.tr("Texts per label"))
        self.refused = Text(role="warning", wrap=True, selectable=True)
        self.refused.setObjectName("read.file_refused")
        folder = Button(self.tr("Show the folder"), "read.file_folder", kind="ghost", icon="folder", small=True)
        folder.clicked.connect(lambda: self.open_requested.emit(self._path))
        self.add_action(folder)
        for part in (self.path, self.sentence, self.notice, self.bars, self.refused):
            self.add(part)

    def show_result(self, result: FileClassified | FileExtracted) -> None:
        self._path = result.output
        self.path.set_text(result.output)
        if isinstance(result, FileExtracted):
            self.set_title(self.tr("The table is written"))
            words = self.tr("{rows} rows read: {found} names and terms found, in the column “entities”.").format(
                rows=count(result.rows), found=count(result.entities)
            )
        else:
            self.set_title(self.tr("The labelled table is written"))
            words = self.tr("{rows} rows read: {labelled} got a label, {left} are left to a person.").format(
                rows=count(result.rows), labelled=count(result.labelled), left=count(result.abstained)
            )
        notice = "" if isinstance(result, FileExtracted) else result.notice
        self.notice.setText(reason(notice))
        self.notice.setVisible(bool(notice))
        self.sentence.setText(words)
        ranked = sorted(result.counts.items(), key=lambda item: -item[1])[:MOST_LABELS]
        self.bars.set_rows([(label, float(number), count(number)) for label, number in ranked])
        self.refused.setVisible(result.rejected_count > 0)
        self.refused.setText(refused_text(result.rejected_count, result.rejected))
