"""Texts that are nearly the same: letters and digits equal, or most runs of three characters shared.

MinHash signatures find candidates without comparing every pair; candidates are then compared exactly. 10,000 short
texts take about half a second; more texts than `MOST_TEXTS` are not looked at.
Source: Broder 1997 (resemblance, min-wise hashing); Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", ch. 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.dataset.folding import bare_words

SIMILAR = 0.8  # share of runs that two texts must have in common; one changed letter in thirty leaves 0.81
LEAST_CHARS = 20  # shorter texts are only compared for being equal: a word more makes another text of them
MOST_CHARS = 1_000  # of a text that are compared
MOST_TEXTS = 50_000
MOST_COMPARED = 30_000
BANDS, BAND_ROWS = 8, 4  # pairs that share 0.8 become candidates with 98 %, pairs that share 0.5 with 40 %
_RUN = 3
_BLOCK_RUNS = 1_000_000
_LIKELY = 0.6  # share of equal signature places below which a candidate is not worth the exact comparison

Bits = NDArray[np.uint64]


def near_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of rows (earlier, later) with nearly the same text; each later row is named once.

    Of more than `MOST_TEXTS` texts the first so many are compared. Equal texts are pairs too.
    """
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for row, text in enumerate(texts[:MOST_TEXTS]):
        words = bare_words(text[: 2 * MOST_CHARS])[:MOST_CHARS]
        if not words:
            continue
        if (earlier := first.setdefault(words, row)) != row:
            found[row] = earlier
    long = {words: row for words, row in first.items() if len(words) >= LEAST_CHARS}
    rows, words_of = list(long.values()), list(long)
    compared = 0
    for left, right in _candidates(words_of):
        later = rows[right]
        if later in found:
            continue
        compared += 1
        if compared > MOST_COMPARED:
            break
        if _shared(words_of[left], words_of[right]) >= SIMILAR:
            found[later] = rows[left]
    return sorted((earlier, later) for later, earlier in found.items())


def _shared(left: str, right: str) -> float:
    """Share of runs that two texts have in common (Jaccard)."""
    ours = {left[at : at + _RUN] for at in range(len(left) - _RUN + 1)}
    theirs = {right[at : at + _RUN] for at in range(len(right) - _RUN + 1)}
    return len(ours & theirs) / len(ours | theirs)


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) whose signatures share a band and are alike, in order of the later one."""
    if len(texts) < 2:
        return
    signatures = _signatures(texts)
    pairs: list[NDArray[np.int64]] = []
    for band in range(BANDS):
        part = np.ascontiguousarray(signatures[:, band * BAND_ROWS : (band + 1) * BAND_ROWS])
        keys = part.view([("", part.dtype)] * BAND_ROWS).ravel()
        order = np.argsort(keys, kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        # In a group of equal bands everyone meets the first member and the one before: linear, whatever the group.
        begins = np.concatenate(([True], ~same))
        leader = order[np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))]
        pairs.append(np.stack([order[:-1][same], order[1:][same]], axis=1))
        pairs.append(np.stack([leader[1:][same], order[1:][same]], axis=1))
    both = np.concatenate(pairs)
    if len(both) == 0:
        return
    both = np.unique(both[:, [1, 0]], axis=0)  # by the later row
    alike = (signatures[both[:, 0]] == signatures[both[:, 1]]).mean(axis=1)
    for later, earlier in both[alike >= _LIKELY].tolist():
        yield earlier, later


def _signatures(texts: Sequence[str]) -> NDArray[np.uint32]:
    """MinHash of the runs of each text (each of at least three characters), uint32 (texts, BANDS * BAND_ROWS)."""
    places = BANDS * BAND_ROWS
    rng = np.random.default_rng(20_240_101)
    factors = rng.integers(1, 2**63, places, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    found = np.empty((len(texts), places), dtype=np.uint32)
    begin = 0
    while begin < len(texts):
        end, runs = begin, 0
        while end < len(texts) and (end == begin or runs + len(texts[end]) <= _BLOCK_RUNS):
            runs += len(texts[end])
            end += 1
        hashes, starts = _runs(texts[begin:end])
        for place, factor in enumerate(factors):
            mixed = ((hashes * factor) >> np.uint64(32)).astype(np.uint32)
            found[begin:end, place] = np.minimum.reduceat(mixed, starts)
        begin = end
    return found


def _runs(texts: Sequence[str]) -> tuple[Bits, NDArray[np.int64]]:
    """A hash of every run of three characters, and where each text's begin."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    ends = np.cumsum(lengths)
    hashes = letters[:-2] * np.uint64(0x9E3779B97F4A7C15)
    hashes = (hashes ^ (hashes >> np.uint64(29))) + letters[1:-1] * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(31))) + letters[2:] * np.uint64(0x94D049BB133111EB)
    hashes ^= hashes >> np.uint64(30)
    inside = np.ones(len(letters), dtype=bool)
    inside[ends - 1] = inside[ends - 2] = False  # runs that would reach into the next text
    starts = np.concatenate(([0], np.cumsum(lengths - 2)[:-1])).astype(np.int64)
    return hashes[inside[:-2]], starts
