"""Lists for a file of people: choose it, say how many items each gets, and have the lists written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from engine.api import FileRecommended, RecommendFile
from gui.bridge.client import EngineClient
from gui.pages.one_file import OneFileTab, open_folder_of, refused_text
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.elided import ElidedLabel
from gui.widgets.files import ask_save_file
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.text import Text

PREVIEW_ROWS = 12


class FileTab(OneFileTab):
    """One table of people into a file of lists."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        asks = (
            self.tr("Drop a table of people here"),
            self.tr("One person per row, in the column “user” or in the only column. The file itself stays as it is."),
        )
        super().__init__(client, "recommend.file", asks, PREVIEW_ROWS, parent)
        self._pack, self._output = "", ""
        self.items = named(QSpinBox(), "recommend.file_k", self.tr("Items per person"))
        self.items.setRange(1, 100)
        self.items.setValue(10)
        self.items.lineEdit().setTextMargins(8, 0, 0, 0)
        named(self.items.lineEdit(), "recommend.file_k.field", self.tr("Items per person"))
        words = Text(self.tr("Items per person"), "muted")
        words.setBuddy(self.items)
        self.start = Button(self.tr("Write the lists…"), "recommend.file_start", kind="primary", icon="download")
        self.start.clicked.connect(self._start)
        self.everybody = Button(self.tr("For everybody it knows…"), "recommend.file_everybody", icon="user", small=True)
        self.everybody.clicked.connect(self._start_everybody)
        self.card.add(self.name)
        self.card.add(self.table, 1)
        self.card.add(row(words, self.items, "stretch", self.start))
        self.result = Card(self.tr("The lists are written"), padding=20)
        self.path = ElidedLabel(role="mono", middle=True)
        self.sentence = Text(wrap=True)
        self.sentence.setObjectName("recommend.file_sentence")
        self.refused = Text(role="warning", wrap=True, selectable=True)
        self.refused.setObjectName("recommend.file_refused")
        folder = Button(self.tr("Show the folder"), "recommend.file_folder", kind="ghost", icon="folder", small=True)
        folder.clicked.connect(lambda: open_folder_of(self._output))
        self.result.add_action(folder)
        for line in (self.path, self.sentence, self.refused):
            self.result.add(line)
        self._lay_out(self.result)
        box = self.layout()
        if isinstance(box, QVBoxLayout):
            box.insertLayout(1, row(self.everybody, "stretch"))

    def set_pack(self, pack: str) -> None:
        """Write the lists of this recommender."""
        if pack != self._pack:
            self._pack = pack
            self.result.hide()

    def _start(self) -> None:
        if self._source is None:
            return
        suggestion = self._source.with_name(f"{self._source.name.split('.')[0]}-lists.jsonl")
        self._write(str(self._source), suggestion, self.tr("Lists for {name}").format(name=self._source.name))

    def _start_everybody(self) -> None:
        self._write("", Path.home() / f"{self._pack}-lists.jsonl", self.tr("Lists for everybody"))

    def _write(self, source: str, suggestion: Path, title: str) -> None:
        filters = self.tr("JSON lines or CSV ({types})").format(types="*.jsonl *.csv")
        output = ask_save_file(self, self.tr("Write the lists to"), str(suggestion), filters)
        if output is None:
            return
        self._follow(
            self._client.call(RecommendFile(self._pack, source, str(output), self.items.value())),
            title,
            self._show_written,
        )

    def _show_written(self, result: FileRecommended) -> None:
        self._output = result.output
        self.path.set_text(result.output)
        self.sentence.setText(self.tr("Lists for %n person(s), one per line.", "", result.users))
        self.refused.setVisible(result.rejected_count > 0)
        self.refused.setText(refused_text(result.rejected_count, result.rejected))

    def _update(self) -> None:
        self.start.setEnabled(not self._working.running)
        self.everybody.setEnabled(not self._working.running)
