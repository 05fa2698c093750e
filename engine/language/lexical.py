"""Features of a text that need no model: hashed words and character n-grams, for any script.

They serve where the encoder does not know the language (Chinese with an English encoder, product
codes, dialects) and join it where exact wording matters. Hashing is arithmetic on code points, so a
feature has the same number on every machine and in every version of Python. Nothing is learned
here; weighting by rarity belongs to whoever trains.

Features of a text after NFKC and lower case: every CJK character and every pair and triple of them;
every word of other scripts, every pair of neighbouring words, and the 3, 4 and 5 character pieces
of a word with its ends marked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_MAX_CHARACTERS = 20_000  # of one text; what follows changes a bag of pieces very little
_CHUNK_CHARACTERS = 400_000  # handled at once: keeps temporary arrays within a few tens of MB
_CHUNK_CELLS = 4_000_000  # of a dense chunk

_CJK = (
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),  # hangul
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class LexicalCounts(NamedTuple):
    """Sparse rows: text i holds `indices[indptr[i]:indptr[i + 1]]` with `values` beside them.

    indptr int64 (n + 1,); indices int32, ascending within a text; values float32, signed 1 + ln(count).
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    values: NDArray[np.float32]


def lexical_vectors(texts: Sequence[str], dimension: int = 512) -> NDArray[np.float32]:
    """Hash the words and character pieces of each text into a fixed number of signed cells.

    Args:
        texts: any scripts, any lengths (the first 20,000 characters count).
        dimension: cells per text.
    Returns:
        float32 (n, dimension), rows of length one; a text without a letter or digit gives a row of zeros.
    Source: Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning" (the signs keep
        collisions from adding up).
    """
    vectors = np.zeros((len(texts), dimension), dtype=np.float32)
    step = max(1, _CHUNK_CELLS // dimension)
    for start in range(0, len(texts), step):
        counts = lexical_counts(texts[start : start + step], dimension)
        rows = np.repeat(np.arange(len(counts.indptr) - 1), np.diff(counts.indptr))
        vectors[start + rows, counts.indices] = counts.values
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors


def lexical_counts(texts: Sequence[str], dimension: int) -> LexicalCounts:
    """The same features as `lexical_vectors`, sparse and not scaled to length one.

    Args:
        texts: any scripts, any lengths (the first 20,000 characters count).
        dimension: cells; larger means fewer collisions.
    """
    pointers = [np.zeros(1, dtype=np.int64)]
    indices: list[NDArray[np.int32]] = []
    values: list[NDArray[np.float32]] = []
    total = 0
    for chunk in _chunks([_fold(text) for text in texts]):
        rows, hashes = _features(chunk)
        per_row, cells, weights = _sum_cells(rows, hashes, dimension, len(chunk))
        pointers.append(total + np.cumsum(per_row))
        indices.append(cells)
        values.append(weights)
        total += len(cells)
    return LexicalCounts(
        np.concatenate(pointers),
        np.concatenate(indices) if indices else np.zeros(0, dtype=np.int32),
        np.concatenate(values) if values else np.zeros(0, dtype=np.float32),
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:_MAX_CHARACTERS]).lower()[:_MAX_CHARACTERS]


def _chunks(texts: list[str]) -> list[list[str]]:
    chunks: list[list[str]] = []
    size = 0
    for text in texts:
        if not chunks or size + len(text) > _CHUNK_CHARACTERS:
            chunks.append([])
            size = 0
        chunks[-1].append(text)
        size += len(text) + 1
    return chunks


def _features(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Row number and 64-bit hash of every feature occurrence, in no particular order."""
    # Each text is closed by a blank, so that no piece can reach into the next text.
    codes = np.frombuffer("".join(f" {text} " for text in texts).encode("utf-32-le", "replace"), dtype=np.uint32)
    row_of = np.repeat(np.arange(len(texts), dtype=np.int64), [len(text) + 2 for text in texts])
    cjk, word = _character_classes(codes)
    mixed = _scramble(codes.astype(np.uint64) + np.uint64(1))

    rows: list[NDArray[np.int64]] = []
    hashes: list[NDArray[np.uint64]] = []
    for size in (1, 2, 3):
        start = _runs(cjk, size)
        rows.append(row_of[start])
        hashes.append(_window_hash(mixed, start, size, salt=size))

    # A piece may touch the blank before or after its word, which marks the ends of the word.
    inner = word.copy()
    inner[:-1] |= word[1:]
    inner[1:] |= word[:-1]
    inner &= ~cjk
    solid = np.where(word, mixed, _scramble(np.full(1, 32, dtype=np.uint64)))
    for size in (3, 4, 5):
        start = _runs(inner, size)
        middle_is_word = np.ones(len(start), dtype=bool)
        for offset in range(1, size - 1):
            middle_is_word &= word[start + offset]
        start = start[middle_is_word]
        rows.append(row_of[start])
        hashes.append(_window_hash(solid, start, size, salt=10 + size))

    word_rows, word_hashes = _words(mixed, word, row_of)
    rows.append(word_rows)
    hashes.append(word_hashes)
    pair = word_rows[:-1] == word_rows[1:]
    rows.append(word_rows[:-1][pair])
    hashes.append(_scramble(word_hashes[:-1][pair] * _PRIME + word_hashes[1:][pair]))
    return np.concatenate(rows), np.concatenate(hashes)


def _character_classes(codes: NDArray[np.uint32]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which characters are CJK, and which belong to words of other scripts."""
    distinct, where = np.unique(codes, return_inverse=True)
    is_cjk = np.zeros(len(distinct), dtype=bool)
    for low, high in _CJK:
        is_cjk |= (distinct >= low) & (distinct <= high)
    is_word = np.fromiter((_belongs_to_word(chr(code)) for code in distinct.tolist()), bool, len(distinct))
    return is_cjk[where], (is_word & ~is_cjk)[where]


def _belongs_to_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _runs(mask: NDArray[np.bool_], size: int) -> NDArray[np.int64]:
    """Where `size` neighbouring characters are all in the mask."""
    if len(mask) < size:
        return np.zeros(0, dtype=np.int64)
    good = mask[: len(mask) - size + 1].copy()
    for offset in range(1, size):
        good &= mask[offset : len(mask) - size + 1 + offset]
    return np.flatnonzero(good)


def _window_hash(mixed: NDArray[np.uint64], start: NDArray[np.int64], size: int, *, salt: int) -> NDArray[np.uint64]:
    total = np.full(len(start), salt, dtype=np.uint64)
    for offset in range(size):
        total = total * _PRIME + mixed[start + offset]
    return _scramble(total)


def _words(
    mixed: NDArray[np.uint64], word: NDArray[np.bool_], row_of: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    edges = np.diff(word.astype(np.int8), prepend=0, append=0)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    if len(starts) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    lengths = ends - starts
    place = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    powers = np.full(int(lengths.max()), _PRIME, dtype=np.uint64)
    powers[0] = 1
    powers = np.multiply.accumulate(powers)
    letters = mixed[word] * powers[place]
    sums = np.add.reduceat(letters, np.cumsum(lengths) - lengths)
    return row_of[starts], _scramble(sums + np.uint64(99))


def _scramble(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread 64-bit numbers evenly. Source: splitmix64, Steele, Lea and Flood 2014."""
    mixed = (numbers ^ (numbers >> np.uint64(30))) * _MIX_1
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _sum_cells(
    rows: NDArray[np.int64], hashes: NDArray[np.uint64], dimension: int, n_rows: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Count features per cell and row: cells per row, then cells and weights, ordered by row and cell."""
    cells = (hashes % np.uint64(dimension)).astype(np.int64)
    signs = np.where((hashes >> np.uint64(63)).astype(bool), -1.0, 1.0)
    keys, where = np.unique(rows * dimension + cells, return_inverse=True)
    sums = np.bincount(where, weights=signs, minlength=len(keys))
    kept = sums != 0  # pieces of opposite sign may cancel
    keys, sums = keys[kept], sums[kept]
    weights = (np.sign(sums) * (1 + np.log(np.abs(sums)))).astype(np.float32)
    per_row = np.bincount(keys // dimension, minlength=n_rows).astype(np.int64)
    return per_row, (keys % dimension).astype(np.int32), weights
