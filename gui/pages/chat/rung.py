"""How an answer was found, in words: the rung of the answer ladder that gave it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from engine.api import Answer
from engine.values import AnswerMode

COURTESIES = ("greeting", "thanks", "stopped")
"""Words of the desk that answer nothing (`Answer.because`)."""


@dataclass(frozen=True)
class Rung:
    """`tone` is the tone of the chip (gui/widgets/chip.py)."""

    title: str
    explanation: str
    tone: str


def rung_of_answer(answer: Answer) -> Rung:
    """The rung, or what an answer is that only asks back or says hello."""
    translate = QCoreApplication.translate
    if answer.asks and answer.mode != "handoff":
        return Rung(
            translate("Rung", "Asked back"),
            translate("Rung", "Something has to be known before there can be an answer."),
            "accent",
        )
    if answer.because in COURTESIES:
        return Rung(
            translate("Rung", "Courtesy"), translate("Rung", "A polite word; nothing was looked up for it."), "neutral"
        )
    if answer.mode == "generated" and answer.phrasing is not None:
        return Rung(
            translate("Rung", "Phrased by {generator}").format(generator=answer.phrasing.pack),
            translate(
                "Rung",
                "A generator on this computer wrote it. The passages hold {held} of its {written} sentences, and only "
                "they are shown.",
            ).format(held=answer.phrasing.held, written=answer.phrasing.written),
            "accent",
        )
    return rung_of(answer.mode)


def rung_of(mode: AnswerMode) -> Rung:
    """Title, explanation and tone for a way of answering."""
    translate = QCoreApplication.translate
    if mode == "template":
        return Rung(
            translate("Rung", "Approved answer"),
            translate("Rung", "Somebody wrote and approved this answer. It is given word for word."),
            "success",
        )
    if mode == "quote":
        return Rung(
            translate("Rung", "Quoted from your documents"),
            translate("Rung", "These are the words of your documents. Open a source to read them in their place."),
            "accent",
        )
    if mode == "generated":
        return Rung(
            translate("Rung", "Written from your documents"),
            translate("Rung", "Each sentence was checked against the passages it names."),
            "accent",
        )
    if mode == "handoff":
        return Rung(
            translate("Rung", "Handed to a person"),
            translate("Rung", "Somebody will answer; the answer is kept as an approved answer."),
            "warning",
        )
    return Rung(
        translate("Rung", "Not in your documents"),
        translate("Rung", "Nothing in this collection answers the question well enough to be quoted."),
        "neutral",
    )


def confidence_text(confidence: float) -> str:
    """What the calibrated confidence says about answers like this one."""
    translate = QCoreApplication.translate
    share = max(0, min(100, round(confidence * 100)))
    return translate("Rung", "Of 100 answers this sure, about {count} are right.").format(count=share)


def shows_confidence(answer: Answer) -> bool:
    """A confidence belongs to an answer; where there is none, the number would only confuse."""
    told = answer.mode in ("template", "quote", "generated")
    return told and not answer.asks and answer.because not in COURTESIES
