"""Words of the desk: why a question waits, what became of it, which personal data is masked."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from gui.text.language import current

REASONS = ("safety", "rule", "person", "confused", "rated_bad", "not_found", "out_of_scope")
"""In the order in which a desk looks at them: people in need first."""


def handoff_reason(reason: str) -> str:
    """Why a question waits, in a few words."""
    translate = QCoreApplication.translate
    texts = {
        "safety": translate("desk", "Somebody may need help"),
        "rule": translate("desk", "A rule says so"),
        "person": translate("desk", "Sent by a person"),
        "confused": translate("desk", "Not understood twice"),
        "rated_bad": translate("desk", "Answer rated wrong"),
        "not_found": translate("desk", "Not in the documents"),
        "out_of_scope": translate("desk", "None of our business"),
    }
    return texts.get(reason, reason)


def handoff_tone(reason: str) -> str:
    tones = {"safety": "danger", "rule": "warning", "person": "accent", "rated_bad": "warning"}
    return tones.get(reason, "neutral")


def handoff_state(state: str) -> str:
    translate = QCoreApplication.translate
    texts = {
        "open": translate("desk", "Waiting"),
        "answered": translate("desk", "Answered"),
        "dismissed": translate("desk", "Dismissed"),
        "withdrawn": translate("desk", "Withdrawn"),
    }
    return texts.get(state, state)


def mask_kinds() -> tuple[tuple[str, str], ...]:
    """What a policy can mask: its name in a profile, and in words."""
    translate = QCoreApplication.translate
    return (
        ("email", translate("agents", "E-mail addresses")),
        ("phone", translate("agents", "Phone numbers")),
        ("card", translate("agents", "Payment card numbers")),
        ("identity_number", translate("agents", "Identity numbers")),
        ("iban", translate("agents", "Bank accounts (IBAN)")),
        ("name", translate("agents", "Names")),
        ("birth_date", translate("agents", "Dates of birth")),
        ("address", translate("agents", "Addresses")),
        ("slots", translate("agents", "Values of slots")),
    )


def will_be_masked(kinds: Collection[str]) -> str:
    """What is masked in words that are about to be stored; "" where nothing is."""
    words = QCoreApplication.translate("desk", "Masked before it is stored: {kinds}.")
    return words.format(kinds=_kinds(kinds)) if kinds else ""


def was_masked(kinds: Collection[str]) -> str:
    """What was masked in words that are stored now; "" where nothing was."""
    words = QCoreApplication.translate("desk", "This was masked: {kinds}.")
    return words.format(kinds=_kinds(kinds)) if kinds else ""


def _kinds(kinds: Collection[str]) -> str:
    comma = "、" if current() == "zh_CN" else ", "
    return comma.join(words for kind, words in mask_kinds() if kind in kinds)
