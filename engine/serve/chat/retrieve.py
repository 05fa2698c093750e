"""Joins the ranking by words and the ranking by meaning into one.

Pure functions over lists of candidates; who fetches them is `engine.host.chat`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from engine.language.reads import read_in
from engine.values import SearchMode

RRF_CONSTANT = 60
DEPTH = 50
"""How many candidates each ranking gives to the fusion."""

WORD_WEIGHT = 0.35
"""Of the word ranking in the fusion, beside 1 for the ranking by meaning; for questions that hold a code, 1.5."""
CODE_WEIGHT = 1.5
DEFAULT_MODE: SearchMode = "rerank"
"""What "auto" means for a collection that was not measured."""
LARGE = 1000
"""Passages from which words that are in `COMMON_SHARE` of them are not looked for beside rarer ones."""
COMMON_SHARE = 0.4
MOST_POSTINGS = 60_000
"""Passages that one question may have ranked by their words: some 40 ms."""
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])\w{3,}\b|\b\d{4,}\b|\b\w+[_.:/]\w+[_.:/]?\w*\b")


class Hit(Struct, frozen=True):
    """A candidate. `bm25` and `cosine` are None in a ranking that did not find it; ranks count from 1."""

    id: int
    score: float
    bm25: float | None = None
    cosine: float | None = None
    word_rank: int | None = None
    dense_rank: int | None = None
    rerank: float | None = None
    """What the reranker gave; None for a passage that it did not look at."""


def covered(text: str) -> bool:
    """Whether one of the bundled encoders can read this text; they have learnt English and Chinese."""
    return read_in(text) != ""


def choose_mode(question: str, mode: SearchMode, preferred: SearchMode = "auto", *, rerank: bool = False) -> SearchMode:
    """What "auto" means for a question: no vectors where no encoder reads its script.

    Args:
        mode: what was asked for; only "auto" leaves a choice.
        preferred: what the retrieval meter chose for the collection; "auto" where nothing was.
        rerank: whether there is a reranker for the question's script.
    """
    if mode != "auto":
        return mode
    chosen = DEFAULT_MODE if preferred == "auto" else preferred
    if not covered(question):
        return "bm25"
    return "hybrid" if chosen == "rerank" and not rerank else chosen


def affordable(counts: Mapping[str, int], total: int) -> tuple[list[str], list[str]]:
    """The terms to look for in a large collection, where words that are everywhere cost most and tell least.

    Args:
        counts: in how many passages each term is.
        total: passages in the collection.
    Returns:
        (terms, also): a passage has to hold one of `terms` and, where `also` is not empty, one of these too. Terms are
        taken from the rarest on while all their passages together stay within `MOST_POSTINGS`.
    """
    found = sorted((term for term, count in counts.items() if count), key=lambda term: (counts[term], term))
    if not found or total < LARGE:
        return list(counts), []
    telling = [term for term in found if counts[term] <= COMMON_SHARE * total]
    if len(telling) >= 2:
        found = telling
    chosen = found[:1]
    spent = counts[found[0]]
    for term in found[1:]:
        spent += counts[term]
        if spent > MOST_POSTINGS:
            break
        chosen.append(term)
    others = [term for term in found if term not in chosen]
    # Even the rarest is in too many: only passages that hold another one as well are ranked.
    also = others if counts[chosen[-1]] > MOST_POSTINGS else []
    return chosen, also


def word_weight(question: str) -> float:
    """How much the word ranking counts: part numbers, error codes and paths mean nothing to the encoder."""
    return CODE_WEIGHT if _CODE.search(question) else WORD_WEIGHT


def fuse(
    words: Sequence[tuple[int, float]],
    dense: Sequence[tuple[int, float]],
    *,
    weight: float = 1.0,
) -> list[Hit]:
    """Reciprocal rank fusion of two rankings of (id, score), best first; `weight` is that of the words.

    Source: Cormack, Clarke, Buettcher 2009, "Reciprocal rank fusion outperforms Condorcet": sum of 1 / (60 + rank).
    """
    word_ranks = {found: rank for rank, (found, _) in enumerate(words, 1)}
    dense_ranks = {found: rank for rank, (found, _) in enumerate(dense, 1)}
    bm25, cosine = dict(words), dict(dense)
    hits = []
    for found in {**word_ranks, **dense_ranks}:
        word_rank, dense_rank = word_ranks.get(found), dense_ranks.get(found)
        score = weight / (RRF_CONSTANT + word_rank) if word_rank else 0.0
        score += 1.0 / (RRF_CONSTANT + dense_rank) if dense_rank else 0.0
        hits.append(Hit(found, score, bm25.get(found), cosine.get(found), word_rank, dense_rank))
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))


def rarity(counts: Mapping[str, int], total: int) -> dict[str, float]:
    """How much each term tells, from the number of passages it is in (BM25's inverse document frequency).

    Args:
        counts: passages that hold the term; 0 for a term that is nowhere.
        total: passages in the collection.
    """
    return {term: math.log(1 + (max(total - n, 0) + 0.5) / (n + 0.5)) for term, n in counts.items()}


def coverage(weights: Mapping[str, float], held: set[str]) -> float:
    """Share, by weight, of the terms in `weights` that are in `held`; 0 without terms."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def passage_embedding_text(title: str, heading: str, text: str) -> str:
    """What is embedded for a passage: its place in the document, then its text.

    A heading often says what the text below it only refers to ("it", "this tool").
    """
    above = [part for part in (title, heading) if part]
    if heading and title and heading.startswith(title):
        above = [heading]
    return "\n".join([" › ".join(above), text]) if above else text
