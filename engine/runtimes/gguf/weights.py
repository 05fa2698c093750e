"""The tensors of a GGUF file whose header was checked, one at a time, as 32-bit numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import GgufUnusable
from engine.runtimes.gguf.dequantise import KNOWN, dequantise
from engine.runtimes.gguf.header import Header, Tensor
from engine.runtimes.gguf.kinds import TENSOR_KINDS

ROWS_AT_ONCE = 4 << 20  # numbers; turning back the kinds of 4 to 6 bits takes several copies


class Weights:
    """Reads tensors by name; nothing stays mapped or open."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self.places: dict[str, Tensor] = {one.name: one for one in header.tensors}

    def shape(self, name: str) -> tuple[int, ...]:
        """Rows first, as numpy has it."""
        return tuple(reversed(self.places[name].shape))

    def check_kinds(self) -> None:
        """Raise for weights that cannot be turned back into numbers. Raises: GgufUnusable."""
        for one in self.places.values():
            kind = TENSOR_KINDS[one.kind][0]
            if kind not in KNOWN:
                raise GgufUnusable(
                    path=self._header.path,
                    reason=f"its weights {one.name} are packed as {kind}, which cannot be taught over or merged; "
                    f"take the same model as one of {', '.join(KNOWN)}.",
                )

    def raw(self, name: str) -> NDArray[np.uint8]:
        """The packed bytes of a tensor. Raises: GgufUnusable."""
        place = self.places[name]
        try:
            with Path(self._header.path).open("rb") as file:
                file.seek(self._header.weights_start + place.offset)
                found = np.fromfile(file, np.uint8, place.bytes)
        except OSError as error:
            raise GgufUnusable(path=self._header.path, reason=f"it cannot be read ({error.strerror}).") from error
        if len(found) != place.bytes:
            raise GgufUnusable(path=self._header.path, reason=f"it ends within its tensor {name}.")
        return found

    def read(self, name: str) -> NDArray[np.float32]:
        """A tensor as float32, rows first. Raises: GgufUnusable."""
        place = self.places[name]
        _, block, size = TENSOR_KINDS[place.kind]
        packed = self.raw(name)
        numbers = np.empty(place.numbers, np.float32)
        step = max(1, ROWS_AT_ONCE // block)
        for at in range(0, place.numbers // block, step):
            part = dequantise(place.kind, packed[at * size : (at + step) * size])
            numbers[at * block : at * block + len(part)] = part
        return numbers.reshape(self.shape(name))
