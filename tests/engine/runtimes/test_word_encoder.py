"""The Chinese encoder: its arithmetic by hand, damaged packs, and the one space that it shares with the English one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.errors import PackUnusable
from engine.language.reads import read_in
from engine.runtimes.bilingual import BilingualEncoder
from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.runtimes.word_encoder import Vocabulary, WordEncoder, bundled_word_encoder_folder, packed, unpacked

needs_model = pytest.mark.skipif(
    not bundled_word_encoder_folder().is_dir(), reason="the bundled Chinese encoder is not built"
)


def by_hand() -> WordEncoder:
    vocabulary = Vocabulary(["退款", "sql"], ["退", "款"], ["退款"])
    rows = np.zeros((5, 384), dtype=np.int8)
    rows[:, :2] = [[2, 0], [0, 4], [1, 0], [0, 0], [0, 5]]
    steps = np.array([0.5, 0.5, 0.5, 0.5, 0.2], dtype=np.float32)
    start = np.zeros(384, dtype=np.float32)
    start[2] = 1.0
    return WordEncoder(vocabulary, packed(rows), steps, start)


def test_a_text_is_the_sum_of_its_words_characters_and_pairs() -> None:
    encoder = by_hand()
    assert encoder.vocabulary.tokens("退款 SQL?") == [0, 1, 2, 3, 4]
    found = encoder.embed(["退款 SQL?", "退款退款", "жж"])
    assert found[0, :3] == pytest.approx(np.array([1.5, 3, 1]) / np.sqrt(1.5**2 + 9 + 1))
    # 退款 twice, each character twice, and the pairs 退款, 款退 (not known), 退款.
    assert found[1, :3] == pytest.approx(np.array([3, 2, 1]) / np.sqrt(14), abs=1e-3)
    assert found[2, :3] == pytest.approx([0, 0, 1])
    assert found.dtype == np.float32
    assert encoder.embed([]).shape == (0, 384)


def test_two_numbers_fit_a_byte() -> None:
    values = np.arange(-8, 8, dtype=np.int8).reshape(2, 8)
    assert packed(values).shape == (2, 4)
    assert np.array_equal(unpacked(packed(values)), values)


def test_who_listens_can_stop_it() -> None:
    told = []

    def listen(done: int, total: int) -> None:
        told.append((done, total))
        if done > 500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        by_hand().embed(["退款"] * 1000, on_batch=listen)
    assert told == [(256, 1000), (512, 1000)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I pay?", "en"),
        ("Wie bezahle ich?", "en"),
        ("12:30", "en"),
        ("怎么付款？", "zh"),
        ("TiDB 集群怎么扩容", "zh"),
        ("把 CSV 文件 customers.csv 导入到表里", "zh"),
        ("Как оплатить?", ""),
        ("どうやって支払いますか", ""),
        ("어떻게 결제하나요", ""),
        ("How do I 付款 Как оплатить это сейчас", ""),
    ],
)
def test_which_encoder_reads_a_text(text: str, language: str) -> None:
    assert read_in(text) == language


@needs_model
def test_chinese_and_english_meet_in_one_space() -> None:
    both = BilingualEncoder(
        Encoder.open(bundled_encoder_folder()), lambda: WordEncoder.open(bundled_word_encoder_folder())
    )
    told: list[tuple[int, int]] = []
    chinese = ["怎么退款？", "今天天气很好。", "医院几点开门？"]
    english = ["How do I get a refund?", "The weather is fine today.", "When does the hospital open?"]
    vectors = both.embed([*chinese, *english], on_batch=lambda *now: told.append(now))
    likeness = vectors[:3] @ vectors[3:].T
    assert likeness.argmax(axis=1).tolist() == [0, 1, 2]
    assert likeness.argmax(axis=0).tolist() == [0, 1, 2]
    assert np.diagonal(likeness).min() > 0.5
    assert told[-1] == (6, 6)
    assert np.array_equal(both.embed(english), both.english.embed(english))


def test_without_chinese_texts_its_encoder_is_not_opened() -> None:
    def fail() -> WordEncoder:
        raise AssertionError("opened")

    both = BilingualEncoder(Encoder.open(bundled_encoder_folder()), fail)
    assert both.embed(["How do I pay?"]).shape == (1, 384)


@needs_model
def test_a_damaged_pack_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "encoder-zh"
    shutil.copytree(bundled_word_encoder_folder(), folder)
    body = bytearray((folder / "weights.npz").read_bytes())
    body[1000] ^= 1
    (folder / "weights.npz").write_bytes(bytes(body))
    with pytest.raises(PackUnusable, match="weights"):
        WordEncoder.open(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["files"]["weights.npz"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(PackUnusable):
        WordEncoder.open(folder)
