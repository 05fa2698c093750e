"""A link for tasks that run in the test's own process."""

from __future__ import annotations

from typing import Any


class Quiet:
    """A worker's link that nobody listens to."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.reports: list[tuple[int, int | None, str]] = []

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None:
        self.reports.append((done, total, stage))

    def send(self, item: Any) -> None:
        self.sent.append(item)

    def check(self) -> None:
        pass
