"""What the ladder works with: the question as it was understood, and what the store found for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.serve.chat.retrieve import Hit

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit vectors, float32 (n, d)."""


class Asked(Struct, frozen=True):
    """A question against one collection.

    `weights` tells how rare each search term is among the passages, `faq_weights` among the approved questions;
    `unknown` holds the terms that no passage has. `vector` is None where the encoder cannot read the question.
    """

    text: str
    weights: dict[str, float]
    faq_weights: dict[str, float]
    unknown: frozenset[str]
    vector: NDArray[np.float32] | None
    counts: dict[str, int] = {}
    """In how many passages each term is."""


class Candidate(Struct, frozen=True):
    """A passage; `start` and `end` are offsets in the text of the page, `text` is what stands between them."""

    hit: Hit
    document: int
    doc: str
    title: str
    heading: str
    page: int
    paged: bool
    start: int
    end: int
    text: str


class FaqCandidate(Struct, frozen=True):
    """An approved answer and where it stands. For one that a person wrote, `title` is that person and `date` the day of
    its last change; its document is 0."""

    hit: Hit
    question: str
    answer: str
    document: int
    doc: str
    title: str
    page: int
    paged: bool
    start: int
    end: int
    date: str = ""
