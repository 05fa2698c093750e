"""Bytes for a library that reads files by their path alone, without leaving them on a disk.

On Linux they stand in memory and have no name in any folder. Elsewhere they lie for a moment in a file that only this
user may read, and that is gone once the library has read it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def readable(body: bytes) -> Iterator[str]:
    """A path that gives the bytes while the block runs."""
    if hasattr(os, "memfd_create") and Path("/proc/self/fd").is_dir():
        with os.fdopen(os.memfd_create("casemate"), "wb") as file:
            file.write(body)
            file.flush()
            yield f"/proc/self/fd/{file.fileno()}"
        return
    handle, path = tempfile.mkstemp(prefix="casemate-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        yield path
    finally:
        Path(path).unlink(missing_ok=True)
