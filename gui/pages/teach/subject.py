"""What the Teach page is about at the moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.api import DatasetInfo, ModelInfo
from gui.bridge.trainings import Training

TASKS = ("classify", "entities")


@dataclass
class Subject:
    """The training and the skill on show, and what there is besides.

    Attributes:
        training: the one on show; None while a skill is set up or looked at.
        pack: the name of the skill whose report and versions are on show; "" for none.
        wanted: a step to show once it can be reached.
        skills: the versions in use, by name.
        datasets: what can be taught from.
    """

    training: Training | None = None
    pack: str = ""
    wanted: str = ""
    skills: dict[str, ModelInfo] = field(default_factory=dict)
    datasets: tuple[DatasetInfo, ...] = ()

    def task_of(self, name: str) -> str:
        """What a skill does; one that is not known yet labels texts."""
        return self.skills[name].task if name in self.skills else "classify"
