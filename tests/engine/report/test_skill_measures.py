"""Measures with known answers: AUC beside scikit-learn's, slices, changed texts, labels left out."""

from __future__ import annotations

import random

import msgspec
import numpy as np
import pytest

from engine.train.report.area import area_under_curve
from engine.train.report.language_of import languages, script_of
from engine.train.report.measure import Measured, measure
from engine.train.report.out_of_scope import leave_labels_out, out_of_scope
from engine.train.report.robustness import CHANGES, FIRST_TEXTS, MOST_TEXTS, changed_texts, robustness
from engine.train.report.slices import lengths, slice_scores


@pytest.mark.parametrize("seed", range(5))
def test_the_area_is_that_of_scikit_learn_with_ties(seed: int) -> None:
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(seed)
    positive = rng.random(300) < 0.3
    scores = (np.round(rng.normal(size=300) + positive, 1)).astype(np.float32)  # rounding makes many ties
    assert len(np.unique(scores)) < 100
    assert area_under_curve(scores, positive) == pytest.approx(roc_auc_score(positive, scores), abs=1e-12)


def test_the_area_of_one_kind_alone_is_unknown() -> None:
    assert area_under_curve(np.ones(4, dtype=np.float32), np.ones(4, dtype=bool)) is None
    assert area_under_curve(np.ones(4, dtype=np.float32), np.array([True, False, True, False])) == 0.5


def test_thirds_by_length_tell_their_spans() -> None:
    texts = ["x" * size for size in (1, 2, 3, 4, 5, 6, 7, 8, 9)]
    assert lengths(texts) == ["short (1-3)"] * 3 + ["medium (4-6)"] * 3 + ["long (7-9)"] * 3
    assert set(lengths(["same", "size"])) == {"short (4-4)"}


def test_slices_count_right_answers_and_leave_out_what_says_nothing() -> None:
    texts = ["x" * 5] * 30 + ["y" * 50] * 30
    right = np.array([True] * 30 + [True] * 15 + [False] * 15)
    columns = {
        "shop": ["a"] * 30 + ["b"] * 30,
        "id": [str(number) for number in range(60)],  # more than 20 values
        "always": ["same"] * 60,
        "rare": ["one"] * 55 + ["two"] * 5,  # one slice would remain
    }
    found = slice_scores(texts, right, columns)
    assert {one.column for one in found} == {"length", "shop"}
    shop = {one.value: one for one in found if one.column == "shop"}
    assert (shop["a"].accuracy, shop["b"].accuracy, shop["b"].texts) == (1.0, 0.5, 30)
    # Wilson's interval of 15 in 30, by hand: centre 0.5, half-width 0.1682.
    assert (shop["b"].accuracy_low, shop["b"].accuracy_high) == (
        pytest.approx(0.3315, abs=1e-3), pytest.approx(0.6685, abs=1e-3),
    )  # fmt: skip


def test_languages_are_told_by_script_and_little_words() -> None:
    texts = ["The card is not working and I was charged", "Ich habe meine Karte nicht und das ist schlecht",
             "我的卡不能用", "カードが使えません", "карта не работает", "lost card", "42"]  # fmt: skip
    assert languages(texts) == ["en", "de", "zh", "ja", "Cyrillic", "en", ""]
    assert script_of("WiFi密码忘记了怎么办") == "zh"


@pytest.mark.parametrize(
    ("change", "text", "expected"),
    [
        ("upper case", "Help me", "HELP ME"),
        ("upper case", "我要退款", None),
        ("lower case", "Help me", "help me"),
        ("lower case", "help", None),
        ("negation", "I can't pay", "I can pay"),
        ("negation", "It won't work", "It will work"),
        ("negation", "Don't do it", "Do do it"),
        ("negation", "Cannot log in", "Can log in"),
        ("negation", "the food is good", "the food is not good"),
        ("negation", "Is my card there?", "Is my card not there?"),
        ("negation", "I want a refund", "I do not want a refund"),
        ("negation", "It's fine", None),
        ("negation", "我没有收到", "我有收到"),
        ("negation", "这是一个好地方", "这不是一个好地方"),
        ("negation", "服务不错", None),
        ("negation", "你能不能帮我", None),
        ("gender", "He said his dog saw her at her house.", "She said her dog saw him at his house."),
        ("gender", "Mr. Jones and his wife", "Ms. Jones and her husband"),
        ("gender", "I miss you", None),
        ("gender", "其他人说他来了", "其他人说她来了"),
        ("gender", "王先生", "王女士"),
        ("names", "nobody is here", None),
        ("names", "Will you mark it in May?", None),
        ("typos", "a b c 12", None),
    ],
)
def test_changes_by_rule(change: str, text: str, expected: str | None) -> None:
    assert CHANGES[change](text, random.Random(0)) == expected


def test_names_are_swapped_for_others_and_stay_the_same_person() -> None:
    changed = CHANGES["names"]("Maria told Ahmed that Maria is late", random.Random(3))
    assert changed is not None
    first, told, second, that, again, *rest = changed.split()
    assert (told, that, rest) == ("told", "that", ["is", "late"])
    assert first == again != second
    assert not {first, second} & {"Maria", "Ahmed"}
    assert CHANGES["names"](" ".join(["Peter"] + ["Anna"] * 3), random.Random(1)) is not None
    surname = CHANGES["names"]("张医生", random.Random(1))
    assert surname is not None
    assert surname.endswith("医生")
    assert surname != "张医生"


def test_a_text_with_every_name_of_the_list_is_still_changed() -> None:
    from engine.train.report.people import _NAMES

    text = " ".join(_NAMES)
    assert CHANGES["names"](text, random.Random(0)) not in (None, text)


def test_typos_keep_the_text_almost_and_repeat_by_seed() -> None:
    text = "Please help me with my transaction from yesterday evening because nothing arrived"
    for seed in range(50):
        changed = CHANGES["typos"](text, random.Random(seed))
        assert changed is not None
        assert changed != text
        assert changed == CHANGES["typos"](text, random.Random(seed))
        assert len(changed.split()) == len(text.split())
        wrong = [(a, b) for a, b in zip(text.split(), changed.split(), strict=True) if a != b]
        assert len(wrong) == 1  # nine words of four letters or more: one mistake
        assert wrong[0][0][0] == wrong[0][1][0]  # the first letter stays
        assert abs(len(wrong[0][0]) - len(wrong[0][1])) <= 1


def test_changed_texts_are_few_touched_and_the_same_each_time() -> None:
    texts = [f"The parcel number {number} is late" for number in range(2 * MOST_TEXTS)] + ["42"] * 50
    found = changed_texts("typos", texts, seed=1)
    assert len(found.texts) == MOST_TEXTS == len(set(found.rows.tolist()))
    assert all(texts[row] != changed for row, changed in zip(found.rows.tolist(), found.texts, strict=True))
    assert found.texts == changed_texts("typos", texts, seed=1).texts
    assert found.texts != changed_texts("typos", texts, seed=2).texts


def by_capital(texts: list[str]) -> np.ndarray:
    """A skill that answers 1 for texts that begin with a capital letter."""
    first = np.array([text[:1].isupper() for text in texts])
    return np.stack([~first, first], axis=1).astype(np.float32)


def test_robustness_counts_what_a_change_breaks() -> None:
    texts = ["Help me now please"] * 150 + ["help me now please"] * 150
    truth = np.array([1] * 150 + [0] * 150)
    found = {one.change: one for one in robustness(by_capital, texts, truth, by_capital(texts))}
    assert set(found) == {"typos", "upper case", "lower case"}  # no negation, name or gender is touched
    assert (found["upper case"].texts, found["upper case"].accuracy) == (300, 1.0)
    assert (found["upper case"].accuracy_changed, found["upper case"].kept) == (0.5, 0.5)
    assert (found["lower case"].texts, found["lower case"].kept) == (150, 0.0)
    # The first letter is never mistyped, so the answers stay, and a hundred texts were enough to see it.
    assert (found["typos"].texts, found["typos"].kept) == (FIRST_TEXTS, 1.0)


def test_out_of_scope_of_scores_with_a_known_answer() -> None:
    sure, unsure = np.array([[9.0, 0.0]] * 40, dtype=np.float32), np.array([[0.1, 0.0]] * 20, dtype=np.float32)
    apart = out_of_scope(sure, unsure, left_out=("x",))
    assert apart is not None
    assert (apart.auroc, apart.turned_away, apart.texts, apart.left_out) == (1.0, 1.0, 20, ("x",))
    alike = out_of_scope(unsure, unsure)
    assert alike is not None
    assert (alike.auroc, alike.turned_away) == (0.5, 0.0)
    assert out_of_scope(sure, unsure[:0]) is None


def blobs(labels: int, each: int, distance: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(labels), each)
    centres = np.eye(labels, 32) * distance
    return (centres[truth] + rng.normal(size=(len(truth), 32))).astype(np.float32), truth


def test_labels_that_lie_apart_are_told_as_foreign_and_noise_is_not() -> None:
    names = tuple(f"label {number}" for number in range(10))
    apart = leave_labels_out(*blobs(10, 40, 12.0), names, seed=0)
    noise = leave_labels_out(*blobs(10, 40, 0.0), names, seed=0)
    assert apart is not None
    assert noise is not None
    assert apart.auroc > 0.95
    assert abs(noise.auroc - 0.5) < 0.1
    assert 0 <= noise.turned_away < 0.2  # about the twentieth that is also lost of the known ones
    assert len(apart.left_out) == 6  # three rounds, two labels each
    assert apart == leave_labels_out(*blobs(10, 40, 12.0), names, seed=0)


def test_two_labels_leave_none_to_leave_out() -> None:
    assert leave_labels_out(*blobs(2, 40, 5.0), ("a", "b")) is None


def test_measure_puts_it_together_and_survives_the_wire() -> None:
    texts = [f"{'Help' if number % 2 else 'help'} me{' please' * (number % 7)}, {number}" for number in range(400)]
    truth = np.arange(400) % 2
    truth[:4] = -1  # labels that the skill does not know count as wrong
    asked: list[int] = []

    def answer(batch: list[str]) -> np.ndarray:
        asked.append(len(batch))
        return by_capital(batch)

    found = measure(answer, texts, truth, ("small", "large"), columns={"shop": ["a", "b"] * 200})
    assert msgspec.json.decode(msgspec.json.encode(found), type=Measured) == found
    assert max(asked) <= 256
    assert found.auc == 1.0
    assert found.out_of_scope is None
    assert {one.column for one in found.slices} == {"length", "shop"}
    assert sum(one.accuracy * one.texts for one in found.slices if one.column == "shop") == pytest.approx(396)


def test_measure_stops_when_asked() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure(by_capital, ["Help me please"] * 20, np.ones(20, dtype=np.int64), ("a", "b"), check=stop)


def test_measure_of_nothing_is_empty() -> None:
    assert measure(by_capital, [], np.zeros(0, dtype=np.int64), ("a", "b")) == Measured()
