"""Explain an answer by occlusion: ask again without each word, and see what becomes of the label's probability.

The skill is a black box here, so whatever answers texts can be explained. A word's weight is what the label's
probability loses without it: above zero it speaks for the label, below zero against it. Words that say the same
thing twice each seem unimportant alone; that is a limit of the method, and why its faithfulness is measured on every
text. Source: Li, Monroe and Jurafsky 2016, "Understanding Neural Networks through Representation Erasure".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api.teach import Faithfulness
from engine.serve.explain.units import Unit, cut_units, only, without

SHARE = 0.2  # of the units named as important when faithfulness is measured
RANDOM_PICKS = 10

Answer = Callable[[list[str]], NDArray[np.float32]]


class Occluded(NamedTuple):
    """`weights` float64 (units,): the label's probability minus that without the unit."""

    label: int
    score: float
    units: list[Unit]
    weights: NDArray[np.float64]
    faithfulness: Faithfulness


def occlude(answer: Answer, text: str, label: int | None = None, *, seed: int = 0) -> Occluded | None:
    """Weigh the units of a text.

    Args:
        answer: texts to probabilities, float32 (texts, labels); called three times.
        label: number of the label to explain; None takes the skill's answer.
        seed: draws the words of the random baseline.
    Returns:
        None for a text without any unit.
    """
    units = cut_units(text)
    if not units:
        return None
    full = answer([text])[0]
    wanted = int(full.argmax()) if label is None else label
    score = float(full[wanted])
    top = max(1, round(SHARE * len(units)))
    rng = np.random.default_rng(seed)
    picks = [rng.choice(len(units), top, replace=False).tolist() for _ in range(RANDOM_PICKS)]
    variants = [without(text, [unit]) for unit in units]
    for pick in picks:
        variants += _pair(text, units, pick)
    asked = answer(variants)[:, wanted].astype(np.float64)
    weights = score - asked[: len(units)]
    best = np.argsort(-weights, kind="stable")[:top].tolist()
    left, kept = answer(_pair(text, units, best))[:, wanted].astype(float).tolist()
    random = asked[len(units) :].reshape(RANDOM_PICKS, 2).mean(axis=0)
    return Occluded(
        wanted,
        score,
        units,
        weights,
        Faithfulness(
            comprehensiveness=score - left,
            sufficiency=score - kept,
            random_comprehensiveness=score - float(random[0]),
            random_sufficiency=score - float(random[1]),
            share=SHARE,
        ),
    )


def _pair(text: str, units: list[Unit], pick: list[int]) -> list[str]:
    """The text without some units, and these units alone."""
    chosen = [units[number] for number in pick]
    return [without(text, chosen), only(text, chosen)]
