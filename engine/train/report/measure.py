"""What a skill's report says beyond accuracy: slices, robustness, AUC, and texts that belong to no label.

Everything is asked of held-out texts: whoever calls must hand in texts that the answering skill was not taught.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.api.read import OutOfScope, RobustnessScore, SliceScore
from engine.train.report.area import binary_auc
from engine.train.report.out_of_scope import leave_labels_out
from engine.train.report.robustness import Answer, robustness
from engine.train.report.slices import slice_scores

MOST_SLICED = 2_000  # texts asked for slices where their answers are not at hand
_BATCH = 256


class Measured(Struct, frozen=True):
    """`auc` is None unless there are two labels and both occur."""

    slices: tuple[SliceScore, ...] = ()
    robustness: tuple[RobustnessScore, ...] = ()
    out_of_scope: OutOfScope | None = None
    auc: float | None = None


def measure(
    answer: Answer,
    texts: Sequence[str],
    truth: NDArray[np.int64],
    labels: Sequence[str],
    *,
    columns: Mapping[str, Sequence[str]] | None = None,
    seed: int = 0,
    check: Callable[[], None] = lambda: None,
    probabilities: NDArray[np.float32] | None = None,
    untaught: NDArray[np.int64] | None = None,
    vectors: NDArray[np.float32] | None = None,
) -> Measured:
    """Measure a skill on held-out texts.

    Args:
        answer: texts to probabilities, float32 (texts, labels); called with at most 256 texts at a time.
        texts: n held-out texts.
        truth: int64 (n,), numbers into `labels`; -1 is a label that the skill does not know, and counts as wrong.
        columns: other columns of the data set, name to n values.
        check: called between batches; what it raises stops the work.
        probabilities: answers to `texts`, float32 (n, labels), if they are at hand; all texts are then sliced, and
            otherwise 2,000 of them, drawn by seed.
        untaught: with `probabilities`, the rows that the skill behind `answer` was not taught either: changed texts are
            made of these alone. None for all.
        vectors: float32 (n, dimension) of the texts; with them, texts that belong to no label are measured as well.
    """
    if len(texts) == 0:
        return Measured()
    rows = np.arange(len(texts))
    if probabilities is None and len(texts) > MOST_SLICED:
        rows = np.sort(np.random.default_rng(seed).choice(len(texts), MOST_SLICED, replace=False))
    asked = [texts[row] for row in rows.tolist()]

    def batched(changed: list[str]) -> NDArray[np.float32]:
        parts = []
        for begin in range(0, len(changed), _BATCH):
            check()
            parts.append(answer(changed[begin : begin + _BATCH]))
        return np.concatenate(parts)

    given = probabilities if probabilities is not None else batched(asked)
    own, answers = truth[rows], given.argmax(axis=1)
    places = np.arange(len(asked)) if untaught is None else untaught
    sources = [asked[place] for place in places.tolist()]
    chosen = {name: [values[row] for row in rows.tolist()] for name, values in (columns or {}).items()}
    foreign = None
    if vectors is not None:
        foreign = leave_labels_out(vectors, truth, tuple(labels), seed, check=check)
    return Measured(
        slices=slice_scores(asked, answers == own, chosen),
        robustness=robustness(batched, sources, own[places], given[places], seed=seed, check=check),
        out_of_scope=foreign,
        auc=binary_auc(given, own),
    )
