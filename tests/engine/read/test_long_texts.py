"""Texts longer than the encoder reads at once."""

from __future__ import annotations

import numpy as np
import pytest

from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.runtimes.long_texts import MOST_WINDOWS, WINDOW_CHARS, cut_windows, embed_long


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open(bundled_encoder_folder(), threads=2)


def test_windows_follow_each_other_and_end() -> None:
    words = [f"w{number}" for number in range(400)]
    windows = cut_windows(" ".join(words))
    assert " ".join(windows).split() == words
    assert len(cut_windows("word " * 10_000)) == MOST_WINDOWS
    assert [len(window) for window in cut_windows("x" * (WINDOW_CHARS + 5))] == [WINDOW_CHARS, 5]
    assert cut_windows("   ") == [""]


def test_short_texts_keep_the_encoders_vectors(encoder: Encoder) -> None:
    texts = ["My card has not arrived.", "", "word " * 200]
    assert np.abs(embed_long(encoder, texts) - encoder.embed(texts)).max() < 0.02


def test_the_end_of_a_long_text_counts(encoder: Encoder) -> None:
    start = "The weather was mild and the streets were quiet. " * 40
    long = start + "My credit card was stolen and I need a new one. " * 30
    asked = encoder.embed(["stolen credit card"])[0]
    found = embed_long(encoder, [long, "short"])
    assert asked @ found[0] > asked @ encoder.embed([long])[0] + 0.05
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(2), abs=1e-3)
