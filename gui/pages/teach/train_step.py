"""Step 4: a training while it waits, runs, is paused or has ended."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gui.bridge.trainings import GENERATOR, Training
from gui.pages.progress import IN_BYTES
from gui.pages.teach.curves import Curves
from gui.text.errors import advice, sentence
from gui.text.jobs import stage_text, state_text, state_tone
from gui.text.learned import learned_text
from gui.text.methods import method_title
from gui.text.shares import count, percent
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.progress_strip import time_left
from gui.widgets.text import Text


class TrainStep(QWidget):
    """Signals:
    pause_requested(Training), resume_requested(Training), stop_requested(Training).
    again_requested(): go back to the method and set it up otherwise.
    """

    pause_requested = Signal(object)
    resume_requested = Signal(object)
    stop_requested = Signal(object)
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.train_step")
        self.training: Training | None = None
        self._ahead = 0
        self._drawn = -1
        self.empty = EmptyState(
            "teach",
            self.tr("Nothing is being taught"),
            self.tr("Choose examples and a method first; the curves of the training are shown here."),
            name="teach.train_empty",
        )
        self.title = ElidedLabel("", "strong")
        self.title.setObjectName("teach.train_title")
        self.state = Chip("", "accent")
        self.bar = named(QProgressBar(), "teach.train_bar", self.tr("How far the training is"))
        self.bar.setTextVisible(False)
        self.stage = ElidedLabel("", "muted")
        self.stage.setObjectName("teach.train_stage")
        self.left = Text("", "strong")
        self.left.setObjectName("teach.train_left")
        self.pause = Button(self.tr("Pause"), "teach.pause", icon="pause")
        self.resume = Button(self.tr("Go on"), "teach.resume", kind="primary", icon="play")
        self.stop = Button(self.tr("Stop"), "teach.stop", icon="stop")
        self.again = Button(self.tr("Set it up otherwise"), "teach.train_again", icon="refresh")
        self.pause.clicked.connect(lambda: self._with_training(self.pause_requested))
        self.resume.clicked.connect(lambda: self._with_training(self.resume_requested))
        self.stop.clicked.connect(lambda: self._with_training(self.stop_requested))
        self.again.clicked.connect(self.again_requested)
        self.note = Text(role="muted", wrap=True)
        self.note.setObjectName("teach.train_note")
        self.outcome = QVBoxLayout()
        self.banner: Banner | None = None

        self.card = Card(spacing=12)
        head = row(self.state, self.title, self.pause, self.resume, self.stop, self.again, spacing=12)
        head.setStretch(1, 1)
        self.card.add(head)
        self.card.add(self.bar)
        self.card.add(row(self.stage, self.left, spacing=16))
        self.card.add(self.note)
        self.curves = Curves("teach.curves")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self.empty)
        box.addLayout(self.outcome)
        box.addWidget(self.card)
        box.addWidget(self.curves)
        box.addStretch(1)
        self.show_training(None)

    def show_training(self, training: Training | None, ahead: int = 0) -> None:
        """Draw a training from now on.

        Args:
            ahead: how many open trainings were asked for before it.
        """
        if self.training is not training:
            if self.training is not None:
                self.training.changed.disconnect(self._on_changed)
                self.training.grown.disconnect(self._on_grown)
                self.training.destroyed.disconnect(self._on_gone)
            self.training = training
            self._drawn = -1
            if training is not None:
                training.changed.connect(self._on_changed)
                training.grown.connect(self._on_grown)
                training.destroyed.connect(self._on_gone)
        self._ahead = ahead
        self.empty.setVisible(training is None)
        self.card.setVisible(training is not None)
        self.curves.setVisible(training is not None)
        self._show_outcome()
        if training is not None:
            self._on_changed()
            self._on_grown()

    def _with_training(self, signal: object) -> None:
        if self.training is not None:
            signal.emit(self.training)  # type: ignore[attr-defined]

    def _on_gone(self) -> None:
        self.training = None
        self.show_training(None)

    # --- drawing ----------------------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        training = self.training
        if training is None:
            return
        state, progress = training.state, training.progress
        stopping = training.is_stopping and training.is_open
        self.state.set_text(self.tr("Stopping…") if stopping else state_text(state), state_tone(state))
        parts = [method_title(training.method)]
        if training.dataset:
            parts.append(self.tr("from “{dataset}”").format(dataset=training.dataset))
        self.title.set_text(" · ".join(parts))
        running = state == "running"
        if not training.is_open:
            self.bar.setRange(0, 1000)
            self.bar.setValue(1000 if state == "done" else self.bar.value())
        elif progress is not None and progress.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(min(1000, round(1000 * progress.done / progress.total)))
        else:
            self.bar.setRange(0, 0 if running else 1000)
            self.bar.setValue(0)
        self.bar.setVisible(training.is_open)
        self.stage.set_text(self._stage(training))
        self.left.setText(time_left(progress.left_s) if running and progress is not None else "")
        self.pause.setVisible(running)
        self.resume.setVisible(state == "paused")
        self.stop.setVisible(training.is_open)
        for button in (self.pause, self.resume, self.stop):
            button.setEnabled(not training.is_stopping)
        self.again.setVisible(not training.is_open and state != "done")
        self.note.setText(self._note(training))
        self.note.setVisible(bool(self.note.text()))
        if not training.is_open:
            self._show_outcome()

    def _stage(self, training: Training) -> str:
        if training.state == "queued":
            if self._ahead:
                return self.tr("Waits for %n training(s) before it", "", self._ahead)
            return self.tr("Waits for its turn")
        progress = training.progress
        if progress is None or not training.is_open:
            return ""
        counted = progress.total is not None and progress.total > 1 and progress.stage not in IN_BYTES
        numbers = f"{count(progress.done)} / {count(progress.total or 0)}" if counted else ""
        return "  ·  ".join(part for part in (stage_text(progress.stage), progress.note, numbers) if part)

    def _note(self, training: Training) -> str:
        if training.state == "paused":
            return self.tr("Paused: the processor is free, and nothing that was learned is lost.")
        if training.state == "queued":
            return self.tr("It starts by itself. You can set up another training meanwhile.")
        if not training.is_open:
            return ""
        best = training.best
        words = self.tr("You can leave this page and go on working; the training goes on.")
        if best is None or best.valid_score is None:
            return words
        if training.task == GENERATOR:
            told = self.tr("Best so far: {score} of the words in held-back answers foreseen, in round {epoch}.")
            return f"{told.format(score=percent(best.valid_score), epoch=max(1, math.ceil(best.epoch)))} {words}"
        return (
            self.tr("Best so far: {score} right on held-back texts, in round {epoch}.").format(
                score=percent(best.valid_score), epoch=max(1, math.ceil(best.epoch))
            )
            + " "
            + words
        )

    def _on_grown(self) -> None:
        training = self.training
        if training is None or len(training.points) == self._drawn:
            return
        self._drawn = len(training.points)
        self.curves.show_points(training.points)

    def _show_outcome(self) -> None:
        """Why it ended, where it did not end well."""
        if self.banner is not None:
            self.outcome.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        training = self.training
        if training is None or training.is_open or (training.state == "done" and training.learned is None):
            return
        if training.learned is not None:
            self._tell(learned_text(training.learned), "success" if training.learned.promoted else "warning")
            return
        if training.error is not None and training.state == "failed":
            text, tone = f"{sentence(training.error)} {advice(training.error)}", "danger"
        elif training.state == "interrupted":
            text, tone = self.tr("It was interrupted; it can go on from its last checkpoint."), "warning"
        else:
            text, tone = self.tr("Stopped. Nothing was changed; versions in use stay in use."), "neutral"
        self._tell(text, tone)

    def _tell(self, text: str, tone: str) -> None:
        self.banner = Banner(text, tone, name="teach.train_outcome")
        self.outcome.addWidget(self.banner)
