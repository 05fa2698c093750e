"""The encoder's states of words, in texts of any length.

A text longer than the encoder reads at once is read in windows that overlap; of each window the middle counts, where
every piece has its neighbours on both sides. A word's state is the mean of those of its pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.serve.entities.words import Bounds

WINDOW_PIECES = 256  # the two marks included
MARGIN_PIECES = 48  # at each inner edge of a window, that another window sees better
MOST_PIECES_OF_WORD = 16  # a longer "word" is no word; its beginning speaks for it
TOGETHER_TEXTS = 256

States = NDArray[np.float16]
OnBatch = Callable[[int, int], None]


class Pieces(Protocol):
    """A text as the encoder sees it: ids with both marks, and characters (start, end) of each piece."""

    @property
    def ids(self) -> list[int]: ...

    @property
    def offsets(self) -> list[tuple[int, int]]: ...


class HiddenStates(Protocol):
    """What is needed of an encoder (engine/runtimes/encoder.py)."""

    dimension: int

    def pieces(self, texts: Sequence[str]) -> Sequence[Pieces]: ...

    def hidden(self, ids: Sequence[Sequence[int]], layer: int, *, on_batch: OnBatch | None = None) -> list[States]: ...


class Window(NamedTuple):
    """Pieces `begin` to before `end` are read together; those from `first` to before `last` count."""

    begin: int
    end: int
    first: int
    last: int


def cut_windows(pieces: int, *, most: int = WINDOW_PIECES - 2, margin: int = MARGIN_PIECES) -> list[Window]:
    """Windows over the pieces of a text (marks not counted), so that each piece counts exactly once."""
    if pieces <= most:
        return [Window(0, pieces, 0, pieces)]
    windows: list[Window] = []
    begin = first = 0
    while True:
        end = min(begin + most, pieces)
        last = pieces if end == pieces else end - margin
        windows.append(Window(begin, end, first, last))
        if end == pieces:
            return windows
        first = last
        begin = last - margin


def word_states(
    encoder: HiddenStates,
    texts: Sequence[str],
    bounds: Sequence[Bounds],
    layers: Sequence[int],
    *,
    on_batch: OnBatch | None = None,
) -> list[States]:
    """States of words.

    Args:
        bounds: start and end in characters of each text's words.
        layers: whose states stand side by side.
        on_batch: called with (texts done, texts in all); what it raises stops the work.
    Returns:
        float16 (words, layers x dimension) per text. A word that the encoder leaves out has a state of zeros.
    """
    found: list[States] = []
    for begin in range(0, len(texts), TOGETHER_TEXTS):
        group = slice(begin, begin + TOGETHER_TEXTS)

        def told(done: int, total: int, begin: int = begin) -> None:
            if on_batch is not None:
                size = min(TOGETHER_TEXTS, len(texts) - begin)
                on_batch(begin + size * done // max(1, total), len(texts))

        found += _group(encoder, texts[group], bounds[group], layers, told)
    return found


def _group(
    encoder: HiddenStates, texts: Sequence[str], bounds: Sequence[Bounds], layers: Sequence[int], told: OnBatch
) -> list[States]:
    pieces = encoder.pieces(texts)
    ids: list[list[int]] = []
    windows: list[list[Window]] = []
    for one in pieces:
        first_mark, *inner, last_mark = one.ids
        windows.append(cut_windows(len(inner)))
        ids += [[first_mark, *inner[window.begin : window.end], last_mark] for window in windows[-1]]
    by_layer = []
    for number, layer in enumerate(layers):

        def on_batch(done: int, total: int, number: int = number) -> None:
            told(number * total + done, len(layers) * total)

        by_layer.append(encoder.hidden(ids, layer, on_batch=on_batch))
    found: list[States] = []
    at = 0
    for row, one in enumerate(pieces):
        of_text = [
            np.concatenate([
                states[at + place][1 + window.first - window.begin : 1 + window.last - window.begin]
                for place, window in enumerate(windows[row])
            ])
            for states in by_layer
        ]  # fmt: skip
        at += len(windows[row])
        found.append(_by_word(np.concatenate(of_text, axis=1), one.offsets[1:-1], bounds[row]))
    return found


def pieces_of_words(offsets: Sequence[tuple[int, int]], bounds: Bounds) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First piece and number of pieces of each word, int64 (words,); a word without pieces has number 0."""
    spans = np.asarray(offsets, dtype=np.int64).reshape(-1, 2)
    words = np.asarray(bounds, dtype=np.int64).reshape(-1, 2)
    first = np.searchsorted(spans[:, 1], words[:, 0], side="right")
    last = np.searchsorted(spans[:, 0], words[:, 1], side="left")
    return first, np.clip(last - first, 0, MOST_PIECES_OF_WORD)


def _by_word(states: NDArray[Any], offsets: Sequence[tuple[int, int]], bounds: Bounds) -> States:
    first, counts = pieces_of_words(offsets, bounds)
    total = np.zeros((len(bounds), states.shape[1]), dtype=np.float32)
    for step in range(int(counts.max(initial=0))):
        rows = np.flatnonzero(counts > step)
        total[rows] += states[first[rows] + step]
    total /= np.maximum(counts, 1)[:, None]
    return total.astype(np.float16)
