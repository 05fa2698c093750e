"""What the processor can do that decides between kernels."""

from __future__ import annotations

import contextlib
import importlib
from functools import cache
from pathlib import Path


@cache
def multiplies_bytes_exactly() -> bool:
    """Whether this x86 processor has VNNI, whose byte products are summed in 32 bits.

    Without it (AVX2, plain AVX-512) sums of byte products can overflow 16 bits: exact but slower kernels are needed.
    False where it cannot be told: slower and right.
    """
    names = {name.lower().replace("_", "") for name in (*_from_linux(), *_from_numpy())}
    return bool(names & {"avx512vnni", "avxvnni"})


def _from_linux() -> list[str]:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("flags"):
                return line.split()
    return []


def _from_numpy() -> list[str]:
    """Numpy asks the processor itself, on every system; where it keeps the answer is its own affair."""
    with contextlib.suppress(ImportError, AttributeError):
        features: dict[str, bool] = importlib.import_module("numpy._core._multiarray_umath").__cpu_features__
        return [name for name, present in features.items() if present]
    return []
