"""What a word looks like and stands beside, as hashed features: no model needed, any script.

Of the word itself: its letters as they are and in lower case, beginnings and ends, character n-grams, its shape
(Aa0-). Of its neighbours: their letters, shape and end, and pairs and triples of words in a row. Hashing is
arithmetic on code points, so a feature has the same number on every machine. What a word looks like is worked out once
per different word; the rest is arithmetic on arrays.

Source of the selection: Leaman and Gonzalez 2008, "BANNER"; Ratinov and Roth 2009, "Design Challenges and
Misconceptions in Named Entity Recognition".
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_REPEATS = re.compile(r"(.)\1+")
_LONGEST = 40  # characters of one word that are looked at
KNOWN_WORDS = 200_000  # remembered between calls; emptied when there are more
EDGE = "\x00"  # stands before the first and after the last word


class Features(NamedTuple):
    """Features of words in a row: word i has `hashes[indptr[i]:indptr[i + 1]]`; every word has some.

    indptr int64 (words + 1,); hashes int32 (features,), not negative.
    """

    indptr: NDArray[np.int64]
    hashes: NDArray[np.int32]


class _Kind(NamedTuple):
    """A different word: number of its lower form, and the features of the word itself and as a neighbour."""

    lower: int
    shape: int
    own: Hashes
    near: Hashes


def mix(values: Hashes) -> Hashes:
    """Spread 64-bit numbers evenly (splitmix64)."""
    with np.errstate(over="ignore"):
        values = (values ^ (values >> np.uint64(30))) * _MIX_1
        values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))


def text_number(text: str) -> int:
    """The number of a text, 62 bits and the same everywhere."""
    body = text.encode("utf-8", "surrogatepass")
    return (zlib.crc32(body) << 30) ^ zlib.adler32(body) ^ (len(body) << 56) & ((1 << 62) - 1)


def shape_of(word: str) -> str:
    """The kinds of a word's characters: "BRCA1-a" as "AAAA0-a"; letters without case are "x"."""
    return "".join(
        "A" if char.isupper() else "a" if char.islower() else "0" if char.isdigit() else "x" if char.isalpha() else char
        for char in word
    )


class Looker:
    """Works out features; remembers what words look like. One per thread."""

    def __init__(self) -> None:
        self._kinds: dict[str, _Kind] = {}

    def features(self, rows: Sequence[Sequence[str]]) -> Features:
        """Features of the words of texts, one text after the other.

        Args:
            rows: the words of each text.
        """
        if len(self._kinds) > KNOWN_WORDS:
            self._kinds.clear()
        # Two edges around every text keep neighbours from reaching into the next one.
        numbers: dict[str, int] = {EDGE: 0}
        sequence: list[int] = []
        for row in rows:
            sequence += [0, 0]
            sequence += [numbers.setdefault(word, len(numbers)) for word in row]
            sequence += [0, 0]
        ids = np.asarray(sequence, dtype=np.int64)
        kinds = [self._kind(word) for word in numbers]
        places = np.flatnonzero(_inner(rows))
        lower = np.fromiter((kind.lower for kind in kinds), np.uint64, len(kinds))[ids]
        shape = np.fromiter((kind.shape for kind in kinds), np.uint64, len(kinds))[ids]

        own = [kind.own for kind in kinds]
        near = [kind.near for kind in kinds]
        blocks = [_gathered(own, ids[places])]
        for step in (-2, -1, 1, 2):
            blocks.append(_salted(_gathered(near, ids[places + step]), 101 + step))
        single = np.ones(len(places), dtype=np.int64)
        for salt, steps in enumerate(((-1, 0), (0, 1), (-2, -1), (1, 2), (-1, 1), (-1, 0, 1), (-2, -1, 0), (0, 1, 2))):
            blocks.append((single, mix(_joined(lower, places, steps) + np.uint64(1000 + salt))))
        for salt, steps in enumerate(((-1, 0), (0, 1), (-1, 0, 1))):
            blocks.append((single, mix(_joined(shape, places, steps) + np.uint64(2000 + salt))))
        return _side_by_side(blocks, len(places))

    def _kind(self, word: str) -> _Kind:
        found = self._kinds.get(word)
        if found is None:
            found = self._kinds[word] = _look(word)
        return found


def _look(word: str) -> _Kind:
    word = unicodedata.normalize("NFKC", word)[:_LONGEST]
    lower, shape = word.casefold(), shape_of(word)
    short = _REPEATS.sub(r"\1", shape)
    digits = re.sub(r"\d", "0", lower)
    own = ["", f"w{word}", f"l{lower}", f"s{shape}", f"S{short}", f"d{digits}", f"n{min(len(word), 12)}"]
    if len(lower) > 1:
        own += [f"<{lower[:size]}" for size in range(1, min(6, len(lower)))]
        own += [f">{lower[-size:]}" for size in range(1, min(7, len(lower)))]
        edged = f"^{lower}$"
        own += {f"g{edged[at : at + size]}" for size in (3, 4) for at in range(len(edged) - size + 1)}
    near = [f"l{lower}", f"S{short}", f">{lower[-3:]}"]
    return _Kind(text_number(lower), text_number(short), _numbers(own), _numbers(near))


def _numbers(texts: Sequence[str] | list[str]) -> Hashes:
    return mix(np.fromiter((text_number(text) for text in texts), np.uint64, len(texts)))


def _inner(rows: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    flags: list[bool] = []
    for row in rows:
        flags += [False, False, *([True] * len(row)), False, False]
    return np.asarray(flags, dtype=bool)


def _gathered(lists: Sequence[Hashes], ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], Hashes]:
    """The lists named by `ids`, one after the other, and the length of each."""
    lengths = np.fromiter((len(one) for one in lists), np.int64, len(lists))
    starts = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    flat = np.concatenate(lists) if lists else np.zeros(0, np.uint64)
    counts = lengths[ids]
    offsets = np.repeat(starts[ids] - np.concatenate([[0], np.cumsum(counts)])[:-1], counts)
    return counts, flat[offsets + np.arange(len(offsets))]


def _salted(block: tuple[NDArray[np.int64], Hashes], salt: int) -> tuple[NDArray[np.int64], Hashes]:
    return block[0], mix(block[1] + np.uint64(salt))


def _joined(numbers: Hashes, places: NDArray[np.int64], steps: Sequence[int]) -> Hashes:
    with np.errstate(over="ignore"):
        total = np.zeros(len(places), dtype=np.uint64)
        for step in steps:
            total = mix(total * _PRIME + numbers[places + step])
    return total


def _side_by_side(blocks: Sequence[tuple[NDArray[np.int64], Hashes]], count: int) -> Features:
    """Blocks of features of the same words as one list per word."""
    lengths = np.sum([counts for counts, _ in blocks], axis=0) if count else np.zeros(0, np.int64)
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    hashes = np.empty(int(indptr[-1]), dtype=np.uint64)
    at = indptr[:-1].copy()
    for counts, values in blocks:
        offsets = np.repeat(at - np.concatenate([[0], np.cumsum(counts)])[:-1], counts)
        hashes[offsets + np.arange(len(values))] = values
        at += counts
    return Features(indptr, (hashes >> np.uint64(33)).astype(np.int32))
