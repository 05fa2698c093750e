"""States kept in bytes are nearly those in half precision, and batches are made alike from both."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.train.encoder.states import Coding, States

TEXTS = [
    "Where is my card?",
    "I was charged twice for the same thing, and nobody answers when I ring.",
    "Refund",
    "The app shows a blank page after the last update; what should I do to see my transfers again?",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open(bundled_encoder_folder(), threads=1)


@pytest.fixture(scope="module")
def ids(encoder: Encoder) -> list[list[int]]:
    return [one.ids for one in encoder.pieces(TEXTS)]


def test_bytes_are_near_half_precision(encoder: Encoder, ids: list[list[int]]) -> None:
    wide = States.read(encoder, ids, 3)
    narrow = States.read(encoder, ids, 3, wide_pieces=0)
    rows = np.array([3, 0, 2], dtype=np.int64)
    one, other = wide.batch(rows), narrow.batch(rows)
    assert torch.equal(one.mask, other.mask)
    real = one.mask
    near = torch.nn.functional.cosine_similarity(one.states[real], other.states[real], dim=-1)
    assert near.min() > 0.999
    assert not torch.equal(one.states[real], other.states[real])  # the second really went through bytes
    assert torch.isfinite(other.states).all()


def test_half_precision_is_what_the_encoder_says(encoder: Encoder, ids: list[list[int]]) -> None:
    states = States.read(encoder, ids, 3)
    for row, found in enumerate(encoder.hidden(ids, 3)):
        batch = states.batch(np.array([row]))
        assert np.allclose(batch.states[0].numpy(), found.astype(np.float32), atol=1e-3)


def test_coding_is_within_half_a_step_and_holds_what_is_out_of_range() -> None:
    rng = np.random.default_rng(5)
    states = rng.normal(3, 2, (500, 8)).astype(np.float32)
    states[:, 3] = 7.0  # a channel that never moves
    coding = Coding.learned(states)
    back = coding.coded(states) * coding.step + coding.centre
    assert (np.abs(back - states) <= 0.51 * coding.step + 1e-6).all()
    far = coding.coded(np.full((1, 8), 1e6, np.float32))
    assert (far == 127).all()


def test_stopping_while_reading(encoder: Encoder, ids: list[list[int]]) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        States.read(encoder, ids, 3, on_batch=stop)
