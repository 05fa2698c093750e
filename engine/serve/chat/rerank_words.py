"""Looks at Chinese passages again: words that mean nearly the same count as met.

Each word of the question looks for the word of the passage whose vector is nearest; rare words count
more. The vectors come from which words stand together in much Chinese text (packaging/models/reranker/chinese.py).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.language.segment import segmented
from engine.language.stopwords import CHINESE_CHARACTERS, CHINESE_PHRASES
from engine.packs.verify import read_pack
from engine.serve.chat.candidates import Asked, Candidate

WEIGHTS = "weights.npz"
COMMON = 3.0
LEAST = 0.3
"""What a word tells is its rarity less `COMMON`, and at least `LEAST`."""
UNKNOWN_RARITY = 14.0
MOST_CHARACTERS = 1200
"""Of a passage; what is beyond is not looked at."""

Floats = NDArray[np.float32]
_ASKING = "如何 怎么 怎样 为什么 什么 请问 可以 能不能 是否 多少 哪里 哪些 怎么办 时候 为啥 咋"
_STOPS = frozenset([*CHINESE_CHARACTERS, *CHINESE_PHRASES, *_ASKING.split()])


class WordReranker:
    """Vectors of words, and the mix of the score.

    Args:
        words: the words, no two alike.
        counts: how often each was met, int64 (words,).
        vectors: float32 (words, d), length one.
        mix: float32 (4,): weights of the share of BM25, of the words' likeness to the whole passage, of that to its
            headings, and of the cosine of the vectors. A title alone is left out: it names the matter of many passages
            and not what one of them says.
    """

    def __init__(self, words: Sequence[str], counts: NDArray[np.int64], vectors: Floats, mix: Floats) -> None:
        self._number = {word: i for i, word in enumerate(words)}
        self._rarity = np.log(counts.sum() / counts).astype(np.float32)
        self._vectors = vectors
        self.mix = mix

    @classmethod
    def open(cls, folder: Path) -> WordReranker:
        """Raises: PackUnusable."""
        _manifest, files = read_pack(folder, (WEIGHTS,))
        try:
            with np.load(io.BytesIO(files[WEIGHTS]), allow_pickle=False) as held:
                words = held["words"].tobytes().decode("utf-8").split("\n")
                rarity, vectors, mix = held["rarity"], held["vectors"].astype(np.float32), held["mix"]
        except (KeyError, ValueError, OSError, UnicodeDecodeError) as error:
            raise PackUnusable(name=folder.name, reason=f"its weights cannot be read ({error}).") from error
        if len(words) != len(vectors) or rarity.shape != (len(words),) or mix.shape != (4,):
            raise PackUnusable(name=folder.name, reason="its parts do not fit each other.")
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        made = cls(words, np.ones(len(words), np.int64), vectors, mix.astype(np.float32))
        made._rarity = rarity.astype(np.float32)
        return made

    def words(self, text: str) -> list[str]:
        """The words of a text, each once, in order."""
        return list(dict.fromkeys(segmented(text[:MOST_CHARACTERS], self._number)))

    def likeness(self, asked: Sequence[str], held: Sequence[str]) -> float:
        """How far the words of a question are met by those of a text, 0 to 1."""
        there = set(held)
        rows = [self._number[word] for word in held if word in self._number]
        vectors = self._vectors[rows]
        met = total = 0.0
        for word in asked:
            if word in _STOPS:
                continue
            number = self._number.get(word)
            tells = max(LEAST, (UNKNOWN_RARITY if number is None else float(self._rarity[number])) - COMMON)
            total += tells
            if word in there:
                met += tells
            elif number is not None and len(rows):
                met += tells * max(0.0, float((vectors @ self._vectors[number]).max()))
        return met / total if total else 0.0

    def scores(self, asked: Asked, candidates: Sequence[Candidate]) -> list[float]:
        """A score for each candidate; only their order means something."""
        question = self.words(asked.text)
        most = max((one.hit.bm25 or 0.0 for one in candidates), default=0.0) or 1.0
        found = []
        for one in candidates:
            parts = (
                (one.hit.bm25 or 0.0) / most,
                self.likeness(question, self.words(f"{one.title} {one.heading} {one.text}")),
                self.likeness(question, self.words(one.heading)),
                one.hit.cosine or 0.0,
            )
            found.append(float(self.mix @ np.array(parts, dtype=np.float32)))
        return found
