"""Jobs, the audit log, settings and samples."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct

from engine.api.base import Request, Result
from engine.values import JobState, Progress


class ListJobs(Request, frozen=True):
    limit: int = 100


class JobInfo(Struct, frozen=True):
    id: int
    title: str
    kind: str
    state: JobState
    created: str
    finished: str | None = None
    seconds: float | None = None
    progress: Progress | None = None
    message: str | None = None


class Jobs(Result, frozen=True):
    jobs: tuple[JobInfo, ...]


class CancelJob(Request, frozen=True):
    id: int


class ClearJobs(Request, frozen=True):
    """Take finished jobs off the list."""


class ListAudit(Request, frozen=True):
    limit: int = 200


class AuditEntry(Struct, frozen=True):
    """`subject` is shown to the owner of the workspace alone; the chain holds its digest."""

    seq: int
    time: str
    action: str
    subject: str
    digest: str


class AuditEntries(Result, frozen=True):
    entries: tuple[AuditEntry, ...]


class GetSettings(Request, frozen=True):
    """Settings that belong to the workspace (the look of the window is kept by the window)."""


class SettingsValues(Result, frozen=True):
    values: dict[str, Any]


class ChangeSettings(Request, frozen=True):
    values: dict[str, Any]


class LoadSamples(Request, frozen=True):
    """Fill the workspace with the bundled samples (`language` "en" or "zh")."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Load the samples"
    language: str = "en"


class SamplesLoaded(Result, frozen=True):
    datasets: tuple[str, ...]
    collections: tuple[str, ...]
    packs: tuple[str, ...]
    seconds: float
