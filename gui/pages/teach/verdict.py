"""What a training came to, in one sentence: ready, better, or kept but not put to use."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from gui.bridge.trainings import Trained
from gui.text.numbers import duration_text
from gui.text.shares import percent


def verdict_text(report: Trained, comparison: dict[str, Any] | None = None) -> str:
    """The result of the new version against the one that was in use.

    Args:
        comparison: what the engine noted of it: texts, champion_right, challenger_right, chance.
    """
    translate = QCoreApplication.translate
    values = {"name": report.pack, "version": report.version, "time": duration_text(report.seconds)}
    texts = int((comparison or {}).get("texts", 0))
    if comparison and texts:
        values["old"] = percent(float(comparison.get("champion_right", 0)) / texts)
        values["new"] = percent(float(comparison.get("challenger_right", 0)) / texts)
        if report.promoted:
            words = translate(
                "verdict",
                "{name} is ready: version {version} is in use now, taught in {time}. It was compared with the version "
                "before on %n text(s) that neither had learned: {new} right, {old} before.",
                "",
                texts,
            )
        else:
            words = translate(
                "verdict",
                "Version {version} of {name} is kept but not put to use: on %n text(s) that neither had learned it "
                "was {new} right, the version in use {old}.",
                "",
                texts,
            )
    elif report.promoted:
        words = translate("verdict", "{name} is ready: version {version} is in use now, taught in {time}.")
    else:
        words = translate(
            "verdict",
            "Version {version} of {name} was no better than the one in use, which stays in use. Both are kept.",
        )
    return words.format(**values)
