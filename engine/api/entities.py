"""Entities: teach a reader of names and terms, and read texts and files with it."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct

from engine.api.base import Request, Result
from engine.api.data import LintFinding
from engine.api.teach import CurvePoint, TrainOptions
from engine.values import Rejection


class TrainEntities(Request, frozen=True):
    """`dataset` is of kind entities; `method` is auto, head, lora, adalora, prefix or full."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Train {pack}"
    dataset: str
    pack: str
    method: str = "auto"
    valid_dataset: str | None = None
    max_minutes: float | None = None
    seed: int = 0
    device: str = "auto"
    options: TrainOptions = TrainOptions()


class EntityReport(Struct, frozen=True):
    """Exact match of span and label. `support` counts true entities."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


class EntitiesTrained(Result, frozen=True):
    """`metrics`: f1, f1_low, f1_high (95 %, by resampling texts), precision, recall, macro_f1, ece,
    n_valid, n_train."""

    pack: str
    version: int
    method: str
    seconds: float
    epochs: int
    metrics: dict[str, float]
    promoted: bool
    peak_mb: float
    adapter_bytes: int
    labels: tuple[str, ...]
    per_label: tuple[EntityReport, ...]
    mistakes: tuple[dict[str, Any], ...] = ()
    """Most confident mistakes on held-out texts: text, start, end, label, predicted, score."""
    curve: tuple[CurvePoint, ...] = ()
    quantisation: dict[str, float] = {}
    notes: tuple[str, ...] = ()
    lint: tuple[LintFinding, ...] = ()


class ExtractEntities(Request, frozen=True):
    pack: str
    texts: tuple[str, ...]


class Entity(Struct, frozen=True):
    """Offsets count characters of the text; `score` is the probability that span and label are right."""

    start: int
    end: int
    label: str
    score: float
    text: str = ""


class TextEntities(Struct, frozen=True):
    text: str
    entities: tuple[Entity, ...]


class EntitiesFound(Result, frozen=True):
    results: tuple[TextEntities, ...]
    seconds: float


class ExtractFile(Request, frozen=True):
    """Read a table into a new table: its columns plus `entities` (JSON list; for jsonl a list)."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Find entities in {input}"
    pack: str
    input: str
    output: str
    text_column: str


class FileExtracted(Result, frozen=True):
    output: str
    rows: int
    entities: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    counts: dict[str, int]
    seconds: float


class EvaluateEntities(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Evaluate {pack} on {dataset}"
    pack: str
    dataset: str


class EntitiesEvaluated(Result, frozen=True):
    """`taught` counts texts that this version was taught: what is measured on them is memory. `ece` is that of the
    scores of entities."""

    n: int
    precision: float
    recall: float
    f1: float
    macro_f1: float
    per_label: tuple[EntityReport, ...]
    mistakes: tuple[dict[str, Any], ...] = ()
    ece: float = 0.0
    taught: int = 0
