"""One space for English and Chinese: each text goes to the encoder that reads its script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.language.reads import read_in

if TYPE_CHECKING:
    from engine.runtimes.encoder import Encoder
    from engine.runtimes.word_encoder import WordEncoder


class BilingualEncoder:
    """Both bundled encoders; any thread may call it.

    Args:
        chinese: gives the encoder of Chinese texts, asked at the first of them.
    """

    def __init__(self, english: Encoder, chinese: Callable[[], WordEncoder]) -> None:
        self.english = english
        self._chinese = chinese
        self.dimension = english.dimension

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Word pieces per text as the English encoder sees it; 0 for a Chinese text, which is read whole."""
        english = [row for row, text in enumerate(texts) if read_in(text) != "zh"]
        counts = [0] * len(texts)
        for row, count in zip(english, self.english.count_pieces([texts[row] for row in english]), strict=True):
            counts[row] = count
        return counts

    def embed(self, texts: Sequence[str], *, on_batch: Callable[[int, int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of texts, in their order; a text that neither reads goes to the English encoder.

        Args:
            on_batch: called with (texts done, texts in all) after each batch; what it raises stops the work.
        Returns:
            float32 (texts, dimension), rows of length one.
        Raises:
            PackUnusable: the Chinese encoder is missing or damaged.
        """
        chinese = [row for row, text in enumerate(texts) if read_in(text) == "zh"]
        if not chinese:
            return self.english.embed(texts, on_batch=on_batch)
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        others = sorted(set(range(len(texts))) - set(chinese))
        before = 0

        def report(done: int, _total: int) -> None:
            if on_batch is not None:
                on_batch(before + done, len(texts))

        vectors[chinese] = self._chinese().embed([texts[row] for row in chinese], on_batch=report)
        if others:
            before = len(chinese)
            vectors[others] = self.english.embed([texts[row] for row in others], on_batch=report)
        return vectors
