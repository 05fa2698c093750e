"""npz from a file that may come from a stranger: every header is bounded before an array is made."""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.lib import format as npy

from engine.errors import PackUnusable

MOST_ARRAYS = 256
MOST_BYTES = 1 << 30
MOST_HEADER = 4096
KINDS = "biufU"  # truths, numbers, texts; never objects, which would mean pickle


def check_arrays(body: bytes, pack: str, file: str) -> int:
    """Raise unless `body` is an npz of plain arrays whose headers match what is stored.

    Returns:
        How many bytes the arrays take unpacked.
    Raises:
        PackUnusable.
    """

    def unusable(reason: str) -> PackUnusable:
        return PackUnusable(name=pack, reason=f"its file {file} {reason}.")

    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = archive.infolist()
            if not 1 <= len(parts) <= MOST_ARRAYS:
                raise unusable(f"holds {len(parts)} arrays, and the most is {MOST_ARRAYS}")
            for part in parts:
                total += part.file_size
                if part.flag_bits & 1 or not part.filename.endswith(".npy"):
                    raise unusable("holds something that is not a plain array")
                if total > MOST_BYTES:
                    raise unusable(f"unpacks to more than {MOST_BYTES >> 20} MB")
                with archive.open(part) as stream:
                    if _declared_bytes(stream) != part.file_size:
                        raise unusable("holds an array whose header does not match its data")
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise unusable("is no set of plain arrays, or is damaged") from error
    return total


def _declared_bytes(stream: Any) -> int:
    """Bytes that a .npy says it has, its header included; ValueError for anything but a plain array."""
    version = npy.read_magic(stream)
    read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}.get(version)
    if read is None:
        raise ValueError("an unknown version of the array format")
    shape, _fortran, dtype = read(stream, max_header_size=MOST_HEADER)
    lengths_sound = all(type(one) is int and one >= 0 for one in shape)
    if dtype.hasobject or not isinstance(dtype, np.dtype) or dtype.kind not in KINDS or not lengths_sound:
        raise ValueError("not a plain array")
    return int(stream.tell()) + math.prod(shape) * dtype.itemsize
