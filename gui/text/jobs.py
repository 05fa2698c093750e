"""Names of jobs, stages, states and kinds in the language of the window."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication

from engine.api import Request

TITLES = "job titles"
STAGES = "stages"


def job_title(request: Request) -> str:
    """What a running request is called; `TITLE` of its class is the template. Paths are shown by their last part."""
    values = msgspec.structs.asdict(request)
    for key in ("path", "input", "output"):
        if isinstance(values.get(key), str):
            values[key] = Path(values[key]).name
    return QCoreApplication.translate(TITLES, type(request).TITLE).format_map(values)


def listed_title(kind: str, title: str) -> str:
    """The stored title of a job, translated by taking its class's English template apart again."""
    from engine import api

    template = getattr(getattr(api, kind, None), "TITLE", "")
    if not template or (shown := QCoreApplication.translate(TITLES, template)) == template:
        return title
    values = _values_of(template, title)
    return shown.format_map(values) if values is not None else title


def _values_of(template: str, text: str) -> dict[str, str] | None:
    """The values that turn a template with {names} into the text; None if it is not made of it."""
    import re

    pattern = re.escape(template).replace(r"\{", "{").replace(r"\}", "}")
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>.*)", pattern)
    found = re.fullmatch(pattern, text, re.DOTALL)
    return found.groupdict() if found else None


def stage_text(stage: str) -> str:
    """What a running job is doing, in words; a stage that is not known here is shown as the engine names it."""
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
        "map": translate("steps", "Laying out the map"),
        "search": translate("steps", "Trying settings"),
        "test": translate("steps", "Playing the conversations"),
        "settle": translate("steps", "Learning the held-out texts too"),
        "search trial": translate("steps", "Trying settings"),
        "measure": translate("steps", "Measuring on hidden events"),
        "baselines": translate("steps", "Measuring simple methods"),
        "learn": translate("steps", "Learning"),
        "rank": translate("steps", "Ranking"),
        "forget": translate("steps", "Forgetting"),
        "teach": translate("steps", "Teaching"),
        "probe": translate("steps", "Trying out the ways to teach"),
        "export": translate("steps", "Writing the files"),
        "train": translate("steps", "Teaching"),
        "check": translate("steps", "Checking the examples"),
        "choose": translate("steps", "Choosing texts"),
        "guess labels": translate("steps", "Guessing labels"),
        "store": translate("steps", "Storing"),
        "answer": translate("steps", "Answering"),
        "audit": translate("steps", "Checking the audit log"),
        "backup": translate("steps", "Writing the backup"),
        "pages": translate("steps", "Checking every page"),
        "check the generator": translate("steps", "Trying the generator"),
        "copy and hash the file": translate("steps", "Copying the file"),
        "look at the folder": translate("steps", "Looking at the folder"),
        "convert the weights": translate("steps", "Converting the model"),
        "hash the file": translate("steps", "Checking the file"),
        "compare the tokens": translate("steps", "Comparing the vocabulary"),
        "draft": translate("steps", "Writing"),
        "load the generator": translate("steps", "Opening the generator"),
        "read the prompt": translate("steps", "Reading the passages"),
        "summarise": translate("steps", "Summarising"),
        "translate": translate("steps", "Translating"),
        "write": translate("steps", "Writing"),
        "cut into tokens": translate("steps", "Reading the answers"),
        "open the base": translate("steps", "Opening the generator"),
        "measure the base": translate("steps", "Measuring what it knew before"),
        "measure what was learned": translate("steps", "Measuring what it learned"),
        "measure answers from passages": translate("steps", "Asking it questions"),
        "merge": translate("steps", "Writing the file"),
    }
    return words.get(stage) or (translate(STAGES, stage) if stage else "")


def state_text(state: str) -> str:
    translate = QCoreApplication.translate
    texts = {
        "queued": translate("states", "Waiting"),
        "running": translate("states", "Running"),
        "paused": translate("states", "Paused"),
        "done": translate("states", "Done"),
        "partly": translate("states", "Done in part"),
        "failed": translate("states", "Failed"),
        "cancelled": translate("states", "Cancelled"),
        "interrupted": translate("states", "Interrupted"),
    }
    return texts.get(state, state)


def state_tone(state: str) -> str:
    tones = {"done": "success", "partly": "warning", "failed": "danger", "interrupted": "warning", "running": "accent"}
    return tones.get(state, "neutral")


def kind_text(kind: str) -> str:
    """What a data set holds."""
    translate = QCoreApplication.translate
    texts = {
        "labelled": translate("kinds", "Labelled texts"),
        "entities": translate("kinds", "Marked-up texts"),
        "faq": translate("kinds", "Questions and answers"),
        "items": translate("kinds", "Items"),
        "events": translate("kinds", "Events"),
        "texts": translate("kinds", "Texts"),
    }
    return texts.get(kind, kind)


def task_text(task: str) -> str:
    translate = QCoreApplication.translate
    texts = {
        "encoder": translate("tasks", "Encoder"),
        "classify": translate("tasks", "Reading"),
        "entities": translate("tasks", "Finding names and terms"),
        "recommend": translate("tasks", "Recommending"),
        "reranker": translate("tasks", "Putting passages in order"),
        "generator": translate("tasks", "Writing answers"),
        "generator_adapter": translate("tasks", "What a generator learned"),
    }
    return texts.get(task, task)


def field_text(field: str) -> str:
    """A field of a data set, as the mapping dialog names it."""
    translate = QCoreApplication.translate
    texts = {
        "text": translate("fields", "Text"),
        "label": translate("fields", "Label"),
        "question": translate("fields", "Question"),
        "answer": translate("fields", "Answer"),
        "item": translate("fields", "Item number"),
        "title": translate("fields", "Title"),
        "user": translate("fields", "Person"),
        "type": translate("fields", "Kind of event"),
        "time": translate("fields", "Time"),
        "value": translate("fields", "Value"),
        "spans": translate("fields", "Marked names and terms"),
    }
    return texts.get(field, field)


def file_status_text(status: str) -> str:
    translate = QCoreApplication.translate
    texts = {
        "indexed": translate("files", "Indexed"),
        "unchanged": translate("files", "Unchanged"),
        "skipped": translate("files", "Skipped"),
        "failed": translate("files", "Failed"),
        "missing": translate("files", "Gone"),
        "removed": translate("files", "Removed"),
    }
    return texts.get(status, status)


def file_status_tone(status: str) -> str:
    tones = {"indexed": "success", "skipped": "warning", "failed": "danger", "missing": "warning"}
    return tones.get(status, "neutral")
