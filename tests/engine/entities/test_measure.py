"""What is reported of a reader: equal to seqeval, sound intervals, calibration that helps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics import f1_score, precision_score, recall_score
from seqeval.metrics.sequence_labeling import get_entities

from engine.host.entities.compare import judge
from engine.train.entities import measure
from engine.train.entities.measure import Answer
from engine.train.entities.split import split

TAGS = st.lists(
    st.lists(st.sampled_from(["O", "B-X", "I-X", "B-Y", "I-Y"]), min_size=4, max_size=4), min_size=1, max_size=6
)


def _answers(rows: list[list[str]]) -> list[list[Answer]]:
    return [[Answer(start, end + 1, label) for label, start, end in get_entities(row)] for row in rows]


@given(TAGS, st.randoms())
@pytest.mark.filterwarnings("ignore")
def test_equal_to_seqeval(truth: list[list[str]], random) -> None:
    given = [
        [tag if random.random() < 0.7 else random.choice(["O", "B-X", "I-X", "B-Y"]) for tag in row] for row in truth
    ]
    found = measure.count(_answers(given), _answers(truth)).scores
    expected = (precision_score(truth, given), recall_score(truth, given), f1_score(truth, given))
    assert found == pytest.approx(expected)


def test_labels_are_counted_apart() -> None:
    truth = [[Answer(0, 1, "A"), Answer(2, 3, "B")], [Answer(0, 4, "B")]]
    answers = [[Answer(0, 1, "A"), Answer(2, 3, "A")], [Answer(0, 4, "B")]]
    first, second = measure.per_label(answers, truth, ("A", "B"))
    assert (first.precision, first.recall, first.support) == (0.5, 1.0, 1)
    assert (second.precision, second.recall, second.support) == (1.0, 0.5, 2)


def test_interval_holds_the_value_and_narrows_with_more_texts() -> None:
    rng = np.random.default_rng(0)
    table = np.stack([rng.integers(0, 2, 400), np.ones(400, int), np.ones(400, int)], axis=1)
    few, many = measure.Counts(table[:40]), measure.Counts(table)
    (low, high), (lower, higher) = measure.f1_interval(many), measure.f1_interval(few)
    assert low < many.scores[2] < high
    assert high - low < higher - lower


def test_calibration_lowers_the_error_of_scores() -> None:
    rng = np.random.default_rng(0)
    right = rng.random(3000) < 0.7
    answers = [[Answer(0, 1, "A", float(score))] for score in np.where(right, 0.999, 0.99) ** rng.integers(1, 9, 3000)]
    truth = [[Answer(0, 1, "A" if good else "B")] for good in right]
    slope, offset = measure.fit_calibration(answers, truth)
    told = [
        [row[0]._replace(score=1 / (1 + np.exp(-(slope * measure.log_odds(row[0].score) + offset))))] for row in answers
    ]
    assert measure.score_error(told, truth) < 0.5 * measure.score_error(answers, truth)


def test_a_clearly_worse_reader_is_not_put_to_use() -> None:
    rng = np.random.default_rng(0)
    true = rng.integers(1, 4, 200)
    good = measure.Counts(np.stack([true, true, true], axis=1))
    bad = measure.Counts(np.stack([np.maximum(true - 1, 0), true, true], axis=1))
    slightly = bad.table.copy()
    slightly[:] = good.table
    slightly[0, 0] -= 1
    assert not judge(good, bad).promote
    assert judge(bad, good).promote
    assert judge(good, measure.Counts(slightly)).promote, "one entity of four hundred is chance"
    assert judge(measure.Counts(good.table[:5]), measure.Counts(bad.table[:5])).promote, "too few texts to say"


def test_same_texts_stay_together_and_each_part_has_entities() -> None:
    texts = [f"text {number // 2}" for number in range(60)]
    marked = [number // 2 % 3 == 0 for number in range(60)]
    parts = split(texts, marked, report=True, seed=1)
    assert sorted(np.concatenate(parts).tolist()) == list(range(60))
    for one in parts:
        assert {texts[row] for row in one}.isdisjoint(
            {texts[row] for other in parts if other is not one for row in other}
        )
        assert any(marked[row] for row in one)
    assert [part.tolist() for part in split(texts, marked, report=True, seed=1)] == [part.tolist() for part in parts]
    assert len(split(texts, marked, report=False).report) == 0


def test_mistakes_are_cut_around_and_keep_their_offsets() -> None:
    text = "x" * 500 + "Oslo" + "y" * 500
    (told,) = measure.confident_mistakes([text], [[Answer(500, 504, "TOWN", 0.9)]], [[Answer(498, 504, "LAKE")]])
    assert told["text"][told["start"] : told["end"]] == "Oslo"
    assert (told["label"], told["predicted"], told["score"]) == ("LAKE", "TOWN", 0.9)
    assert len(told["text"]) == measure.SHOWN_CHARS
