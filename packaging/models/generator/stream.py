"""Token files on disk, and which of their windows a step reads.

Every group of sources (`sources.py`) has one file of uint16 tokens, its documents in an order shuffled by the seed,
each ended by the end-of-text token. A table of SCHEDULE rows deals rows out to groups in the wanted shares; a row of a
run reads the next window of its group. So a window follows from the row's number alone. A group that is read through
starts over a few tokens further on, so that windows are cut in other places.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SCHEDULE = 1000


class Stream:
    """Windows of `length` + 1 tokens, dealt out by shares."""

    def __init__(self, files: Mapping[str, Path], shares: Mapping[str, float], length: int, seed: int) -> None:
        """`files`: group to token file; groups without a file or with too few tokens are left out."""
        self.length, self.seed = length, seed
        self.tokens: list[NDArray[np.uint16]] = []
        self.names: list[str] = []
        wanted = []
        for name, share in shares.items():
            if share > 0 and name in files and files[name].stat().st_size >= 2 * (2 * length + 2):
                self.tokens.append(np.memmap(files[name], dtype=np.uint16, mode="r"))
                self.names.append(name)
                wanted.append(share)
        if not wanted:
            raise ValueError("no group of sources has enough tokens for one window")
        self.dealt = deal(np.asarray(wanted), seed)
        seen = np.zeros((SCHEDULE, len(wanted)), np.int64)
        for group in range(len(wanted)):
            seen[:, group] = np.cumsum(self.dealt == group) - (self.dealt == group)
        self.before = seen
        self.per_round = np.bincount(self.dealt, minlength=len(wanted))

    def row(self, number: int) -> NDArray[np.int64]:
        """Tokens of row `number`, int64 (length + 1,)."""
        round_, place = divmod(number, SCHEDULE)
        group = int(self.dealt[place])
        window = round_ * int(self.per_round[group]) + int(self.before[place, group])
        tokens = self.tokens[group]
        per_pass = (len(tokens) - 1) // self.length - 1
        again, window = divmod(window, per_pass)
        start = window * self.length + (again * 7919 + self.seed) % self.length
        return np.asarray(tokens[start : start + self.length + 1], np.int64)

    def rows(self, first: int, count: int) -> NDArray[np.int64]:
        """Rows `first` and on, (count, length + 1)."""
        return np.stack([self.row(number) for number in range(first, first + count)])

    def passes(self, rows: int) -> dict[str, float]:
        """How often each group was read through after that many rows."""
        return {
            name: round(rows * int(self.per_round[group]) / SCHEDULE * self.length / len(self.tokens[group]), 3)
            for group, name in enumerate(self.names)
        }


def deal(shares: NDArray[Any], seed: int) -> NDArray[np.int64]:
    """SCHEDULE group numbers in these shares (largest remainders), shuffled."""
    exact = shares / shares.sum() * SCHEDULE
    counts = np.floor(exact).astype(np.int64)
    for group in np.argsort(counts - exact, kind="stable")[: SCHEDULE - int(counts.sum())]:
        counts[group] += 1
    dealt = np.repeat(np.arange(len(shares)), counts)
    np.random.default_rng(seed).shuffle(dealt)
    return dealt
