"""Marked texts as what training works on: words, tags, hashed features and the encoder's states, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.serve.entities.features import Features, Looker
from engine.serve.entities.tags import Span, tags_of
from engine.serve.entities.words import Bounds, Fineness, covering, split_words

MOST_SEGMENT_WORDS = 120  # of a row taught in one piece; longer rows are cut where no entity is


class CharSpan(NamedTuple):
    """An entity as it is marked: characters `start` to before `end`, and the number of its label."""

    start: int
    end: int
    label: int


class MarkedTexts(NamedTuple):
    """Texts with their words and entities.

    Attributes:
        spans: of characters, as the data mark them; what is measured against.
        tags: int64 (words,) per text; spans widened to whole words.
    """

    texts: tuple[str, ...]
    spans: tuple[tuple[CharSpan, ...], ...]
    bounds: tuple[Bounds, ...]
    tags: tuple[NDArray[np.int64], ...]

    def words(self) -> list[list[str]]:
        return [
            [text[start:end] for start, end in bounds] for text, bounds in zip(self.texts, self.bounds, strict=True)
        ]


def mark(texts: Sequence[str], spans: Sequence[Sequence[CharSpan]], fineness: Fineness) -> MarkedTexts:
    """Split the texts and tag their words."""
    bounds = [split_words(text, fineness) for text in texts]
    tags = []
    for row, marked in enumerate(spans):
        found: list[Span] = []
        for span in marked:
            first, last = covering(bounds[row], span.start, span.end)
            if last > first:
                found.append(Span(first, last, span.label))
        tags.append(tags_of(found, len(bounds[row])))
    return MarkedTexts(tuple(texts), tuple(tuple(row) for row in spans), tuple(bounds), tuple(tags))


class Segment(NamedTuple):
    """Words `first` to before `last` of a row, taught in one piece."""

    row: int
    first: int
    last: int


def cut_segments(tags: Sequence[NDArray[np.int64]], most: int = MOST_SEGMENT_WORDS) -> list[Segment]:
    """Rows in pieces of at most `most` words, cut outside entities where there is such a place."""
    segments: list[Segment] = []
    for row, of_row in enumerate(tags):
        first = 0
        while len(of_row) - first > most:
            outside = np.flatnonzero(of_row[first + most // 2 : first + most] == 0)
            last = first + most // 2 + int(outside[-1]) if len(outside) else first + most
            segments.append(Segment(row, first, last))
            first = last
        if len(of_row) > first:
            segments.append(Segment(row, first, len(of_row)))
    return segments


class TaughtRows:
    """Segments with everything that a step needs, in flat arrays.

    Attributes:
        segments: in the order of the rows.
        words: places of each segment's words in the flat arrays, (begin, end).
    """

    def __init__(self, marked: MarkedTexts, looker: Looker, most_words: int = MOST_SEGMENT_WORDS) -> None:
        self.segments = cut_segments(marked.tags, most_words)
        self.features: Features = looker.features(marked.words())
        starts = np.concatenate([[0], np.cumsum([len(one) for one in marked.tags])]).astype(np.int64)
        self.starts = starts
        self.tags = np.concatenate([np.zeros(0, np.int64), *marked.tags])
        self.words = np.asarray(
            [(starts[one.row] + one.first, starts[one.row] + one.last) for one in self.segments], dtype=np.int64
        ).reshape(-1, 2)

    def lengths(self) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self.words[:, 1] - self.words[:, 0]
        return found


class Batch(NamedTuple):
    """Segments taught in one step.

    Attributes:
        segments: their numbers.
        flat: int64 (words,), places of their words in the flat arrays, segment after segment.
        mask: bool (segments, longest); True for words.
        tags: int64 (segments, longest).
        hashes, offsets: int32, see `engine.train.entities.head.Lexical`.
    """

    segments: NDArray[np.int64]
    flat: NDArray[np.int64]
    mask: NDArray[np.bool_]
    tags: NDArray[np.int64]
    hashes: NDArray[np.int32]
    offsets: NDArray[np.int32]


def batches(rows: TaughtRows, size: int, rng: np.random.Generator | None = None) -> Iterator[Batch]:
    """All segments in batches of like length: in a new order each time with `rng`, short ones first without."""
    lengths = rows.lengths()
    jitter = rng.random(len(lengths)) * (4 + 0.2 * lengths) if rng is not None else 0
    order = np.argsort(lengths + jitter, kind="stable")
    parts = [order[begin : begin + size] for begin in range(0, len(order), size)]
    for number in rng.permutation(len(parts)) if rng is not None else range(len(parts)):
        yield make_batch(rows, parts[number])


def make_batch(rows: TaughtRows, segments: NDArray[np.int64]) -> Batch:
    """One batch of the segments with these numbers."""
    spans = rows.words[segments]
    lengths = spans[:, 1] - spans[:, 0]
    flat = _ranges(spans[:, 0], lengths)
    mask = np.arange(int(lengths.max(initial=1)))[None, :] < lengths[:, None]
    tags = np.zeros(mask.shape, dtype=np.int64)
    tags[mask] = rows.tags[flat]
    indptr = rows.features.indptr
    counts = indptr[flat + 1] - indptr[flat]
    hashes = rows.features.hashes[_ranges(indptr[flat], counts)]
    offsets = np.concatenate([[0], np.cumsum(counts)])[:-1].astype(np.int32)
    return Batch(segments, flat, mask, tags, hashes, offsets)


def _ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """starts[0], starts[0] + 1, … for counts[0] numbers, then the same for the next."""
    total = np.concatenate([[0], np.cumsum(counts)])
    found: NDArray[np.int64] = np.repeat(starts - total[:-1], counts) + np.arange(total[-1])
    return found
