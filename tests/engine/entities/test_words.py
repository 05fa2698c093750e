"""Words and windows: offsets are exact in any script, and every piece of a long text counts once."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.serve.entities.features import Looker
from engine.serve.entities.passages import Lengths, cut_passages
from engine.serve.entities.windows import cut_windows, pieces_of_words, word_states
from engine.serve.entities.words import FINENESS, choose_fineness, covering, split_words

SCRIPTS = st.sampled_from(
    [
        "Anna sings", "浙商银行企业", "서울에서 만나요", "हिन्दी में", "ไทยแลนด์", "مرحبا بك", "שלום",
        "Ελλάδα", "Ünïcödé", "e\u0301a\u0308",
        "👨‍👩‍👧", "👍🏽", "a_b", "BRCA1/2-x", "\r\n", "\t", " ", "\u00a0",
        "3.14%", "ﬁ", "\ud800", "𝒳", "\u200b", "İstanbul",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(SCRIPTS, max_size=8).map("".join))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open(bundled_encoder_folder(), threads=1)


@given(TEXTS, st.sampled_from(FINENESS))
def test_words_are_all_that_is_not_blank(text: str, fineness) -> None:
    bounds = split_words(text, fineness)
    assert all(start < end for start, end in bounds)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(bounds))
    covered = {place for start, end in bounds for place in range(start, end)}
    assert all(char.isspace() for place, char in enumerate(text) if place not in covered)


@given(TEXTS, st.data())
def test_a_span_of_words_comes_back(text: str, data) -> None:
    bounds = split_words(text)
    if bounds:
        first = data.draw(st.integers(0, len(bounds) - 1))
        last = data.draw(st.integers(first + 1, len(bounds)))
        assert covering(bounds, bounds[first][0], bounds[last - 1][1]) == (first, last)


@given(st.integers(0, 3000))
def test_every_piece_counts_once_and_not_at_an_edge(pieces: int) -> None:
    windows = cut_windows(pieces, most=254, margin=48)
    assert [place for window in windows for place in range(window.first, window.last)] == list(range(pieces))
    for window in windows:
        assert 0 <= window.begin <= window.first <= window.last <= window.end <= pieces
        assert window.end - window.begin <= 254
        assert window.first == 0 or window.first - window.begin == 48
        assert window.last == pieces or window.end - window.last == 48


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_states_fit_the_words_of_any_text(encoder: Encoder, text: str) -> None:
    bounds = split_words(text)
    (states,) = word_states(encoder, [text], [bounds], (0,))
    assert states.shape == (len(bounds), encoder.dimension)
    assert np.isfinite(states).all()


def test_pieces_of_words() -> None:
    # "unbelievable cats": un ##bel ##ievable cats
    first, counts = pieces_of_words([(0, 2), (2, 5), (5, 12), (13, 17)], [(0, 12), (13, 17), (18, 19)])
    assert first.tolist()[:2] == [0, 3]
    assert counts.tolist() == [3, 1, 0]


def test_words_of_long_texts_have_the_states_of_their_windows(encoder: Encoder) -> None:
    rng = np.random.default_rng(0)
    text = " ".join(rng.choice(["cells", "of", "the", "heart", "grow", "slowly", "in", "mice"], 900).tolist())
    (long,) = word_states(encoder, [text], [split_words(text)], (3,))
    (pieces,) = encoder.pieces([text])
    first_mark, *inner, last_mark = pieces.ids
    assert len(inner) == 900, "each of these words is one piece"
    for window in cut_windows(900)[1:4]:
        (read,) = encoder.hidden([[first_mark, *inner[window.begin : window.end], last_mark]], 3)
        counted = read[1 + window.first - window.begin : 1 + window.last - window.begin]
        assert np.allclose(long[window.first : window.last].astype(float), counted.astype(float), atol=0.02)


@given(TEXTS, st.integers(1, 9), st.integers(0, 9))
def test_passages_hold_every_word_once(text: str, usual: int, more: int) -> None:
    bounds = split_words(text)
    passages = cut_passages(text, bounds, Lengths(usual + more, usual))
    assert [word for first, last in passages for word in range(first, last)] == list(range(len(bounds)))
    assert all(first < last for first, last in passages)


def test_long_texts_are_cut_between_sentences() -> None:
    text = "Dr. Adler came. She saw it. Nobody else was there at all that day.\nThen she left."
    bounds = split_words(text)
    assert cut_passages(text, bounds, Lengths(100, 5)) == [(0, len(bounds))]
    parts = [text[bounds[a][0] : bounds[b - 1][1]] for a, b in cut_passages(text, bounds, Lengths(10, 9))]
    assert parts == ["Dr. Adler came. She saw it.", "Nobody else was there at all that day.", "Then she left."]


def test_fineness_follows_the_marks() -> None:
    text = "EGFR2 and BRCA1"
    assert choose_fineness([(text, [(0, 5), (10, 15)])]) == "words"
    assert choose_fineness([(text, [(0, 4)])]) == "parts"
    assert choose_fineness([(text, [(0, 3)])]) == "characters"


def test_features_do_not_reach_into_the_next_text() -> None:
    together = Looker().features([["a", "b"], ["c"]])
    alone = Looker().features([["c"]])
    begin = together.indptr[2]
    assert together.hashes[begin:].tolist() == alone.hashes.tolist()
    assert together.hashes.min() >= 0
