"""A linear chain over tags: the best tagging of each text, and how probable each entity of it is.

Texts of like length are worked on together, step by step; log-space throughout, double precision.

Source: Lafferty, McCallum, Pereira 2001; the probability of a span follows Culotta and McCallum 2004, "Confidence
Estimation for Information Extraction" (constrained forward-backward).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.serve.entities.tags import Span, begins, spans_of

Array = NDArray[np.float64]
TOGETHER_CELLS = 400_000  # of texts x words x tags handled at once


class Chain(NamedTuple):
    """`steps` (tags, tags) from a tag (row) to the next, `starts` and `ends` (tags,); forbidden steps are in them."""

    steps: Array
    starts: Array
    ends: Array


class ScoredSpan(NamedTuple):
    """An entity and the model's probability of exactly this span with this label."""

    span: Span
    probability: float


def find_spans(chain: Chain, emissions: Sequence[NDArray[np.float32]]) -> list[list[ScoredSpan]]:
    """The entities of each text, in order.

    Args:
        emissions: float32 (words, tags) per text; a text may have no words.
    """
    found: list[list[ScoredSpan]] = [[] for _ in emissions]
    lengths = np.fromiter((len(one) for one in emissions), np.int64, len(emissions))
    order = [row for row in np.argsort(lengths, kind="stable").tolist() if lengths[row]]
    tags = len(chain.starts)
    begin = 0
    while begin < len(order):
        end = begin + 1
        while end < len(order) and (end - begin + 1) * int(lengths[order[end]]) * tags <= TOGETHER_CELLS:
            end += 1
        rows = order[begin:end]
        for row, spans in zip(rows, _batch(chain, [emissions[row] for row in rows]), strict=True):
            found[row] = spans
        begin = end
    return found


def _batch(chain: Chain, emissions: Sequence[NDArray[np.float32]]) -> list[list[ScoredSpan]]:
    lengths = np.fromiter((len(one) for one in emissions), np.int64, len(emissions))
    padded = np.zeros((len(emissions), int(lengths.max()), len(chain.starts)))
    for row, one in enumerate(emissions):
        padded[row, : len(one)] = one
    best = viterbi(chain, padded, lengths)
    spans = [spans_of(tags[:length]) for tags, length in zip(best.tolist(), lengths.tolist(), strict=True)]
    if not any(spans):
        return [[] for _ in emissions]
    forward, backward, total = forward_backward(chain, padded, lengths)
    return [
        [
            ScoredSpan(span, _probability(chain, span, padded[row], forward[row], backward[row], total[row], length))
            for span in spans[row]
        ]
        for row, length in enumerate(lengths.tolist())
    ]


def viterbi(chain: Chain, emissions: Array, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The best tags, int64 (texts, words); what lies beyond a text's length means nothing.

    Args:
        emissions: (texts, words, tags).
    """
    texts, words, tags = emissions.shape
    score = chain.starts + emissions[:, 0]
    came_from = np.empty((words, texts, tags), dtype=np.int32)
    stay = np.arange(tags, dtype=np.int32)
    for place in range(1, words):
        ways = score[:, :, None] + chain.steps
        best = ways.argmax(axis=1)
        inside = (place < lengths)[:, None]
        came_from[place] = np.where(inside, best, stay)
        reached = np.take_along_axis(ways, best[:, None, :], axis=1)[:, 0] + emissions[:, place]
        score = np.where(inside, reached, score)
    found = np.empty((texts, words), dtype=np.int64)
    found[:, -1] = (score + chain.ends).argmax(axis=1)
    rows = np.arange(texts)
    for place in range(words - 1, 0, -1):
        found[:, place - 1] = came_from[place, rows, found[:, place]]
    return found


def forward_backward(chain: Chain, emissions: Array, lengths: NDArray[np.int64]) -> tuple[Array, Array, Array]:
    """Log sums over all taggings: up to each word and tag, after it, and in all.

    Returns:
        forward (texts, words, tags) with the word's own emission, backward likewise without it, total (texts,).
    """
    texts, words, tags = emissions.shape
    forward = np.empty((texts, words, tags))
    backward = np.empty((texts, words, tags))
    forward[:, 0] = chain.starts + emissions[:, 0]
    for place in range(1, words):
        reached = _log_sum(forward[:, place - 1, :, None] + chain.steps, 1) + emissions[:, place]
        forward[:, place] = np.where((place < lengths)[:, None], reached, forward[:, place - 1])
    backward[:, -1] = chain.ends
    for place in range(words - 2, -1, -1):
        after = (emissions[:, place + 1] + backward[:, place + 1])[:, None, :]
        reached = _log_sum(chain.steps + after, 2)
        backward[:, place] = np.where((place + 1 < lengths)[:, None], reached, chain.ends)
    return forward, backward, _log_sum(forward[:, -1] + chain.ends, 1)


def _probability(
    chain: Chain, span: Span, emissions: Array, forward: Array, backward: Array, total: float, length: int
) -> float:
    """Of all taggings, the share that has exactly this entity."""
    begin, inside = begins(span.label), begins(span.label) + 1
    score, tag = forward[span.first, begin], begin
    for place in range(span.first + 1, span.last):
        score += chain.steps[tag, inside] + emissions[place, inside]
        tag = inside
    if span.last == length:
        score += chain.ends[tag]
    else:
        after = chain.steps[tag] + emissions[span.last] + backward[span.last]
        score += _log_sum(np.delete(after, inside)[None], 1)[0]
    return float(min(1.0, np.exp(score - total)))


def _log_sum(values: Array, axis: int) -> Array:
    top = values.max(axis=axis, keepdims=True)
    found: Array = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return found
