"""What the desk was told in one turn, and what it does next: the values that go into the machine and come out."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from engine.api import DeskState
from engine.values import AnswerMode, LabelScore

Language = Literal["en", "zh"]
Because = Literal[
    "approved", "quoted", "contradiction", "slot_missing", "ambiguous", "unsure", "confirmed", "greeting", "thanks",
    "stopped", "rule", "not_found", "not_understood", "slot_not_given", "out_of_scope", "asked_for_person", "abuse",
    "self_harm", "no_documents", "no_other",
]  # fmt: skip


class Heard(Struct, frozen=True):
    """A message as the models understood it.

    `intents` are calibrated probabilities, best first; an intent counts from `threshold` on. `entities` are the
    reader's finds by label, in the order of the text. `today` is an ISO day, for "tomorrow" and for rules.
    """

    text: str
    language: Language
    intents: tuple[LabelScore, ...] = ()
    threshold: float = 1.0
    entities: dict[str, tuple[str, ...]] = {}
    today: str = "1970-01-01"


class Move(Struct, frozen=True):
    """The desk speaks. `asks` as in `engine.api.Answer`; `detail` fills the sentence of `because`."""

    text: str
    mode: AnswerMode
    because: Because
    state: DeskState
    confidence: float = 1.0
    intent: str = ""
    asks: str = ""
    detail: str = ""


class Look(Struct, frozen=True):
    """The documents shall answer. `again` names what stays asked meanwhile (a slot), "" for nothing."""

    state: DeskState
    intent: str = ""
    confidence: float = 0.0
    again: str = ""
