"""What came of the conversations an agent was tested with, expectation by expectation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from engine.api import ConversationsTested
from gui.text.numbers import duration_text
from gui.widgets.chip import Chip
from gui.widgets.dialog import Dialog
from gui.widgets.layout import row
from gui.widgets.segmented import Segmented
from gui.widgets.table import Table
from gui.widgets.text import Text


def summary(result: ConversationsTested) -> str:
    """One sentence about all of them."""
    translate = QCoreApplication.translate
    if not result.failed:
        return translate("ConversationTests", "All {count} conversations went as they should.").format(
            count=result.passed
        )
    words = translate("ConversationTests", "{failed} of {count} conversations went otherwise.")
    return words.format(failed=result.failed, count=result.passed + result.failed)


class TestsDialog(Dialog):
    """A table of expectations; those that failed come first, and alone where that is wanted."""

    __test__ = False  # for pytest, which takes the name for a test

    def __init__(self, result: ConversationsTested, path: str, parent: QWidget) -> None:
        super().__init__(parent, "conversation_tests", self.tr("Conversation tests"), summary(result), width=860)
        self._result = result
        self.table = Table("conversation_tests.table", self.tr("Expectations"))
        self.table.setMinimumHeight(320)
        self.shown = Segmented(
            (("failed", self.tr("Failed")), ("all", self.tr("All"))),
            name="conversation_tests.shown",
            label=self.tr("Which expectations are listed"),
            current="failed" if result.failed else "all",
        )
        self.shown.changed.connect(lambda _which: self._fill())
        self.full = Text("", wrap=True, selectable=True)
        self.full.setObjectName("conversation_tests.full")
        passed = Chip(self.tr("{count} passed").format(count=result.passed), "success")
        failed = Chip(self.tr("{count} failed").format(count=result.failed), "danger" if result.failed else "neutral")
        about = Text(f"{Path(path).name}  ·  {duration_text(result.seconds)}", "caption")
        self.body.addLayout(row(passed, failed, about, "stretch", self.shown))
        self.body.addWidget(self.table)
        self.body.addWidget(self.full)
        self.add_button(self.tr("Close"), "close", kind="primary", accepts=True)
        self.table.row_selected.connect(self._on_row)
        self._fill()
        self.table.setFocus()

    def _fill(self) -> None:
        cases = [case for case in self._result.cases if self.shown.current == "all" or not case.ok]
        self._cases = cases
        self.table.set_rows(
            (
                self.tr("Result"),
                self.tr("Conversation"),
                self.tr("Turn"),
                self.tr("Line"),
                self.tr("Expected"),
                self.tr("Got"),
            ),
            [
                (
                    self.tr("passed") if case.ok else self.tr("failed"),
                    case.name,
                    case.turn,
                    case.line,
                    case.expected,
                    case.got,
                )
                for case in cases
            ],
            widths=(80, 150, 60, 60, 220),
            tones={(place, 0): "success" if case.ok else "danger" for place, case in enumerate(cases)},
        )
        self.full.hide()

    def _on_row(self, place: int) -> None:
        if 0 <= place < len(self._cases):
            case = self._cases[place]
            words = self.tr("Expected: {expected}\nGot: {got}")
            self.full.setText(words.format(expected=case.expected, got=case.got))
            self.full.show()
