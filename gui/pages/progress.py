"""Progress of the engine on a strip, in words of the window's language."""

from __future__ import annotations

from engine.values import Progress
from gui.text.jobs import stage_text
from gui.widgets.progress_strip import ProgressStrip

# Their done and total are places in a file, in bytes: a bar says enough.
IN_BYTES = ("look", "read", "label")


def show_progress(strip: ProgressStrip, progress: Progress) -> None:
    """Bar, stage and time left of a running act."""
    strip.set_progress(
        progress.done,
        progress.total,
        stage_text(progress.stage),
        progress.left_s,
        progress.note,
        counted=progress.stage not in IN_BYTES,
    )
