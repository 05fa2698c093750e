"""A generator on this machine: whether it fits, how fast it is, what it holds in memory."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from gui.bridge.client import EngineClient
from gui.bridge.generator_choice import GeneratorChoice
from gui.text.generators import about_text, fit_text, memory_text, speed_text
from gui.text.numbers import moment_text
from gui.text.shares import count
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.layout import row
from gui.widgets.naming import restyle
from gui.widgets.text import Text

LOOK_EVERY_MS = 2000


class GeneratorPart(Card):
    """Hidden for models that are no generators."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__(spacing=6)
        self.setObjectName("library.generator")
        self.set_title(self.tr("Memory and speed"))
        self.name = ""
        self._choice = GeneratorChoice(client, self)
        self.about = Text(role="muted", wrap=True, selectable=True)
        self.fit = Text(wrap=True, selectable=True)
        self.fit.setObjectName("library.generator.fit")
        self.context = Text(role="muted", wrap=True, selectable=True)
        self.speed = Text(role="muted", wrap=True, selectable=True)
        self.speed.setObjectName("library.generator.speed")
        self.memory = Text(role="muted", wrap=True)
        self.measure = Button(self.tr("Measure speed"), "library.generator.measure", icon="machine", small=True)
        self.measure.clicked.connect(lambda: self._choice.measure(self.name))
        self.unload = Button(self.tr("Give memory back"), "library.generator.unload", small=True)
        self.unload.clicked.connect(self._choice.unload)
        for part in (self.fit, self.about, self.context, self.speed, self.memory):
            self.add(part)
        self.add(row(self.measure, self.unload, "stretch"))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._choice.look)
        self._choice.changed.connect(self._show)
        self._choice.measuring_changed.connect(self._show)
        self.hide()

    def show_generator(self, name: str) -> None:
        """Show this one; "" hides the card."""
        self.name = name
        self.setVisible(bool(name))
        if name:
            self._choice.look()
            self._show()

    def _show(self) -> None:
        info = self._choice.info(self.name)
        for part in (self.about, self.context, self.speed, self.memory, self.measure, self.unload):
            part.setVisible(info is not None)
        if info is None:
            self.fit.setText(self.tr("Looking…") if not self._choice.listed else self.tr("Its file cannot be read."))
            return
        self.about.setText(about_text(info))
        self.fit.setText(fit_text(info))
        restyle(self.fit, role="strong" if info.fits or info.loaded else "danger")
        self.context.setText(
            self.tr("Reads {context} tokens at once here; it was taught {taught}.").format(
                context=count(info.context), taught=count(info.trained_context)
            )
        )
        words = speed_text(info)
        if info.measured:
            words += self.tr(" ({moment}, %n thread(s))", "", info.speed_threads).format(
                moment=moment_text(info.measured)
            )
        self.speed.setText(words)
        self.memory.setText(memory_text(info))
        self.memory.setVisible(info.loaded)
        self.unload.setVisible(info.loaded)
        mine = self._choice.measuring == self.name
        words = self.tr("Measuring…") if mine else self.tr("Measure speed")
        self.measure.setText(f" {words}")
        self.measure.setEnabled(not self._choice.measuring)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
