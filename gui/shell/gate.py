"""The screen before the workspace: unlock it, or create it. It knows no engine; the window connects its signals."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from gui.icons import set_icon
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import column, row
from gui.widgets.naming import named
from gui.widgets.passphrase_field import PassphraseField
from gui.widgets.text import Text

LEAST_CHARACTERS = 8
_TONES = ("danger", "danger", "warning", "success", "success")


class Gate(QWidget):
    """One card in the middle of the window.

    Signals:
        unlock_requested(str, bool, bool): passphrase, create a new workspace, remember it in the system's keychain.
        keychain_requested(): open with the passphrase that the system's keychain holds.
        demo_requested(): try the samples in a throwaway workspace.
        restore_requested(): put a backup in place.
    """

    unlock_requested = Signal(str, bool, bool)
    keychain_requested = Signal()
    demo_requested = Signal()
    restore_requested = Signal()

    def __init__(self, workspace: str, *, exists: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "gate", self.tr("Open the workspace"))
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.creates = not exists
        self._workspace = workspace
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 24, 24, 24)
        self._frame: QWidget | None = None
        self._build()

    def set_exists(self, *, exists: bool) -> None:
        """The engine knows better whether there is a workspace."""
        if self.creates == exists:
            self.creates = not exists
            self._build()

    def _build(self) -> None:
        typed = self.passphrase.text() if self._frame is not None else ""
        if self._frame is not None:
            self._layout.removeWidget(self._frame)
            self._frame.hide()
            self._frame.deleteLater()
        self._frame = QWidget()
        self._frame.setFixedWidth(max(420, theme().px(420)))
        mark = QLabel()
        set_icon(mark, "casemate", "accent", 44)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = Text(self.tr("Create your workspace") if self.creates else self.tr("Welcome back"), "h1", wrap=True)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        subtitle = Text(
            self.tr("Choose a passphrase. It encrypts everything you add, on this machine alone.")
            if self.creates
            else self.tr("Enter your passphrase to unlock the workspace."),
            "muted",
            wrap=True,
        )
        subtitle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        path = ElidedLabel(self._workspace, "caption", middle=True)
        path.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._frame.setLayout(
            column(mark, 8, title, subtitle, 16, self._make_card(), 8, self._make_links(), 8, path, spacing=4)
        )
        self._layout.addWidget(self._frame, 0, Qt.AlignmentFlag.AlignCenter)
        self.passphrase.setText(typed)

    def _make_card(self) -> Card:
        card = Card(padding=24, spacing=12)
        self.passphrase = PassphraseField(self.tr("Passphrase"), "gate.passphrase")
        self.passphrase.returnPressed.connect(self._on_return)
        card.add(self.passphrase)
        self.message = named(Text("", "danger", wrap=True), "gate.message", self.tr("Message"))
        self.message.hide()
        self.remember = named(
            QCheckBox(self.tr("Remember it in this computer's keychain")),
            "gate.remember",
            self.tr("Remember it in this computer's keychain"),
        )
        if self.creates:
            # Imported here, as everyday starts do not need them and wait for the first picture.
            from gui.widgets.banner import Banner
            from gui.widgets.meter import Meter

            self.repeat = PassphraseField(self.tr("Passphrase again"), "gate.repeat")
            self.repeat.returnPressed.connect(self._on_submit)
            self._meter = Meter(0.0, "danger", name=self.tr("Strength of the passphrase"))
            self._hint = named(Text("", "caption", wrap=True), "gate.hint", self.tr("Strength of the passphrase"))
            self.passphrase.textChanged.connect(self._on_typed)
            card.add(self._meter)
            card.add(self._hint)
            card.add(self.repeat)
            card.add(
                Banner(
                    self.tr("Nobody can recover a forgotten passphrase. Write it down and keep it in a safe place."),
                    "warning",
                    name="gate.warning",
                )
            )
            self._on_typed("")
        card.add(self.remember)
        card.add(self.message)
        text = self.tr("Create workspace") if self.creates else self.tr("Unlock")
        self.submit = Button(text, "gate.submit", kind="primary")
        self.submit.clicked.connect(self._on_submit)
        card.add(self.submit)
        return card

    def _make_links(self) -> QVBoxLayout:
        self.samples = Button(self.tr("Try the samples"), "gate.samples", kind="ghost", icon="spark")
        self.samples.setToolTip(self.tr("Opens a throwaway workspace that is deleted when you close the window."))
        self.samples.clicked.connect(self.demo_requested)
        self.restore = Button(self.tr("Restore a backup…"), "gate.restore", kind="ghost", icon="history")
        self.restore.clicked.connect(self.restore_requested)
        links = row("stretch", self.samples, self.restore, "stretch")
        self._links = column(links, spacing=0)
        return self._links

    def offer_keychain(self) -> None:
        """The system's keychain holds the passphrase."""
        keychain = Button(self.tr("Open with the keychain"), "gate.keychain", kind="ghost", icon="key")
        keychain.clicked.connect(self.keychain_requested)
        self._links.insertLayout(0, row("stretch", keychain, "stretch"))

    def show_message(self, text: str) -> None:
        """Say what went wrong, and let the person try again."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.set_busy(busy=False)
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def set_busy(self, *, busy: bool) -> None:
        for part in (self.passphrase, self.submit, self.samples, self.restore, self.remember):
            part.setEnabled(not busy)
        if self.creates:
            self.repeat.setEnabled(not busy)
            self.submit.setText(self.tr("Creating…") if busy else self.tr("Create workspace"))
        else:
            self.submit.setText(self.tr("Unlocking…") if busy else self.tr("Unlock"))

    def clear(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        if self.creates:
            self.repeat.clear()
        self.message.hide()
        self.set_busy(busy=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus()

    def _on_return(self) -> None:
        if self.creates and not self.repeat.text():
            self.repeat.setFocus()
        else:
            self._on_submit()

    def _on_typed(self, text: str) -> None:
        from gui.shell.strength import Strength, strength

        level = strength(text)
        hints = {
            Strength.NONE: self.tr("Four or five random words make a good passphrase."),
            Strength.WEAK: self.tr("Weak: easy to guess. Make it longer; a few words in a row work well."),
            Strength.FAIR: self.tr("Fair: add another word or two."),
            Strength.GOOD: self.tr("Good."),
            Strength.STRONG: self.tr("Strong."),
        }
        self._meter.set_value(level / 4, _TONES[level])
        self._hint.setText(hints[level])

    def _on_submit(self) -> None:
        passphrase = self.passphrase.text()
        if not passphrase:
            self.show_message(self.tr("Type your passphrase first."))
            return
        if self.creates:
            if len(passphrase) < LEAST_CHARACTERS:
                self.show_message(self.tr("The passphrase needs at least {n} characters.").format(n=LEAST_CHARACTERS))
                return
            if passphrase != self.repeat.text():
                self.show_message(self.tr("The two passphrases differ."))
                self.repeat.setFocus()
                self.repeat.selectAll()
                return
        self.message.hide()
        self.set_busy(busy=True)
        self.unlock_requested.emit(passphrase, self.creates, self.remember.isChecked())
