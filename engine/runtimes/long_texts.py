"""Vectors of texts that are longer than the encoder reads at once: windows of words, averaged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.runtimes.top_weights import WIDTH

if TYPE_CHECKING:
    from engine.runtimes.bilingual import BilingualEncoder
    from engine.runtimes.encoder import Encoder

SURELY_SHORT_CHARS = 250  # a word piece has at least one character, so these fit into 256 pieces
WINDOW_WORDS = 150
WINDOW_CHARS = 900
MOST_WINDOWS = 8  # what comes after about 1,200 words no longer counts


def embed_long(
    encoder: Encoder | BilingualEncoder, texts: Sequence[str], *, on_batch: Callable[[int, int], None] | None = None
) -> NDArray[np.float32]:
    """Vectors of texts of any length, in their order.

    A text that fits the encoder gets exactly the encoder's vector; a longer one the mean of its windows' vectors,
    scaled to length one.

    Args:
        on_batch: called with (windows done, windows in all); what it raises stops the work.
    Returns:
        float32 (texts, encoder.dimension).
    """
    parts: list[str] = list(texts)
    long = _too_long(encoder, texts)
    extra: dict[int, tuple[int, int]] = {}
    for row in long:
        windows = cut_windows(texts[row])
        parts[row] = windows[0]
        extra[row] = (len(parts), len(parts) + len(windows) - 1)
        parts.extend(windows[1:])
    vectors = encoder.embed(parts, on_batch=on_batch)
    found = vectors[: len(texts)].copy() if extra else vectors
    for row, (begin, end) in extra.items():
        total = vectors[row] + vectors[begin:end].sum(axis=0)
        halves = total.reshape(-1, WIDTH)  # two, where vectors of two encoders stand side by side
        lengths = np.linalg.norm(halves, axis=1, keepdims=True)
        found[row] = (halves / np.where(lengths > 0, lengths, 1.0)).ravel()
    return found


def cut_windows(text: str) -> list[str]:
    """Up to `MOST_WINDOWS` pieces of at most 150 words and 900 characters that follow each other."""
    windows: list[str] = []
    words: list[str] = []
    size = 0
    for word in text.split():
        for begin in range(0, len(word), WINDOW_CHARS):
            piece = word[begin : begin + WINDOW_CHARS]
            if words and (len(words) == WINDOW_WORDS or size + len(piece) > WINDOW_CHARS):
                windows.append(" ".join(words))
                words, size = [], 0
                if len(windows) == MOST_WINDOWS:
                    return windows
            words.append(piece)
            size += len(piece) + 1
    return [*windows, " ".join(words)] if words or not windows else windows


def _too_long(encoder: Encoder | BilingualEncoder, texts: Sequence[str]) -> list[int]:
    from engine.runtimes.encoder import MAX_PIECES

    doubtful = [row for row, text in enumerate(texts) if len(text) > SURELY_SHORT_CHARS]
    # Counting pieces of a book costs as much as reading it; its beginning shows that it is long.
    counts = encoder.count_pieces([texts[row][: 8 * MAX_PIECES] for row in doubtful]) if doubtful else []
    return [row for row, count in zip(doubtful, counts, strict=True) if count >= MAX_PIECES]
