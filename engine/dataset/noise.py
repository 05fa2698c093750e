"""Labels that are probably wrong: the answer of models that were not taught the text, against the label it has.

Two signs are joined:
- the given label is far less likely than chance would have it (below a quarter of 1 / labels): what a slip of the
  hand or a shifted column looks like;
- confident learning: the text reaches the confidence that texts of another label have for it, and its own label gets
  less than one in fifty: what a mix-up of two near labels looks like.

Measured (tests/quality/label_noise.py, 3,000 texts, 5 % of the labels changed at random, heads over the encoder's
vectors), precision and recall: BANKING77 89 and 94 %, SMS spam 97 and 83 %, AG News 63 and 67 %, tweets about finance
53 and 40 %: it finds as much as a head can tell. Changed to a near label, BANKING77: 81 and 61 %. With nothing changed
1.5, 0.5, 3.2 and 3.6 % of the texts are named, some of them rightly.
Source: Northcutt, Jiang, Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels", section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import LintFinding
from engine.dataset.tally import EXAMPLES_MAX, shown

CODE = "label_noise"
BELOW_CHANCE = 0.25
UNLIKELY = 0.02
WORTH_A_WARNING = 0.02  # of the texts; about what clean data with clear labels shows


class Suspects(NamedTuple):
    """`rows` int64 (n,), the most suspicious first; `looks_like` int64 (n,) label numbers; `scores` float32 (n,) is the
    probability of that label."""

    rows: NDArray[np.int64]
    looks_like: NDArray[np.int64]
    scores: NDArray[np.float32]


def suspects(probabilities: NDArray[np.float32], truth: NDArray[np.int64]) -> Suspects:
    """Rows whose label is probably wrong.

    Args:
        probabilities: float32 (texts, labels) from models that were not taught the text, calibrated (for the answers
            of folds: a softmax with a fitted temperature).
        truth: int64 (texts,), the given labels; rows with -1 are left out.
    """
    count, labels = probabilities.shape
    if count == 0 or labels < 2:
        return Suspects(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    known = np.flatnonzero(truth >= 0)
    answers, given = probabilities[known], truth[known]
    here = np.arange(len(known))
    own, best = answers[here, given], answers.argmax(axis=1)
    confident = _confident(answers, given)
    wrong = (best != given) & ((own < BELOW_CHANCE / labels) | ((confident != given) & (own < UNLIKELY)))
    rows = np.flatnonzero(wrong)
    margin = answers[rows, best[rows]] - own[rows]
    rows = rows[np.argsort(-margin, kind="stable")]
    return Suspects(known[rows], best[rows], answers[rows, best[rows]].astype(np.float32))


def _confident(answers: NDArray[np.float32], given: NDArray[np.int64]) -> NDArray[np.int64]:
    """The likeliest label among those whose usual confidence is reached; the given one where there is none."""
    labels = answers.shape[1]
    counts = np.bincount(given, minlength=labels)
    sums = np.bincount(given, weights=answers[np.arange(len(given)), given], minlength=labels)
    usual = np.where(counts > 0, sums / np.maximum(counts, 1), np.inf)
    reached = np.where(answers >= usual, answers, 0.0)
    return np.where(reached.max(axis=1) > 0, reached.argmax(axis=1), given)


def label_noise(
    probabilities: NDArray[np.float32], truth: NDArray[np.int64], texts: Sequence[str], labels: Sequence[str]
) -> LintFinding | None:
    """The finding about labels that are probably wrong, or None.

    Args:
        probabilities, truth: as `suspects` takes them.
        texts: n texts, the same rows.
        labels: names of the columns.
    """
    found = suspects(probabilities, truth)
    count, looked_at = len(found.rows), int((truth >= 0).sum())
    if count == 0:
        return None
    examples = tuple(
        f"{shown(texts[row])}: labelled {shown(labels[truth[row]], 40)}, looks like {shown(labels[other], 40)} "
        f"({score:.2f})"
        for row, other, score in zip(
            found.rows[:EXAMPLES_MAX].tolist(), found.looks_like.tolist(), found.scores.tolist(), strict=False
        )
    )
    severity = "warning" if count >= WORTH_A_WARNING * looked_at else "note"
    return LintFinding(
        CODE,
        severity,
        f"{count:,} of {looked_at:,} texts looked at carry a label that is probably wrong, "
        "judged by what the other texts teach.",
        count,
        examples,
    )
