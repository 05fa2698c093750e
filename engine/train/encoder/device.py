"""Which processor a training runs on: the one asked for, or the best there is. For workers, where torch may load."""

from __future__ import annotations

import platform

from msgspec import Struct

from engine.errors import DeviceMissing
from engine.jobs.child import Link

DEVICES = ("auto", "cpu", "cuda", "mps")


class DeviceSpec(Struct, frozen=True):
    device: str


class Device(Struct, frozen=True):
    """`name` is what torch calls it; `free_mb` of its own memory, None where it shares the machine's."""

    name: str
    title: str
    free_mb: float | None = None


def choose_device(asked: str) -> str:
    """The name by which torch knows the device: cpu, cuda or mps.

    Args:
        asked: auto takes CUDA, then MPS, then the processor.
    Raises:
        DeviceMissing: what was asked for is not here, and why.
    """
    import torch

    if asked in ("auto", "cuda") and torch.cuda.is_available():
        return "cuda"
    if asked in ("auto", "mps") and torch.backends.mps.is_available():
        return "mps"
    if asked in ("auto", "cpu"):
        return "cpu"
    raise DeviceMissing(device=asked, reason=_why_not(asked))


def _why_not(asked: str) -> str:
    import torch

    if asked == "cuda":
        if torch.version.cuda is None and torch.version.hip is None:
            return "the installed PyTorch was built for the processor alone."
        return "no NVIDIA graphics card with a working driver is found on this machine."
    if asked == "mps":
        if platform.system() != "Darwin":
            return f"it exists on Apple computers only, and this machine runs {platform.system()}."
        return "this Mac has no graphics processor that PyTorch can use, or its macOS is older than 12.3."
    return f"it is not one of {', '.join(DEVICES)}."


def find_device(spec: DeviceSpec, link: Link) -> Device:
    """Task "find_device": what a training would run on.

    Raises:
        DeviceMissing.
    """
    import torch

    link.check()
    name = choose_device(spec.device)
    free = round(torch.cuda.mem_get_info()[0] / 2**20) if name == "cuda" else None
    return Device(name, device_title(name), free)


def device_title(name: str) -> str:
    """What a person calls a device that is here."""
    import torch

    if name == "cuda":
        return str(torch.cuda.get_device_name())
    return "Apple graphics (MPS)" if name == "mps" else "processor"
