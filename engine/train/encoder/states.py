"""The trunk's states of a data set, computed once and kept in half precision, or in bytes where there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

if TYPE_CHECKING:
    from engine.runtimes.encoder import Encoder

WIDE_PIECES = 200_000  # 150 MB
SAMPLE = 400  # texts that ranges are learned from
ROOM = 1.1
MOST_BYTE = 127


class Batch(NamedTuple):
    """`rows` int64 (texts,); `states` float32 (texts, pieces, 384); `mask` bool (texts, pieces); `attention` is the
    mask as attention wants it, or None where nothing is padded."""

    rows: NDArray[np.int64]
    states: Tensor
    mask: Tensor
    attention: Tensor | None


class Coding(NamedTuple):
    """How states become bytes: channel c of a state is `centre[c] + step[c] * byte`; float32 (width,) each."""

    centre: NDArray[np.float32]
    step: NDArray[np.float32]

    @classmethod
    def learned(cls, states: NDArray[np.float32]) -> Coding:
        """From states of a sample, float32 (pieces, width), with a tenth of room for others."""
        low, high = states.min(axis=0), states.max(axis=0)
        step = ROOM * (high - low) / (2 * MOST_BYTE)
        return cls(((low + high) / 2).astype(np.float32), np.maximum(step, 1e-8).astype(np.float32))

    def coded(self, states: NDArray[np.float32]) -> NDArray[np.int8]:
        """Bytes of states; what is out of range goes to its end."""
        scaled: NDArray[np.float32] = np.rint((states - self.centre) / self.step)
        return scaled.clip(-MOST_BYTE, MOST_BYTE).astype(np.int8)


class States:
    """States of texts, one after the other in one matrix, so that nothing is padded in memory.

    Up to `WIDE_PIECES` word pieces are kept in half precision, more in bytes (384 each) with a range for each channel,
    learned from some of the texts.
    """

    def __init__(
        self,
        lengths: NDArray[np.int64],
        flat: NDArray[np.float16] | NDArray[np.int8],
        coding: Coding | None = None,
        device: str = "cpu",
    ) -> None:
        """
        Args:
            lengths: int64 (texts,), pieces of each.
            flat: (pieces + 1, width); the last row stands for padding.
            coding: of bytes.
        """
        self.lengths = lengths
        self._flat = torch.from_numpy(flat).to(device)
        self._coding = None if coding is None else [torch.from_numpy(one).to(device) for one in coding]
        self._begins = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
        self._device = device

    @classmethod
    def read(
        cls,
        encoder: Encoder,
        ids: Sequence[Sequence[int]],
        layer: int,
        device: str = "cpu",
        *,
        on_batch: Callable[[int, int], None] | None = None,
        wide_pieces: int | None = None,
    ) -> States:
        """The states of texts after a layer of the encoder, written where they stay.

        Args:
            ids: word pieces of each text, marks included.
            on_batch: called with texts done and texts in all; what it raises stops the work.
            wide_pieces: instead of `WIDE_PIECES`.
        """
        lengths = np.fromiter((len(one) for one in ids), np.int64, len(ids))
        total = int(lengths.sum())
        coding = None
        if total > (WIDE_PIECES if wide_pieces is None else wide_pieces):
            some = np.linspace(0, len(ids) - 1, min(SAMPLE, len(ids))).astype(np.int64)
            sample = encoder.hidden([ids[row] for row in some.tolist()], layer)
            coding = Coding.learned(np.concatenate(sample).astype(np.float32))
        flat: Any = np.zeros((total + 1, encoder.dimension), np.float16 if coding is None else np.int8)
        begins = np.cumsum(lengths) - lengths
        for rows, counts, states in encoder.hidden_batches(ids, layer, on_batch=on_batch):
            for place, (begin, count) in enumerate(zip(begins[rows].tolist(), counts.tolist(), strict=True)):
                found = states[place, :count]
                flat[begin : begin + count] = found if coding is None else coding.coded(found)
        return cls(lengths, flat, coding, device)

    def __len__(self) -> int:
        return len(self.lengths)

    def batch(self, rows: NDArray[np.int64]) -> Batch:
        lengths = self.lengths[rows]
        longest = int(lengths.max())
        steps = np.arange(longest)
        real = steps < lengths[:, None]
        places = np.where(real, self._begins[rows][:, None] + steps, len(self._flat) - 1)
        states = self._flat[torch.from_numpy(places)].float()
        if self._coding is not None:
            centre, step = self._coding
            states = states.mul_(step).add_(centre)
        mask = torch.from_numpy(real).to(self._device)
        return Batch(rows, states, mask, None if real.all() else mask[:, None, None, :])

    def in_order(self, rows: NDArray[np.int64], texts: int, pieces: int = 2048) -> Iterator[Batch]:
        """Batches of like length, for looking only."""
        from engine.runtimes.encoder import length_batches

        for places in length_batches(self.lengths[rows], pieces=pieces, most=texts):
            yield self.batch(rows[places])

    def shuffled(self, rows: NDArray[np.int64], texts: int, rng: np.random.Generator) -> list[NDArray[np.int64]]:
        """Row numbers of one pass, in batches of like length and in random order.

        Lengths are shaken a little before sorting, so that batches differ from pass to pass.
        """
        shaken = self.lengths[rows] * rng.uniform(0.9, 1.1, len(rows)) + rng.uniform(0, 2, len(rows))
        order = rows[np.argsort(shaken, kind="stable")]
        batches = [order[begin : begin + texts] for begin in range(0, len(order), texts)]
        rng.shuffle(batches)
        return batches
