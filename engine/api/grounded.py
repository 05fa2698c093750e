"""Texts that a generator phrases from others, checked sentence by sentence."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.api.base import Request, Result
from engine.values import Citation, Sentence

Tone = Literal["formal", "friendly", "short"]


class Summarise(Request, frozen=True):
    """What a text says, in fewer sentences. Give one of `text`, `document_id` and `conversation`.

    A long one is summarised piece by piece. Where the text does not hold what was written of a piece, its first
    sentence is quoted.
    """

    SLOW: ClassVar[bool] = True
    text: str = ""
    document_id: int | None = None
    conversation: int | None = None
    pack: str = ""


class Rewrite(Request, frozen=True):
    """The same text in another tone, or in fewer words. It comes back unchanged where the original does not hold what
    was written."""

    SLOW: ClassVar[bool] = True
    text: str
    tone: Tone
    pack: str = ""


class DraftReply(Request, frozen=True):
    """A reply to a customer's message from the documents of a collection, in a tone; "" leaves the answer's own.

    Nothing is stored and nothing is sent. `text` of the result is empty where the documents answer nothing.
    """

    SLOW: ClassVar[bool] = True
    collection: str
    message: str
    tone: Tone | Literal[""] = ""
    profile: str = ""
    pack: str = ""


class Phrased(Result, frozen=True):
    """A text, its sentences with the places that hold them, and how many of the `written` sentences were `held`.
    `generated` is false where nothing that is shown was generated; `reason` tells why in a sentence."""

    text: str
    generated: bool
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    written: int
    held: int
    pack: str
    reason: str = ""
