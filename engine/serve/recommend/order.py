"""In which order people chose: kept beside the histories where it is known and what comes next is part of the model."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

ORDER = "order.npz"
LONG_AGO = int(np.iinfo(np.uint16).max)


def order_file(back: NDArray[np.uint16]) -> bytes:
    """`back`: for each entry of the histories, how many choices of the same person are newer."""
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, back=back.astype(np.uint16))
    return out.getvalue()


def read_order(raw: bytes) -> NDArray[np.uint16]:
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        return np.asarray(arrays["back"], np.uint16)


def recent_weights(back: NDArray[np.uint16], last: int, decay: float) -> NDArray[np.float32]:
    """What each entry counts for what comes next: the newest 1, each before it `decay` less, `last` at most."""
    return np.where(back < last, np.float32(decay) ** back.astype(np.float32), 0).astype(np.float32)
