"""What many questions are about: groups of like questions, and the words that tell each from the others.

Groups are made by spherical k-means with more centres than topics, whose like neighbours are then joined: so the number
of topics need not be known. The words of a topic are those that are frequent in it and rare in the other topics. Texts
in Chinese are grouped and named as those in English are, apart from them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.dataset.folding import folded_text
from engine.feedback.clusters import k_means
from engine.language.stopwords import CHINESE_PHRASES, ENGLISH
from engine.language.terms import is_cjk, stem, words

PER_CENTRE = 6
MOST_CENTRES = 60
MOST_WORDS = 4
MOST_EXAMPLES = 3
LONGEST_CHINESE_WORD = 4
_SEED = 20
LEAST_SHARE = 0.1
"""Of the texts of a group that a word names, it must be in so many."""
_STOPS = re.compile("|".join(CHINESE_PHRASES))
_LOOSE = frozenset(
    "的了吗呢吧啊我你您他她它们是在有和与或及把被让给从到对为以于就都也还很太请问想要能可会该这那哪什么怎么如何几多少个一"
)
"""Characters of grammar that begin or end no word worth naming a topic by."""


class FoundTopic(NamedTuple):
    """`members` are rows of the texts, most typical first."""

    words: tuple[str, ...]
    members: tuple[int, ...]


def group(vectors: NDArray[np.float32], weights: NDArray[np.float32], like: float) -> list[NDArray[np.int64]]:
    """Rows that belong together, as arrays of row numbers, the most typical row of each group first.

    Args:
        vectors: float32 (n, d) of length one.
        weights: float32 (n,), how often each text was asked.
        like: least cosine between two centres that become one group, and of a row to its centre; a row further off
            is no part of a group and makes one of its own.
    """
    if not len(vectors):
        return []
    rng = np.random.default_rng(_SEED)
    clusters = k_means(vectors, min(MOST_CENTRES, max(1, -(-len(vectors) // PER_CENTRE))), rng, weights)
    of = _joined(vectors, weights, clusters.of, like)
    found: list[NDArray[np.int64]] = []
    for one in np.unique(of):
        rows = np.flatnonzero(of == one)
        centre = (vectors[rows] * weights[rows, None]).sum(axis=0)
        near = vectors[rows] @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
        order = np.argsort(-near, kind="stable")
        inside = near[order] >= like
        if inside.any():
            found.append(rows[order][inside])
        found += [rows[order][i : i + 1] for i in np.flatnonzero(~inside)]
    return found


def _joined(
    vectors: NDArray[np.float32], weights: NDArray[np.float32], of: NDArray[np.int64], like: float
) -> NDArray[np.int64]:
    """The groups with like neighbours made one, the most like pair first."""
    of = of.copy()
    names = list(np.unique(of))
    sums = np.stack([(vectors[of == one] * weights[of == one, None]).sum(axis=0) for one in names])
    while len(names) > 1:
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        alike = centres @ centres.T
        np.fill_diagonal(alike, -2.0)
        first, second = divmod(int(alike.argmax()), len(names))
        if alike[first, second] < like:
            break
        of[of == names[second]] = names[first]
        sums[first] += sums[second]
        sums = np.delete(sums, second, axis=0)
        del names[second]
    return of


def telling_words(groups: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """For each group of texts the words that tell it from the other groups, as they are written most often.

    A word counts as it is frequent in the group and rare in the others (tf-idf with groups for documents). Nothing
    marks Chinese words, so a run of two to four characters counts as one where different characters come before and
    after it (Feng, Chen, Deng, Zheng 2004, "Accessor variety criteria for Chinese word extraction").
    """
    counts: list[Counter[str]] = []
    written: dict[str, Counter[str]] = {}
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for texts in groups:
        here: Counter[str] = Counter()
        for number, text in enumerate(texts):
            for term, (shown, left, right) in _terms(text).items():
                here[term] += 1
                written.setdefault(term, Counter())[shown] += 1
                # The end of a run is an end of the word each time anew.
                before.setdefault(term, set()).add(left or f"{len(counts)} {number}")
                after.setdefault(term, set()).add(right or f"{len(counts)} {number}")
        counts.append(here)
    spread = Counter(term for here in counts for term in here)
    named = []
    for texts, here in zip(groups, counts, strict=True):
        least = max(1, math.ceil(LEAST_SHARE * len(texts)))
        scored: dict[str, float] = {}
        for term, count in here.items():
            weight = 1.0
            if is_cjk(term[0]):
                variety = min(len(before[term]), len(after[term]))
                weight = (1.0 if variety > 1 else 0.2) * (1.0 + 0.2 * (len(term) - 2))
            if count >= least:
                scored[term] = weight * count / len(texts) * math.log(1 + len(groups) / spread[term])
        best = sorted(scored, key=lambda term: (-scored[term], term))
        named.append(tuple(written[term].most_common(1)[0][0] for term in _apart(best)[:MOST_WORDS]))
    return named


def topics(
    texts: Sequence[str], vectors: NDArray[np.float32], asked: Sequence[int], like: float
) -> list[tuple[tuple[int, ...], list[str]]]:
    """Groups of texts as (rows, their texts), the one asked most often first; `asked` counts each text."""
    weights = np.array(asked, dtype=np.float32)
    groups = [tuple(int(row) for row in rows) for rows in group(vectors, weights, like)]
    groups.sort(key=lambda rows: (-sum(asked[row] for row in rows), rows))
    return [(rows, [texts[row] for row in rows]) for rows in groups]


def _terms(text: str) -> dict[str, tuple[str, str, str]]:
    """Terms of a text: the form they have in it, and for Chinese the characters before and after."""
    found: dict[str, tuple[str, str, str]] = {}
    for run in words(folded_text(text)):
        if is_cjk(run[0]):
            for start in range(len(run) - 1):
                for end in range(start + 2, min(len(run), start + LONGEST_CHINESE_WORD) + 1):
                    part = run[start:end]
                    if part[0] not in _LOOSE and part[-1] not in _LOOSE and not _STOPS.search(part):
                        found.setdefault(part, (part, run[start - 1 : start], run[end : end + 1]))
        elif run.replace("'", "").replace("’", "") not in ENGLISH and len(run) > 1 and not run.isdigit():
            found.setdefault(stem(run), (run, "", ""))
    return found


def _apart(terms: Sequence[str]) -> list[str]:
    """Without Chinese strings that share two characters in a row with a better one."""
    kept: list[str] = []
    for term in terms:
        if is_cjk(term[0]):
            pairs = {term[i : i + 2] for i in range(len(term) - 1)}
            if any(is_cjk(one[0]) and any(pair in one for pair in pairs) for one in kept):
                continue
        kept.append(term)
    return kept
