"""Picks the sentences of a passage that answer a question.

A sentence is scored by its meaning (cosine) and by the terms of the question that it holds. A heading or a question
in the text is no answer, but what follows it probably is: it hands its score on. Up to three sentences in a row are
quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.language.sentences import sentences
from engine.language.terms import terms
from engine.serve.chat.candidates import Asked, Candidate, Embed
from engine.serve.chat.retrieve import coverage

MOST_SENTENCES = 3
MOST_CHARACTERS = 600
PLACES = (5, 4, 3, 2)
"""Sentences embedded of the best passage, the second, and so on; each costs some milliseconds."""
EMBEDDED_CHARACTERS = 300
COVERAGE_SHARE = 0.3
PASSAGE_SHARE = 0.6
"""Of the whole passage (with its heading) in the choice between quotes; the best sentence has the rest."""
HANDED_ON = (0.92, 0.84)
KEEP_RATIO = 0.72
_ENDS = ".!?。！？:：;；…\"'”’)）"


class Quote(Struct, frozen=True):
    """Sentences in a row of one passage; `spans` are offsets in the text of the page."""

    candidate: Candidate
    spans: tuple[tuple[int, int], ...]
    score: float
    cosine: float
    coverage: float
    vector: NDArray[np.float32] | None = None
    """Of the best sentence, where it was embedded."""


class _Line(Struct):
    """A sentence of a candidate, by offsets in the candidate's text."""

    candidate: int
    start: int
    end: int
    text: str
    heads: bool
    cosine: float = 0.0
    coverage: float = 0.0
    score: float = 0.0
    vector: NDArray[np.float32] | None = None


def best_quotes(asked: Asked, candidates: Sequence[Candidate], embed: Embed | None) -> list[Quote]:
    """The best quote of each candidate, best first.

    Args:
        candidates: passages, best first; later ones get fewer of their sentences looked at.
        embed: None where the encoder cannot read the question; then words alone decide.
    """
    by_candidate = [_lines(i, candidate) for i, candidate in enumerate(candidates)]
    for lines in by_candidate:
        for line in lines:
            line.coverage = coverage(asked.weights, set(terms(line.text)))
            line.score = line.coverage
    if embed is not None and asked.vector is not None:
        _score_by_meaning(asked, by_candidate, embed)
    quotes = []
    most_words = max((one.hit.bm25 or 0.0 for one in candidates), default=0.0) or 1.0
    for candidate, lines in zip(candidates, by_candidate, strict=True):
        _hand_on(lines)
        if embed is not None and asked.vector is not None:
            passage = max(candidate.hit.cosine or 0.0, 0.0)
        else:
            passage = (candidate.hit.bm25 or 0.0) / most_words
        if quote := _pick(asked, candidate, lines, passage):
            quotes.append(quote)
    return sorted(quotes, key=lambda quote: -quote.score)


def _lines(index: int, candidate: Candidate) -> list[_Line]:
    names = {part.strip().casefold() for part in candidate.heading.split("›")} | {candidate.title.casefold()}
    found = []
    for start, end in sentences(candidate.text):
        text = candidate.text[start:end]
        bare = text.strip("#*_ ").casefold()
        heads = text.endswith(("?", "？")) or bare in names
        found.append(_Line(index, start, end, text, heads))
    return found


def _score_by_meaning(asked: Asked, by_candidate: Sequence[list[_Line]], embed: Embed) -> None:
    # Words choose which sentences are worth a look; among equals, reading order does.
    chosen = [
        line
        for lines, places in zip(by_candidate, PLACES, strict=False)
        for line in sorted(lines, key=lambda line: -line.coverage)[:places]
    ]
    if not chosen or asked.vector is None:
        return
    vectors = embed([line.text[:EMBEDDED_CHARACTERS] for line in chosen])
    for line in (line for lines in by_candidate for line in lines):
        line.score = COVERAGE_SHARE * line.coverage
    for line, vector, cosine in zip(chosen, vectors, (vectors @ asked.vector).tolist(), strict=True):
        line.vector = vector
        line.cosine = cosine
        line.score = (1 - COVERAGE_SHARE) * max(cosine, 0.0) + COVERAGE_SHARE * line.coverage


def _hand_on(lines: list[_Line]) -> None:
    for i, line in enumerate(lines):
        if line.heads:
            for following, share in zip(lines[i + 1 :], HANDED_ON, strict=False):
                if following.heads:
                    break
                following.score = max(following.score, share * line.score)
                following.cosine = max(following.cosine, share * line.cosine)


def _pick(asked: Asked, candidate: Candidate, lines: list[_Line], passage: float) -> Quote | None:
    answers = [i for i, line in enumerate(lines) if not line.heads]
    if not answers:
        return None
    best = max(answers, key=lambda i: (lines[i].score, -i))
    chosen = [best]
    while len(chosen) < MOST_SENTENCES:
        sides = [i for i in (chosen[0] - 1, chosen[-1] + 1) if 0 <= i < len(lines) and not lines[i].heads]
        sides = [i for i in sides if _belongs(lines, chosen, i, lines[best].score)]
        length = lines[chosen[-1]].end - lines[chosen[0]].start
        sides = [i for i in sides if length + lines[i].end - lines[i].start <= MOST_CHARACTERS]
        if not sides:
            break
        chosen = sorted([*chosen, max(sides, key=lambda i: lines[i].score)])
    held = {term for i in chosen for term in terms(lines[i].text)}
    return Quote(
        candidate=candidate,
        spans=tuple((candidate.start + lines[i].start, candidate.start + lines[i].end) for i in chosen),
        score=PASSAGE_SHARE * passage + (1 - PASSAGE_SHARE) * lines[best].score,
        cosine=lines[best].cosine,
        coverage=coverage(asked.weights, held),
        vector=lines[best].vector,
    )


def _belongs(lines: list[_Line], chosen: list[int], i: int, best: float) -> bool:
    """Whether a neighbour is part of the answer: nearly as fitting, or the items after "as follows:"."""
    if i > chosen[-1] and lines[chosen[-1]].text.endswith((":", "：")):
        return True
    if i > chosen[-1] and lines[i - 1].text[-1:] not in _ENDS and lines[i].text[-1:] not in _ENDS:
        return lines[i].score >= KEEP_RATIO * best  # rows of a table or a list
    return lines[i].score >= KEEP_RATIO * best
