"""Teach the encoder's upper layers together with the head of a reader: LoRA, AdaLoRA, prefix or full.

The trunk's states of all pieces are computed once. A word's state is that of the trunk beside that of the taught top,
each the mean over its pieces, so that nothing the frozen encoder knew is lost. The loop is that of
`engine.train.encoder`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.api import CurvePoint
from engine.runtimes.top_weights import LAYERS, LOWER, base_layers, read_arrays, read_places
from engine.serve.entities.crf import viterbi
from engine.serve.entities.features import Looker
from engine.serve.entities.tags import spans_of
from engine.serve.entities.windows import WINDOW_PIECES, pieces_of_words
from engine.train.encoder.adapter import adapter_arrays
from engine.train.encoder.layers import Top
from engine.train.encoder.loop import train
from engine.train.encoder.settings import AdaptSettings
from engine.train.encoder.states import Batch, States
from engine.train.entities.data import MarkedTexts, TaughtRows, make_batch
from engine.train.entities.head import EntityHead, Lexical
from engine.train.entities.learn import SURPRISE_SHARE, numpy_chain

ADAPTED_LAYERS = (LOWER, LAYERS)
SCALE_TEXTS = 200
MOST_WORDS = 60  # of a row taught in one piece: longer ones would take twice the memory for a few sentences


class Adapted(NamedTuple):
    """`arrays` are the adapter's; `f1` is that of the fp32 layers on the texts that say when to stop."""

    arrays: dict[str, NDArray[Any]]
    epochs: float
    f1: float
    curve: tuple[CurvePoint, ...]
    notes: tuple[str, ...]


def adapt(
    encoder: Any,
    head: EntityHead,
    taught: MarkedTexts,
    stop: MarkedTexts,
    settings: AdaptSettings,
    link: Any,
    resume: bytes = b"",
) -> Adapted:
    """Teach `head` and the upper layers; both hold the best weights afterwards.

    Args:
        encoder: the bundled one.
        settings: with a device that is there.
        link: see engine/jobs/child.py.
        resume: body of a checkpoint of the same training.
    Raises:
        TrainingDiverged, Cancelled.
    """
    parts = (taught, stop)
    rows = [TaughtRows(part, Looker(), MOST_WORDS) for part in parts]
    pieces: list[list[int]] = []
    words: list[_Words] = []
    for part, of_part in zip(parts, rows, strict=True):
        found = _pieces(encoder, part, of_part)
        pieces += found[0]
        words += found[1]
    states = States.read(
        encoder, pieces, LOWER, settings.device, on_batch=lambda done, total: link.report(done, total, "embed")
    )
    folder: Path = encoder.trunk.folder
    base = base_layers(read_arrays((folder / "top.onnx").read_bytes(), read_places((folder / "top.json").read_bytes())))
    top = Top(base, settings)
    count = len(rows[0].segments)
    goal = EntityGoal(head, rows[0], rows[1], words, settings.device)
    goal.scale(top, states, np.arange(count))
    outcome = train(top, goal, states, np.arange(count), settings, link, watch=len(states) > count, resume=resume)
    f1 = goal.best_f1(top, states)
    head.to("cpu")
    notes = [f"Training ended after {outcome.epochs:.1f} passes: {outcome.stopped}."] if outcome.stopped else []
    if outcome.rollbacks:
        notes.append(f"The loss was no number {outcome.rollbacks} times; training went back and took smaller steps.")
    arrays = adapter_arrays(top, states, np.arange(count))
    return Adapted(arrays, outcome.epochs, f1, outcome.curve, tuple(notes))


class _Words(NamedTuple):
    """Where the words of a segment stand among its pieces: first piece and how many, int64 (words,)."""

    first: NDArray[np.int64]
    counts: NDArray[np.int64]


def _pieces(encoder: Any, marked: MarkedTexts, rows: TaughtRows) -> tuple[list[list[int]], list[_Words]]:
    """Word pieces of segments, and where their words are; what lies beyond the encoder's window has no pieces."""
    texts: list[str] = []
    bounds = []
    for segment in rows.segments:
        of_row = marked.bounds[segment.row][segment.first : segment.last]
        begin, end = of_row[0][0], of_row[-1][1]
        texts.append(marked.texts[segment.row][begin:end])
        bounds.append([(start - begin, stop - begin) for start, stop in of_row])
    ids: list[list[int]] = []
    words: list[_Words] = []
    for one, of_text in zip(encoder.pieces(texts), bounds, strict=True):
        kept = one.ids if len(one.ids) <= WINDOW_PIECES else [*one.ids[: WINDOW_PIECES - 1], one.ids[-1]]
        first, counts = pieces_of_words(one.offsets[1:-1], of_text)
        counts = np.clip(np.minimum(first + counts, len(kept) - 2) - first, 0, None)
        ids.append(kept)
        words.append(_Words(1 + first, counts))  # after the first mark
    return ids, words


class EntityGoal:
    """The head of a reader as a goal of the encoder's training loop.

    Args:
        taught, stop: segments; rows of the states count through both.
        words: of all segments.
    """

    def __init__(
        self, head: EntityHead, taught: TaughtRows, stop: TaughtRows, words: Sequence[_Words], device: str
    ) -> None:
        self.head: nn.Module = head
        self._head = head
        self._taught, self._stop, self._words, self._device = taught, stop, words, device
        self._count = len(taught.segments)
        self._f1 = 0.0

    def scale(self, top: Top, states: States, rows: NDArray[np.int64]) -> None:
        """Learn the spread of the states before the first step."""
        self.head.to(self._device)
        top.to(self._device).eval()
        chosen = rows[np.linspace(0, len(rows) - 1, min(SCALE_TEXTS, len(rows))).astype(np.int64)]
        found = []
        with torch.no_grad():
            for batch in states.in_order(chosen, 32):
                words, mask = self._word_states(top(batch.states, batch.attention), batch)
                found.append(words[mask])
            self._head.scale_states(torch.cat(found))

    def loss(self, states: Tensor, batch: Batch) -> Tensor:
        """Negative log-likelihood of the tags, per word, so that gradients have an ordinary length."""
        of_words, mask = self._word_states(states, batch)
        given = make_batch(self._taught, batch.rows)
        lexical = self._lexical(given.hashes, given.offsets)
        total = self._head.loss(of_words, mask, torch.from_numpy(given.tags).to(self._device), lexical)
        return total * len(batch.rows) / len(given.flat)

    def score(self, top: Top, states: States) -> float:
        """F1 over the words of the segments that say when to stop, less a share of their surprise."""
        chain = numpy_chain(self._head)
        right = found = true = words = 0
        surprise = 0.0
        for batch in states.in_order(self._count + np.arange(len(self._stop.segments)), 32):
            of_words, mask = self._word_states(top(batch.states, batch.attention), batch)
            given = make_batch(self._stop, batch.rows - self._count)
            emissions = self._head.emissions(of_words, mask, self._lexical(given.hashes, given.offsets))
            lengths = given.mask.sum(1)
            tags = torch.from_numpy(given.tags).to(self._device)
            surprise += float(self._head.chain.loss(emissions, mask, tags)) * len(lengths)
            words += int(lengths.sum())
            best = viterbi(chain, emissions.cpu().double().numpy(), lengths)
            for answer, truth, length in zip(best.tolist(), given.tags.tolist(), lengths.tolist(), strict=True):
                answers, expected = set(spans_of(answer[:length])), set(spans_of(truth[:length]))
                right += len(answers & expected)
                found += len(answers)
                true += len(expected)
        self._f1 = 2 * right / max(1, found + true)
        return self._f1 - SURPRISE_SHARE * surprise / max(1, words)

    def best_f1(self, top: Top, states: States) -> float:
        """F1 of the weights as they are now, without the share of their surprise."""
        top.eval()
        self._head.eval()
        with torch.no_grad():
            self.score(top, states)
        return self._f1

    def _lexical(self, hashes: NDArray[np.int32], offsets: NDArray[np.int32]) -> Lexical:
        return Lexical(torch.from_numpy(hashes).to(self._device), torch.from_numpy(offsets).to(self._device))

    def _word_states(self, states: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
        """States of words, (segments, words, both widths), and the mask of real words."""
        both = torch.cat([batch.states, states], 2)
        of_batch = [self._words[row] for row in batch.rows.tolist()]
        lengths = np.asarray([len(one.first) for one in of_batch])
        longest = int(lengths.max())
        counts = np.concatenate([one.counts for one in of_batch])
        starts = np.concatenate([place * both.shape[1] + one.first for place, one in enumerate(of_batch)])
        targets = np.concatenate([place * longest + np.arange(length) for place, length in enumerate(lengths)])
        before = np.concatenate([[0], np.cumsum(counts)])
        pieces = np.repeat(starts - before[:-1], counts) + np.arange(before[-1])
        flat = both.reshape(-1, both.shape[2])[torch.from_numpy(pieces).to(self._device)]
        total = flat.new_zeros(len(of_batch) * longest, both.shape[2])
        total = total.index_add(0, torch.from_numpy(np.repeat(targets, counts)).to(self._device), flat)
        divisor = np.ones(len(total), dtype=np.float32)
        divisor[targets] = np.maximum(counts, 1)
        mask = torch.from_numpy(np.arange(longest)[None, :] < lengths[:, None]).to(self._device)
        total = total / torch.from_numpy(divisor).to(self._device)[:, None]
        return total.view(len(of_batch), longest, -1), mask
