"""The form of one agent: where it looks, how sure it must be, what it asks, says and masks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from engine.api import ModelInfo, Profile, Rule, Slot, Template
from gui.pages.desk.profile_words import rule_fields, slot_fields, template_fields
from gui.text.desk import mask_kinds
from gui.text.shares import percent
from gui.theme import theme
from gui.widgets.card import Card
from gui.widgets.naming import named
from gui.widgets.rows_editor import RowsEditor
from gui.widgets.text import Text


class ProfileForm(QWidget):
    """Signals:
    changed(): the person changed something.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk.agent")
        self._filling = True  # until every part is there
        self._skills: dict[str, ModelInfo] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 12, 12)
        box.setSpacing(16)
        for part in (
            self._make_place(),
            self._make_understanding(),
            self._make_slots(),
            self._make_templates(),
            self._make_rules(),
            self._make_safety(),
            self._make_words(),
        ):
            box.addWidget(part)
        box.addStretch(1)
        self.intent_pack.currentIndexChanged.connect(lambda _place: self._suggest())
        self._filling = False
        self._update()

    # --- parts ------------------------------------------------------------------------------------------------

    def _make_place(self) -> Card:
        self.name = named(QLineEdit(), "desk.agent.name", self.tr("Name of the agent"))
        self.name.setMaxLength(80)
        self.name.textEdited.connect(self._on_edited)
        self.collection = self._combo("collection", self.tr("Collection it answers from"))
        self.language = self._combo("language", self.tr("Language"))
        for value, text in (
            ("", self.tr("as the customer writes")),
            ("en", self.tr("English")),
            ("zh", self.tr("Chinese")),
        ):
            self.language.addItem(text, value)
        card = Card(self.tr("Who and where"), padding=16)
        card.add(
            _pairs(
                (self.tr("Name"), self.name),
                (self.tr("Answers from"), self.collection),
                (self.tr("Language"), self.language),
            )
        )
        return card

    def _make_understanding(self) -> Card:
        self.intent_pack = self._combo("intent_pack", self.tr("Skill that tells what is wanted"))
        self.entity_pack = self._combo("entity_pack", self.tr("Reader that finds names and terms"))
        self.promise = self._check("promise", self.tr("As sure as the skill needs to be for 98 right answers of 100"))
        self.sure = self._slider("sure", self.tr("Answer an intent from this certainty on"), 30, 99)
        self.confirm = self._slider("confirm", self.tr("Ask “do you want to …?” from this certainty on"), 5, 95)
        self.sure_text, self.confirm_text = Text("", wrap=True), Text("", wrap=True)
        self.scope = named(QLineEdit(), "desk.agent.out_of_scope", self.tr("Intents that are none of its business"))
        self.scope.setPlaceholderText(self.tr("Labels parted by commas"))
        self.scope.textEdited.connect(self._on_edited)
        card = Card(
            self.tr("What it understands"),
            self.tr(
                "A skill taught on the Teach page tells what a message is about. Without one, the agent quotes alone."
            ),
            padding=16,
        )
        card.add(
            _pairs(
                (self.tr("Intents"), self.intent_pack),
                (self.tr("Names and terms"), self.entity_pack),
                (self.tr("None of its business"), self.scope),
            )
        )
        card.add(self.promise)
        for part in (self.sure_text, self.sure, self.confirm_text, self.confirm):
            card.add(part)
        return card

    def _make_slots(self) -> Card:
        self.slots = RowsEditor(
            "desk.agent.slots",
            self.tr("Slots"),
            slot_fields(),
            add=self.tr("Add a slot"),
            nothing=self.tr("No slots: no answer needs anything from the customer."),
        )
        self.slots.changed.connect(self._on_slots)
        card = Card(
            self.tr("What it has to know"),
            self.tr("Slots are filled from the message; one that an answer needs and that is missing is asked for."),
            padding=16,
        )
        card.add(self.slots)
        return card

    def _make_templates(self) -> Card:
        self.templates = RowsEditor(
            "desk.agent.templates",
            self.tr("Answers to intents"),
            template_fields(),
            add=self.tr("Add an answer"),
            nothing=self.tr("No answers to intents: the agent answers from its documents."),
        )
        self.templates.changed.connect(self._on_edited)
        card = Card(
            self.tr("What it answers"),
            self.tr(
                "An approved answer for each intent; {order_number} in braces is filled with the slot of that name."
            ),
            padding=16,
        )
        card.add(self.templates)
        return card

    def _make_rules(self) -> Card:
        self.rules = RowsEditor(
            "desk.agent.rules",
            self.tr("Rules"),
            rule_fields(),
            add=self.tr("Add a rule"),
            nothing=self.tr("No rules. An example: if the slot amount is more than 500, hand over to a person."),
            ordered=True,
        )
        self.rules.changed.connect(self._on_edited)
        card = Card(
            self.tr("Rules"), self.tr("They come before the answers. The first one that applies decides."), padding=16
        )
        card.add(self.rules)
        return card

    def _make_safety(self) -> Card:
        self.notice = self._combo("notice", self.tr("Notice below its answers"))
        for value, text in (
            ("", self.tr("none")),
            ("medical", self.tr("medical: no advice of a doctor")),
            ("legal", self.tr("legal: no advice of a lawyer")),
        ):
            self.notice.addItem(text, value)
        self.handoff = self._check("handoff_not_found", self.tr("Hand over what is not found in the documents"))
        self.masks: dict[str, QCheckBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        for place, (kind, text) in enumerate(mask_kinds()):
            box = self._check(f"mask.{kind}", text)
            self.masks[kind] = box
            grid.addWidget(box, place // 3, place % 3)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        self.helpline, self.helpline_zh = (
            self._line("helpline", self.tr("Help line, in English")),
            self._line("helpline_zh", self.tr("Help line, in Chinese")),
        )
        card = Card(self.tr("Safety"), padding=16)
        card.add(_pairs((self.tr("Notice"), self.notice)))
        card.add(self.handoff)
        card.add(Text(self.tr("Masked before anything is stored"), "muted"))
        card.add(grid)
        card.add(
            Text(
                self.tr("Said to people in distress beside warm words; Casemate knows no telephone numbers by itself."),
                "muted",
                wrap=True,
            )
        )
        card.add(_pairs((self.tr("Help line, in English"), self.helpline), (self.tr("In Chinese"), self.helpline_zh)))
        return card

    def _make_words(self) -> Card:
        self.greeting = self._line("greeting", self.tr("Greeting, in English"))
        self.greeting_zh = self._line("greeting_zh", self.tr("Greeting, in Chinese"))
        card = Card(self.tr("Greeting"), padding=16)
        card.add(_pairs((self.tr("In English"), self.greeting), (self.tr("In Chinese"), self.greeting_zh)))
        return card

    def _combo(self, name: str, label: str) -> QComboBox:
        combo = named(QComboBox(), f"desk.agent.{name}", label)
        combo.setMinimumContentsLength(16)
        combo.currentIndexChanged.connect(self._on_edited)
        return combo

    def _line(self, name: str, label: str) -> QLineEdit:
        field = named(QLineEdit(), f"desk.agent.{name}", label)
        field.textEdited.connect(self._on_edited)
        return field

    def _check(self, name: str, text: str) -> QCheckBox:
        box = named(QCheckBox(text), f"desk.agent.{name}", text)
        box.toggled.connect(self._on_edited)
        return box

    def _slider(self, name: str, label: str, least: int, most: int) -> QSlider:
        slider = named(QSlider(Qt.Orientation.Horizontal), f"desk.agent.{name}", label)
        slider.setRange(least, most)
        slider.setFixedWidth(theme().px(320))
        slider.setMinimumHeight(theme().px(24))
        slider.valueChanged.connect(self._on_edited)
        return slider

    # --- what there is to choose from -------------------------------------------------------------------------

    def set_collections(self, names: Sequence[str]) -> None:
        self._refill(self.collection, [(name, name) for name in names])

    def set_skills(self, models: Sequence[ModelInfo]) -> None:
        """Skills and readers in use."""
        self._skills = {model.name: model for model in models if model.current}
        none = ("", self.tr("none"))
        intents = [(name, name) for name, model in self._skills.items() if model.task == "classify"]
        readers = [(name, name) for name, model in self._skills.items() if model.task == "entities"]
        self._refill(self.intent_pack, [none, *intents])
        self._refill(self.entity_pack, [none, *readers])
        self._suggest()

    def _refill(self, combo: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices; a chosen one that is gone stays, so that nothing is lost by looking."""
        filling, self._filling = self._filling, True
        before = combo.currentData()
        combo.clear()
        for value, text in choices:
            combo.addItem(text, value)
        self._choose(combo, str(before or ""))
        self._filling = filling

    def _choose(self, combo: QComboBox, value: str) -> None:
        if combo.findData(value) < 0 and value:
            combo.addItem(value, value)
        combo.setCurrentIndex(max(0, combo.findData(value)) if combo.count() else -1)

    def _suggest(self) -> None:
        """Intents of the chosen skill, slots of the table above."""
        skill = self._skills.get(str(self.intent_pack.currentData() or ""))
        labels = list(skill.labels) if skill is not None else []
        self.templates.set_suggestions("intent", labels)
        self.rules.set_suggestions("intent", ["", *labels])
        self.rules.set_suggestions("slot", [row["name"] for row in self.slots.rows()])

    # --- values -----------------------------------------------------------------------------------------------

    def show_profile(self, profile: Profile) -> None:
        """Fill the form."""
        self._filling = True
        self.name.setText(profile.name)
        for combo, value in (
            (self.collection, profile.collection),
            (self.language, profile.language),
            (self.intent_pack, profile.intent_pack),
            (self.entity_pack, profile.entity_pack),
            (self.notice, profile.notice),
        ):
            self._choose(combo, value)
        self.promise.setChecked(profile.intent_threshold == 0)
        self.sure.setValue(round((profile.intent_threshold or 0.8) * 100))
        self.confirm.setValue(round(profile.confirm_from * 100))
        self.scope.setText(", ".join(profile.out_of_scope))
        self.slots.set_rows([msgspec.to_builtins(slot) for slot in profile.slots])
        self.templates.set_rows([msgspec.to_builtins(template) for template in profile.templates])
        self.rules.set_rows([msgspec.to_builtins(rule) for rule in profile.rules])
        self.handoff.setChecked(profile.handoff_not_found)
        for kind, box in self.masks.items():
            box.setChecked(kind in profile.mask)
        for field, text in (
            (self.greeting, profile.greeting),
            (self.greeting_zh, profile.greeting_zh),
            (self.helpline, profile.helpline),
            (self.helpline_zh, profile.helpline_zh),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        self._suggest()
        self._filling = False
        self._update()

    def profile(self) -> Profile:
        """What the form holds; the engine judges whether it can be used."""
        values: dict[str, Any] = {
            "name": self.name.text().strip(),
            "collection": str(self.collection.currentData() or ""),
            "language": str(self.language.currentData() or ""),
            "intent_pack": str(self.intent_pack.currentData() or ""),
            "entity_pack": str(self.entity_pack.currentData() or ""),
            "intent_threshold": 0.0 if self.promise.isChecked() else self.sure.value() / 100,
            "confirm_from": self.confirm.value() / 100,
            "out_of_scope": tuple(part.strip() for part in self.scope.text().split(",") if part.strip()),
            "slots": tuple(msgspec.convert(row, Slot) for row in self.slots.rows()),
            "templates": tuple(msgspec.convert(row, Template) for row in self.templates.rows()),
            "rules": tuple(msgspec.convert(row, Rule) for row in self.rules.rows()),
            "notice": str(self.notice.currentData() or ""),
            "mask": tuple(kind for kind, box in self.masks.items() if box.isChecked()),
            "greeting": self.greeting.text().strip(),
            "greeting_zh": self.greeting_zh.text().strip(),
            "helpline": self.helpline.text().strip(),
            "helpline_zh": self.helpline_zh.text().strip(),
            "handoff_not_found": self.handoff.isChecked(),
        }
        return Profile(**values)

    def _on_slots(self) -> None:
        self._suggest()
        self._on_edited()

    def _on_edited(self, *_: object) -> None:
        if self._filling:
            return
        self._update()
        self.changed.emit()

    def _update(self) -> None:
        intents = bool(self.intent_pack.currentData())
        self.promise.setEnabled(intents)
        for row in (self.sure_text, self.sure):
            row.setVisible(not self.promise.isChecked())
        for part in (self.sure, self.confirm):
            part.setEnabled(intents)
        self.sure_text.setText(
            self.tr("It answers an intent when it is at least {share} sure.").format(
                share=percent(self.sure.value() / 100, 0)
            )
        )
        self.confirm_text.setText(
            self.tr("Below that, it asks “do you want to …?” when it is at least {share} sure; else it looks into the "
                    "documents.").format(share=percent(self.confirm.value() / 100, 0))
        )  # fmt: skip


def _pairs(*pairs: tuple[str, QWidget]) -> QWidget:
    """Labels at the left, fields at the right; as high as they need, whatever the texts around them take."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    for place, (text, field) in enumerate(pairs):
        label = QLabel(text)
        label.setProperty("role", "muted")
        label.setBuddy(field)
        grid.addWidget(label, place, 0)
        grid.addWidget(field, place, 1)
    grid.setColumnMinimumWidth(0, theme().px(150))
    grid.setColumnStretch(1, 1)
    return holder
