"""What of the Teach page is kept while the page is made anew in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gui.pages.teach.page import Page


def state(page: Page) -> dict[str, Any]:
    """What is set up and on show."""
    training = page.subject.training
    return {
        "step": page.step,
        "training": training.key if training is not None else "",
        "pack": page.subject.pack,
        "dataset": page.draft.info.name if page.draft.info is not None else "",
        "name": page.data.name.text() if page.data.named_by_hand else "",
        "method": page.draft.method,
        "more": page.method.more.isChecked(),
        "options": page.draft.options,
        "extras": page.draft.extras,
    }


def restore(page: Page, state: dict[str, Any]) -> None:
    """Set a new page up as the old one was, and go to its step as soon as that can be reached."""
    page.data.choose(state["dataset"])
    if state["name"]:
        page.data.set_name(state["name"])
    page.draft.options, page.draft.extras = state["options"], state["extras"]
    page.method.options.set_values(state["options"], state["extras"])
    page.method.choose(state["method"])
    page.method.more.setChecked(state["more"])
    training = page.trainings.get(state["training"])
    if training is not None:
        page.choose_training(training.key)
        page.subject.wanted = state["step"] if state["step"] != "train" else ""
    elif state["pack"] and state["step"] in ("report", "use"):
        page.results.open_skill(state["pack"])
        page.subject.wanted = state["step"]
    else:
        page.subject.wanted = state["step"]
