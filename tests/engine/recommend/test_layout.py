"""The map of a catalogue: near stays near, groups are those of the vectors, and their names tell them apart."""

from __future__ import annotations

import numpy as np
import pytest

from engine.serve.recommend.layout import LayoutSpec, grouped, lay_out, named


class Quiet:
    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...


def clusters(count: int = 5, each: int = 30, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(count, 24))
    which = np.repeat(np.arange(count), each)
    vectors = middles[which] + rng.normal(size=(count * each, 24)) * 0.25
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), which


def test_what_is_alike_lies_together_and_twice_the_same() -> None:
    vectors, which = clusters()
    spec = LayoutSpec(vectors.tobytes(), tuple(f"thing {kind}" for kind in which))
    laid = lay_out(spec, Quiet())
    assert lay_out(spec, Quiet()) == laid
    places = np.frombuffer(laid.places, np.float32).reshape(-1, 2)
    assert np.abs(places).max() <= 1
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1)[:, :5]
    assert (which[nearest] == which[:, None]).mean() > 0.95


def test_groups_are_those_of_the_vectors_and_the_largest_comes_first() -> None:
    vectors, which = clusters()
    groups = grouped(vectors, 5, np.random.default_rng(0))
    sizes = np.bincount(groups)
    assert (np.diff(sizes) <= 0).all()
    pure = sum(np.bincount(which[groups == group]).max() for group in range(len(sizes)))
    assert pure / len(which) > 0.9


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["gas stove 15 l", "fuel stove 20 l", "rain jacket 15 l", "down jackets 20 l"], [("stove",), ("jacket",)]),
        (
            ["充气床垫 睡眠", "蛋巢床垫 睡眠", "双峰 2 帐篷 帐篷", "双峰 3 帐篷 帐篷"],
            [("床垫", "睡眠"), ("双峰", "帐篷")],
        ),
    ],
)
def test_groups_are_named_by_words_that_tell_them_apart(texts: list[str], expected: list[tuple[str, ...]]) -> None:
    found = named(texts, np.array([0, 0, 1, 1], np.int32))
    for names, wanted in zip(found, expected, strict=True):
        assert set(wanted) <= set(names)
        assert len(set(names)) == len(names)
        assert not any(name.isdecimal() or name == "l" for name in names)
