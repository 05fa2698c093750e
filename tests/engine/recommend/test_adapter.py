"""The adapter of the encoder: learned from behaviour, kept where it finds new items, used for those that come later."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from engine.serve.recommend.adapter import ADAPTER, TextAdapter, adapter_file, read_adapter
from engine.serve.recommend.model import RecommendModel, open_model, pack_files
from engine.serve.recommend.newcomers import nearest
from engine.serve.recommend.vectors import VECTORS, vector_file
from engine.train.recommend.adapter import learn_adapter
from engine.train.recommend.fit import Events, FitResult, FitSpec, fit

PEOPLE, ITEMS, TASTES, SIZE = 600, 200, 4, 32


class Quiet:
    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...
    def check(self) -> None: ...


def go_on() -> None:
    pass


class Shop:
    """Texts are mostly about something that nobody chooses by; a faint part of them tells the taste."""

    def __init__(self) -> None:
        rng = np.random.default_rng(4)
        self.taste = rng.integers(0, TASTES, ITEMS)
        loud = rng.normal(size=(ITEMS, SIZE - TASTES))
        faint = np.eye(TASTES)[self.taste] * 1.2
        raw = np.concatenate([loud, faint], axis=1)
        self.vectors = np.asarray(raw / np.linalg.norm(raw, axis=1, keepdims=True), np.float32)
        own = rng.integers(0, TASTES, PEOPLE)
        likely = np.where(self.taste[None, :] == own[:, None], 0.25, 0.01)
        self.matrix = csr_matrix((rng.random((PEOPLE, ITEMS)) < likely).astype(np.float32))

    def same_taste(self, vectors: np.ndarray) -> float:
        """Share of an item's five nearest that are of its taste."""
        like = vectors @ vectors.T
        np.fill_diagonal(like, -1)
        near = np.argsort(-like, axis=1)[:, :5]
        return float((self.taste[near] == self.taste[:, None]).mean())


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop()


@pytest.fixture(scope="module")
def fitted(shop: Shop) -> FitResult:
    entries = shop.matrix.tocoo()
    events = Events(
        PEOPLE, ITEMS, entries.row.astype(np.int32).tobytes(), entries.col.astype(np.int32).tobytes(),
        entries.data.astype(np.float32).tobytes(),
    )  # fmt: skip
    return fit(FitSpec(events, shop.vectors.tobytes()), Quiet())


@pytest.fixture(scope="module")
def model(shop: Shop, fitted: FitResult) -> RecommendModel:
    entries = shop.matrix.tocoo()
    ids = [str(item) for item in range(ITEMS)]
    files = pack_files(
        fitted.arrays, ids, ids, [str(p) for p in range(PEOPLE)], entries.row.astype(np.int32),
        entries.col.astype(np.int32), entries.data.astype(np.float32),
    )  # fmt: skip
    return open_model("shop", files | {ADAPTER: fitted.adapter, VECTORS: vector_file(shop.vectors)}, {})


def test_what_people_choose_by_comes_to_the_front(shop: Shop) -> None:
    found = learn_adapter(shop.matrix, shop.vectors, 0, go_on)
    assert found is not None
    before, after = shop.same_taste(shop.vectors), shop.same_taste(found.of(shop.vectors))
    assert before < 0.5
    assert after > before + 0.3


def test_the_same_seed_learns_the_same(shop: Shop) -> None:
    one, other = (learn_adapter(shop.matrix, shop.vectors, 3, go_on) for _ in range(2))
    assert one is not None
    assert other is not None
    assert np.array_equal(one.up, other.up)


def test_an_item_without_a_text_stays_without(shop: Shop) -> None:
    vectors = shop.vectors.copy()
    vectors[:5] = 0
    found = learn_adapter(shop.matrix, vectors, 0, go_on)
    assert found is not None
    assert not found.of(vectors)[:5].any()
    assert np.linalg.norm(found.of(vectors)[5:], axis=1) == pytest.approx(1, abs=1e-5)


def test_few_events_teach_nothing(shop: Shop) -> None:
    assert learn_adapter(shop.matrix[:60], shop.vectors, 0, go_on) is None


def test_fit_keeps_it_and_new_items_are_placed_by_it(shop: Shop, fitted: FitResult, model: RecommendModel) -> None:
    assert fitted.setting.adapted
    assert model.adapter is not None
    rng = np.random.default_rng(9)
    taste = np.arange(TASTES).repeat(10)
    raw = np.concatenate([rng.normal(size=(len(taste), SIZE - TASTES)), np.eye(TASTES)[taste] * 1.2], axis=1)
    new = np.asarray(raw / np.linalg.norm(raw, axis=1, keepdims=True), np.float32)
    everything = np.ones(ITEMS, np.bool_)
    places, like = nearest(model, new, everything, go_on)
    assert (like[:, 0] >= like[:, -1]).all()
    adapted = float((shop.taste[places] == taste[:, None]).mean())
    plain = np.argsort(-(new @ shop.vectors.T), axis=1)[:, : places.shape[1]]
    assert adapted > float((shop.taste[plain] == taste[:, None]).mean()) + 0.25


def test_a_damaged_file_is_refused() -> None:
    adapter = TextAdapter(np.ones((SIZE, 2), np.float32), np.ones((2, SIZE), np.float32))
    assert read_adapter(adapter_file(adapter), SIZE).up.shape == (2, SIZE)
    with pytest.raises(ValueError, match="does not fit"):
        read_adapter(adapter_file(adapter), SIZE + 1)
    with pytest.raises(ValueError, match="numbers"):
        read_adapter(adapter_file(adapter._replace(up=np.full((2, SIZE), np.nan, np.float32))), SIZE)
