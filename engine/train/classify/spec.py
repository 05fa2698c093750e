"""What a training of a classifier gets, and what it gives back."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from engine.api import CurvePoint, LabelReport, LintFinding, OutOfScope, RiskPoint, RobustnessScore, SliceScore
from engine.train.encoder.settings import AdaptSettings


class TeachSpec(Struct, frozen=True):
    """Labels are numbers into `labels`, which is sorted. `vectors` float32 bytes (texts, dimension), empty where the
    encoder does not cover the texts; `label_vectors` (labels, dimension) for zero-shot alone. Valid texts whose label
    the training texts lack carry -1. The last `guessed` texts carry labels that a skill gave them: they are never
    held out, and heads that answer for held-out texts are not taught them."""

    method: str
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    truth: tuple[int, ...]
    vectors: bytes
    dimension: int
    known_share: float
    languages: tuple[str, ...] = ("en",)
    """What the encoders read of the texts (engine/language/reads.py)."""
    seed: int = 0
    max_seconds: float | None = None
    label_vectors: bytes = b""
    valid_texts: tuple[str, ...] = ()
    valid_truth: tuple[int, ...] = ()
    valid_vectors: bytes = b""
    guessed: int = 0
    named: int = 0
    """So many texts before the guessed ones are made of the labels' names; they are never held out either."""
    held_before: tuple[int, ...] = ()
    """Rows that the version in use held out (see `folds.py`)."""
    adapt: AdaptSettings | None = None
    """For lora, adalora, prefix and full; the fields below belong to these methods alone."""
    encoder_folder: str = ""
    word_encoder_folder: str = ""
    """Of the encoder of Chinese texts; empty where the vectors are the English encoder's alone."""
    threads: int = 0
    smoothing: float = 0.1
    balance: bool = False
    augment: bool = False
    teacher: bytes = b""
    """float32 (texts, labels), a larger skill's probabilities; empty for none."""
    columns: dict[str, tuple[str, ...]] = {}
    """Other columns of the data set, a value for each text that may be held out; the report tells the accuracy by
    their values. With valid texts, it goes by `valid_columns`."""
    valid_columns: dict[str, tuple[str, ...]] = {}
    resume: bytes = b""
    looseness: float | None = None
    """Of the head, with `share_balance`, where a search has found them; None lets the training choose."""
    share_balance: float = 0.0


class Taught(Struct, frozen=True):
    """The skill's files and what is known of it. `checked`: "folds" or "valid set"; `adapter_bytes` counts what
    serving needs."""

    files: dict[str, bytes]
    adapter_bytes: int
    features: str
    looseness: float
    balance: float
    rounds: int
    checked: str
    folds: int
    metrics: dict[str, float]
    per_label: tuple[LabelReport, ...]
    confusion: tuple[tuple[int, ...], ...]
    risk_coverage: tuple[RiskPoint, ...]
    mistakes: tuple[dict[str, Any], ...]
    unchecked_labels: tuple[str, ...]
    peak_mb: float
    passes: float = 0.0
    curve: tuple[CurvePoint, ...] = ()
    quantisation: dict[str, float] = {}
    notes: tuple[str, ...] = ()
    slices: tuple[SliceScore, ...] = ()
    robustness: tuple[RobustnessScore, ...] = ()
    out_of_scope: OutOfScope | None = None
    doubts: LintFinding | None = None
    """Labels that are probably wrong, by what heads say that were not taught them."""
