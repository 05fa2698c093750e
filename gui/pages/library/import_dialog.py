"""Before an import: what the file holds, what kind of data it is, which column is what."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from engine.api import FilePreview, ImportData, PreviewFile
from engine.errors import EngineError
from engine.values import DatasetKind
from gui.bridge.client import EngineClient
from gui.text.errors import advice, reason, sentence
from gui.text.jobs import field_text, kind_text
from gui.widgets.banner import Banner
from gui.widgets.chip import Chip
from gui.widgets.dialog import Dialog
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear, column
from gui.widgets.naming import named
from gui.widgets.table import Table
from gui.widgets.text import Text

# Fields of each kind: those that must have a column, then those that may.
FIELDS: dict[DatasetKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "labelled": (("text", "label"), ()),
    "entities": (("text", "spans"), ()),
    "faq": (("question", "answer"), ()),
    "items": (("item", "title"), ("text",)),
    "events": (("user", "item"), ("type", "time", "value")),
    "texts": (("text",), ()),
}
MOST_WARNINGS = 3


def name_from(path: Path) -> str:
    """A name for the data set: the file's name without its endings."""
    stem = path.name.split(".")[0] or path.name
    return re.sub(r"\s+", " ", stem).strip()[:60] or "data"


class ImportDialog(Dialog):
    """Signals:
    chosen(ImportData): the import that the person agreed to.
    """

    chosen = Signal(object)

    def __init__(self, client: EngineClient, path: Path, taken: Container[str], parent: QWidget) -> None:
        super().__init__(parent, "import", self.tr("Import a table"), width=860)
        self.path = path
        self._taken = taken
        self._preview: FilePreview | None = None
        self._boxes: dict[str, QComboBox] = {}
        self.resize(900, 640)
        self._facts = FlowLayout()
        self.body.addLayout(self._facts)
        self._facts.addWidget(Chip(path.name, "accent"))
        self._warnings = column(spacing=8)
        self.body.addLayout(self._warnings)
        self._waiting = Text(self.tr("Reading the file…"), "muted")
        self.body.addWidget(self._waiting)
        self.name = named(QLineEdit(name_from(path)), "import.name", self.tr("Name of the data set"))
        self.name.setMaxLength(80)
        self.kind = named(QComboBox(), "import.kind", self.tr("What the table holds"))
        self.replace = named(
            QCheckBox(self.tr("Replace the data set of this name")),
            "import.replace",
            self.tr("Replace the data set of this name"),
        )
        self._form = QGridLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(6)
        self._mapping = QGridLayout()
        self._mapping.setHorizontalSpacing(16)
        self._mapping.setVerticalSpacing(6)
        self._make_form()
        self.table = Table("import.preview", self.tr("First rows of the file"), sortable=False)
        self.table.setMinimumHeight(200)
        self.body.addWidget(self.table, 1)
        self._message = Text("", "muted", wrap=True)
        self.body.addWidget(self._message)
        self.add_cancel(self.tr("Cancel"))
        self._accept = self.add_button(self.tr("Import"), "accept", kind="primary", accepts=True)
        self._accept.setEnabled(False)
        self.accepted.connect(lambda: self.chosen.emit(self.request()))
        client.ask(self, PreviewFile(path=str(path)), self._on_preview, self._on_unusable)

    def _make_form(self) -> None:
        for place, (label, control) in enumerate(((self.tr("Name"), self.name), (self.tr("What it holds"), self.kind))):
            self._form.addWidget(Text(label, "caption"), 0, place)
            self._form.addWidget(control, 1, place)
            self._form.setColumnStretch(place, 1)
        self.body.addLayout(self._form)
        self.body.addWidget(self.replace)
        self.body.addLayout(self._mapping)
        self.replace.hide()
        self.name.textChanged.connect(self._check)
        self.replace.toggled.connect(self._check)
        self.kind.currentIndexChanged.connect(self._make_mapping)

    # --- the file ---------------------------------------------------------------------------------------------

    def _on_preview(self, preview: FilePreview) -> None:
        self._preview = preview
        self._waiting.hide()
        facts = [preview.format.upper(), preview.encoding or ""]
        if preview.delimiter:
            names = {"\t": self.tr("tab"), ",": self.tr("comma"), ";": self.tr("semicolon")}
            facts.append(
                self.tr("parted by {delimiter}").format(delimiter=names.get(preview.delimiter, preview.delimiter))
            )
        facts.append(self.tr("%n column(s)", "", len(preview.columns)))
        for fact in filter(None, facts):
            self._facts.addWidget(Chip(fact))
        for place, text in enumerate(preview.warnings[:MOST_WARNINGS]):
            self._warnings.addWidget(Banner(reason(text), "warning", name=f"import.warning{place}"))
        self.table.set_rows(preview.columns, preview.rows)
        self.kind.blockSignals(True)
        for kind in FIELDS:
            self.kind.addItem(kind_text(kind), kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(preview.kind)))
        self.kind.blockSignals(False)
        self._make_mapping()

    def _on_unusable(self, error: EngineError) -> None:
        self._waiting.hide()
        self._warnings.addWidget(Banner(f"{sentence(error)} {advice(error)}", "danger", name="import.unusable"))
        for part in (self.name, self.kind, self.table):
            part.setEnabled(False)

    # --- what is what -----------------------------------------------------------------------------------------

    def _make_mapping(self) -> None:
        """One choice of a column for every field of the kind."""
        if self._preview is None:
            return
        clear(self._mapping)
        self._boxes.clear()
        kind: DatasetKind = self.kind.currentData()
        needed, optional = FIELDS[kind]
        suggested = self._preview.mappings.get(kind, {})
        for place, field in enumerate((*needed, *optional)):
            label = field_text(field)
            if field in optional:
                label = self.tr("{field} (if there is one)").format(field=label)
            box = named(QComboBox(), f"import.map.{field}", label)
            box.addItem(self.tr("Choose a column") if field in needed else self.tr("None"), "")
            for column_name in self._preview.columns:
                box.addItem(column_name, column_name)
            box.setCurrentIndex(max(0, box.findData(suggested.get(field, ""))))
            box.currentIndexChanged.connect(self._check)
            self._boxes[field] = box
            self._mapping.addLayout(column(Text(label, "caption"), box, spacing=4), place // 3, place % 3)
        for place in range(3):
            self._mapping.setColumnStretch(place, 1)
        self._check()

    def mapping(self) -> dict[str, str]:
        """Field -> column, of the fields that have one."""
        return {field: box.currentData() for field, box in self._boxes.items() if box.currentData()}

    def _check(self) -> None:
        if self._preview is None:
            return
        name = self.name.text().strip()
        kind: DatasetKind = self.kind.currentData()
        mapping = self.mapping()
        missing = [field_text(field) for field in FIELDS[kind][0] if field not in mapping]
        taken = name in self._taken
        self.replace.setVisible(taken)
        text = ""
        if not name:
            text = self.tr("Give the data set a name.")
        elif missing:
            text = self.tr("Choose a column for: {fields}").format(fields=", ".join(missing))
        elif len(set(mapping.values())) < len(mapping):
            text = self.tr("One column cannot serve two fields.")
        elif taken and not self.replace.isChecked():
            text = self.tr("A data set of this name exists: choose another name, or replace it.")
        self._message.setText(text)
        self._accept.setEnabled(not text)

    def request(self) -> ImportData:
        """The import as it is set up now."""
        return ImportData(
            path=str(self.path),
            name=self.name.text().strip(),
            kind=self.kind.currentData(),
            mapping=self.mapping(),
            replace=self.replace.isVisible() and self.replace.isChecked(),
        )
