"""Items laid out in the plane, near ones alike, and grouped; groups are named by the words that tell them apart.

Layout: nearest neighbours by cosine attract, random others repel, starting from the two main directions; 200 rounds of
gradient steps on the curve of UMAP (a = 1.58, b = 0.9, as it comes from a least distance of 0.1). Groups: k-means on
the full vectors, so that the flat picture cannot make groups that are not there. Work of a worker.
Source: McInnes, Healy, Melville 2018, "UMAP", section 3.2; Arthur and Vassilvitskii 2007 for the first middles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.language.stopwords import ENGLISH
from engine.language.terms import is_cjk, terms
from engine.language.terms import words as runs

A, B = 1.58, 0.9
NEIGHBOURS = 12
ROUNDS = 200
REPELLED = 4
LONGEST_STEP = 4.0
GROUPS_MOST = 16
MEANS_ROUNDS = 30
WORDS = 3
SHORT_RUN = 4
Dense = NDArray[np.float32]


class Link(Protocol):
    """What a task needs of its host."""

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...


class LayoutSpec(Struct, frozen=True):
    """`vectors`: float32 bytes, (items, dimension), rows of length one; `words`: title and categories per item."""

    vectors: bytes
    words: tuple[str, ...]
    seed: int = 0


class Laid(Struct, frozen=True):
    """`places`: float32 bytes, (items, 2), -1..1; `groups`: int32 bytes, (items,); `names`: telling words per group."""

    places: bytes
    groups: bytes
    names: tuple[tuple[str, ...], ...]


def lay_out(spec: LayoutSpec, link: Link) -> Laid:
    """Place, group and name."""
    count = len(spec.words)
    vectors = np.frombuffer(spec.vectors, np.float32).reshape(count, -1)
    rng = np.random.default_rng(spec.seed)
    link.report(0, ROUNDS, "map")
    groups = grouped(vectors, max(1, min(GROUPS_MOST, round((count / 3) ** 0.5))), rng)
    places = placed(vectors, rng, link)
    return Laid(places.astype(np.float32).tobytes(), groups.astype(np.int32).tobytes(), named(spec.words, groups))


def placed(vectors: Dense, rng: np.random.Generator, link: Link) -> Dense:
    """(items, 2), -1..1."""
    count = len(vectors)
    found = _main_directions(vectors)
    if count < 4:
        return found
    near = _neighbours(vectors, min(NEIGHBOURS, count - 1))
    head = np.repeat(np.arange(count), near.shape[1])
    tail = near.ravel()
    places = found * np.float32(10)
    for done in range(ROUNDS):
        if done % 10 == 0:
            link.report(done, ROUNDS, "map")
        rate = np.float32(1 - done / ROUNDS)
        move = np.zeros_like(places)
        gap = places[head] - places[tail]
        square = np.maximum((gap**2).sum(axis=1), 1e-8)
        pull = (-2 * A * B * square ** (B - 1)) / (1 + A * square**B)
        step = np.clip(pull[:, None] * gap, -LONGEST_STEP, LONGEST_STEP)
        _add(move, head, step)
        _add(move, tail, -step)
        other = rng.integers(0, count, (len(head) // near.shape[1] * REPELLED,))
        source = np.repeat(np.arange(count), REPELLED)
        gap = places[source] - places[other]
        square = (gap**2).sum(axis=1)
        push = 2 * B / ((0.001 + square) * (1 + A * square**B))
        _add(move, source, np.clip(push[:, None] * gap, -LONGEST_STEP, LONGEST_STEP))
        places += rate * np.clip(move / near.shape[1], -LONGEST_STEP, LONGEST_STEP)
    return _within(places)


def grouped(vectors: Dense, groups: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """k-means by cosine; int32, (items,), groups numbered by size, the largest first."""
    middles = [vectors[int(rng.integers(len(vectors)))]]
    nearest = np.maximum(1 - vectors @ middles[0], 0)
    for _ in range(groups - 1):
        if nearest.sum() <= 1e-6:
            break
        middles.append(vectors[int(rng.choice(len(vectors), p=nearest / nearest.sum()))])
        nearest = np.minimum(nearest, np.maximum(1 - vectors @ middles[-1], 0))
    centre = np.stack(middles)
    member = np.zeros(len(vectors), np.int64)
    for _ in range(MEANS_ROUNDS):
        now = np.argmax(vectors @ centre.T, axis=1)
        if (now == member).all() and _ > 0:
            break
        member = now
        for group in range(len(centre)):
            own = vectors[member == group]
            if len(own):
                mean = own.mean(axis=0)
                centre[group] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    sizes = np.bincount(member, minlength=len(centre))
    order = np.argsort(-sizes, kind="stable")
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order))
    return rank[member]


def named(words: Sequence[str], groups: NDArray[np.int32]) -> tuple[tuple[str, ...], ...]:
    """The words that tell each group from the rest: much commoner in it than in all, and in a good part of it."""
    spelled: dict[str, Counter[str]] = {}
    everywhere: Counter[str] = Counter()
    inside: dict[int, Counter[str]] = {}
    for text, group in zip(words, groups.tolist(), strict=True):
        found = _nameable(text)
        for term, word in found.items():
            spelled.setdefault(term, Counter())[word] += 1
        everywhere.update(found.keys())
        inside.setdefault(group, Counter()).update(found.keys())
    sizes = np.bincount(groups)
    names = []
    for group, size in enumerate(sizes.tolist()):
        scores = {
            term: count / size * np.log((count / size) / (everywhere[term] / len(words)) + 1e-9)
            for term, count in inside.get(group, Counter()).items()
            if count > 1 or size < 4
        }
        best = sorted(scores, key=lambda term: (-scores[term], term))
        chosen: list[str] = []
        for word in (spelled[term].most_common(1)[0][0] for term in best if scores[term] > 0):
            if len(chosen) < WORDS and not any(word in one or one in word for one in chosen):
                chosen.append(word)
        names.append(tuple(chosen))
    return tuple(names)


def _nameable(text: str) -> dict[str, str]:
    """Terms that may name a group, and how they are spelled: no numbers, letters or words of grammar; of Chinese runs
    the pairs, and short ones whole."""
    found: dict[str, str] = {}
    for run in runs(text):
        if is_cjk(run[0]):
            parts = [run] if len(run) <= SHORT_RUN else []
            for part in (*parts, *(run[place : place + 2] for place in range(len(run) - 1))):
                found.setdefault(part, part)
        elif len(run) > 1 and run not in ENGLISH and not any(map(str.isdecimal, run)):
            found.setdefault(terms(run)[0], run)
    return found


def _main_directions(vectors: Dense) -> Dense:
    centred = vectors - vectors.mean(axis=0)
    if len(vectors) < 3:
        return np.stack([np.linspace(-1, 1, len(vectors)), np.zeros(len(vectors))], axis=1).astype(np.float32)
    _, directions = np.linalg.eigh(centred.T @ centred)
    return _within((centred @ directions[:, -2:]).astype(np.float32))


def _neighbours(vectors: Dense, count: int) -> NDArray[np.int64]:
    found = np.empty((len(vectors), count), np.int64)
    for start in range(0, len(vectors), 1000):
        part = slice(start, min(start + 1000, len(vectors)))
        like = vectors[part] @ vectors.T
        like[np.arange(part.stop - part.start), np.arange(part.start, part.stop)] = -2
        found[part] = np.argpartition(-like, count - 1, axis=1)[:, :count]
    return found


def _add(to: Dense, rows: NDArray[np.int64], values: Dense) -> None:
    for axis in (0, 1):
        to[:, axis] += np.bincount(rows, weights=values[:, axis], minlength=len(to)).astype(np.float32)


def _within(places: Dense) -> Dense:
    """Moved and stretched alike to -1..1; the farthest hundredth is pulled in."""
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    moved = places - middle
    reach = np.quantile(np.abs(moved), 0.995) if len(places) > 50 else np.abs(moved).max()
    return np.asarray(np.clip(moved / max(float(reach), 1e-9), -1, 1), np.float32)
