"""Chinese texts to vectors in the space of the English encoder: a sum over words, characters and pairs of characters.

Every token has a vector that was learnt so that the normalised sum over a Chinese text comes near to what the English
encoder says of its translation (packaging/models/encoder_zh; the idea of distilling a sentence encoder into a table:
Tulkens and van Dongen 2024, "Model2Vec"; across languages by translations: Reimers and Gurevych 2020). So questions and
passages compare within Chinese and with English ones. The order of words is heard in pairs of characters alone.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.language.segment import segmented
from engine.language.terms import normalise
from engine.packs.verify import read_pack
from engine.paths import assets_folder
from engine.runtimes.top_weights import WIDTH

WEIGHTS = "weights.npz"
MOST_CHARACTERS = 6000
"""Of a text; what is beyond is not read."""
BATCH_TEXTS = 256
KINDS = ("words", "characters", "pairs")
_HAN = re.compile(r"[\u3400-\u9fff]+")

Vectors = NDArray[np.float32]


def bundled_word_encoder_folder() -> Path:
    """The Chinese encoder that ships with the program."""
    return assets_folder() / "models" / "encoder-zh"


def packed(values: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Numbers from -8 to 7, int8 (n, 2 k), two in a byte: uint8 (n, k)."""
    lifted = (values + 8).astype(np.uint8)
    return np.asarray(lifted[:, ::2] | (lifted[:, 1::2] << 4), dtype=np.uint8)


def unpacked(rows: NDArray[np.uint8]) -> Vectors:
    """The numbers again, float32 (n, 2 k)."""
    values = np.empty((len(rows), 2 * rows.shape[1]), dtype=np.float32)
    values[:, ::2] = rows & 15
    values[:, 1::2] = rows >> 4
    values -= 8.0
    return values


class Vocabulary:
    """Numbers of tokens: those of `KINDS` one after the other, each without doubles."""

    def __init__(self, words: Sequence[str], characters: Sequence[str], pairs: Sequence[str]) -> None:
        self._words = {word: i for i, word in enumerate(words)}
        self._characters = {one: i for i, one in enumerate(characters, len(words))}
        self._pairs = {one: i for i, one in enumerate(pairs, len(words) + len(characters))}

    def __len__(self) -> int:
        return len(self._words) + len(self._characters) + len(self._pairs)

    def tokens(self, text: str) -> list[int]:
        """Numbers of the known tokens of a text, as often as they stand in it."""
        text = normalise(text[:MOST_CHARACTERS])
        found = [self._words.get(word, -1) for word in segmented(text, self._words)]
        for run in _HAN.findall(text):
            found.extend(self._characters.get(one, -1) for one in run)
            found.extend(self._pairs.get(run[at : at + 2], -1) for at in range(len(run) - 1))
        return [number for number in found if number >= 0]


class WordEncoder:
    """The learnt table.

    Args:
        vocabulary: n tokens.
        rows: uint8 (n, 192): each token's numbers, two in a byte (`packed`), in steps of `steps`, float32 (n,).
        start: float32 (384,): what every text begins with.
    """

    def __init__(self, vocabulary: Vocabulary, rows: NDArray[np.uint8], steps: Vectors, start: Vectors) -> None:
        self.vocabulary, self.rows, self.steps, self.start = vocabulary, rows, steps, start
        self.dimension = WIDTH

    @classmethod
    def open(cls, folder: Path) -> WordEncoder:
        """Raises: PackUnusable."""
        _manifest, files = read_pack(folder, (WEIGHTS,))
        try:
            with np.load(io.BytesIO(files[WEIGHTS]), allow_pickle=False) as held:
                lists = [held[kind].tobytes().decode("utf-8").split("\n") for kind in KINDS]
                rows, steps, start = held["rows"], held["steps"].astype(np.float32), held["start"].astype(np.float32)
        except (KeyError, ValueError, OSError, UnicodeDecodeError) as error:
            raise PackUnusable(name=folder.name, reason=f"its weights cannot be read ({error}).") from error
        vocabulary = Vocabulary(*lists)
        size = len(vocabulary)
        if (
            rows.dtype != np.uint8
            or rows.shape != (size, WIDTH // 2)
            or steps.shape != (size,)
            or start.shape != (WIDTH,)
        ):
            raise PackUnusable(name=folder.name, reason="its parts do not fit each other.")
        return cls(vocabulary, rows, steps, start)

    def embed(self, texts: Sequence[str], *, on_batch: Callable[[int, int], None] | None = None) -> Vectors:
        """Vectors of texts, in their order; one without a known token gets that of an empty text.

        Args:
            on_batch: called with (texts done, texts in all) after each batch; what it raises stops the work.
        Returns:
            float32 (texts, 384), rows of length one.
        """
        vectors: Vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.start + self._summed(self.vocabulary.tokens(text))
            if on_batch is not None and ((row + 1) % BATCH_TEXTS == 0 or row + 1 == len(texts)):
                on_batch(row + 1, len(texts))
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors

    def _summed(self, tokens: Sequence[int]) -> Vectors:
        """Sum of the rows of some tokens, float32 (384,)."""
        counted = Counter(tokens)
        chosen = list(counted)
        times = np.fromiter(counted.values(), dtype=np.float32, count=len(counted)) * self.steps[chosen]
        return np.asarray(times @ unpacked(self.rows[chosen]), dtype=np.float32)
