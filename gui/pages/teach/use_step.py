"""Step 6: what to do with a taught skill: read with it, label more texts, look at its versions, hand it on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from engine.api import ADAPTING, AdapterExported, ExportAdapter, Exported, ExportModel, Versions
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.teach.versions_card import VersionsCard
from gui.text.shares import count
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.files import ask_folder, ask_save_file
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import column, row
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

CARD_WIDTH = 200  # px at font scale 1


class UseStep(QWidget):
    """Signals:
    read_requested(str), label_requested(str), teach_requested(str): of the skill of this name.
    changed(): another version is in use.
    failed(EngineError): something could not be done.
    """

    read_requested = Signal(str)
    label_requested = Signal(str)
    teach_requested = Signal(str)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.use_step")
        self._client = client
        self._exporting = Latest(self)
        self.pack = ""
        self._labels = True
        self.empty = EmptyState(
            "read",
            self.tr("No skill yet"),
            self.tr("Once a skill is taught, it reads texts, lists and whole files, and can be taught further."),
            name="teach.use_empty",
        )
        self.read = Button(self.tr("Read with it"), "teach.use_read", kind="primary", icon="read")
        self.label = Button(self.tr("Label texts"), "teach.use_label", icon="tag")
        self.further = Button(self.tr("Teach it again"), "teach.use_further", icon="refresh")
        self.read.clicked.connect(lambda: self.read_requested.emit(self.pack))
        self.label.clicked.connect(lambda: self.label_requested.emit(self.pack))
        self.further.clicked.connect(lambda: self.teach_requested.emit(self.pack))
        self.read_card = self._card(
            self.tr("Use it"), self.tr("Try single texts, read lists, or a whole file into a new table."), self.read
        )
        self.label_card = self._card(
            self.tr("Make it better with few labels"),
            self.tr("It shows the texts it would learn most from; you label them with one key each."),
            self.label,
        )
        self.further_card = self._card(
            self.tr("Teach it more"),
            self.tr("With more examples or in another way; the better version is put to use."),
            self.further,
        )
        self.versions = VersionsCard(client)
        self.versions.changed.connect(self.changed)
        self.versions.failed.connect(self.failed)
        self.versions.listed.connect(self._on_versions)

        self.pack_file = Button(self.tr("As one file for another Casemate…"), "teach.export_pack", icon="download")
        self.peft = Button(self.tr("For PEFT…"), "teach.export_peft", icon="download")
        self.onnx = Button(self.tr("For ONNX Runtime…"), "teach.export_onnx", icon="download")
        self.pack_file.clicked.connect(self._export_pack)
        self.peft.clicked.connect(lambda: self._export_adapter("peft"))
        self.onnx.clicked.connect(lambda: self._export_adapter("onnx"))
        acts = FlowLayout()
        for button in (self.pack_file, self.peft, self.onnx):
            acts.addWidget(button)
        self.strip = ProgressStrip(name="teach.export_progress", framed=False)
        self.strip.cancel_requested.connect(self._exporting.cancel)
        self.strip.hide()
        self.formats = Text(
            self.tr(
                "PEFT and ONNX Runtime are tools of programmers, who can use the skill with them without Casemate."
            ),
            "caption",
            wrap=True,
        )
        hand_on = Card(
            self.tr("Hand it on"),
            self.tr("A skill may have learned private things from its examples: give it only to people you trust."),
        )
        hand_on.add(acts)
        hand_on.add(self.formats)
        hand_on.add(self.strip)

        self._cards = (self.read_card, self.label_card, self.further_card)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._columns = 0
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addLayout(self._grid)
        inside.addWidget(self.versions)
        inside.addWidget(hand_on)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.empty)
        box.addWidget(self.body)
        box.addStretch(1)
        self.set_pack("")

    def _card(self, title: str, text: str, button: Button) -> Card:
        card = Card(title, text, padding=16)
        card.body.addStretch(1)
        card.add(column(row(button, "stretch")))
        return card

    def set_pack(self, pack: str, *, task: str = "classify") -> None:
        """Offer what can be done with this skill."""
        self.pack = pack
        self.empty.setVisible(not pack)
        self.body.setVisible(bool(pack))
        self._labels = task == "classify"  # the queue asks for labels, not for marked words
        self._place(force=True)
        self.label_card.setVisible(self._labels)
        if pack:
            self.versions.set_pack(pack)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self, *, force: bool = False) -> None:
        """Cards side by side where their words have room, else below each other."""
        shown = [card for card in self._cards if card is not self.label_card or self._labels]
        rest = [card for card in self._cards if card not in shown]
        columns = len(shown) if self.width() >= len(shown) * theme().px(CARD_WIDTH) else 1
        if columns == self._columns and not force:
            return
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for place, card in enumerate([*shown, *rest]):
            self._grid.addWidget(card, place // columns, place % columns)
        for place in range(len(self._cards)):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)

    def _on_versions(self, result: Versions) -> None:
        current = next((one for one in result.versions if one.current), None)
        adapted = current is not None and current.method in ADAPTING
        for part in (self.peft, self.onnx, self.formats):
            part.setVisible(adapted)
        self.peft.setVisible(adapted and current is not None and current.method in ("lora", "adalora", "prefix"))

    # --- handing on -------------------------------------------------------------------------------------------

    def _export_pack(self) -> None:
        filters = self.tr("Casemate skill (*.casepack)")
        path = ask_save_file(self, self.tr("Hand the skill on"), f"{self.pack}.casepack", filters)
        if path is not None:
            job = self._client.call(ExportModel(self.pack, str(path)))
            self._exporting.run(job, done=self._on_exported, failed=self.failed.emit, stop_older=False)

    def _export_adapter(self, form: str) -> None:
        folder = ask_folder(self, self.tr("Choose a folder"))
        if folder is None:
            return
        target = folder / f"{self.pack} {form}"
        self.strip.set_title(self.tr("Writing {name}").format(name=target.name))
        self.strip.set_progress(0, None)
        self.strip.show()
        request = ExportAdapter(self.pack, str(target), "peft" if form == "peft" else "onnx")
        self._exporting.run(
            self._client.call(request),
            done=self._on_adapter,
            failed=self._on_export_failed,
            progressed=self._on_progressed,
            cancelled=self.strip.hide,
            stop_older=False,
        )

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_exported(self, done: Exported) -> None:
        show_toast(self, self.tr("The skill is in {file}.").format(file=Path(done.path).name), "success")

    def _on_adapter(self, done: AdapterExported) -> None:
        self.strip.hide()
        words = self.tr("{size} kB in {folder}.")
        show_toast(self, words.format(size=count(max(1, done.bytes // 1000)), folder=Path(done.path).name), "success")

    def _on_export_failed(self, error: EngineError) -> None:
        self.strip.hide()
        self.failed.emit(error)
