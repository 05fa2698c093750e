"""Which texts the version in use was taught: what is measured on them is memory."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np

from engine.host.context import Context
from engine.store import packs
from engine.train.classify.files import HELD_OUT_FILE, digests


def count_taught(ctx: Context, pack: str, texts: Sequence[str]) -> int:
    """How many of the texts the version in use learned with a label; 0 where it does not say, as one from elsewhere.

    Raises:
        UnknownName, PackUnusable.
    """
    stored = packs.current(ctx.store, pack)
    files = stored.files
    if HELD_OUT_FILE not in files or stored.manifest.get("method") == "zero":
        return 0
    with np.load(io.BytesIO(files[HELD_OUT_FILE]), allow_pickle=False) as kept:
        return int(np.isin(digests(texts), kept["taught"]).sum())
