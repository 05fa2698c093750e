"""Jobs: those that run with their progress, those that ended with their result."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.api import CancelJob, ClearJobs, JobInfo, Jobs, ListJobs
from gui.bridge.client import EngineClient
from gui.pages.progress import show_progress
from gui.text.errors import reason
from gui.text.jobs import listed_title, state_text, state_tone
from gui.text.numbers import duration_text, moment_text
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.table import Table
from gui.widgets.text import Text

REFRESH_MS = 1000
_OPEN = ("queued", "running", "paused")


class JobsTab(QWidget):
    """Looks again every second while something runs and the tab is on show."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        named(self, "activity.jobs", self.tr("Jobs"))
        self._client = client
        self._strips: dict[int, ProgressStrip] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        empty = EmptyState(
            "activity",
            self.tr("Nothing has run yet"),
            self.tr(
                "Long acts such as reading documents, importing and training are listed here while they run and after."
            ),
            name="activity.jobs.empty",
        )
        self._running = Card(self.tr("Running"), spacing=16)
        self.table = Table("activity.jobs.table", self.tr("Ended jobs"))
        self.clear_button = Button(self.tr("Clear the list"), "activity.jobs.clear", kind="ghost", icon="trash")
        self.clear_button.clicked.connect(self._on_clear)
        filled = QWidget()
        box = QVBoxLayout(filled)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self._running)
        box.addLayout(row(Text(self.tr("Ended"), "h3"), "stretch", self.clear_button))
        box.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(filled)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def refresh(self) -> None:
        self._client.ask(self, ListJobs(), self._on_listed)

    def _on_listed(self, result: Jobs) -> None:
        self._stack.setCurrentIndex(1 if result.jobs else 0)
        running = [job for job in result.jobs if job.state in _OPEN]
        ended = [job for job in result.jobs if job.state not in _OPEN]
        self._show_running(running)
        self.clear_button.setEnabled(bool(ended))
        self.table.set_rows(
            (self.tr("Job"), self.tr("State"), self.tr("Started"), self.tr("Took"), self.tr("Note")),
            [
                (
                    listed_title(job.kind, job.title),
                    state_text(job.state),
                    moment_text(job.created),
                    duration_text(job.seconds),
                    reason(job.message or ""),
                )
                for job in ended
            ],
            widths=(340, 120, 160, 110),
            tones={(place, 1): state_tone(job.state) for place, job in enumerate(ended)},
        )
        if running and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _show_running(self, running: list[JobInfo]) -> None:
        self._running.setVisible(bool(running))
        gone = set(self._strips) - {job.id for job in running}
        for number in gone:
            strip = self._strips.pop(number)
            self._running.body.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        for job in running:
            strip = self._strips.get(job.id) or self._add_strip(job)
            if job.state == "paused" and job.progress is not None:
                strip.set_progress(job.progress.done, job.progress.total, state_text(job.state))
            elif job.progress is not None:
                show_progress(strip, job.progress)
            else:
                strip.set_progress(0, None, state_text(job.state))

    def _add_strip(self, job: JobInfo) -> ProgressStrip:
        strip = ProgressStrip(listed_title(job.kind, job.title), name=f"activity.job{job.id}", framed=False)
        strip.cancel_requested.connect(lambda number=job.id: self._on_cancel(number))
        self._running.add(strip)
        self._strips[job.id] = strip
        return strip

    def _on_cancel(self, number: int) -> None:
        self._client.ask(self, CancelJob(id=number), lambda _done: None, slot=f"cancel {number}")

    def _on_clear(self) -> None:
        self._client.ask(self, ClearJobs(), lambda _done: None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
