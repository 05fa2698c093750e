"""Everything that may be set beyond the method; the defaults are measured choices and need no thought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QSpinBox, QWidget

from engine.api import TrainOptions
from gui.pages.teach.draft import Extras
from gui.widgets.layout import column, holder
from gui.widgets.naming import named
from gui.widgets.text import Text

RANKS = (2, 4, 8, 16, 32)
RATES = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3)
SMOOTHINGS = (0.05, 0.1, 0.2)
RADII = (0.1, 0.3, 0.5, 1.0)
TWO_COLUMNS_FROM = 560  # px at font scale 1


class OptionsPanel(QWidget):
    """Signals:
    changed(): something is set otherwise.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.options")
        automatic = self.tr("Automatic")
        off = self.tr("Off")
        self.epochs = self._spin("epochs", self.tr("Rounds at most"), 200, automatic)
        self.minutes = self._spin("minutes", self.tr("Time limit in minutes"), 24 * 60, self.tr("No limit"))
        self.search = self._spin("search", self.tr("Search for better settings, in minutes"), 24 * 60, off)
        self.seed = self._spin("seed", self.tr("Seed of chance"), 1_000_000, "")
        self.rank = self._box("rank", self.tr("Size of the add-on (rank)"))
        self.layers = self._box("layers", self.tr("How deep it changes the reader"))
        self.rate = self._box("rate", self.tr("Pace (learning rate)"))
        self.smoothing = self._box("smoothing", self.tr("Doubt about every label (label smoothing)"))
        self.adversarial = self._box("adversarial", self.tr("Harden against small changes (FGM)"))
        self.valid = self._box("valid", self.tr("Exam texts"))
        self.teacher = self._box("teacher", self.tr("Learn from a larger skill (distillation)"))
        self.unlabelled = self._box("unlabelled", self.tr("Also learn from texts without labels"))
        self.device = self._box("device", self.tr("Where it runs"))
        self.balance = self._check("balance", self.tr("Count every label the same, also rare ones"))
        self.augment = self._check("augment", self.tr("Add changed copies of texts of rare labels"))
        self.continual = self._check("continual", self.tr("Keep what the present version knows"))

        self._fill(self.rank, [(automatic, None), *((str(rank), rank) for rank in RANKS)])
        layers = [(self.tr("The top %n layer(s)", "", number), number) for number in range(1, 7)]
        self._fill(self.layers, [(automatic, None), *layers])
        self._fill(self.rate, [(automatic, None), *((f"{rate:g}", rate) for rate in RATES)])
        self._fill(self.smoothing, [(off, 0.0), *((f"{share:.0%}", share) for share in SMOOTHINGS)])
        self._fill(self.adversarial, [(automatic, 0.0), *((f"{radius:g}", radius) for radius in RADII)])
        self._fill(
            self.device,
            [
                (automatic, "auto"),
                (self.tr("Processor"), "cpu"),
                (self.tr("NVIDIA graphics card"), "cuda"),
                (self.tr("Apple graphics"), "mps"),
            ],
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._cells = [
            self._cell(self.valid, self.tr("Texts that are held back to measure how good the skill is.")),
            self._cell(self.minutes, self.tr("The best state until then is kept.")),
            self._cell(self.epochs, self.tr("It ends by itself when nothing more is gained.")),
            self._cell(self.search, self.tr("Tries pace, size, rounds and doubt, and takes the best.")),
            self._cell(self.unlabelled, self.tr("Those texts that the skill is sure of are learned too.")),
            self._cell(self.teacher, self.tr("Its judgements are learned along with the labels.")),
            self._cell(self.smoothing, self.tr("Helps where labels are partly wrong.")),
            self._cell(self.adversarial, self.tr("For texts with slips and odd spellings; takes twice as long.")),
            self._cell(self.rank, self.tr("Larger holds more and is learned more slowly.")),
            self._cell(self.layers, self.tr("Deeper is slower and can learn more.")),
            self._cell(self.rate, self.tr("Too fast forgets, too slow never arrives.")),
            self._cell(self.device, self.tr("A graphics card is used where there is one.")),
            self._cell(self.seed, self.tr("The same number gives the same result again.")),
            holder(column(self.balance, self.augment, self.continual, "stretch", spacing=6)),
        ]
        self.set_sources((), (), (), exists=False)
        self._place(2)

    # --- values -----------------------------------------------------------------------------------------------

    def set_sources(self, exams: Sequence[str], texts: Sequence[str], teachers: Sequence[str], *, exists: bool) -> None:
        """Names of data sets that can examine, of texts without labels, of skills to learn from; whether the skill
        has a version whose knowledge can be kept."""
        self._fill(self.valid, [(self.tr("Hold back a part of the examples"), None), *((n, n) for n in exams)])
        none = self.tr("None")
        self._fill(self.unlabelled, [(none, None), *((name, name) for name in texts)])
        self._fill(self.teacher, [(none, None), *((name, name) for name in teachers)])
        self.continual.setEnabled(exists)
        if not exists:
            self.continual.setChecked(False)

    def options(self) -> TrainOptions:
        return TrainOptions(
            rank=self.rank.currentData(),
            layers=self.layers.currentData(),
            epochs=self.epochs.value() or None,
            learning_rate=self.rate.currentData(),
            balance=self.balance.isChecked(),
            label_smoothing=self.smoothing.currentData(),
            augment=self.augment.isChecked(),
            adversarial=self.adversarial.currentData(),
            teacher=self.teacher.currentData(),
            search_minutes=float(self.search.value()),
            unlabelled=self.unlabelled.currentData(),
            continual=self.continual.isChecked(),
        )

    def extras(self) -> Extras:
        return Extras(
            valid_dataset=self.valid.currentData(),
            max_minutes=float(self.minutes.value()) or None,
            seed=self.seed.value(),
            device=self.device.currentData(),
        )

    def set_values(self, options: TrainOptions, extras: Extras) -> None:
        """Show these values; nothing is announced."""
        self.blockSignals(True)
        self.epochs.setValue(options.epochs or 0)
        self.search.setValue(round(options.search_minutes))
        self.minutes.setValue(round(extras.max_minutes or 0))
        self.seed.setValue(extras.seed)
        for box, value in (
            (self.rank, options.rank),
            (self.layers, options.layers),
            (self.rate, options.learning_rate),
            (self.smoothing, options.label_smoothing),
            (self.adversarial, options.adversarial),
            (self.teacher, options.teacher),
            (self.unlabelled, options.unlabelled),
            (self.valid, extras.valid_dataset),
            (self.device, extras.device),
        ):
            box.setCurrentIndex(max(0, _place_of(box, value)))
        self.balance.setChecked(options.balance)
        self.augment.setChecked(options.augment)
        self.continual.setChecked(options.continual)
        self.blockSignals(False)

    # --- making -----------------------------------------------------------------------------------------------

    def _spin(self, key: str, label: str, most: int, zero: str) -> QSpinBox:
        spin = named(QSpinBox(), f"teach.option.{key}", label)
        spin.setRange(0, most)
        spin.setSpecialValueText(zero)
        spin.valueChanged.connect(lambda _value: self.changed.emit())
        return spin

    def _box(self, key: str, label: str) -> QComboBox:
        box = named(QComboBox(), f"teach.option.{key}", label)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.currentIndexChanged.connect(lambda _place: self.changed.emit())
        return box

    def _check(self, key: str, label: str) -> QCheckBox:
        check = named(QCheckBox(label), f"teach.option.{key}", label)
        check.toggled.connect(lambda _on: self.changed.emit())
        return check

    def _fill(self, box: QComboBox, choices: Sequence[tuple[str, object]]) -> None:
        """Other choices; what was chosen stays chosen where it is still there."""
        before = box.currentData()
        box.blockSignals(True)
        box.clear()
        for text, value in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, _place_of(box, before)))
        box.blockSignals(False)

    def _cell(self, control: QWidget, note: str) -> QWidget:
        label = Text(control.accessibleName(), wrap=True)
        label.setBuddy(control)
        control.setToolTip(note)
        return holder(column(label, control, Text(note, "caption", wrap=True), "stretch", spacing=4))

    def _place(self, columns: int) -> None:
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // columns, place % columns)


def _place_of(box: QComboBox, value: object) -> int:
    """Where a value stands among the choices; -1 if nowhere. Qt's own search takes 0 for None."""
    return next((place for place in range(box.count()) if box.itemData(place) == value), -1)
