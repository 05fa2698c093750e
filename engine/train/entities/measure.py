"""How good a reader is on texts it was not taught: exact matches of span and label, as seqeval counts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import EntityReport
from engine.serve.entities.reader import log_odds
from engine.train.classify.metrics import calibration_error

RESAMPLES = 1000
MOST_MISTAKES = 20
SHOWN_CHARS = 300  # of a text with a mistake in it
LEAST_FOR_CALIBRATION = 20  # entities; with fewer the chain's own probabilities are left as they are


class Answer(NamedTuple):
    """An entity that a reader gave, or one marked in the data (score 1)."""

    start: int
    end: int
    label: str
    score: float = 1.0


Answers = Sequence[Sequence[Answer]]


class Counts(NamedTuple):
    """Per text: entities right, given and true, int64 (texts, 3)."""

    table: NDArray[np.int64]

    @property
    def scores(self) -> tuple[float, float, float]:
        """Precision, recall and F1 over all texts."""
        return scores(*self.table.sum(axis=0).tolist())


def scores(right: float, given: float, true: float) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where there is nothing to count, as seqeval has it."""
    precision, recall = right / given if given else 0.0, right / true if true else 0.0
    return precision, recall, 2 * right / (given + true) if given + true else 0.0


def count(answers: Answers, truth: Answers) -> Counts:
    """Exact matches per text."""
    rows = []
    for given, true in zip(answers, truth, strict=True):
        ours, theirs = {one[:3] for one in given}, {one[:3] for one in true}
        rows.append((len(ours & theirs), len(ours), len(theirs)))
    return Counts(np.asarray(rows, dtype=np.int64).reshape(-1, 3))


def per_label(answers: Answers, truth: Answers, labels: Sequence[str]) -> tuple[EntityReport, ...]:
    """Precision, recall and F1 of each label; labels that only the data know count too."""
    named = sorted({*labels, *(one.label for row in truth for one in row)})
    found = []
    for label in named:
        ours = [[one for one in row if one.label == label] for row in answers]
        theirs = [[one for one in row if one.label == label] for row in truth]
        counts = count(ours, theirs)
        precision, recall, f1 = counts.scores
        found.append(EntityReport(label, precision, recall, f1, int(counts.table[:, 2].sum())))
    return tuple(found)


def macro_f1(reports: Sequence[EntityReport]) -> float:
    """Mean F1 of the labels that occur."""
    occurring = [one.f1 for one in reports if one.support]
    return sum(occurring) / len(occurring) if occurring else 0.0


def f1_interval(counts: Counts, *, seed: int = 0) -> tuple[float, float]:
    """95 % interval of F1 by drawing texts with replacement (percentile bootstrap, Efron 1979)."""
    texts = len(counts.table)
    if not texts:
        return 0.0, 0.0
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(RESAMPLES):
        drawn = rng.multinomial(texts, np.full(texts, 1 / texts))
        found.append(scores(*(drawn @ counts.table).tolist())[2])
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def rightness(answers: Answers, truth: Answers) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Score of every entity given and whether it is right: float32 and bool (entities,)."""
    found = [
        (one.score, one[:3] in {true[:3] for true in row})
        for given, row in zip(answers, truth, strict=True)
        for one in given
    ]
    return (
        np.asarray([score for score, _ in found], dtype=np.float32),
        np.asarray([right for _, right in found], dtype=bool),
    )


def score_error(answers: Answers, truth: Answers) -> float:
    """Expected calibration error of the scores of entities."""
    given, right = rightness(answers, truth)
    return calibration_error(given, right) if len(given) else 0.0


def fit_calibration(answers: Answers, truth: Answers) -> tuple[float, float]:
    """Slope and offset that turn log-odds of the chain's probability into those of being right.

    Source: Platt 1999, with his counts of one extra example on each side against overfitting.
    """
    probability, right = rightness(answers, truth)
    good = int(right.sum())
    bad = len(right) - good
    if len(right) < LEAST_FOR_CALIBRATION:
        return 1.0, 0.0
    odds = np.asarray([log_odds(float(one)) for one in probability])
    wanted = np.where(right, (good + 1) / (good + 2), 1 / (bad + 2))
    inputs = np.stack([odds, np.ones_like(odds)], axis=1)
    pull = np.asarray([1.0, 0.0])  # a weak one to slope one: few examples must not turn scores upside down
    values = np.asarray([1.0, 0.0])

    def cost(values: NDArray[np.float64]) -> float:
        said = inputs @ values
        return float((np.logaddexp(0, said) - wanted * said).sum() + 0.5 * (pull * (values - pull) ** 2).sum())

    for _ in range(100):  # Newton's method with shorter steps where a full one overshoots; two numbers, a convex cost
        said = 1 / (1 + np.exp(-np.clip(inputs @ values, -60, 60)))
        gradient = inputs.T @ (said - wanted) + pull * (values - pull)
        curve = (inputs * (said * (1 - said))[:, None]).T @ inputs + np.diag(pull) + 1e-9 * np.eye(2)
        step, here = np.linalg.solve(curve, gradient), cost(values)
        while cost(values - step) > here and np.abs(step).max() > 1e-9:
            step = step / 2
        values = values - step
        if np.abs(step).max() < 1e-8:
            break
    return max(float(values[0]), 0.05), float(values[1])


def confident_mistakes(texts: Sequence[str], answers: Answers, truth: Answers) -> tuple[dict[str, Any], ...]:
    """Wrong entities with the highest scores: text, start, end, label (what the data say there, or nothing), predicted,
    score. Long texts are cut around the mistake; the offsets are those of the text shown."""
    wrong = [
        (one, row)
        for row, (given, true) in enumerate(zip(answers, truth, strict=True))
        for one in given
        if one[:3] not in {other[:3] for other in true}
    ]
    wrong.sort(key=lambda found: -found[0].score)
    told = []
    for one, row in wrong[:MOST_MISTAKES]:
        beside = next((true.label for true in truth[row] if true.start < one.end and one.start < true.end), "")
        begin = max(0, min(one.start - SHOWN_CHARS // 2, len(texts[row]) - SHOWN_CHARS))
        shown = texts[row][begin : max(begin + SHOWN_CHARS, one.end)]
        told.append(
            {
                "text": shown, "start": one.start - begin, "end": one.end - begin, "label": beside,
                "predicted": one.label, "score": round(one.score, 4),
            }
        )  # fmt: skip
    return tuple(told)


def loses(champion: Counts, challenger: Counts, *, seed: int = 0, shuffles: int = 2000) -> float:
    """Chance that a reader as good as the champion has an F1 this much lower on these texts.

    Approximate randomisation: the answers of the two change places text by text. One-sided.
    Source: Yeh 2000, "More accurate tests for the statistical significance of result differences".
    """
    difference = champion.scores[2] - challenger.scores[2]
    by_luck = _shuffled_differences(champion, challenger, seed, shuffles)
    return (int((by_luck >= difference - 1e-12).sum()) + 1) / (shuffles + 1)


def differ(first: Counts, second: Counts, *, seed: int = 0, shuffles: int = 2000) -> float:
    """Chance that two readers equally good differ so much in F1 on these texts, whichever is ahead.

    Source: Yeh 2000, as for `loses`.
    """
    difference = abs(first.scores[2] - second.scores[2])
    by_luck = np.abs(_shuffled_differences(first, second, seed, shuffles))
    return (int((by_luck >= difference - 1e-12).sum()) + 1) / (shuffles + 1)


def _shuffled_differences(first: Counts, second: Counts, seed: int, shuffles: int) -> NDArray[np.float64]:
    """F1 of the first less that of the second, float64 (shuffles,), with answers that change places text by text."""
    rng = np.random.default_rng(seed)
    change = second.table - first.table
    found = []
    for _ in range(shuffles):
        moved = change[rng.random(len(change)) < 0.5].sum(axis=0)
        one = scores(*(first.table.sum(axis=0) + moved).tolist())[2]
        found.append(one - scores(*(second.table.sum(axis=0) - moved).tolist())[2])
    return np.asarray(found)
