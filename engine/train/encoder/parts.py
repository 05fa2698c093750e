"""A training in two parts: the one that is checked, and then, with the held-out texts too, the one that is kept.

A checkpoint of the second part carries the end of the first, so that going on repeats neither.
"""

from __future__ import annotations

import struct

from engine.train.encoder.checkpoint import Checkpoint
from engine.train.encoder.loop import Link

MARK = b"casemate second part\n"
STAGE = "settle"


class SecondPart:
    """The link of the second part.

    Args:
        first: state at the end of the first part.
        passes: of the first part.
    """

    def __init__(self, link: Link, first: bytes, passes: float) -> None:
        self._link, self._first, self._passes = link, first, passes

    @property
    def held_s(self) -> float:
        """Seconds that the job was paused."""
        return getattr(self._link, "held_s", 0.0)

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None:
        """The curve shows the first part alone, which was checked."""
        del stage, values
        self._link.report(done, total, STAGE, note)

    def send(self, item: Checkpoint) -> None:
        body = MARK + struct.pack("<I", len(self._first)) + self._first + item.body
        self._link.send(Checkpoint(self._passes + item.epoch, item.step, body))

    def check(self) -> None:
        self._link.check()


def split_parts(body: bytes) -> tuple[bytes, bytes]:
    """The states of both parts out of a checkpoint's body; the second is empty while the first is under way."""
    if not body.startswith(MARK) or len(body) < len(MARK) + 4:
        return body, b""
    begin = len(MARK) + 4
    (length,) = struct.unpack_from("<I", body, len(MARK))
    return body[begin : begin + length], body[begin + length :]
