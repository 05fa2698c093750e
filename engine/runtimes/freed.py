"""Give memory that was freed back to the system, so that opening a skill costs what it keeps, not what it used."""

from __future__ import annotations

import sys


def give_back_freed() -> None:
    """On Linux with glibc; elsewhere the system does it by itself. Takes a few milliseconds."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    try:
        trim = ctypes.CDLL(None).malloc_trim
    except AttributeError:  # another C library
        return
    trim(ctypes.c_size_t(0))
