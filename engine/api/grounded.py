"""Texts that a generator phrases from others, checked sentence by sentence."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.api.base import Request, Result
from engine.api.chat import Unsupported
from engine.values import Citation, Sentence

Tone = Literal["formal", "friendly", "short"]
Language = Literal["en", "zh"]


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
    seed: int | None = None


class Rewrite(Request, frozen=True):
    """The same text in another tone, or in fewer words. It comes back unchanged where the original does not hold what
    was written."""

    SLOW: ClassVar[bool] = True
    text: str
    tone: Tone
    pack: str = ""
    seed: int | None = None


class Translate(Request, frozen=True):
    """The same text in another language, as far as the generator can.

    A piece stays in its own language where the translation cannot be trusted: it is in the wrong script, repeats
    itself, is far too short or long, or lacks (or adds) a number, an amount, a date or a code. A piece that lacks a
    name in Latin letters is shown with `supported` false. `text` of the result is empty where no piece was translated.
    Whether the words mean the same is not checked.
    """

    SLOW: ClassVar[bool] = True
    text: str
    to: Language
    pack: str = ""
    seed: int | None = None


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
    seed: int | None = None


class Phrased(Result, frozen=True):
    """A text, its sentences with the places that hold them, and how many of the `written` sentences were `held`.
    `generated` is false where nothing that is shown was generated; `reason` tells why in a sentence. `dropped` are
    sentences that were written and are not shown; a translation counts pieces in place of sentences."""

    text: str
    generated: bool
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    written: int
    held: int
    pack: str
    reason: str = ""
    dropped: tuple[Unsupported, ...] = ()
    seed: int = 0
