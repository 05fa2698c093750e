"""What a training sends so that it can go on after a crash or a power cut."""

from __future__ import annotations

from msgspec import Struct


class Checkpoint(Struct, frozen=True):
    """The whole state of a training as one blob; `epoch` counts passes over the data, `step` steps in all."""

    epoch: float
    step: int
    body: bytes
