"""A new version holds out again what the version in use held out, so that the two can be compared."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from engine.dataset.split import ALWAYS_TAUGHT
from engine.train.classify.folds import FIRST, folds_of
from engine.train.classify.spec import TeachSpec

WORDS = ("parcel", "invoice", "password", "courier", "refund", "window", "garden", "printer", "ladder", "lamp")


def spec_of(count: int, *, seed: int = 0, guessed: int = 0, named: int = 0) -> TeachSpec:
    texts = tuple(f"{WORDS[row % 10]} {WORDS[row // 10 % 10]} {row}" for row in range(count))
    truth = tuple(row % 4 for row in range(count))
    return TeachSpec("lora", tuple("abcd"), texts, truth, b"", 384, 1.0, seed, guessed=guessed, named=named)


def test_what_was_held_out_is_held_out_again() -> None:
    first = folds_of(spec_of(200))
    held = tuple(np.flatnonzero(first.fold_of == FIRST).tolist())
    assert len(held) == 40
    grown = spec_of(300, seed=9)
    assert len(set(held) & set(np.flatnonzero(folds_of(grown).fold_of == FIRST).tolist())) < 20
    again = folds_of(replace(grown, held_before=held)).fold_of
    assert set(held) <= set(np.flatnonzero(again == FIRST).tolist())
    table = np.array([np.bincount(np.array(grown.truth)[again == fold], minlength=4) for fold in range(5)])
    assert (abs(table - 15) <= 1).all(), "folds and labels keep their sizes"
    assert (folds_of(replace(spec_of(200), held_before=held)).fold_of == first.fold_of).all()


def test_heads_held_out_everything_and_change_nothing() -> None:
    plain = folds_of(spec_of(200)).fold_of
    assert (folds_of(replace(spec_of(200), held_before=tuple(range(200)))).fold_of == plain).all()


def test_guessed_and_named_texts_are_never_held_out() -> None:
    spec = replace(spec_of(200, guessed=20, named=8), held_before=tuple(range(0, 40)))
    folds = folds_of(spec).fold_of
    assert (folds[172:] == ALWAYS_TAUGHT).all()
    assert (folds[:40] == FIRST).all()
    assert ALWAYS_TAUGHT not in folds[:172]
