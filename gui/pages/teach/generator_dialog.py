"""Setting up what a generator is to learn: whose answers, over which generator, under what name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from engine.api import DatasetInfo, GeneratorInfo, GeneratorOptions, TrainGenerator
from gui.text.jobs import kind_text
from gui.widgets.buttons import Button
from gui.widgets.dialog import Dialog
from gui.widgets.layout import holder
from gui.widgets.naming import named
from gui.widgets.text import Text

APPROVED = "approved"
KINDS = ("faq", "texts")
MOST_MINUTES, MOST_RANK, MOST_ROUNDS = 10_000, 256, 1_000


class GeneratorDialog(Dialog):
    """Args:
    datasets: all there are; those that hold answers or conversations are offered.
    generators: all there are; those that are files of their own are offered.
    taken: names that stand for something else.
    """

    def __init__(
        self,
        parent: QWidget,
        datasets: Sequence[DatasetInfo],
        generators: Sequence[GeneratorInfo],
        taken: Sequence[str] = (),
    ) -> None:
        super().__init__(
            parent,
            "teach.generator",
            self.tr("Teach a generator your answers"),
            self.tr(
                "It learns how your desk answers, in a small add-on that stays in this workspace. The generator itself "
                "is not changed."
            ),
            width=520,
        )
        self._taken = set(taken)
        self.data = named(QComboBox(), "teach.generator.data", self.tr("Answers to learn from"))
        self.data.addItem(self.tr("What this desk approved"), APPROVED)
        for one in datasets:
            if one.kind in KINDS:
                self.data.addItem(f"{one.name} · {kind_text(one.kind)}", one.name)
        self.base = named(QComboBox(), "teach.generator.base", self.tr("Generator"))
        for info in generators:
            if not info.base:
                self.base.addItem(info.name, info.name)
        self.name = named(QLineEdit(), "teach.generator.name", self.tr("Name of what it learns"))
        self.name.setMaxLength(80)
        self.minutes = self._spin("minutes", self.tr("Minutes at most"), MOST_MINUTES, self.tr("no limit"))
        self.more = Button(self.tr("Fine points"), "teach.generator.more", kind="ghost", small=True)
        self.more.setCheckable(True)
        self.rank = self._spin("rank", self.tr("Rank"), MOST_RANK, self.tr("usual (16)"))
        self.alpha = self._spin("alpha", self.tr("Alpha"), 4 * MOST_RANK, self.tr("usual (twice the rank)"))
        self.rounds = self._spin("rounds", self.tr("Rounds at most"), MOST_ROUNDS, self.tr("usual"))
        form = QFormLayout()
        for control in (self.data, self.base, self.name, self.minutes):
            form.addRow(_label(control), control)
        fine = QFormLayout()
        for control in (self.rank, self.alpha, self.rounds):
            fine.addRow(_label(control), control)
        self._fine = holder(fine)
        self._fine.hide()
        self.more.toggled.connect(self._fine.setVisible)
        self._message = Text("", "muted", wrap=True)
        self._message.setObjectName("teach.generator.message")
        self.body.addLayout(form)
        self.body.addWidget(self.more)
        self.body.addWidget(self._fine)
        self.body.addWidget(self._message)
        self.add_cancel(self.tr("Cancel"))
        self.start = self.add_button(self.tr("Start teaching"), "start", kind="primary", accepts=True)
        self.base.currentIndexChanged.connect(lambda _place: self._suggest())
        self.name.textChanged.connect(lambda _text: self._check())
        self._suggested = ""
        self._suggest()

    def request(self) -> TrainGenerator:
        """The training as it is set up now."""
        options = GeneratorOptions(
            rank=self.rank.value() or None, alpha=float(self.alpha.value()) or None, epochs=self.rounds.value() or None
        )
        return TrainGenerator(
            dataset=str(self.data.currentData()),
            base=str(self.base.currentData()),
            pack=self.name.text().strip(),
            max_minutes=float(self.minutes.value()) or None,
            options=options,
        )

    def _spin(self, key: str, label: str, most: int, zero: str) -> QSpinBox:
        spin = named(QSpinBox(), f"teach.generator.{key}", label)
        spin.setRange(0, most)
        spin.setSpecialValueText(zero)
        return spin

    def _suggest(self) -> None:
        """A name after the generator, unless the person gave one."""
        if self.name.text() in ("", self._suggested) and self.base.count():
            self._suggested = self.tr("{generator} desk").format(generator=self.base.currentData())
            self.name.setText(self._suggested)
        self._check()

    def _check(self) -> None:
        name = self.name.text().strip()
        if not self.base.count():
            text = self.tr("There is no generator here yet. Take one in under Library, Models.")
        elif name in self._taken:
            text = self.tr("This name is taken already.")
        else:
            text = ""
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self.start.setEnabled(bool(name) and not text)


def _label(control: QWidget) -> Text:
    label = Text(control.accessibleName())
    label.setBuddy(control)
    return label
