"""One model: its facts, its measured quality, its card, and its acts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from engine.api import GetModelCard, ModelCard, ModelInfo
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.pages.library.generator_part import GeneratorPart
from gui.text.cards import card_text
from gui.text.jobs import task_text
from gui.text.language import current
from gui.text.numbers import moment_text, size_text
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear, column, holder, row
from gui.widgets.markdown_view import MarkdownView
from gui.widgets.naming import named
from gui.widgets.text import Text

MOST_LABELS = 60
SHARES = (
    "accuracy", "f1", "precision", "recall", "supported", "key_fact", "refused_rightly", "refused_wrongly",
)  # fmt: skip
ADAPTED = ("lora", "adalora", "prefix")
"""Methods that leave an adapter beside the shared encoder."""


def metric_text(name: str) -> str:
    """The name of a measured figure."""
    translate = QCoreApplication.translate
    texts = {
        "accuracy": translate("metrics", "Accuracy"),
        "macro_f1": translate("metrics", "Macro F1"),
        "f1": translate("metrics", "F1"),
        "precision": translate("metrics", "Precision"),
        "recall": translate("metrics", "Recall"),
        "ece": translate("metrics", "Calibration error"),
        "ndcg@10": translate("metrics", "NDCG@10"),
        "recall@10": translate("metrics", "Recall@10"),
        "coverage": translate("metrics", "Coverage"),
        "n_train": translate("metrics", "Texts learned from"),
        "n_valid": translate("metrics", "Texts tested on"),
        "supported": translate("metrics", "Answers that the passages hold"),
        "key_fact": translate("metrics", "Answers with the key fact"),
        "refused_rightly": translate("metrics", "Unanswerable questions refused"),
        "refused_wrongly": translate("metrics", "Answerable questions refused"),
    }
    return texts.get(name, "")


class ModelView(QWidget):
    """Signals:
    verify_requested(str), export_requested(str), roll_back_requested(str), remove_requested(str): of this model.
    adapter_requested(str, str): export it for other programs, as "peft" or "onnx".
    """

    verify_requested = Signal(str)
    export_requested = Signal(str)
    adapter_requested = Signal(str, str)
    roll_back_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        named(self, "library.model", self.tr("The chosen model"))
        self._client = client
        self.name = ""
        self.people = 0  # whose behaviour the model holds
        self._taught = False  # a skill over the encoder: other programs can run it too
        self._adapted = False  # it has an adapter, which PEFT can hold
        self._menu: QMenu | None = None
        self._title = ElidedLabel("", "h2")
        self._chips = FlowLayout()
        self.verify = Button(self.tr("Verify"), "library.model.verify", icon="shield")
        self.export = Button(self.tr("Export…"), "library.model.export", icon="download")
        self.roll_back = Button(self.tr("Go back one version"), "library.model.roll_back", icon="history")
        self.remove = Button(self.tr("Remove"), "library.model.remove", icon="trash")
        self.verify.clicked.connect(lambda: self.verify_requested.emit(self.name))
        self.export.clicked.connect(self._on_export)
        self.roll_back.clicked.connect(lambda: self.roll_back_requested.emit(self.name))
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self.name))
        self._figures = FlowLayout(spacing=12, line_spacing=12)
        self._figures_card = Card(self.tr("Measured on texts or events that were held out"))
        self._figures_card.add(holder(self._figures))
        self._labels = FlowLayout(spacing=6, line_spacing=6)
        self._labels_card = Card(self.tr("Labels"))
        self._labels_card.add(holder(self._labels))
        self.generator = GeneratorPart(client)
        self._card = MarkdownView("library.model.card", self.tr("Model card"))
        self._card_card = Card(self.tr("Model card"))
        self._card_card.add(self._card)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 8, 0)
        box.setSpacing(16)
        box.addLayout(column(self._title, holder(self._chips), spacing=8))
        box.addLayout(row(self.verify, self.export, self.roll_back, self.remove, "stretch"))
        box.addWidget(self.generator)
        box.addWidget(self._figures_card)
        box.addWidget(self._labels_card)
        box.addWidget(self._card_card)
        box.addStretch(1)

    def show_model(self, item: ModelInfo) -> None:
        self.name = item.name
        self._title.set_text(item.name)
        clear(self._chips)
        chips = [(task_text(item.task), "accent")]
        if item.bundled:
            chips.append((self.tr("bundled with Casemate"), "neutral"))
        else:
            chips.append((self.tr("version {n}").format(n=item.version), "neutral"))
        chips.append((size_text(item.bytes), "neutral"))
        if item.created:
            chips.append((moment_text(item.created), "neutral"))
        chips += [(name, "neutral") for name in item.languages]
        chips.append((self.tr("intact"), "success") if item.ok else (self.tr("damaged"), "danger"))
        if item.signed:
            chips.append((self.tr("signed"), "success"))
        for text, tone in chips:
            self._chips.addWidget(Chip(text, tone))
        writes = item.task == "generator"
        self.generator.show_generator(item.name if writes and item.ok else "")
        self.roll_back.setVisible(not item.bundled and not writes)
        self.roll_back.setEnabled(item.version > 1)
        self.remove.setVisible(not item.bundled)
        self.export.setVisible(not item.bundled and not writes)  # its own file is passed on as it is
        self._show_figures(item)
        clear(self._labels)
        for label in item.labels[:MOST_LABELS]:
            self._labels.addWidget(Chip(label))
        self._labels_card.setVisible(bool(item.labels))
        self._card_card.hide()
        self.people = 0
        self._taught, self._adapted = not item.bundled and item.task in ("classify", "entities"), True
        self._client.ask(self, GetModelCard(name=item.name, language=current()), self._on_card, self._on_no_card)

    def _on_export(self) -> None:
        """A pack for Casemate; a taught skill also in the forms that other programs read."""
        if not self._taught:
            self.export_requested.emit(self.name)
            return
        name = self.name
        self._menu = named(QMenu(self), "library.model.export_menu", self.tr("Export"))
        pack = self._menu.addAction(self.tr("&Casemate pack (.casepack)…"))
        pack.triggered.connect(lambda: self.export_requested.emit(name))
        peft = self._menu.addAction(self.tr("&PEFT folder, for Python…"))
        peft.triggered.connect(lambda: self.adapter_requested.emit(name, "peft"))
        if not self._adapted:
            peft.setEnabled(False)
            peft.setText(self.tr("PEFT folder (this skill has no adapter)"))
        onnx = self._menu.addAction(self.tr("&ONNX folder, for onnxruntime…"))
        onnx.triggered.connect(lambda: self.adapter_requested.emit(name, "onnx"))
        self._menu.popup(self.export.mapToGlobal(QPoint(0, self.export.height() + 2)))

    def _show_figures(self, item: ModelInfo) -> None:
        clear(self._figures)
        for name, value in item.metrics.items():
            label = metric_text(name)
            if not label:
                continue
            shown = f"{value:,.0f}" if name.startswith("n_") else f"{value:.3f}"
            if name in SHARES:
                shown = f"{value:.1%}"
            part = holder(column(Text(shown, "h2"), Text(label, "caption"), spacing=0, margins=(0, 0, 24, 0)))
            self._figures.addWidget(part)
        self._figures_card.setVisible(self._figures.count() > 0)

    def _on_card(self, card: ModelCard) -> None:
        if card.info.name == self.name:
            self._note_report(card.info.task, card.report)
        if card.info.name == self.name and card.card.strip():
            text = card_text(card.info, card.card).strip()
            if text.startswith("# "):  # the name stands above already
                text = text.partition("\n")[2]
            self._card.set_markdown(text)
            self._card_card.show()

    def _note_report(self, task: str, report: dict[str, Any]) -> None:
        users = report.get("users")
        self.people = users if task == "recommend" and isinstance(users, int) else 0
        if isinstance(method := report.get("method"), str):
            self._adapted = method in ADAPTED

    def _on_no_card(self, _error: EngineError) -> None:
        self._card_card.hide()  # a model without a card is usable all the same
