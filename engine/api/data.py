"""Data sets: look at files, import, list, check, hand out."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from engine.api.base import Request, Result
from engine.values import DatasetKind, Rejection


class PreviewFile(Request, frozen=True):
    """Look at a table without storing anything."""

    path: str
    rows: int = 30


class FilePreview(Result, frozen=True):
    path: str
    format: str
    encoding: str | None
    delimiter: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: DatasetKind
    mappings: dict[str, dict[str, str]]
    """Suggested mapping (field -> column) for every kind that the columns could serve."""
    warnings: tuple[str, ...]


class ImportData(Request, frozen=True):
    """`mapping` is field -> column; fields that it leaves out are guessed from the column names.

    `append`: add the rows to the data set of that name (or begin one), for exports that come week by week."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Import {name}"
    path: str
    name: str
    kind: DatasetKind
    mapping: dict[str, str] = {}
    replace: bool = False
    append: bool = False


class RejectedReason(Struct, frozen=True):
    """How many rows were refused for one reason, and the first few of them."""

    code: str
    count: int
    examples: tuple[Rejection, ...]


class DataImported(Result, frozen=True):
    dataset: str
    kind: DatasetKind
    rows: int
    accepted: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    encoding: str | None
    delimiter: str | None
    mapping: dict[str, str]
    warnings: tuple[str, ...]
    seconds: float
    reasons: tuple[RejectedReason, ...] = ()
    """Refused rows by reason, most frequent first."""
    total: int = 0
    """Rows that the data set has now."""


class ListDatasets(Request, frozen=True):
    pass


class DatasetInfo(Struct, frozen=True):
    name: str
    kind: DatasetKind
    rows: int
    version: int
    created: str
    source: str
    labels: int = 0


class Datasets(Result, frozen=True):
    datasets: tuple[DatasetInfo, ...]


class ShowDataset(Request, frozen=True):
    name: str
    offset: int = 0
    limit: int = 100


class DatasetPage(Result, frozen=True):
    dataset: DatasetInfo
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    offset: int
    labels: dict[str, int] = {}
    """Count per label, for labelled data."""


class LintDataset(Request, frozen=True):
    """Look for what is wrong with a data set. With `valid_dataset`, also for texts of it that would be taught.

    `doubts`: look for labels that are probably wrong, too, which takes some seconds (labelled data only)."""

    name: str
    valid_dataset: str | None = None
    doubts: bool = True


class LintFinding(Struct, frozen=True):
    """`severity` is "error" (training would refuse), "warning" or "note"; `examples` are at most five rows."""

    code: str
    severity: str
    message: str
    count: int
    examples: tuple[str, ...] = ()


class DatasetLint(Result, frozen=True):
    dataset: str
    rows: int
    ok: bool
    findings: tuple[LintFinding, ...]


class ExportDataset(Request, frozen=True):
    name: str
    path: str


class Exported(Result, frozen=True):
    path: str
    rows: int


class DeleteDataset(Request, frozen=True):
    name: str
