"""Saying what a text's label should have been: the likeliest labels in a menu, any other by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.widgets.dialog import Dialog
from gui.widgets.naming import named
from gui.widgets.search_field import SearchField
from gui.widgets.two_line_list import ListRow, TwoLineList

IN_MENU = 9


class LabelDialog(Dialog):
    """Find one of many labels; `label` is the chosen one."""

    def __init__(self, labels: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, "correct", self.tr("What should the label be?"), width=420)
        self._labels = tuple(labels)
        self.search = SearchField(self.tr("Find a label"), "correct.find")
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._accept_current)
        self.list = named(TwoLineList(), "correct.labels", self.tr("Labels"))
        self.list.setMinimumHeight(260)
        self.list.itemActivated.connect(lambda _item: self._accept_current())
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.add_cancel(self.tr("Cancel"))
        self._ok = self.add_button(self.tr("Correct it"), "accept", kind="primary", accepts=True)
        self._show("")
        self.search.setFocus()

    @property
    def label(self) -> str:
        return self.list.current_key() or ""

    def _show(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        found = [label for label in self._labels if wanted in label.casefold()]
        found.sort(key=lambda label: not label.casefold().startswith(wanted))
        self.list.set_rows([ListRow(label, label, "") for label in found], found[0] if found else "")
        self._ok.setEnabled(bool(found))

    def _accept_current(self) -> None:
        if self.label:
            self.accept()


class CorrectMenu(QMenu):
    """The labels by likelihood, each with a digit as its key; where there are many, the rest in a dialog."""

    def __init__(
        self,
        labels: Sequence[str],
        likely: Sequence[str],
        given: str,
        chosen: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        named(self, "read.correct_menu", self.tr("This should be"))
        self._chosen, self._owner = chosen, parent
        ordered = list(dict.fromkeys((*likely, *labels)))
        self._others = [label for label in ordered if label != given]
        for place, label in enumerate(self._others[:IN_MENU], 1):
            action = QAction(f"&{place}   {label.replace('&', '&&')}", self)
            action.triggered.connect(lambda _checked=False, label=label: self._chosen(label))
            self.addAction(action)
        if len(self._others) > IN_MENU:
            self.addSeparator()
            rest = QAction(self.tr("&Another label…"), self)
            rest.triggered.connect(self._ask)
            self.addAction(rest)

    def _ask(self) -> None:
        dialog = LabelDialog(self._others, self._owner)
        dialog.accepted.connect(lambda: self._chosen(dialog.label))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
