"""What the desk understood and why it answered so: the reason, the intent, the slots, what it asks, the notice."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from engine.api import Answer
from gui.icons import set_icon
from gui.text.errors import reason
from gui.widgets.buttons import Button
from gui.widgets.chip import Chip
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear
from gui.widgets.text import Text

NUMBERED = re.compile(r"^\s*(\d)\. (.+)$", re.MULTILINE)


def spoken(name: str) -> str:
    """A name made for programs, as people read it: order_number -> order number."""
    return name.replace("_", " ")


class Understood(QWidget):
    """Chips: the intent, every filled slot, and what is asked back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.understood")
        self.chips: list[Chip] = []
        self._flow = FlowLayout(self, spacing=6, line_spacing=6)

    def show_answer(self, answer: Answer) -> None:
        clear(self._flow)
        self.chips.clear()
        if answer.intent:
            self._add(self.tr("Intent: {intent}").format(intent=spoken(answer.intent)), "neutral")
        for name, value in answer.slots.items():
            self._add(f"{spoken(name)}: {value}", "success")
        if answer.asks:
            self._add(self._asked(answer.asks), "accent")
        self.setVisible(bool(self.chips))

    def _asked(self, asks: str) -> str:
        words = {
            "choice": self.tr("Asks: which one is meant?"),
            "confirm": self.tr("Asks: is this what is meant?"),
            "rephrase": self.tr("Asks for other words"),
        }
        return words.get(asks) or self.tr("Asks for: {slot}").format(slot=spoken(asks))

    def _add(self, text: str, tone: str) -> None:
        chip = Chip(text, tone)
        chip.setObjectName(f"chat.understood.{len(self.chips) + 1}")
        self._flow.addWidget(chip)
        self.chips.append(chip)


class QuickReplies(QWidget):
    """Buttons for what the desk asked: the intents to choose from, or yes and no.

    Signals:
        chosen(str): the words to answer with.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.replies")
        self.buttons: list[Button] = []
        self._flow = FlowLayout(self, spacing=6, line_spacing=6)

    def show_answer(self, answer: Answer) -> None:
        clear(self._flow)
        self.buttons.clear()
        for place, words in enumerate(self._replies(answer), 1):
            button = Button(words.replace("&", "&&"), f"chat.reply.{place}", small=True)
            button.setAccessibleName(self.tr("Answer “{words}”").format(words=words))
            button.clicked.connect(lambda _checked=False, words=words: self.chosen.emit(words))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self.setVisible(bool(self.buttons))

    def _replies(self, answer: Answer) -> list[str]:
        if answer.asks == "choice":
            return [title.strip() for _, title in NUMBERED.findall(answer.answer)]
        if answer.asks == "confirm":
            return [self.tr("Yes"), self.tr("No")]
        return []


class Why(Text):
    """Why this rung of the ladder was taken, in one sentence; always in view."""

    def __init__(self) -> None:
        super().__init__(role="caption", wrap=True, selectable=True)
        self.setObjectName("chat.why")
        self.hide()

    def show_answer(self, answer: Answer) -> None:
        words = reason(answer.reason)
        self.setText(words)
        self.setVisible(bool(words))


class SideNote(QFrame):
    """A calm line with a mark, in a tone: a notice, or that the sources do not agree."""

    def __init__(self, name: str, icon: str, tone: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setProperty("tone", tone)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        mark = QLabel()
        set_icon(mark, icon, "muted" if tone == "neutral" else tone, 16)
        self.label = Text(wrap=True, selectable=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(8)
        box.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.label, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Show a text; an empty one takes the line away."""
        self.label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class Waits(QWidget):
    """Says that a person will answer, and leads to the desk.

    Signals:
        opened(int): show this item of the desk.
    """

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chat.waits")
        self._item: int | None = None
        mark = QLabel()
        set_icon(mark, "handover", "warning", 16)
        self.label = Text(self.tr("A person will answer this. It waits at the desk."), "muted", wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.button = Button(self.tr("Open at the desk"), "chat.open_at_desk", kind="link")
        self.button.clicked.connect(self._on_clicked)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(mark)
        box.addWidget(self.label, 1)
        box.addWidget(self.button)
        self.hide()

    def show_item(self, item: int | None) -> None:
        self._item = item
        self.setVisible(item is not None)

    def _on_clicked(self) -> None:
        if self._item is not None:
            self.opened.emit(self._item)
