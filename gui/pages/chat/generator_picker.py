"""Who words the answers: the documents themselves, or a generator, with what each one takes and how fast it is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from engine.api import GeneratorInfo
from gui.bridge.generator_choice import GeneratorChoice
from gui.text.generators import about_text, fit_text, memory_text, speed_text
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.chip import Chip
from gui.widgets.fitting import Fitting
from gui.widgets.layout import clear, line
from gui.widgets.naming import named, restyle
from gui.widgets.text import Text

WIDE = 460
MOST_HIGH = 520
MOST_WIDE = 240  # px of the words on the button
LOOK_EVERY_MS = 2000


class GeneratorRow(QFrame):
    """One choice with its facts.

    Signals:
        picked(str): it is chosen.
        measure_requested(str), unload_requested(): as the buttons say.
    """

    picked = Signal(str)
    measure_requested = Signal(str)
    unload_requested = Signal()

    def __init__(self, info: GeneratorInfo | None) -> None:
        super().__init__()
        self.key = info.name if info is not None else ""
        name = f"chat.generator.{self.key or 'none'}"
        self.setObjectName(f"{name}.row")
        self.setProperty("kind", "card")
        self.setProperty("hoverable", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        title = self.key or self.tr("Quote the documents")
        self.radio = named(QRadioButton(title), name, title)
        self.radio.setProperty("strong", True)
        self.radio.setAutoExclusive(False)  # the panel says which one is on
        self.radio.clicked.connect(lambda: self.picked.emit(self.key))
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 12, 10)
        box.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.radio, 1)
        box.addLayout(head)
        self.fit = Text(role="caption", wrap=True)
        self.speed = Text(role="caption", wrap=True)
        self.memory = Text(role="caption", wrap=True)
        self.measure: Button | None = None
        self.unload: Button | None = None
        if info is None:
            box.addWidget(_inset(Text(self.tr("The words are those of your documents. No generator is needed."),
                                      "caption", wrap=True)))  # fmt: skip
            return
        if info.bundled:
            head.addWidget(Chip(self.tr("bundled")))
        self.loaded = Chip(self.tr("in memory"), "success")
        head.addWidget(self.loaded)
        box.addWidget(_inset(Text(about_text(info), "caption", wrap=True)))
        for part in (self.fit, self.speed, self.memory):
            box.addWidget(_inset(part))
        self.measure = Button(self.tr("Measure speed"), f"{name}.measure", kind="link")
        self.measure.clicked.connect(lambda: self.measure_requested.emit(self.key))
        self.unload = Button(self.tr("Give memory back"), f"{name}.unload", kind="link")
        self.unload.clicked.connect(self.unload_requested)
        acts = QHBoxLayout()
        acts.setContentsMargins(22, 0, 0, 0)
        acts.setSpacing(12)
        acts.addWidget(self.measure)
        acts.addWidget(self.unload)
        acts.addStretch(1)
        box.addLayout(acts)
        self.show_info(info)

    def show_info(self, info: GeneratorInfo) -> None:
        """Its state now."""
        self.fit.setText(fit_text(info))
        restyle(self.fit, role="caption" if info.fits or info.loaded else "danger")
        self.speed.setText(speed_text(info))
        words = memory_text(info)
        self.memory.setText(words)
        self.memory.setVisible(bool(words))
        self.loaded.setVisible(info.loaded)
        if self.unload is not None:
            self.unload.setVisible(info.loaded)
        self.radio.setAccessibleDescription(". ".join((about_text(info), self.fit.text(), self.speed.text())))

    def set_measuring(self, measuring: str) -> None:
        """Say which generator is being measured, "" for none."""
        if self.measure is not None:
            mine = measuring == self.key
            self.measure.setText(self.tr("Measuring…") if mine else self.tr("Measure speed"))
            self.measure.setEnabled(not measuring)

    def set_picked(self, picked: bool) -> None:
        self.radio.setChecked(picked)
        restyle(self, selected=picked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.picked.emit(self.key)


def _inset(part: QWidget) -> QWidget:
    """Texts stand below the words of the radio button."""
    holder = QWidget()
    box = QHBoxLayout(holder)
    box.setContentsMargins(24, 0, 0, 0)
    box.addWidget(part)
    return holder


class GeneratorPanel(QFrame):
    """What opens: every choice, and the ways to more.

    Signals:
        settings_requested(), library_requested(): go there.
    """

    settings_requested = Signal()
    library_requested = Signal()

    def __init__(self, choice: GeneratorChoice, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        named(self, "chat.generator_panel", self.tr("Who words the answers"))
        self.setProperty("kind", "popup")
        self._choice = choice
        self._button: QWidget | None = None
        self.rows: list[GeneratorRow] = []
        self._names: tuple[str, ...] = ()
        inner = QWidget()
        inner.setProperty("kind", "content")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self.area = Fitting(inner, "chat.generator_list", self.tr("Generators"))
        self.title = Text(role="strong")
        self.about = Text(role="caption", wrap=True)
        self.settings = Button(self.tr("How they write…"), "chat.generator_settings", kind="link")
        self.settings.clicked.connect(lambda: self._go(self.settings_requested))
        self.library = Button(self.tr("Take in a generator…"), "chat.generator_library", kind="link")
        self.library.clicked.connect(lambda: self._go(self.library_requested))
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 14, 14, 10)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self.about)
        box.addWidget(self.area)
        box.addWidget(line())
        foot = QHBoxLayout()
        foot.addWidget(self.settings)
        foot.addStretch(1)
        foot.addWidget(self.library)
        box.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(choice.look)
        choice.changed.connect(self._show)
        choice.measuring_changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        width = theme().px(WIDE)
        high = self.heightForWidth(width) if self.hasHeightForWidth() else super().sizeHint().height()
        return QSize(width, min(high, theme().px(MOST_HIGH)))

    def open_above(self, button: QWidget) -> None:
        """Show it above a button, within the screen."""
        self._button = button
        self._show()
        self._place()
        self.show()
        chosen = next((row for row in self.rows if row.radio.isChecked()), None)
        if chosen is not None:
            chosen.radio.setFocus()

    def _place(self) -> None:
        """As high as what it says now, above its button or else below it."""
        button = self._button
        if button is None:
            return
        self.setFixedWidth(theme().px(WIDE))
        if (layout := self.layout()) is not None:
            layout.activate()
        self.resize(self.sizeHint())
        corner = button.mapToGlobal(QPoint(0, -self.height() - 6))
        screen = button.screen().availableGeometry()
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        if corner.y() < screen.top():
            corner = button.mapToGlobal(QPoint(0, button.height() + 6))
        self.move(corner)

    def _show(self) -> None:
        names = tuple(one.name for one in self._choice.generators)
        if names != self._names or not self.rows:
            self._make_rows(names)
        agent = self._choice.agent
        of_agent = self.tr("Who words the answers of {agent}").format(agent=agent)
        self.title.setText(of_agent if agent else self.tr("Who words the answers"))
        self.about.setText(
            self.tr(
                "A generator phrases what your documents say. Each of its sentences is checked against them; what they "
                "do not hold is not shown."
            )
            if names
            else self.tr(
                "There is no generator here yet. Take in any model in a GGUF file; it runs on this computer alone."
            )
        )
        for row in self.rows:
            row.set_picked(row.key == self._choice.current)
            row.set_measuring(self._choice.measuring)
            if (info := self._choice.info(row.key)) is not None:
                row.show_info(info)
        if self.isVisible():
            QTimer.singleShot(0, self, self._place)

    def _make_rows(self, names: tuple[str, ...]) -> None:
        self._names = names
        clear(self._list)
        self.rows = [GeneratorRow(None), *map(GeneratorRow, self._choice.generators)]
        for row in self.rows:
            row.picked.connect(self._on_picked)
            row.measure_requested.connect(self._choice.measure)
            row.unload_requested.connect(self._choice.unload)
            self._list.addWidget(row)

    def _on_picked(self, name: str) -> None:
        self._choice.pick(name)
        self.hide()

    def _go(self, signal: object) -> None:
        self.hide()
        signal.emit()  # type: ignore[attr-defined]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._choice.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)


class GeneratorPicker(Button):
    """The button with the present choice; it opens the panel.

    Signals:
        settings_requested(), library_requested(): go there.
        changed(): its words are others now.
    """

    settings_requested = Signal()
    library_requested = Signal()
    changed = Signal()

    def __init__(self, choice: GeneratorChoice) -> None:
        super().__init__("", "chat.generator", kind="ghost", icon="spark", small=True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._choice = choice
        self._panel: GeneratorPanel | None = None
        self.clicked.connect(self.open)
        choice.changed.connect(self._show)
        self._show()

    @property
    def panel(self) -> GeneratorPanel:
        """What opens, made at its first use."""
        if self._panel is None:
            self._panel = GeneratorPanel(self._choice, self)
            self._panel.settings_requested.connect(self.settings_requested)
            self._panel.library_requested.connect(self.library_requested)
        return self._panel

    def open(self) -> None:
        self.panel.open_above(self)

    def _show(self) -> None:
        name = self._choice.current
        words = self.tr("Phrased by {name}").format(name=name) if name else self.tr("Quotes the documents")
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, theme().px(MOST_WIDE))
        self.setText(f" {shown}")
        self.setAccessibleName(self.tr("Who words the answers: {choice}").format(choice=words))
        info = self._choice.info(name)
        told = (
            (words, fit_text(info), speed_text(info))
            if info is not None
            else (self.tr("Choose who words the answers."),)
        )
        self.setToolTip("\n".join(told))
        self.changed.emit()
