"""How like a sentence is to others, by the pieces or words that the bundled rerankers compare."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.runtimes.top_weights import WIDTH
from engine.serve.chat.rerank import LAYER, MOST_PIECES, Reranker, opened_reranker
from engine.serve.chat.rerank_words import WordReranker
from engine.serve.chat.support import Like, Likeness

if TYPE_CHECKING:
    from engine.runtimes.encoder import Encoder

REMEMBERED = 64
"""Texts whose states are kept: the same evidence is compared with several sentences, both ways."""


def likeness_for(
    text: str, encoder: Callable[[], Encoder], cache: MutableMapping[tuple[Any, ...], Any]
) -> Likeness | None:
    """Likeness as the bundled reranker of a text's language sees it, or None where none reads it.

    Args:
        encoder: gives the shared encoder, at the first use.
        cache: keeps the opened rerankers, together with the search.
    Raises:
        PackUnusable: it is there and damaged.
    """
    held = opened_reranker(text, cache)
    if isinstance(held, WordReranker):
        return _by_words(held)
    return _by_pieces(held, encoder()) if isinstance(held, Reranker) else None


def _by_words(reranker: WordReranker) -> Likeness:
    def likeness(text: str, others: Sequence[str]) -> list[Like]:
        mine = reranker.words(text)
        found = []
        for other in others:
            theirs = reranker.words(other)
            each = [reranker.likeness([word], theirs) for word in mine]
            # A word that tells nothing gives 0 by itself, and would hide the others.
            met = [one for word, one in zip(mine, each, strict=True) if reranker.likeness([word], [word]) > 0]
            found.append(Like(reranker.likeness(mine, theirs), _weakest(met)))
        return found

    return likeness


def _weakest(each: Sequence[float]) -> float:
    """The mean of the two least: one strange word is enough to say something else."""
    least = sorted(each)[:2]
    return float(sum(least) / len(least)) if least else 0.0


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _by_pieces(reranker: Reranker, encoder: Encoder) -> Likeness:
    remembered: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def states(texts: Sequence[str]) -> list[NDArray[np.float32]]:
        new = [text for text in dict.fromkeys(texts) if text not in remembered]
        if new:
            ids = [one.ids for one in encoder.pieces(new)]
            cut = [one if len(one) <= MOST_PIECES else [*one[: MOST_PIECES - 1], one[-1]] for one in ids]
            for text, found in zip(new, encoder.hidden(cut, LAYER), strict=True):
                inner = found[1:-1].astype(np.float32)
                remembered[text] = inner if len(inner) else np.zeros((1, WIDTH), np.float32)
        rows = [remembered[text] for text in texts]
        while len(remembered) > REMEMBERED:
            remembered.popitem(last=False)
        return rows

    def likeness(text: str, others: Sequence[str]) -> list[Like]:
        mine, *theirs = states([text, *others])
        turned = _unit(mine @ reranker.turn)
        means = reranker.likeness(mine, theirs).tolist()
        pieces = [(turned @ _unit(one @ reranker.turn).T).max(axis=1).tolist() for one in theirs]
        return [Like(mean, _weakest(each)) for mean, each in zip(means, pieces, strict=True)]

    return likeness
