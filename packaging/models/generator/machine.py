"""Which device a run uses, and in which precision."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
from generator.model import Llama

M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4
"""Names of settings in glibc's malloc.h."""


@dataclass(frozen=True)
class Machine:
    """`half`: compute in bfloat16. `compiled`: through torch.compile."""

    device: torch.device
    half: bool
    compiled: bool
    name: str

    @property
    def fused(self) -> bool:
        return self.device.type == "cuda"


def choose(wanted: str) -> Machine:
    """`auto` takes CUDA, then MPS, then the processor.

    Raises:
        ValueError: the wanted device is not here.
    """
    if wanted == "auto":
        wanted = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    if wanted == "cuda":
        if not torch.cuda.is_available():
            raise ValueError("--device cuda: this PyTorch sees no CUDA card")
        torch.set_float32_matmul_precision("high")
        return Machine(torch.device("cuda"), True, True, torch.cuda.get_device_name())
    if wanted == "mps":
        if not torch.backends.mps.is_available():
            raise ValueError("--device mps: this PyTorch sees no Apple GPU")
        return Machine(torch.device("mps"), False, False, "Apple GPU")
    if wanted != "cpu":
        raise ValueError(f"--device {wanted}: it has to be auto, cpu, cuda or mps")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    torch.set_num_threads(cores)
    keep_memory()
    return Machine(torch.device("cpu"), half_pays(), compile_pays(), f"{cores} processor cores")


def keep_memory() -> None:
    """Freed tensors stay with the process, where the C library is glibc.

    It gives large ones back to the system at once, and every step then asks for the same pages again, zeroed: a third
    of a step's time on a processor.
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if library is not None and hasattr(library, "gnu_get_libc_version"):
        library.mallopt(M_MMAP_MAX, 0)
        library.mallopt(M_TRIM_THRESHOLD, 2**31 - 1)


def half_pays() -> bool:
    """True where the processor multiplies bfloat16 itself (AVX512-BF16 or AMX)."""
    facts = Path("/proc/cpuinfo")
    text = facts.read_text() if facts.exists() else ""
    return "avx512_bf16" in text or "amx_bf16" in text


def compile_pays() -> bool:
    """torch.compile on the processor needs a C++ compiler."""
    import shutil

    return shutil.which("g++") is not None


def compiled(model: Llama, machine: Machine, *, dynamic: bool = False) -> None:
    """`model.states` is replaced by its compiled form where that pays; `dynamic` where batches have many shapes."""
    if machine.compiled:
        model.states = torch.compile(model.states, dynamic=dynamic)  # type: ignore[method-assign]
