"""Who reads: a skill, or labels that were typed by hand; and how sure it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.api import Classify, ClassifyFile


@dataclass(frozen=True)
class Reader:
    """`pack` names a skill; without it `labels` are used (zero-shot). `precision` None never abstains."""

    pack: str | None = None
    labels: tuple[str, ...] = ()
    precision: float | None = None

    @property
    def ready(self) -> bool:
        """Something to read with is there; a single label would leave nothing to decide."""
        return self.pack is not None or len(self.labels) >= 2

    def read(self, texts: Sequence[str]) -> Classify:
        return Classify(tuple(texts), self.pack, self.labels, self.precision)

    def read_file(self, source: Path, output: Path, column: str) -> ClassifyFile:
        return ClassifyFile(str(source), str(output), column, self.pack, self.labels, self.precision)
