"""Picks the sentences of a passage that answer a question.

A sentence is scored by its meaning (cosine, read below its heading) and by the terms of the question that it holds.
A heading or a question in the text is no answer, but what follows it probably is: it hands its score on. A row of a
table is read with the row of its headings. Up to three sentences in a row are quoted, or two rows below their headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.language.reads import read_in
from engine.language.terms import terms
from engine.serve.chat.candidates import Asked, Candidate, Embed
from engine.serve.chat.expected import expected_kind, holds_kind
from engine.serve.chat.lines import Line, lines_of
from engine.serve.chat.retrieve import coverage

MOST_SENTENCES = 3
MOST_CHARACTERS = 600
PLACES = (5, 3, 2, 1, 1)
"""Sentences embedded of the best passage, the second, and so on; each costs some milliseconds."""
EMBEDDED_CHARACTERS = 300
COVERAGE_SHARE = 0.3
SHARES = (0.55, 0.33, 0.08, 0.15)
"""Of the whole passage, its best sentence, its heading and its rank in the choice between quotes."""
RERANKED_SHARES = {"zh": (0.55, 0.2, 0.08, 0.15, 0.3)}
"""The same in Chinese where the reranker looked at all passages: of the passage, its sentence, its heading's meaning,
the words that title and heading share with the question, and what the reranker gave. Chosen on the fit half of the
natural questions (packaging/models/natural_questions.py): the right quote comes first for 83 instead of 69 % there. In
English the reranker's word gains nothing here."""
WORD_SHARES = (0.3, 0.3, 0.3, 0.0)
"""The same where words alone decide."""
BEST_RANK = 61.0
"""Times the fused score of the passage that is first by meaning: about 1."""
KIND_BONUS = 0.08
"""For a sentence with the duration, time, amount or number that the question waits for."""
HANDED_ON = (0.92, 0.84)
KEEP_RATIO = 0.72


class Quote(Struct, frozen=True):
    """Sentences in a row of one passage; `spans` are offsets in the text of the page.

    `header` is the row of headings when rows of a table are quoted; it may stand some rows above them.
    """

    candidate: Candidate
    spans: tuple[tuple[int, int], ...]
    score: float
    cosine: float
    coverage: float
    vector: NDArray[np.float32] | None = None
    """Of the best sentence, where it was embedded."""
    header: tuple[int, int] | None = None
    heading_cosine: float = 0.0
    """Between the question and the nearest heading; 0 without vectors."""


def best_quotes(asked: Asked, candidates: Sequence[Candidate], embed: Embed | None) -> list[Quote]:
    """The best quote of each candidate, best first.

    Args:
        candidates: passages, best first; later ones get fewer of their sentences looked at.
        embed: None where the encoder cannot read the question; then words alone decide.
    """
    by_candidate = [lines_of(i, candidate) for i, candidate in enumerate(candidates)]
    kind = expected_kind(asked.text)
    for lines in by_candidate:
        for line in lines:
            line.coverage = coverage(asked.weights, set(terms(line.text)) | set(terms(line.header_text)))
            line.bonus = KIND_BONUS if kind and holds_kind(kind, line.text) else 0.0
            line.score = line.coverage + line.bonus
    headings = [0.0] * len(candidates)
    by_meaning = embed is not None and asked.vector is not None
    reranked_shares: tuple[float, ...] | None = None
    if by_meaning and all(one.hit.rerank is not None for one in candidates):
        reranked_shares = RERANKED_SHARES.get(read_in(asked.text))
    shares: tuple[float, ...]
    if embed is not None and by_meaning:
        headings = _score_by_meaning(asked, candidates, by_candidate, embed)
    quotes = []
    most_words = max((one.hit.bm25 or 0.0 for one in candidates), default=0.0) or 1.0
    for candidate, lines, heading in zip(candidates, by_candidate, headings, strict=True):
        _hand_on(lines)
        best = _best(lines)
        if best is None:
            continue
        rank = BEST_RANK * candidate.hit.score
        named = coverage(asked.weights, set(terms(f"{candidate.title} {candidate.heading}")))
        cosine = max(candidate.hit.cosine or 0.0, 0.0)
        parts: tuple[float, ...]
        if reranked_shares is not None:
            shares, parts = reranked_shares, (cosine, lines[best].score, heading, named, candidate.hit.rerank or 0.0)
        elif by_meaning:
            shares, parts = SHARES, (cosine, lines[best].score, heading, rank)
        else:
            shares, parts = WORD_SHARES, ((candidate.hit.bm25 or 0.0) / most_words, lines[best].score, named, rank)
        score = sum(map(mul, shares, parts))
        quotes.append(_quote(asked, candidate, lines, best, score, heading))
    return sorted(quotes, key=lambda quote: -quote.score)


def _score_by_meaning(
    asked: Asked, candidates: Sequence[Candidate], by_candidate: Sequence[list[Line]], embed: Embed
) -> list[float]:
    """Give the most promising lines their cosine; returns that of each candidate's heading."""
    # Words choose which sentences are worth a look; among equals, reading order does.
    chosen = [
        line
        for lines, places in zip(by_candidate, PLACES, strict=False)
        for line in sorted(lines, key=lambda line: -line.coverage - line.bonus)[:places]
    ]
    headings = [(one.heading.split("›")[-1].strip() or one.title)[:EMBEDDED_CHARACTERS] for one in candidates]
    if not chosen or asked.vector is None:
        return [0.0] * len(candidates)
    vectors = embed([line.in_place[:EMBEDDED_CHARACTERS] for line in chosen] + headings)
    cosines: list[float] = (vectors @ asked.vector).tolist()
    for line in (line for lines in by_candidate for line in lines):
        line.score = COVERAGE_SHARE * line.coverage + line.bonus
    for line, vector, cosine in zip(chosen, vectors, cosines, strict=False):
        line.vector = vector
        line.cosine = cosine
        line.score = (1 - COVERAGE_SHARE) * max(cosine, 0.0) + COVERAGE_SHARE * line.coverage + line.bonus
    return cosines[len(chosen) :]


def _hand_on(lines: list[Line]) -> None:
    for i, line in enumerate(lines):
        if line.heads:
            for following, share in zip(lines[i + 1 :], HANDED_ON, strict=False):
                if following.heads:
                    break
                following.score = max(following.score, share * line.score + following.bonus)
                following.cosine = max(following.cosine, share * line.cosine)


def _best(lines: list[Line]) -> int | None:
    answers = [i for i, line in enumerate(lines) if not line.heads]
    return max(answers, key=lambda i: (lines[i].score, -i), default=None)


def _quote(asked: Asked, candidate: Candidate, lines: list[Line], best: int, score: float, heading: float) -> Quote:
    """The best line with the neighbours that belong to it."""
    chosen = [best]
    # The row of headings is shown above rows of a table, and counts: what is marked as the source is what is shown.
    most = MOST_SENTENCES - 1 if lines[best].header else MOST_SENTENCES
    while len(chosen) < most:
        sides = [i for i in (chosen[0] - 1, chosen[-1] + 1) if 0 <= i < len(lines) and not lines[i].heads]
        sides = [i for i in sides if _belongs(lines, chosen, i, lines[best].score)]
        length = lines[chosen[-1]].end - lines[chosen[0]].start
        sides = [i for i in sides if length + lines[i].end - lines[i].start <= MOST_CHARACTERS]
        if not sides:
            break
        chosen = sorted([*chosen, max(sides, key=lambda i: lines[i].score)])
    held = {term for i in chosen for term in terms(lines[i].text)}
    header = lines[best].header
    return Quote(
        candidate=candidate,
        spans=tuple((candidate.start + lines[i].start, candidate.start + lines[i].end) for i in chosen),
        score=score,
        cosine=lines[best].cosine,
        coverage=coverage(asked.weights, held),
        vector=lines[best].vector,
        header=(candidate.start + header[0], candidate.start + header[1]) if header else None,
        heading_cosine=heading,
    )


def _belongs(lines: list[Line], chosen: list[int], i: int, best: float) -> bool:
    """Whether a neighbour is part of the answer: nearly as fitting, or the items after "as follows:"."""
    if i > chosen[-1] and lines[chosen[-1]].text.endswith((":", "：")):
        return True
    if lines[i].header != lines[chosen[0]].header:
        return False
    return lines[i].score >= KEEP_RATIO * best
