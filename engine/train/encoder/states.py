"""The trunk's states of a data set, computed once and kept in half precision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


class Batch(NamedTuple):
    """`rows` int64 (texts,); `states` float32 (texts, pieces, 384); `mask` bool (texts, pieces); `attention` is the
    mask as attention wants it, or None where nothing is padded."""

    rows: NDArray[np.int64]
    states: Tensor
    mask: Tensor
    attention: Tensor | None


class States:
    """States of texts, one after the other in one matrix, so that nothing is padded in memory.

    Args:
        parts: float16 (pieces, width) per text; the list is emptied on the way, so that nothing is held twice.
    """

    def __init__(self, parts: list[NDArray[np.float16]], device: str = "cpu") -> None:
        self.lengths = np.fromiter((len(part) for part in parts), np.int64, len(parts))
        width = parts[0].shape[1] if parts else 0
        flat = np.zeros((int(self.lengths.sum()) + 1, width), np.float16)  # the last row stands for padding
        end = len(flat) - 1
        while parts:
            part = parts.pop()
            flat[end - len(part) : end] = part
            end -= len(part)
        self._flat = torch.from_numpy(flat).to(device)
        self._begins = np.concatenate([[0], np.cumsum(self.lengths)[:-1]]).astype(np.int64)
        self._device = device

    def __len__(self) -> int:
        return len(self.lengths)

    def batch(self, rows: NDArray[np.int64]) -> Batch:
        lengths = self.lengths[rows]
        longest = int(lengths.max())
        steps = np.arange(longest)
        real = steps < lengths[:, None]
        places = np.where(real, self._begins[rows][:, None] + steps, len(self._flat) - 1)
        states = self._flat[torch.from_numpy(places)].float()
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
