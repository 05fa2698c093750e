"""The words of the agents' form: kinds of slots, operators of rules."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.widgets.rows_editor import Field

Choices = tuple[tuple[str, str], ...]


def slot_kinds() -> Choices:
    translate = QCoreApplication.translate
    return (
        ("", translate("agents", "by pattern or entity alone")),
        ("order_number", translate("agents", "order number")),
        ("amount", translate("agents", "amount of money")),
        ("date", translate("agents", "date")),
        ("number", translate("agents", "number")),
        ("email", translate("agents", "e-mail address")),
        ("phone", translate("agents", "phone number")),
        ("name", translate("agents", "name")),
        ("text", translate("agents", "whatever is replied")),
    )


def operators() -> Choices:
    translate = QCoreApplication.translate
    return (
        (">", translate("agents", "is more than")),
        (">=", translate("agents", "is at least")),
        ("<", translate("agents", "is less than")),
        ("<=", translate("agents", "is at most")),
        ("=", translate("agents", "is")),
        ("!=", translate("agents", "is not")),
        ("contains", translate("agents", "contains")),
        ("present", translate("agents", "was said")),
        ("missing", translate("agents", "was not said")),
    )


def rule_acts() -> Choices:
    translate = QCoreApplication.translate
    return (
        ("handoff", translate("agents", "hand over to a person")),
        ("answer", translate("agents", "answer with these words")),
    )


def slot_fields() -> tuple[Field, ...]:
    translate = QCoreApplication.translate
    tip = translate("agents", "A regular expression; its first group, if it has one, is the value.")
    return (
        Field(
            "name",
            translate("agents", "Name"),
            tip=translate("agents", "As templates name it: order_number"),
            half=True,
        ),
        Field("kind", translate("agents", "Kind"), "choice", slot_kinds(), half=True),
        Field("pattern", translate("agents", "Pattern (not needed)"), tip=tip, column=False, half=True),
        Field("entity", translate("agents", "Label of the reader (not needed)"), column=False, half=True),
        Field("ask", translate("agents", "Question back, in English"), half=True),
        Field("ask_zh", translate("agents", "Question back, in Chinese"), column=False, half=True),
    )


def template_fields() -> tuple[Field, ...]:
    translate = QCoreApplication.translate
    said = translate("agents", "What the customer wants, as the desk would say it: cancel an order")
    return (
        Field("intent", translate("agents", "Intent"), "suggest"),
        Field("text", translate("agents", "Answer in English; a slot stands in braces"), "area"),
        Field("text_zh", translate("agents", "Answer in Chinese"), "area", column=False),
        Field("title", translate("agents", "Said to the customer, in English"), tip=said, column=False, half=True),
        Field("title_zh", translate("agents", "Said to the customer, in Chinese"), tip=said, column=False, half=True),
    )  # fmt: skip


def rule_fields() -> tuple[Field, ...]:
    translate = QCoreApplication.translate
    return (
        Field(
            "intent",
            translate("agents", "If the intent is"),
            "suggest",
            tip=translate("agents", "Empty: any intent"),
            half=True,
        ),
        Field("slot", translate("agents", "and the slot"), "suggest", half=True),
        Field("operator", translate("agents", "compares so"), "choice", operators(), half=True),
        Field("value", translate("agents", "with"), half=True),
        Field("then", translate("agents", "then"), "choice", rule_acts()),
        Field("text", translate("agents", "Words, in English"), "area", column=False),
        Field("text_zh", translate("agents", "Words, in Chinese"), "area", column=False),
    )
