"""Accuracy on parts of the held-out texts: by length, by language, by the values of a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.api.read import SliceScore
from engine.train.classify.metrics import wilson_interval
from engine.train.report.language_of import languages

LEAST_TEXTS = 10  # of a slice; fewer say nothing
LEAST_VALUES, MOST_VALUES = 2, 20  # of a column that is worth telling apart
LENGTHS = ("short", "medium", "long")
RESERVED = ("length", "language")


def slice_scores(
    texts: Sequence[str], right: NDArray[np.bool_], columns: Mapping[str, Sequence[str]] | None = None
) -> tuple[SliceScore, ...]:
    """Accuracy by slice, with 95 % intervals.

    Args:
        texts: n held-out texts.
        right: bool (n,), whether the answer was the true label.
        columns: name to n values. Columns with fewer than 2 or more than 20 values are left out, as are slices of
            fewer than `LEAST_TEXTS` texts, and a column of which one slice remains: it says nothing new. A column
            called “length” or “language” is told as “length (column)”, beside what was found in the texts.
    """
    if len(texts) == 0:
        return ()
    kinds: dict[str, Sequence[str]] = dict(zip(RESERVED, (lengths(texts), languages(texts)), strict=True))
    for name, values in (columns or {}).items():
        cleaned = [value.strip() for value in values]
        if LEAST_VALUES <= len(set(cleaned) - {""}) <= MOST_VALUES:
            kinds[f"{name} (column)" if name in RESERVED else name] = cleaned
    return tuple(score for name, values in kinds.items() for score in _scores(name, values, right))


def _scores(column: str, values: Sequence[str], right: NDArray[np.bool_]) -> list[SliceScore]:
    counts, hits = Counter(values), Counter(value for value, hit in zip(values, right.tolist(), strict=True) if hit)
    order = sorted(counts, key=_length_order) if column == "length" else [value for value, _ in counts.most_common()]
    found = []
    for value in order:
        if value == "" or counts[value] < LEAST_TEXTS:
            continue
        low, high = wilson_interval(hits[value], counts[value])
        found.append(SliceScore(column, value, counts[value], hits[value] / counts[value], low, high))
    return found if len(found) > 1 else []


def _length_order(value: str) -> int:
    return LENGTHS.index(value.split()[0])


def lengths(texts: Sequence[str]) -> list[str]:
    """Each text's third by length in characters, with the lengths that the third spans: "short (4-31)"."""
    sizes = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    first, second = np.quantile(sizes, [1 / 3, 2 / 3], method="lower")
    thirds = (sizes > first).astype(int) + (sizes > second)
    names = {}
    for third in np.unique(thirds).tolist():
        own = sizes[thirds == third]
        names[third] = f"{LENGTHS[third]} ({own.min()}-{own.max()})"
    return [names[third] for third in thirds.tolist()]
