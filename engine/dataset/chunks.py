"""How rows lie in the store: about a thousand at a time, as JSON that zlib has packed.

Packing is done where the rows are read, so that the process which owns the workspace only moves bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec
from msgspec import Struct

CHUNK_ROWS = 1000
_LEVEL = 3  # 1 to 9; beyond 3 it takes twice the time for a tenth of the size


class Rows(Struct, frozen=True, array_like=True):
    """Rows of cells in the order of `columns`."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Rows)


def pack(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as bytes; `unpack` gives them back."""
    return zlib.compress(_encoder.encode(Rows(tuple(columns), rows)), _LEVEL)


def unpack(data: bytes) -> Rows:
    return _decoder.decode(zlib.decompress(data))
