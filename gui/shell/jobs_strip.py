"""The strip at the lower edge: what the engine is busy with, how long it will take, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.job import Job
from gui.pages.progress import show_progress
from gui.text.jobs import job_title
from gui.widgets.progress_strip import ProgressStrip

MOST_SHOWN = 3
SHOW_AFTER_MS = 300  # what is done sooner needs no strip


class JobsStrip(QWidget):
    """One line per running job, at most three; jobs that end at once are never shown."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobs_strip")
        self.setAccessibleName(self.tr("Running jobs"))
        self._client = client
        self._is_wanted = True
        self._strips: dict[int, tuple[Job, ProgressStrip]] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(32, 0, 32, 16)
        self._box.setSpacing(8)
        self.hide()
        client.job_started.connect(self._on_started)
        client.job_ended.connect(self._on_ended)
        for job in client.long_jobs():
            self._show(job)

    def strips(self) -> list[ProgressStrip]:
        return [strip for _, strip in self._strips.values()]

    def set_wanted(self, *, wanted: bool) -> None:
        """Stay away from a page that shows the running jobs itself."""
        self._is_wanted = wanted
        self.setVisible(wanted and bool(self._strips))

    def _on_started(self, job: Job) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._show(job))
        timer.timeout.connect(timer.deleteLater)
        timer.start(SHOW_AFTER_MS)

    def _show(self, job: Job) -> None:
        if not job.is_running or id(job) in self._strips:
            return
        strip = ProgressStrip(job_title(job.request), name=f"jobs_strip.{len(self._strips)}")
        strip.cancel_requested.connect(job.cancel)
        self._box.addWidget(strip)
        strip.setVisible(len(self._strips) < MOST_SHOWN)
        self._strips[id(job)] = (job, strip)
        job.progressed.connect(lambda progress: self._on_progressed(job, progress))
        if job.progress is not None:
            self._on_progressed(job, job.progress)
        self.setVisible(self._is_wanted)

    def _on_progressed(self, job: Job, progress: Progress) -> None:
        if (entry := self._strips.get(id(job))) is not None:
            show_progress(entry[1], progress)

    def _on_ended(self, job: Job) -> None:
        entry = self._strips.pop(id(job), None)
        if entry is None:
            return
        self._box.removeWidget(entry[1])
        entry[1].hide()
        entry[1].deleteLater()
        for place, (_, strip) in enumerate(self._strips.values()):
            strip.setVisible(place < MOST_SHOWN)
        self.setVisible(self._is_wanted and bool(self._strips))
