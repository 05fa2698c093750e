"""Search in a collection, with filters: which passages lie behind the answers."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from engine.api import CollectionInfo, PassageHit, PassageHits, SearchPassages
from engine.values import Citation
from gui.bridge.client import EngineClient
from gui.pages.chat.source_panel import SourcePanel
from gui.pages.library.part import CollectionPart
from gui.text.search import MODES, mode_text
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.dialog import Dialog
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.table import Table
from gui.widgets.text import Text

MOST = 50
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class SearchPart(CollectionPart):
    """A field, filters, and the passages that were found; Enter on one shows its page."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__(client, "library.search", self.tr("Search in the collection"))
        self._hits: tuple[PassageHit, ...] = ()
        words = self.tr("Search in the passages of this collection")
        self.query = named(QLineEdit(), "library.search.query", words)
        self.query.setPlaceholderText(words)
        self.query.returnPressed.connect(self.search)
        self.go = Button(self.tr("Search"), "library.search.go", kind="primary", icon="search")
        self.go.clicked.connect(self.search)
        self.mode = named(QComboBox(), "library.search.mode", self.tr("How to search"))
        for mode in ("auto", *MODES):
            self.mode.addItem(mode_text(mode), mode)
        self.folder = named(QLineEdit(), "library.search.folder", self.tr("Only in the folder"))
        self.folder.setPlaceholderText(self.tr("Folder or a part of it"))
        self.format = named(QComboBox(), "library.search.format", self.tr("Only files of the kind"))
        self.format.addItem(self.tr("All kinds"), "")
        self.since = self._day("since", self.tr("Changed since"), self.tr("Since: 2025-03-01"))
        self.until = self._day("until", self.tr("Changed until"), self.tr("Until: 2025-12-31"))
        self.wrong = Text("", "danger", wrap=True)
        self.wrong.setObjectName("library.search.wrong")
        self.wrong.hide()
        filters = QWidget()
        flow = FlowLayout(filters, spacing=8, line_spacing=8)
        for part in (self.mode, self.format, self.folder, self.since, self.until):
            if isinstance(part, QComboBox):
                part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            part.setFixedWidth(theme().px(136))
            flow.addWidget(part)
        self.table = Table("library.search.table", self.tr("Passages found"))
        self.table.row_activated.connect(self._on_open)
        self.about = Text("", "caption", wrap=True)
        self.about.setObjectName("library.search.about")
        line = row(self.query, self.go)
        line.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(line)
        box.addWidget(filters)
        box.addWidget(self.wrong)
        box.addWidget(self.table, 1)
        box.addWidget(self.about)
        self.forget()

    def _day(self, name: str, label: str, example: str) -> QLineEdit:
        field = named(QLineEdit(), f"library.search.{name}", label, label)
        field.setPlaceholderText(example)
        field.setMaxLength(10)
        field.returnPressed.connect(self.search)
        return field

    def show_info(self, info: CollectionInfo) -> None:
        """Offer the kinds of files that the collection has."""
        kinds = sorted({Path(file.path).suffix.lstrip(".").casefold() for file in info.files} - {""})
        before = self.format.currentData()
        self.format.clear()
        self.format.addItem(self.tr("All kinds"), "")
        for kind in kinds:
            self.format.addItem(kind, kind)
        self.format.setCurrentIndex(max(0, self.format.findData(before)))

    def forget(self) -> None:
        self._show(())
        self.about.setText(self.tr("Enter on a passage shows its page. Dates are of the documents' last change."))

    def search(self) -> None:
        """Look for what was typed."""
        query = self.query.text().strip()
        since, until = self.since.text().strip(), self.until.text().strip()
        faulty = [day for day in (since, until) if day and not DAY.fullmatch(day)]
        self.wrong.setVisible(bool(faulty))
        if faulty:
            self.wrong.setText(self.tr("“{day}” is no date: write 2025-03-01, 2025-03 or 2025.").format(day=faulty[0]))
        if not query or faulty or not self.collection:
            return
        kind = str(self.format.currentData() or "")
        request = SearchPassages(
            self.collection,
            query,
            MOST,
            self.mode.currentData(),
            folder=self.folder.text().strip(),
            formats=(kind,) if kind else (),
            since=since,
            until=until,
        )
        self.asking.run(self.client.call(request), done=self._on_found, failed=self.on_failed)

    def _on_found(self, result: PassageHits) -> None:
        self._show(result.hits)
        found = self.tr("%n passage(s)", "", len(result.hits)) if result.hits else self.tr("Nothing was found.")
        self.about.setText(
            self.tr("{found}  ·  {mode}  ·  {ms} ms").format(
                found=found, mode=mode_text(result.mode), ms=round(result.seconds * 1000)
            )
        )

    def _show(self, hits: tuple[PassageHit, ...]) -> None:
        self._hits = hits
        self.table.set_rows(
            (self.tr("Passage"), self.tr("Document"), self.tr("Page")),
            [(hit.text, hit.title or Path(hit.doc).name, hit.page if hit.page is not None else "") for hit in hits],
            stretch=0,
            widths=(0, 190, 60),
        )

    def _on_open(self, place: int) -> None:
        if not 0 <= place < len(self._hits):
            return
        hit = self._hits[place]
        dialog = PageDialog(self.client, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.panel.open(Citation(hit.doc, hit.page, hit.text, hit.start, hit.end, hit.document_id, hit.title))


class PageDialog(Dialog):
    """The page that a passage stands on."""

    def __init__(self, client: EngineClient, parent: QWidget) -> None:
        super().__init__(parent, "library.page", self.tr("The passage in its place"), width=720)
        self.panel = SourcePanel(client)
        self.panel.setMinimumHeight(440)
        self.panel.close_button.hide()
        self.body.addWidget(self.panel, 1)
        self.add_button(self.tr("Close"), "close", kind="primary", accepts=True)
