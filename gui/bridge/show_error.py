"""The one place that shows errors: a plain sentence, what to do next, and details to copy."""

from __future__ import annotations

import json
import logging
import platform
import traceback

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from engine.errors import Cancelled, EngineError, Fault, HostDied, LockedError, WorkspaceBusy, WrongPassphrase
from gui.text.errors import advice, sentence
from gui.widgets.dialog import Dialog
from gui.widgets.naming import named
from gui.widgets.text import Text

log = logging.getLogger(__name__)


def is_silent(error: EngineError) -> bool:
    """Stopped on request, or told by the gate or the banner already."""
    if isinstance(error, WrongPassphrase | WorkspaceBusy):
        return False
    return isinstance(error, Cancelled | HostDied | LockedError)


def details_of(error: EngineError) -> str:
    """What somebody who looks after the program needs; it may hold names of files, so the person sees it first."""
    from PySide6 import __version__

    parts = [f"code: {error.code}", f"message: {error.message}"]
    parts += [f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}" for key, value in error.details.items()]
    if error.__cause__ is not None:
        parts.append("".join(traceback.format_exception(error.__cause__)).rstrip())
    parts.append(f"system: {platform.platform()}, Python {platform.python_version()}, Qt {__version__}")
    return "\n".join(parts)


class ErrorDialog(Dialog):
    """Sentence, advice, and the details behind a button."""

    def __init__(self, error: EngineError, parent: QWidget | None) -> None:
        super().__init__(parent, "error", self.tr("That did not work"), width=520)
        self.error = error
        self.body.addWidget(named(Text(sentence(error), wrap=True, selectable=True), "error.text", sentence(error)))
        self.body.addWidget(named(Text(advice(error), "muted", wrap=True), "error.help", advice(error)))
        self._details = named(QPlainTextEdit(details_of(error)), "error.details", self.tr("Details"))
        self._details.setReadOnly(True)
        self._details.setFixedHeight(160)
        self._details.hide()
        self.body.addWidget(self._details)
        show = self.add_button(self.tr("Show details"), "show", kind="ghost")
        show.clicked.connect(self._on_show)
        self._show = show
        copy = self.add_button(self.tr("Copy details"), "copy")
        copy.clicked.connect(self._on_copy)
        self.add_button(self.tr("Close"), "close", kind="primary", accepts=True)

    def _on_show(self) -> None:
        self._details.setVisible(not self._details.isVisible())
        self._show.setText(self.tr("Hide details") if self._details.isVisible() else self.tr("Show details"))
        self.adjustSize()

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(details_of(self.error))


def show_error(parent: QWidget | None, error: EngineError) -> None:
    """Show an error; what was stopped on request stays silent. Does not block the caller."""
    if is_silent(error):
        return
    log.info("shown to the person: %s", error.code)
    if QCoreApplication.instance() is None:
        return
    owner = parent.window() if parent is not None else None
    dialog = ErrorDialog(error, owner)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def as_engine_error(error: BaseException) -> EngineError:
    """An unexpected exception as a fault, with its traceback among the details."""
    if isinstance(error, EngineError):
        return error
    fault = Fault(reason=f"{type(error).__name__}: {error}")
    fault.__cause__ = error
    return fault
