"""The six steps: which can be reached, what each is about, and what leads on from it. Texts and rules, no widgets."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from gui.pages.teach.draft import Draft

STEPS = ("data", "check", "method", "train", "report", "use")
SETTING_UP = ("data", "check", "method")


class Onward(NamedTuple):
    """The foot of a step: the name of what follows, whether it can be done, and why not or what to know."""

    following: str = ""
    ready: bool = True
    hint: str = ""


def reachable(draft: Draft, *, trainings: bool, report: bool, skill: bool) -> list[str]:
    """The steps that can be shown now.

    Args:
        trainings: there is at least one.
        report, skill: one is on show.
    """
    can = ["data"]
    if draft.info is not None and draft.name:
        can.append("check")
        if draft.checked:
            can.append("method")
    for step, there in (("train", trainings), ("report", report), ("use", skill)):
        if there:
            can.append(step)
    return can


def step_text(step: str) -> str:
    """What a step is about."""
    translate = QCoreApplication.translate
    texts = {
        "data": translate("Way", "From examples that somebody labelled, Casemate learns to read new texts like them."),
        "check": translate("Way", "Mistakes in the examples are learned along, so they are looked for first."),
        "method": translate(
            "Way", "Ways to teach differ in time and in what they reach. All of them run on this machine."
        ),
        "train": translate(
            "Way", "Part of the examples is held back as an exam. You can leave this page meanwhile."
        ),
        "report": translate("Way", "Measured on texts that the skill did not learn from."),
        "use": translate("Way", "What you can do with the skill now."),
    }  # fmt: skip
    return texts.get(step, "")


def onward(step: str, draft: Draft, *, queue: bool, taught: bool, skill: bool) -> Onward:
    """What follows a step.

    Args:
        queue: other trainings wait or run.
        taught: the training on show is done.
        skill: a skill is on show.
    """
    translate = QCoreApplication.translate
    if step == "data" and draft.info is not None:
        ready = bool(draft.name)
        hint = "" if ready else translate("Way", "Give the skill a name first.")
        return Onward(translate("Way", "Check the examples"), ready, hint)
    if step == "check":
        wrong = draft.lint is not None and not draft.lint.ok
        hint = translate("Way", "What must be corrected stands in the way.") if wrong else ""
        return Onward(translate("Way", "Choose the method"), draft.checked, hint)
    if step == "method":
        told = draft.forecast_of(draft.method)
        hint = ""
        if told is not None and not told.possible:
            hint = translate("Way", "This way is not possible here.")
        elif queue:
            hint = translate("Way", "It waits until the trainings before it are done.")
        return Onward(translate("Way", "Start teaching"), draft.ready, hint)
    if step == "train":
        return Onward(translate("Way", "Show the report"), taught)
    if step == "report":
        return Onward(translate("Way", "Use this skill"), skill)
    return Onward(ready=step != "data" or bool(draft.name))
