"""Looks at the best passages again, piece by piece, and puts those first that say what was asked.

Each piece of the question looks for the piece of the passage that is most like it; pieces that tell much count more
(late interaction: Khattab and Zaharia 2020, "ColBERT"). The pieces are states of the encoder, which this process
has in memory anyway, turned by a small learnt matrix. The score adds what the passage's vector and its
words said. Learnt by packaging/models/reranker; the card in assets/models/reranker-en tells on what.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.language.reads import read_in
from engine.packs.verify import read_pack
from engine.paths import assets_folder
from engine.runtimes.top_weights import WIDTH
from engine.serve.chat.candidates import Asked, Candidate
from engine.serve.chat.retrieve import passage_embedding_text

if TYPE_CHECKING:
    from engine.runtimes.encoder import Encoder
    from engine.serve.chat.rerank_words import WordReranker

LAYER = 4
"""Of the encoder: the states after it are compared. Later ones gained nothing, the third lost two points."""
MOST_PIECES = 128
"""Of a passage and of a question; what is beyond is not looked at."""
RERANKED = 20
"""Passages that are looked at again."""
MOST_KEPT = 1_000
"""Passages whose pieces stay in memory, 32 kB each at most: those that were asked for last. Looking at one again then
takes a fifth of the time."""
WEIGHTS = "weights.npz"

Rerank = Callable[[Asked, Sequence[Candidate]], Sequence[float]]
Floats = NDArray[np.float32]


class Reranker:
    """The learnt numbers.

    Attributes:
        turn: float32 (384, k): turns a piece's state into the space where pieces are compared.
        tells: float32 (384,), `tells_bias`: how much a piece of the question counts, before the softplus.
        mix: float32 (3,): weights of the pieces' likeness, the cosine of the vectors and the share of BM25.
    """

    def __init__(self, turn: Floats, tells: Floats, tells_bias: float, mix: Floats) -> None:
        self.turn, self.tells, self.tells_bias, self.mix = turn, tells, tells_bias, mix
        self._kept: OrderedDict[str, NDArray[np.float16]] = OrderedDict()
        self._turn_taking = threading.Lock()

    @classmethod
    def open(cls, folder: Path) -> Reranker:
        """Raises: PackUnusable."""
        _manifest, files = read_pack(folder, (WEIGHTS,))
        try:
            with np.load(io.BytesIO(files[WEIGHTS]), allow_pickle=False) as held:
                turn = held["turn"].astype(np.float32) * held["turn_steps"].astype(np.float32)
                tells, bias, mix = (held[name].astype(np.float32) for name in ("tells", "tells_bias", "mix"))
        except (KeyError, ValueError, OSError) as error:
            raise PackUnusable(name=folder.name, reason=f"its weights cannot be read ({error}).") from error
        if turn.shape[:1] != (WIDTH,) or tells.shape != (WIDTH,) or mix.shape != (3,):
            raise PackUnusable(name=folder.name, reason="its weights do not fit the encoder.")
        return cls(turn, tells, float(bias), mix)

    def likeness(self, question: Floats, passages: Sequence[Floats]) -> Floats:
        """How well the pieces of a question are met.

        Args:
            question: states of its pieces without the marks at both ends, float32 (pieces, 384).
            passages: the same of each passage.
        Returns:
            float32 (passages,), a weighted mean of cosines.
        """
        return self._met(question, [self._turned(one) for one in passages])

    def _turned(self, states: Floats) -> Floats:
        """Pieces where they are compared: float32 (pieces, k), of length one."""
        return _unit(states @ self.turn)

    def _met(self, question: Floats, turned: Sequence[NDArray[Any]]) -> Floats:
        weights = np.logaddexp(0.0, question @ self.tells + self.tells_bias)
        asked = self._turned(question)
        met = [(asked @ one.astype(np.float32).T).max(axis=1) @ weights for one in turned]
        total = max(float(weights.sum()), 1e-6)
        return np.array([float(one) / total for one in met], dtype=np.float32)

    def scores(self, encoder: Encoder, asked: Asked, candidates: Sequence[Candidate]) -> list[float]:
        """A score for each candidate; only their order means something. Candidates need their `hit.cosine`."""
        if not candidates:
            return []
        texts = [passage_embedding_text(one.title, one.heading, one.text) for one in candidates]
        with self._turn_taking:
            missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
            question, *states = self._states(encoder, [asked.text, *missing])
            new = zip(missing, (self._turned(one).astype(np.float16) for one in states), strict=True)
            self._kept.update(new)
            for text in texts:
                self._kept.move_to_end(text)
            passages = [self._kept[text] for text in texts]
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        most = max((one.hit.bm25 or 0.0 for one in candidates), default=0.0) or 1.0
        features = np.stack([
            self._met(question, passages),
            np.array([one.hit.cosine or 0.0 for one in candidates], dtype=np.float32),
            np.array([(one.hit.bm25 or 0.0) / most for one in candidates], dtype=np.float32),
        ])  # fmt: skip
        found: list[float] = (self.mix @ features).tolist()
        return found

    def _states(self, encoder: Encoder, texts: Sequence[str]) -> list[Floats]:
        """States of the pieces of texts without the marks at both ends."""
        ids = [_cut(one.ids) for one in encoder.pieces(texts)]
        states = [one[1:-1].astype(np.float32) for one in encoder.hidden(ids, LAYER)]
        # A text of nothing but marks has no piece; its mark then stands for it.
        return [one if len(one) else np.zeros((1, WIDTH), np.float32) for one in states]


def folder_of(language: str) -> Path:
    return assets_folder() / "models" / f"reranker-{language}"


def opened_reranker(text: str, cache: MutableMapping[tuple[Any, ...], Any]) -> Reranker | WordReranker | None:
    """The bundled reranker of a text's language, opened once, or None where none reads it.

    Args:
        cache: keeps the opened rerankers.
    Raises:
        PackUnusable: it is there and damaged.
    """
    from engine.serve.chat.rerank_words import WordReranker

    language = read_in(text)
    key = ("reranker", language)
    if key not in cache:
        folder = folder_of(language)
        opened = {"en": Reranker.open, "zh": WordReranker.open}.get(language)
        cache[key] = opened(folder) if opened is not None and folder.is_dir() else None
    found: Reranker | WordReranker | None = cache[key]
    return found


def reranker_for(
    question: str, encoder: Callable[[], Encoder], cache: MutableMapping[tuple[Any, ...], Any]
) -> Rerank | None:
    """The bundled reranker that reads a question, ready to be asked, or None.

    Args:
        encoder: gives the shared encoder, at the first use.
        cache: keeps the opened rerankers.
    Raises:
        PackUnusable: it is there and damaged.
    """
    found = opened_reranker(question, cache)
    if isinstance(found, Reranker):
        pieces = found
        return lambda asked, candidates: pieces.scores(encoder(), asked, candidates)
    return None if found is None else found.scores


def _cut(ids: list[int]) -> list[int]:
    """The first pieces, with the closing mark."""
    return ids if len(ids) <= MOST_PIECES else [*ids[: MOST_PIECES - 1], ids[-1]]


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
