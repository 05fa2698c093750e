"""Which marked texts are taught, which say when to stop, and which the report is about; no text is in two parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.dataset.split import group_texts

STOP_SHARE, REPORT_SHARE = 0.1, 0.1
FEW_TEXTS = 400  # with fewer, larger shares are held out: a report on ten texts says nothing
FEW_SHARE = 0.15


class Parts(NamedTuple):
    """Row numbers, ascending. `report` is empty where another data set is reported on."""

    taught: NDArray[np.int64]
    stop: NDArray[np.int64]
    report: NDArray[np.int64]


def split(texts: Sequence[str], marked: Sequence[bool], *, report: bool, seed: int = 0) -> Parts:
    """Spread texts over the parts by seed; texts with and without entities in like shares.

    Args:
        marked: whether a text has an entity.
        report: whether a part for the report is wanted.
    """
    rng = np.random.default_rng(seed)
    groups = group_texts(texts)
    _, first = np.unique(groups, return_index=True)
    part_of = np.zeros(len(first), dtype=np.int64)
    has_entity = np.asarray(marked, dtype=bool)[first]
    shares = (STOP_SHARE, REPORT_SHARE) if len(first) >= FEW_TEXTS else (FEW_SHARE, FEW_SHARE)
    for kind in (True, False):
        members = rng.permutation(np.flatnonzero(has_entity == kind))
        stop = max(1, round(shares[0] * len(members))) if len(members) >= 3 else 0
        told = max(1, round(shares[1] * len(members))) if len(members) >= 3 and report else 0
        part_of[members[:stop]] = 1
        part_of[members[stop : stop + told]] = 2
    part = part_of[groups]
    return Parts(*(np.flatnonzero(part == number) for number in range(3)))
