"""Who reads: a skill, or labels that were typed by hand; and how sure it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.api import Classify, ClassifyFile, ExtractEntities, ExtractFile


@dataclass(frozen=True)
class Reader:
    """`pack` names a skill; without it `labels` are used (zero-shot). `precision` None never abstains.

    `finds` is set for a skill that finds names and terms in a text instead of labelling it. `known` are the labels of
    the skill.
    """

    pack: str | None = None
    labels: tuple[str, ...] = ()
    precision: float | None = None
    finds: bool = False
    known: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Something to read with is there; a single label would leave nothing to decide."""
        return self.pack is not None or len(self.labels) >= 2

    def read(self, texts: Sequence[str]) -> Classify | ExtractEntities:
        if self.finds and self.pack is not None:
            return ExtractEntities(self.pack, tuple(texts))
        return Classify(tuple(texts), self.pack, self.labels, self.precision)

    def read_file(self, source: Path, output: Path, column: str) -> ClassifyFile | ExtractFile:
        if self.finds and self.pack is not None:
            return ExtractFile(self.pack, str(source), str(output), column)
        return ClassifyFile(str(source), str(output), column, self.pack, self.labels, self.precision)
