"""A store in memory and documents with vectors whose neighbours are known."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import apsw
import numpy as np
import pytest

from engine.store.documents import NewDocument
from engine.store.migrations import migrate
from engine.store.passages import NewPassage, Vectors

DIMENSION = 16


def vector_of(text: str) -> np.ndarray:
    """A unit vector that depends on the text alone."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
    vector = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
    return vector / np.linalg.norm(vector)


def make_document(path: str, texts: Sequence[str], title: str = "") -> NewDocument:
    """A document of one page, one passage per text."""
    page = "\n\n".join(texts)
    made, at = [], 0
    for text in texts:
        made.append(NewPassage(1, at, at + len(text), text, ""))
        at += len(text) + 2
    vectors = np.stack([vector_of(text) for text in texts]) if texts else np.zeros((0, DIMENSION), np.float32)
    return NewDocument(
        path=path, sha256=hashlib.sha256(page.encode()).hexdigest(), title=title, format="txt", size=len(page),
        paged=False, pages=[(1, page)], passages=made, vectors=Vectors.quantise(vectors),
    )  # fmt: skip


@pytest.fixture
def connection():
    made = apsw.Connection(":memory:")
    made.pragma("foreign_keys", 1)
    made.pragma("secure_delete", 1)
    migrate(made)
    yield made
    made.close()


@pytest.fixture
def document():
    return make_document


@pytest.fixture
def unit_vector():
    return vector_of
