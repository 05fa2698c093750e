"""Search the people or the items of a recommender and choose one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import ListPeople, People
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.widgets.naming import named
from gui.widgets.search_field import SearchField
from gui.widgets.text import Text
from gui.widgets.two_line_list import ListRow, TwoLineList

SHOWN = 50


class Picker(QWidget):
    """A search field above what was found.

    Signals:
        chosen(str, str): id and title of the row the person moved to.
        opened(str, str): Enter, click or double click on a row.
        failed(EngineError): the search did not work.
    """

    chosen = Signal(str, str)
    opened = Signal(str, str)
    failed = Signal(object)

    def __init__(self, client: EngineClient, what: str, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._client = client
        self._what = what
        self._pack = ""
        self._titles: dict[str, str] = {}
        self._latest = Latest(self)
        self.search = SearchField(label, f"{name}.search")
        self.search.searched.connect(lambda _text: self.refresh())
        self.list = named(TwoLineList(), f"{name}.list", label)
        self.list.chosen.connect(lambda key: self.chosen.emit(key, self._titles.get(key, key)))
        self.list.opened.connect(lambda key: self.opened.emit(key, self._titles.get(key, key)))
        self.list.itemClicked.connect(lambda _item: self._on_clicked())
        self.nothing = Text(role="caption", wrap=True)
        self.nothing.setObjectName(f"{name}.nothing")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for part in (self.search, self.nothing):
            box.addWidget(part)
        box.addWidget(self.list, 1)
        self.nothing.hide()

    def set_pack(self, pack: str) -> None:
        """Search in this recommender."""
        if pack != self._pack:
            self._pack = pack
            self.search.clear()
            self.list.set_rows((), "")
        self.refresh()

    def refresh(self) -> None:
        if not self._pack:
            return
        request = ListPeople(self._pack, self.search.text().strip(), self._what, SHOWN)
        self._latest.run(self._client.call(request), done=self._on_found, failed=self.failed.emit)

    def title_of(self, key: str) -> str:
        return self._titles.get(key, key)

    def _on_found(self, people: People) -> None:
        items = self._what == "items"
        self._titles = {key: (words or key) if items else key for key, words in people.entries}
        self.list.set_rows(
            [
                ListRow(key, words or key, key if words else "") if items else ListRow(key, key, self._events(words))
                for key, words in people.entries
            ]
        )
        searching = bool(self.search.text().strip())
        self.nothing.setText(self.tr("Nothing found.") if searching else self.tr("Nothing is known here yet."))
        self.nothing.setVisible(not people.entries)

    def _events(self, words: str) -> str:
        return self.tr("%n event(s)", "", int(words)) if words.isdecimal() else words

    def _on_clicked(self) -> None:
        key = self.list.current_key()
        if key is not None:
            self.opened.emit(key, self._titles.get(key, key))
