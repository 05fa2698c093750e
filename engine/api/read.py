"""Read: teach a skill, label texts and files with it, measure it."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct

from engine.api.base import Request, Result
from engine.api.data import LintFinding
from engine.api.teach import CurvePoint, TrainOptions
from engine.values import LabelScore, Rejection


class TrainClassifier(Request, frozen=True):
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


class LabelReport(Struct, frozen=True):
    label: str
    precision: float
    recall: float
    f1: float
    support: int


class RiskPoint(Struct, frozen=True):
    """Answering only texts whose score is at least `threshold` covers `coverage` of them at `precision`."""

    threshold: float
    coverage: float
    precision: float


class SliceScore(Struct, frozen=True):
    """Accuracy on a part of the held-out texts: `column` is "length", "language" or a column of the data set."""

    column: str
    value: str
    texts: int
    accuracy: float
    accuracy_low: float
    accuracy_high: float


class RobustnessScore(Struct, frozen=True):
    """Held-out texts that a change touches, before and after it; `kept` is the share whose answer stays the same.
    `change`: typos, upper case, lower case, negation, names, gender. A negation should change the answer to texts
    with a mood, so there `kept` is told without a judgement."""

    change: str
    texts: int
    accuracy: float
    accuracy_changed: float
    kept: float


class OutOfScope(Struct, frozen=True):
    """How well the score tells texts of no label from texts that have one, measured by leaving labels out:
    `auroc`, and the share of foreign texts turned away where 95 % of the known ones are kept."""

    auroc: float
    turned_away: float
    threshold: float
    texts: int
    left_out: tuple[str, ...] = ()


ADAPTING = ("lora", "adalora", "prefix", "full")
"""Methods that change the encoder's layers. What `OutOfScope` says of such a skill is an estimate with a head on the
unchanged encoder: the changed layers were taught the texts of every label, so none of them is foreign to them."""


class ClassifierTrained(Result, frozen=True):
    """`metrics`: accuracy, accuracy_low, accuracy_high (95 %), macro_f1, ece, ece_before, n_valid, n_train, and auc
    where there are two labels.

    `quantisation` (adapted skills): fp32 and int8 accuracy on held-out texts, and `used_fp32` (0 or 1) where int8 lost
    more than half a point. `forgetting` (continual): accuracy on the labels known before, `before` and `after`.
    """

    pack: str
    version: int
    method: str
    seconds: float
    epochs: int
    metrics: dict[str, float]
    promoted: bool
    peak_mb: float
    adapter_bytes: int
    per_label: tuple[LabelReport, ...]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    """Rows are true labels, columns are answers, in the order of `labels`."""
    risk_coverage: tuple[RiskPoint, ...]
    mistakes: tuple[dict[str, Any], ...]
    """Most confident mistakes on held-out data: text, label, predicted, score."""
    lint: tuple[LintFinding, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    slices: tuple[SliceScore, ...] = ()
    robustness: tuple[RobustnessScore, ...] = ()
    out_of_scope: OutOfScope | None = None
    quantisation: dict[str, float] = {}
    forgetting: dict[str, float] = {}
    notes: tuple[str, ...] = ()
    """Plain sentences on what was decided on the way (method, layers, stopped early, fell back)."""


class Classify(Request, frozen=True):
    """Give `pack`, or `labels` for zero-shot. `precision`: abstain below the score that reached it on held-out data."""

    texts: tuple[str, ...]
    pack: str | None = None
    labels: tuple[str, ...] = ()
    precision: float | None = None


class TextLabel(Struct, frozen=True):
    text: str
    label: str
    score: float
    abstain: bool
    top: tuple[LabelScore, ...]


class Classified(Result, frozen=True):
    """`notice`: what to know about the asked-for precision, for example that it cannot be promised."""

    results: tuple[TextLabel, ...]
    threshold: float
    seconds: float
    notice: str = ""


class ClassifyFile(Request, frozen=True):
    """Label a table into a new table (csv, tsv, xlsx, jsonl by the ending of `output`)."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Label {input}"
    input: str
    output: str
    text_column: str
    pack: str | None = None
    labels: tuple[str, ...] = ()
    precision: float | None = None


class FileClassified(Result, frozen=True):
    output: str
    rows: int
    labelled: int
    abstained: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    counts: dict[str, int]
    seconds: float
    notice: str = ""


class Evaluate(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Evaluate {pack} on {dataset}"
    pack: str
    dataset: str


class Evaluated(Result, frozen=True):
    """`auc` of two labels, None for more or where one occurs. `taught` counts texts that this version was taught: what
    is measured on them is memory."""

    n: int
    accuracy: float
    macro_f1: float
    per_label: tuple[LabelReport, ...]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    ece: float
    risk_coverage: tuple[RiskPoint, ...]
    unknown_labels: tuple[str, ...] = ()
    auc: float | None = None
    taught: int = 0
