"""Whether a written answer answers the question, or only says something else that the passages hold.

A written sentence and the sentences of the quote are compared with the question as lines of a passage are when a quote
is chosen (quote.py): by meaning below their heading, by the terms of the question that they hold, and by the kind of
thing that it asks for. What was written from the quoted place itself fits without asking.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.sentences import sentences
from engine.language.terms import terms
from engine.serve.chat.candidates import Asked, Candidate, Embed
from engine.serve.chat.expected import expected_kind, holds_kind
from engine.serve.chat.quote import COVERAGE_SHARE, EMBEDDED_CHARACTERS, KIND_BONUS
from engine.serve.chat.retrieve import coverage
from engine.serve.chat.sentences_check import Checked
from engine.values import Citation


def fits(
    asked: Asked,
    held: Sequence[Checked],
    passages: Sequence[Candidate],
    quoted: Sequence[Citation],
    embed: Embed | None,
) -> bool:
    """Whether one of the held sentences stands where the quote stands, or fits the question as well as it.

    Args:
        quoted: places of the quote; without any everything fits.
        embed: None where the encoder cannot read the question; then words alone decide.
    """
    if not quoted or any(_same_place(one, passages, place) for one in held for place in quoted):
        return True
    ours = [_below(_heading(passages[one.passage]), one.text) for one in held if one.passage is not None]
    theirs = [
        _below(_heading_at(place, passages), place.excerpt[start:end])
        for place in quoted
        for start, end in sentences(place.excerpt)
    ]
    if not ours or not theirs:
        return not theirs
    scores = _scores(asked, [*ours, *theirs], embed)
    return max(scores[: len(ours)]) >= max(scores[len(ours) :])


def _scores(asked: Asked, texts: Sequence[str], embed: Embed | None) -> list[float]:
    kind = expected_kind(asked.text)
    words = [coverage(asked.weights, set(terms(text))) for text in texts]
    bonus = [KIND_BONUS if kind and holds_kind(kind, text) else 0.0 for text in texts]
    if embed is None or asked.vector is None:
        return [one + more for one, more in zip(words, bonus, strict=True)]
    cosines = (embed([text[:EMBEDDED_CHARACTERS] for text in texts]) @ asked.vector).tolist()
    return [
        (1 - COVERAGE_SHARE) * max(cosine, 0.0) + COVERAGE_SHARE * one + more
        for cosine, one, more in zip(cosines, words, bonus, strict=True)
    ]


def _heading(passage: Candidate) -> str:
    return passage.heading.split("›")[-1].strip() or passage.title


def _heading_at(place: Citation, passages: Sequence[Candidate]) -> str:
    """Of the passage that holds a quoted place; the title of its document where none of them does."""
    for one in passages:
        if one.document == place.document_id and one.start <= place.start < one.end:
            return _heading(one)
    return place.title


def _same_place(one: Checked, passages: Sequence[Candidate], place: Citation) -> bool:
    if one.passage is None:
        return False
    passage = passages[one.passage]
    start, end = passage.start + one.support.start, passage.start + one.support.end
    page = passage.page if passage.paged else None
    return (passage.document, page) == (place.document_id, place.page) and start < place.end and place.start < end


def _below(heading: str, text: str) -> str:
    return f"{heading}: {text}" if heading else text
