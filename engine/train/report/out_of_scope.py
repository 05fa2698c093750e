"""How well a skill's score tells texts of no label from texts that have one.

Nobody labels what does not belong, so labels are left out: a head is taught without a fifth of them, and their texts
stand for foreign ones. They come from the same data as the known ones, so truly foreign texts are easier to tell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api.read import OutOfScope
from engine.dataset.split import sample_rows
from engine.train.classify.calibrate import fit_temperature, probabilities
from engine.train.classify.features import learn_scaling, make_features
from engine.train.classify.head import fit_head
from engine.train.report.area import area_under_curve

LEFT_OUT_SHARE = 0.2
ROUNDS = 3  # each leaves other labels out
KEPT_SHARE = 0.95
MOST_TAUGHT, MOST_ASKED = 3_000, 1_000  # texts per round
LEAST_ASKED = 10
LEAST_LABELS = 3  # one left out, two to tell apart
LOOSENESS = 10.0
NAMED = 20  # labels told by name

Array = NDArray[np.float32]


def out_of_scope(
    logits_known: Array, logits_unknown: Array, *, temperature: float = 1.0, left_out: tuple[str, ...] = ()
) -> OutOfScope | None:
    """Compare the top probabilities of texts that have a label with those of texts that have none.

    The top probability is what the program shows and abstains by, so that the threshold can be used as it is.

    Args:
        logits_known, logits_unknown: float32 (texts, labels), texts that were not taught.
    Returns:
        None where either kind has no text.
    Source: Hendrycks and Gimpel 2017, "A Baseline for Detecting Misclassified and Out-of-Distribution Examples".
    """
    known = probabilities(logits_known, temperature).max(axis=1, initial=0.0)
    unknown = probabilities(logits_unknown, temperature).max(axis=1, initial=0.0)
    area = area_under_curve(np.concatenate([known, unknown]), np.arange(len(known) + len(unknown)) < len(known))
    if area is None:
        return None
    threshold = float(np.quantile(known, 1 - KEPT_SHARE, method="lower"))
    return OutOfScope(
        auroc=area,
        turned_away=float((unknown < threshold).mean()),
        threshold=threshold,
        texts=len(unknown),
        left_out=left_out,
    )


class _Round(NamedTuple):
    left_out: NDArray[np.int64]
    found: OutOfScope


def leave_labels_out(
    vectors: Array,
    truth: NDArray[np.int64],
    labels: tuple[str, ...],
    seed: int = 0,
    *,
    check: Callable[[], None] = lambda: None,
) -> OutOfScope | None:
    """Teach heads on frozen vectors without some labels, and score those labels' texts as foreign ones.

    Args:
        vectors: float32 (n, dimension).
        truth: int64 (n,), numbers into `labels`; texts of -1 are left aside.
        check: called often; what it raises stops the work.
    Returns:
        The mean over up to three rounds, or None where fewer than three labels have two texts.
    """
    counts = np.bincount(truth[truth >= 0], minlength=len(labels))
    usable = np.flatnonzero(counts >= 2)
    if len(usable) < LEAST_LABELS:
        return None
    rng = np.random.default_rng(seed)
    order = rng.permutation(usable)
    size = max(1, round(LEFT_OUT_SHARE * len(order)))
    rounds: list[_Round] = []
    for number in range(min(ROUNDS, len(order) // size)):
        left_out = order[number * size : (number + 1) * size]
        kept = np.setdiff1d(order, left_out)
        if len(kept) < 2:
            break
        found = _one_round(vectors, truth, kept, left_out, rng, check)
        if found is not None:
            rounds.append(_Round(left_out, found))
    if not rounds:
        return None
    names = [labels[number] for one in rounds for number in np.sort(one.left_out).tolist()]
    return OutOfScope(
        auroc=float(np.mean([one.found.auroc for one in rounds])),
        turned_away=float(np.mean([one.found.turned_away for one in rounds])),
        threshold=float(np.mean([one.found.threshold for one in rounds])),
        texts=sum(one.found.texts for one in rounds),
        left_out=tuple(names[:NAMED]),
    )


def _one_round(
    vectors: Array,
    truth: NDArray[np.int64],
    kept: NDArray[np.int64],
    left_out: NDArray[np.int64],
    rng: np.random.Generator,
    check: Callable[[], None],
) -> OutOfScope | None:
    """A head on four fifths of the kept labels' texts; the last fifth of each label is asked as known."""
    taught: list[NDArray[np.int64]] = []
    asked: list[NDArray[np.int64]] = []
    for label in kept.tolist():
        rows = rng.permutation(np.flatnonzero(truth == label))
        share = max(1, len(rows) // 5)
        asked.append(rows[:share])
        taught.append(rows[share:])
    taught_rows, asked_rows = _at_most(np.concatenate(taught), truth, MOST_TAUGHT), np.concatenate(asked)
    asked_rows = rng.permutation(asked_rows)[:MOST_ASKED]
    foreign_rows = rng.permutation(np.flatnonzero(np.isin(truth, left_out)))[:MOST_ASKED]
    if len(asked_rows) < LEAST_ASKED or len(foreign_rows) < LEAST_ASKED:
        return None
    number = np.full(int(truth.max()) + 1, -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    # The middle and the axes are taken from the taught texts alone: the foreign ones must stay unseen.
    scaling, features = learn_scaling([], vectors[taught_rows], 0)
    head = fit_head(features, number[truth[taught_rows]], len(kept), looseness=LOOSENESS, on_round=check)

    def logits(rows: NDArray[np.int64]) -> Array:
        return head.logits(make_features([], vectors[rows], scaling))

    known = logits(asked_rows)
    temperature = fit_temperature(known, number[truth[asked_rows]])
    return out_of_scope(known, logits(foreign_rows), temperature=temperature)


def _at_most(rows: NDArray[np.int64], truth: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    return rows[sample_rows(truth[rows], most, least=2)]
