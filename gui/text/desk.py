"""Words of the desk: why a question waits, what became of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

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
