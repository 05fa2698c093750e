"""Progress of the engine on a strip, in words of the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.values import Progress
from gui.text.jobs import stage_text
from gui.widgets.progress_strip import ProgressStrip


def step_text(stage: str) -> str:
    """A stage of the engine in words; one that is not known here is shown as the engine names it."""
    translate = QCoreApplication.translate
    words = {
        "look": translate("steps", "Looking at the file"),
        "read": translate("steps", "Reading the rows"),
        "samples": translate("steps", "Filling the workspace"),
        "embed": translate("steps", "Understanding the texts"),
        "texts": translate("steps", "Understanding the texts"),
        "compare": translate("steps", "Comparing with the version in use"),
        "label": translate("steps", "Labelling the rows"),
        "events": translate("steps", "Reading the events"),
        "prepare": translate("steps", "Getting ready"),
        "tune": translate("steps", "Trying settings"),
        "measure": translate("steps", "Measuring on hidden events"),
        "baselines": translate("steps", "Measuring simple methods"),
        "learn": translate("steps", "Learning"),
        "rank": translate("steps", "Ranking"),
        "forget": translate("steps", "Forgetting"),
    }
    return words.get(stage) or stage_text(stage)


def show_progress(strip: ProgressStrip, progress: Progress) -> None:
    """Bar, stage and time left of a running act."""
    strip.set_progress(progress.done, progress.total, step_text(progress.stage), progress.left_s, progress.note)
