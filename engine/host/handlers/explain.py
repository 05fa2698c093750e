"""Which words of a text speak for the label that a skill gives it."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from engine.api import Control, Explain, Explanation, TokenWeight
from engine.errors import PackUnusable, UnknownName, UsageError
from engine.host.context import Context
from engine.host.models import bundled
from engine.host.read.skills import open_pack, vectors_for
from engine.host.registry import handles
from engine.serve.classify.skill import TASK
from engine.serve.explain.occlusion import occlude
from engine.store import packs

# What is looked at: asking eighty variants of a whole book would take minutes, and of a long text only its beginning
# is read anyway (engine/runtimes/long_texts.py).
MOST_CHARACTERS = 3_000
_WHAT = {"entities": "reads entities", "recommend": "recommends items", "encoder": "turns texts into vectors"}


@handles(Explain)
def explain(ctx: Context, request: Explain, ctl: Control) -> Explanation:
    """Explain one answer.

    Raises:
        UsageError: the text has no word, or the label is none of the skill's.
        UnknownName, PackUnusable: no such skill, or it gives no labels.
    """
    began = time.monotonic()
    _check_task(ctx, request.pack)
    skill = open_pack(ctx, request.pack).skill
    label = None
    if request.label is not None:
        if request.label not in skill.labels:
            shown = ", ".join(skill.labels[:20]) + (" …" if len(skill.labels) > 20 else "")
            raise UnknownName(what=f"label of {request.pack}", name=request.label, known=shown)
        label = skill.labels.index(request.label)

    def answer(texts: list[str]) -> NDArray[np.float32]:
        ctl.check()
        return skill.probabilities(texts, vectors_for(ctx, skill, texts, lambda _done, _total: ctl.check()))

    text = request.text[:MOST_CHARACTERS]
    found = occlude(answer, text, label)
    if found is None:
        raise UsageError(reason="The text has no words that could be explained; give a text with at least one word.")
    note = ""
    if len(request.text) > len(text):
        note = f"Only the first {MOST_CHARACTERS:,} characters were looked at; the score is theirs."
    return Explanation(
        label=skill.labels[found.label],
        score=round(found.score, 6),
        tokens=tuple(
            TokenWeight(text[unit.start : unit.end], unit.start, unit.end, round(weight, 6))
            for unit, weight in zip(found.units, found.weights.tolist(), strict=True)
        ),
        faithfulness=found.faithfulness,
        seconds=round(time.monotonic() - began, 4),
        note=note,
    )


def _check_task(ctx: Context, name: str) -> None:
    task = "encoder" if name in bundled.names() else packs.versions(ctx.store, name)[0].task
    if task != TASK:
        what = _WHAT.get(task, f"is a model for “{task}”")
        raise PackUnusable(
            name=name, reason=f"it {what}; explanations are there for skills that give texts a label (classifiers)."
        )
