"""The rerankers: their arithmetic by hand, damaged packs, and what they do in a search."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from engine import api
from engine.errors import PackUnusable
from engine.language.segment import segmented
from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.serve.chat.candidates import Asked, Candidate
from engine.serve.chat.rerank import Reranker, folder_of, reranker_for
from engine.serve.chat.rerank_words import WordReranker
from engine.serve.chat.retrieve import Hit, choose_mode

needs_models = pytest.mark.skipif(
    not all(folder_of(language).is_dir() for language in ("en", "zh")), reason="the bundled rerankers are not built"
)


def asked(text: str) -> Asked:
    return Asked(text, {}, {}, frozenset(), None)


def candidate(number: int, text: str, title: str = "", cosine: float = 0.0, bm25: float = 0.0) -> Candidate:
    return Candidate(
        Hit(number, 0.0, bm25=bm25, cosine=cosine), number, f"{number}.txt", title, "", 1, False, 0, len(text), text
    )


def test_each_piece_looks_for_the_one_most_like_it() -> None:
    turn = np.zeros((384, 2), dtype=np.float32)
    turn[0, 0] = turn[1, 1] = 1.0
    tells = np.zeros(384, dtype=np.float32)
    tells[2] = 5.0
    reranker = Reranker(turn, tells, 0.0, np.ones(3, np.float32))

    def piece(a: float, b: float, weight: float = 0.0) -> np.ndarray:
        found = np.zeros(384, dtype=np.float32)
        found[:3] = a, b, weight
        return found

    question = np.stack([piece(1, 0), piece(0, 1, 1.0)])
    near, half = np.stack([piece(3, 0), piece(0, 2)]), np.stack([piece(1, 0)])
    heavy, light = np.logaddexp(0, 5.0), np.logaddexp(0, 0.0)
    found = reranker.likeness(question, [near, half])
    assert found[0] == pytest.approx(1.0)
    # The second piece of the question, which tells more, meets nothing but its opposite direction's right angle.
    assert found[1] == pytest.approx(light / (heavy + light), abs=1e-6)


def test_words_near_in_meaning_are_met() -> None:
    words = ["删除", "清除", "备份", "the"]
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [0, -1]], dtype=np.float32)
    reranker = WordReranker(words, np.array([10, 10, 10, 9970]), vectors, np.array([0, 1, 0, 0], np.float32))
    assert segmented("请删除备份ABC", set(words)) == ["请", "删除", "备份", "abc"]
    assert reranker.likeness(["删除"], ["删除"]) == 1.0
    assert reranker.likeness(["删除"], ["清除", "备份"]) == pytest.approx(0.8)
    assert reranker.likeness(["删除"], ["the"]) == 0.0
    assert reranker.likeness(["什么"], ["删除"]) == 0.0
    scores = reranker.scores(asked("删除"), [candidate(1, "备份"), candidate(2, "清除"), candidate(3, "")])
    assert scores == pytest.approx([0.0, 0.8, 0.0])


@needs_models
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_damaged_pack_is_refused(tmp_path: Path, language: str) -> None:
    opener = {"en": Reranker.open, "zh": WordReranker.open}[language]
    copy = shutil.copytree(folder_of(language), tmp_path / "copy")
    opener(copy)
    body = bytearray((copy / "weights.npz").read_bytes())
    body[len(body) // 2] ^= 1
    (copy / "weights.npz").write_bytes(bytes(body))
    with pytest.raises(PackUnusable):
        opener(copy)


@needs_models
def test_the_one_that_reads_the_question_is_taken() -> None:
    cache: dict = {}

    def encoder() -> Encoder:
        raise AssertionError("not needed to choose")

    assert reranker_for("Как оплатить?", encoder, cache) is None
    english, chinese = reranker_for("How do I pay?", encoder, cache), reranker_for("怎么付款？", encoder, cache)
    assert english is not None
    assert chinese is not None
    found = chinese(
        asked("怎么删除数据"), [candidate(1, "今天天气很好"), candidate(2, "清除记录的方法", title="清除数据")]
    )
    assert found[1] > found[0]


@needs_models
def test_english_passages_are_looked_at_again() -> None:
    encoder = Encoder.open(bundled_encoder_folder())
    rerank = reranker_for("How long does the warranty of the pump last?", lambda: encoder, {})
    assert rerank is not None
    texts = [
        "The pump weighs nine kilograms and needs a dry place.",
        "We guarantee the pump for two years from the day of delivery.",
        "",
    ]
    some = [candidate(i, text, cosine=0.5) for i, text in enumerate(texts)]
    scores = rerank(asked("How long does the warranty of the pump last?"), some)
    assert scores[1] > scores[0] > scores[2]
    long = candidate(9, "word " * 5000, cosine=0.1)
    assert np.isfinite(rerank(asked("word " * 500), [long])).all()
    assert list(rerank(asked("x"), [])) == []


@needs_models
def test_passages_are_read_once_and_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = Encoder.open(bundled_encoder_folder())
    reranker = Reranker.open(folder_of("en"))
    read: list[int] = []
    hidden = encoder.hidden
    monkeypatch.setattr(encoder, "hidden", lambda ids, layer: read.append(len(ids)) or hidden(ids, layer))
    some = [candidate(i, f"The pump number {i} needs oil every {i} weeks.", cosine=0.3) for i in range(5)]
    first = reranker.scores(encoder, asked("How often does pump 3 need oil?"), some)
    again = reranker.scores(encoder, asked("How often does pump 3 need oil?"), some[::-1])
    assert read == [6, 1]  # the question and five passages, then the question alone
    assert again == pytest.approx(first[::-1], abs=0.05)
    monkeypatch.setattr("engine.serve.chat.rerank.MOST_KEPT", 3)
    reranker.scores(encoder, asked("oil"), some)
    assert len(reranker._kept) == 3
    reranker.scores(encoder, asked("oil"), some[-3:])
    assert read[-1] == 1  # the last ones stayed


def test_rerank_is_used_only_where_something_reads_the_question() -> None:
    assert choose_mode("How do I pay?", "auto", "rerank", rerank=False) == "hybrid"
    assert choose_mode("How do I pay?", "auto", "rerank", rerank=True) == "rerank"
    assert choose_mode("怎么付款？", "auto", "rerank", rerank=True) == "rerank"
    assert choose_mode("Как оплатить?", "auto", "rerank", rerank=False) == "bm25"


@needs_models
def test_search_looks_again(service, tmp_path: Path) -> None:
    for number, text in enumerate(("Guarantee: two years.", "Weight: nine kilograms.", "Colours: red and blue.")):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "zh.txt").write_text("清除数据之前请先备份。", encoding="utf-8")
    (tmp_path / "ru.txt").write_text("Перед удалением данных сделайте копию.", encoding="utf-8")
    service.call(api.AddDocuments("pumps", (str(tmp_path),)))
    found = service.call(api.SearchPassages("pumps", "How long is the warranty?", mode="rerank"))
    assert found.mode == "rerank"
    assert Path(found.hits[0].doc).stem == "0"
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    # The Russian text has no vector, and shares no word with the question.
    assert sorted(Path(hit.doc).stem for hit in found.hits) == ["0", "1", "2", "zh"]
    chinese = service.call(api.SearchPassages("pumps", "数据怎么备份？", mode="rerank"))
    assert Path(chinese.hits[0].doc).stem == "zh"
    across = service.call(api.SearchPassages("pumps", "What to do before deleting data?", mode="dense"))
    assert Path(across.hits[0].doc).stem == "zh"
