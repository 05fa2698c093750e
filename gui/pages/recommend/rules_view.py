"""The rules of a recommender as a table, and a line to add one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from engine.api import AddRule, ListRules, RecommendRule, RecommendRules, RemoveRule
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.text.sentences import sentences
from gui.text.shares import count
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.fit import fit_height
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.table import Table
from gui.widgets.text import Text

KINDS = ("exclude", "pin", "in_stock", "per_category", "age", "sensitive", "diversity")
MOST_ROWS = 12


class RulesView(QWidget):
    """Signals:
    failed(EngineError): a rule was refused, or the rules could not be had.
    changed(): the lists are others now.
    """

    failed = Signal(object)
    changed = Signal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommend.rules")
        self._client = client
        self._pack = ""
        self._rules: tuple[RecommendRule, ...] = ()
        self._listing, self._acting = Latest(self), Latest(self)
        self.table = Table("recommend.rules_table", self.tr("Rules"), sortable=False)
        self.table.row_selected.connect(lambda _place: self._update())
        self.nothing = Text(self.tr("No rules: every list goes by what people chose and by the texts alone."), "muted")
        self.nothing.setObjectName("recommend.rules_nothing")
        self.note = Text(role="warning", wrap=True)
        self.note.setObjectName("recommend.rules_note")
        self.kind = named(QComboBox(), "recommend.rule_kind", self.tr("Kind of rule"))
        for kind in KINDS:
            self.kind.addItem(self.kind_words(kind), kind)
        self.kind.currentIndexChanged.connect(lambda _place: self._on_kind())
        self.value = named(QLineEdit(), "recommend.rule_value", self.tr("What the rule is about"))
        self.value.returnPressed.connect(self._add)
        self.choice = named(QComboBox(), "recommend.rule_choice", self.tr("What the rule says"))
        self.add_rule = Button(self.tr("Add"), "recommend.rule_add", kind="primary", icon="add")
        self.add_rule.clicked.connect(self._add)
        self.remove = Button(self.tr("Remove"), "recommend.rule_remove", kind="ghost", icon="trash", small=True)
        self.remove.clicked.connect(self._remove)
        card = Card(
            self.tr("What may be shown"),
            self.tr("Rules hold for every list of this recommender, at once and without learning anew."),
        )
        card.add_action(self.remove)
        line = row(self.kind, self.value, self.choice, self.add_rule)
        line.setStretch(1, 1)
        self.words = Text(role="caption", wrap=True)
        self.words.setObjectName("recommend.rule_words")
        for part in (self.table, self.nothing, self.note):
            card.add(part)
        card.add(line)
        card.add(self.words)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)
        self._on_kind()

    def set_pack(self, pack: str) -> None:
        """Show the rules of this recommender."""
        self._pack = pack
        self.refresh()

    def refresh(self) -> None:
        if self._pack:
            self._listing.run(self._client.call(ListRules(self._pack)), done=self._show_rules, failed=self.failed.emit)

    def kind_words(self, kind: str) -> str:
        """A kind of rule as people call it."""
        return {
            "exclude": self.tr("Never show"),
            "pin": self.tr("Always on top"),
            "in_stock": self.tr("Only what is in stock"),
            "per_category": self.tr("At most of one category"),
            "age": self.tr("Only for this age"),
            "sensitive": self.tr("Sensitive category"),
            "diversity": self.tr("Different items"),
        }.get(kind, kind)

    def _value_words(self, rule: RecommendRule) -> str:
        if rule.kind == "diversity":
            return dict(self._choices("diversity")).get(rule.value, rule.value)
        if rule.kind == "in_stock":
            return dict(self._choices("in_stock")).get(rule.value, rule.value)
        if rule.kind == "age":
            return self.tr("%n year(s) or younger", "", int(rule.value)) if rule.value.isdecimal() else rule.value
        return rule.value

    def _choices(self, kind: str) -> tuple[tuple[str, str], ...]:
        if kind == "in_stock":
            return (("yes", self.tr("Yes")), ("no", self.tr("No")))
        return (("off", self.tr("Off")), ("some", self.tr("Some")), ("strong", self.tr("Strong")))

    def _show_rules(self, found: RecommendRules) -> None:
        self._rules = found.rules
        rows = [(self.kind_words(rule.kind), self._value_words(rule)) for rule in found.rules]
        self.table.set_rows((self.tr("Rule"), self.tr("About")), rows, stretch=1, widths=(220, 0))
        fit_height(self.table, MOST_ROWS)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        words = []
        if found.unknown:
            words.append(self.tr("Unknown here, so without effect: {names}.").format(names=", ".join(found.unknown)))
        if found.hidden:
            words.append(self.tr("Items that no list shows: {count}.").format(count=count(found.hidden)))
        self.note.setText(sentences(*words))
        self.note.setVisible(bool(words))
        self.value.setCompleter(QCompleter(list(found.categories), self.value))
        self._on_kind()
        self._update()

    def _on_kind(self) -> None:
        kind = self.kind.currentData()
        chosen = kind in ("in_stock", "diversity")
        self.value.setVisible(not chosen)
        self.choice.setVisible(chosen)
        if chosen:
            self.choice.clear()
            for value, words in self._choices(kind):
                self.choice.addItem(words, value)
        hints = {
            "exclude": self.tr("id of an item"),
            "pin": self.tr("id of an item"),
            "per_category": self.tr("a number, such as 2"),
            "age": self.tr("years, such as 12"),
            "sensitive": self.tr("a category"),
        }
        self.value.setPlaceholderText(hints.get(kind, ""))
        if (completer := self.value.completer()) is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        told = {
            "exclude": self.tr("The item never appears in a list."),
            "pin": self.tr("The item stands on top of every list, unless the person has it already."),
            "in_stock": self.tr("Items whose stock is used up are left out."),
            "per_category": self.tr("No list has more items of one main category than this."),
            "age": self.tr("Items for older people are left out. Items without an age are shown."),
            "sensitive": self.tr("Its items are not shown, and do not count for what a person likes."),
            "diversity": self.tr("How much a list avoids items that are like those above them."),
        }
        self.words.setText(told.get(kind, ""))

    def _add(self) -> None:
        kind = self.kind.currentData()
        value = self.choice.currentData() if kind in ("in_stock", "diversity") else self.value.text().strip()
        self._act(AddRule(self._pack, kind, str(value)))
        self.value.clear()

    def _remove(self) -> None:
        places = self.table.selected_rows()
        if places:
            rule = self._rules[places[0]]
            self._act(RemoveRule(self._pack, rule.kind, rule.value))

    def _act(self, request: AddRule | RemoveRule) -> None:
        self._acting.run(self._client.call(request), done=self._on_done, failed=self.failed.emit)

    def _on_done(self, found: RecommendRules) -> None:
        self._show_rules(found)
        self.changed.emit()

    def _update(self) -> None:
        self.remove.setEnabled(bool(self._rules) and bool(self.table.selected_rows()))
