"""The bundled encoder: meaning, order, lengths, odd texts, threads, cancelling, and what is not an encoder."""

import shutil
import statistics
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.errors import Cancelled, PackUnusable
from engine.runtimes.encoder import (
    BATCH_PIECES,
    BATCH_TEXTS,
    MAX_PIECES,
    Encoder,
    bundled_encoder_folder,
    length_batches,
)

TEXTS = [
    "My card has not arrived yet.",
    "The bank card I ordered is still not here.",
    "How do I bake a sourdough loaf?",
    "parcel " * 400,
    "",
    "   \n\t",
    "ok",
    "Where is my parcel? " * 12,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open(bundled_encoder_folder())


def test_vectors_are_float32_of_length_one(encoder):
    vectors = encoder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension) == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_like_meaning_is_near_and_unlike_is_far(encoder):
    card, same, bread = encoder.embed(TEXTS[:3])
    assert card @ same > 0.65
    assert card @ bread < 0.2


def test_known_cosines_of_the_fp32_original(encoder):
    # Computed with the fp32 weights by sentence-transformers 5.7.0.
    pairs = {
        ("A man is eating food.", "A man is eating a piece of bread."): 0.7553,
        ("A man is eating food.", "The girl is carrying a baby."): -0.1050,
        ("refund my order", "I want my money back"): 0.5854,
    }
    for (one, other), expected in pairs.items():
        first, second = encoder.embed([one, other])
        assert float(first @ second) == pytest.approx(expected, abs=0.03), (one, other)


def test_a_vector_does_not_depend_on_the_texts_beside_it_nor_on_order(encoder):
    together = encoder.embed(TEXTS)
    alone = np.concatenate([encoder.embed([text]) for text in TEXTS])
    backwards = encoder.embed(TEXTS[::-1])[::-1]
    assert ((together * alone).sum(axis=1) > 0.9999).all()
    assert ((together * backwards).sum(axis=1) > 0.9999).all()


def test_order_is_kept_over_many_batches(encoder):
    texts = [f"item number {number} " + "and so on " * (number % 17) for number in range(300)]
    vectors = encoder.embed(texts)
    for place in (0, 1, 150, 299):
        assert vectors[place] @ encoder.embed([texts[place]])[0] > 0.9999


def test_only_the_first_256_pieces_count(encoder):
    long = "the parcel is late " * 100
    assert encoder.count_pieces([long]) == [MAX_PIECES]
    same, other = encoder.embed([long + "zebra", long + "quantum chromodynamics"])
    np.testing.assert_array_equal(same, other)


def test_texts_that_are_no_proper_text_do_not_stop_the_rest(encoder):
    odd = ["\ud800 half a pair", "nul \x00 inside", "😀" * 300, "x" * 1_000_000, "é" * 50]
    vectors = encoder.embed([*odd, TEXTS[0]])
    assert np.isfinite(vectors).all()
    assert vectors[-1] @ encoder.embed([TEXTS[0]])[0] > 0.9999


def test_a_megabyte_in_one_text_takes_no_longer_than_a_page(encoder):
    began = time.perf_counter()
    encoder.embed(["word " * 200_000])
    assert time.perf_counter() - began < 2.0


def test_no_texts_give_no_rows(encoder):
    assert encoder.embed([]).shape == (0, 384)
    assert encoder.known_share([]).shape == (0,)


def test_known_share_tells_scripts_it_does_not_know(encoder):
    english, chinese, nothing, mixed = encoder.known_share(
        ["The warranty lasts two years.", "龘靐齉爩鱻麤龗灪", "", "warranty 龘"]
    )
    assert english == 1.0
    assert chinese == 0.0
    assert nothing == 1.0
    assert 0.0 < mixed < 1.0


def test_progress_is_told_and_cancelling_stops_between_batches(encoder):
    texts = [f"text {number}" for number in range(200)]
    seen: list[tuple[int, int]] = []
    encoder.embed(texts, on_batch=lambda done, total: seen.append((done, total)))
    assert [total for _done, total in seen] == [200] * len(seen)
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert seen[-1][0] == 200
    assert len(seen) > 1

    calls: list[int] = []

    def stop(done: int, _total: int) -> None:
        calls.append(done)
        raise Cancelled

    with pytest.raises(Cancelled):
        encoder.embed(texts, on_batch=stop)
    assert len(calls) == 1
    assert encoder.embed(["still works"]).shape == (1, 384)


def test_threads_may_share_it(encoder):
    expected = encoder.embed(TEXTS)
    results: list[np.ndarray] = []
    workers = [threading.Thread(target=lambda: results.append(encoder.embed(TEXTS))) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(results) == 6
    for result in results:
        np.testing.assert_allclose(result, expected, atol=1e-4)


def test_one_short_text_is_quick(encoder):
    encoder.embed(["warm"])
    spent = []
    for number in range(40):
        began = time.thread_time()
        encoder.embed([f"where is my parcel number {number}"])
        spent.append(time.thread_time() - began)
    assert statistics.median(spent) < 0.020  # of processor time in this thread; the figure proper is a benchmark


def test_batches_hold_each_row_once_and_stay_within_their_bounds():
    lengths = np.array([3, 256, 5, 4, 256, 200, 3, *([6] * 500)])
    batches = length_batches(lengths)
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= BATCH_TEXTS
        assert len(batch) == 1 or len(batch) * lengths[batch].max() <= BATCH_PIECES
        assert lengths[batch[-1]] == lengths[batch].max()
    assert length_batches(np.array([], dtype=np.int64)) == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(bundled_encoder_folder(), tmp_path / "encoder-copy")


def test_a_changed_byte_is_refused_before_the_library_sees_it(copy):
    body = bytearray((copy / "trunk.onnx").read_bytes())
    body[1_000_000] ^= 1
    (copy / "trunk.onnx").write_bytes(body)
    with pytest.raises(PackUnusable, match=r"trunk\.onnx is not the one its manifest names"):
        Encoder.open(copy)


@pytest.mark.parametrize("missing", ["trunk.onnx", "tokenizer.json", "manifest.json"])
def test_a_missing_file_is_named(copy, missing):
    (copy / missing).unlink()
    with pytest.raises(PackUnusable, match=missing):
        Encoder.open(copy)
