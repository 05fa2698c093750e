"""Expected errors from learning curves."""

from __future__ import annotations

import numpy as np
import pytest

from engine.train.curve import Point, expected_error


def drawn(fall: float, sizes: tuple[int, ...], asked: int, seed: int) -> list[Point]:
    rng = np.random.default_rng(seed)
    return [Point(size, asked, float(rng.binomial(asked, 2.0 * size**-fall))) for size in sizes]


@pytest.mark.parametrize("fall", [0.2, 0.35])
def test_interval_holds_what_happens_nine_times_in_ten(fall: float) -> None:
    inside = 0
    for seed in range(200):
        rng = np.random.default_rng(1_000 + seed)
        expected = expected_error(drawn(fall, (500, 1_000, 2_000), 800, seed), 10_000, 1_000)
        happened = rng.binomial(1_000, 2.0 * 10_000.0**-fall) / 1_000
        inside += expected.low <= happened <= expected.high
    assert 0.85 <= inside / 200 <= 0.99


def test_no_extrapolation_keeps_the_measured_level() -> None:
    expected = expected_error([Point(1_000, 500, 50)], 1_000, 500)
    assert expected.value == pytest.approx(0.1)
    assert 0.06 < expected.low < 0.1 < expected.high < 0.16


def test_more_texts_never_make_it_worse_and_perfect_samples_stay_careful() -> None:
    rising = [Point(500, 400, 40), Point(1_000, 400, 48)]
    assert expected_error(rising, 10_000, 400).value <= 0.12
    perfect = expected_error([Point(500, 400, 0), Point(1_000, 400, 0)], 1_000, 400)
    assert 0 < perfect.value < 0.005 < perfect.high
    hopeless = expected_error([Point(100, 50, 50)], 100, 50)
    assert hopeless.high <= 1.0
