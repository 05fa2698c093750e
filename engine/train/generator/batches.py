"""Sequences of like length in batches, padded at the end, where the model's positions never look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from engine.train.generator.talks import Cut

WINDOW = 16
"""Batches whose sequences are sorted by length together; more would make the order of what is learned depend on it."""


class Batch(NamedTuple):
    """`tokens` int64 (rows, positions); `wanted` int64 (rows, positions) is the next token where that is learned, and
    -1 elsewhere; `learned` counts those."""

    tokens: Tensor
    wanted: Tensor
    learned: int


def batches(cuts: Sequence[Cut], size: int, random: np.random.Generator) -> list[list[int]]:
    """Numbers of sequences, in steps of about `size`, each of like lengths, in random order."""
    order = random.permutation(len(cuts))
    found: list[list[int]] = []
    for at in range(0, len(order), size * WINDOW):
        window = sorted(order[at : at + size * WINDOW].tolist(), key=lambda number: len(cuts[number].tokens))
        found += [window[start : start + size] for start in range(0, len(window), size)]
    random.shuffle(found)
    return found


def parts(cuts: Sequence[Cut], numbers: Sequence[int], tokens_at_once: int, device: str) -> Iterator[Batch]:
    """A step's sequences in parts of at most so many tokens, padding included, or of one sequence."""
    waiting: list[int] = []
    for number in sorted(numbers, key=lambda one: len(cuts[one].tokens)):
        if waiting and (len(waiting) + 1) * len(cuts[number].tokens) > tokens_at_once:
            yield _batch([cuts[one] for one in waiting], device)
            waiting = []
        waiting.append(number)
    if waiting:
        yield _batch([cuts[one] for one in waiting], device)


def _batch(cuts: Sequence[Cut], device: str) -> Batch:
    longest = max(len(one.tokens) for one in cuts) - 1
    tokens = np.zeros((len(cuts), longest), np.int64)
    wanted = np.full((len(cuts), longest), -1, np.int64)
    for row, one in enumerate(cuts):
        length = len(one.tokens) - 1
        tokens[row, :length] = one.tokens[:-1]
        wanted[row, :length] = np.where(one.learned[1:], one.tokens[1:], -1)
    return Batch(
        torch.from_numpy(tokens).to(device), torch.from_numpy(wanted).to(device), int((wanted >= 0).sum())
    )  # fmt: skip
