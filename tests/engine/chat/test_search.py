"""Filters, near-duplicates, signatures and the retrieval meter, on documents whose right places are known."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from engine import api
from engine.errors import InputError, UnknownName, UsageError
from engine.host.chat import vectors
from engine.host.chat.vectors import nearest_passages
from engine.serve.chat.collapse import distinct
from engine.serve.chat.dense import Signatures, nearest
from engine.serve.chat.meter import Ranks, figures, pick, wilson
from engine.serve.chat.retrieve import affordable, choose_mode
from engine.store import documents, retrieval, signatures
from engine.store.narrowing import Narrowing, documents_within
from engine.store.passages import Vectors, signs


def test_signatures_tell_angles(unit_vector) -> None:
    rows = np.stack([unit_vector(str(i)) for i in range(500)])
    bits = signs(rows)
    assert bits.shape == (500, 1)
    assert bits[7, 0] == sum(1 << i for i in _set_bits(rows[7]))
    held = Signatures([bits[:, 0].copy()])
    query = rows[42]
    found = held.nearest(query, 20)
    assert len(found) == 20
    assert 42 in found
    # By hand: all 500 rows pass the first look (13 * 20 is nearly all); then the sum of the query under each sign.
    told = np.where(rows > 0, 1.0, -1.0) @ query
    coarse = held._like(query, 260, None)
    assert set(found) == set(coarse[np.argsort(-told[coarse])[:20]])
    differ = np.array([bin(int(one) ^ int(bits[42, 0])).count("1") for one in bits[:, 0]])
    assert differ[coarse].max() < np.delete(differ, coarse).min()
    allowed = np.zeros(500, dtype=bool)
    allowed[[1, 2, 3]] = True
    assert held.nearest(query, 20, allowed).tolist() == [1, 2, 3]


def _set_bits(row: np.ndarray) -> list[int]:
    """Bit numbers as `signs` packs them: bytes in order, the first dimension of each in its highest bit."""
    return [8 * (i // 8) + 7 - i % 8 for i, value in enumerate(row) if value > 0]


@pytest.mark.parametrize("held", [True, False])
def test_signatures_find_what_a_full_look_finds(connection, document, unit_vector, monkeypatch, held) -> None:
    made = documents.ensure_collection(connection, "many")
    texts = [[f"text {d} {i}" for i in range(30)] for d in range(10)]
    for d, some in enumerate(texts):
        documents.put(connection, made, document(f"{d}.txt", some))
    collection = documents.collection(connection, "many")
    query = unit_vector("text 4 4")
    blocks = [
        vectors.VectorTable(ids, one.data, one.scales) for ids, one in vectors.passages.vector_blocks(connection, made)
    ]
    expected = nearest(blocks, query, 5)
    monkeypatch.setattr(vectors, "SIGNED_FROM", 1)
    monkeypatch.setattr(vectors, "LOOKED_AT", 150)
    monkeypatch.setattr(vectors, "CACHE_BYTES", 1 << 20 if held else 0)
    cache: dict = {}
    found = nearest_passages(connection, collection, query, 5, cache)
    assert found[0][0] == expected[0][0]
    assert len({one for one, _ in found} & {one for one, _ in expected}) >= 4
    assert dict(found)[expected[0][0]] == pytest.approx(expected[0][1], abs=1e-5)
    (kept,) = cache.values()
    assert (kept.table is not None) is held
    some = np.array([3, 5, 250], dtype=np.int64)
    assert {one for one, _ in nearest_passages(connection, collection, query, 5, cache, some)} == {3, 5, 250}


def test_vectors_are_read_one_by_one_and_signatures_go_with_their_document(connection, document) -> None:
    made = documents.ensure_collection(connection, "c")
    documents.put(connection, made, document("a.txt", ["one", "two", "three"]))
    documents.put(connection, made, document("b.txt", ["four", "five"]))
    every = {
        int(ids[i]): one.data[i]
        for ids, one in vectors.passages.vector_blocks(connection, made)
        for i in range(len(ids))
    }
    wanted = np.array([5, 1, 3], dtype=np.int64)
    found = signatures.vectors_of(connection, wanted)
    assert isinstance(found, Vectors)
    assert all((found.data[i] == every[int(one)]).all() for i, one in enumerate(wanted))
    assert (found.scales > 0).all()
    documents.remove(connection, made, ["a.txt"])
    left = list(signatures.blocks(connection, made))
    assert [ids.tolist() for _, ids, _ in left] == [[4, 5]]
    assert connection.execute("SELECT count(*) FROM passage_signatures").fetchone() == (1,)


def test_a_large_collection_looks_for_rare_words_first() -> None:
    counts = {"the": 900_000, "pump": 40_000, "p42": 3, "absent": 0}
    assert affordable(counts, 1_000_000) == (["p42", "pump"], [])
    assert affordable(counts, 500) == (list(counts), [])
    both = {"common": 300_000, "usual": 200_000}
    assert affordable(both, 1_000_000) == (["usual"], ["common"])
    assert affordable({"absent": 0}, 1_000_000) == (["absent"], [])


def test_near_duplicates_are_left_out() -> None:
    first = "The warranty of the pump lasts two years from the day of delivery and covers all parts but the seals."
    assert distinct([first, first.upper(), first.replace("two", "three"), "Another matter entirely.", ""]) == [0, 3, 4]
    assert distinct(["a b c d", "a b c e"]) == [0, 1]


def test_auto_follows_what_was_chosen() -> None:
    assert choose_mode("How do I pay?", "auto", "dense") == "dense"
    assert choose_mode("怎么付款？", "auto", "dense") == "dense"
    assert choose_mode("Как оплатить?", "auto", "dense") == "bm25"
    assert choose_mode("How do I pay?", "bm25", "dense") == "bm25"


def test_figures_by_hand() -> None:
    told = figures(Ranks((1, 2, 4, 0), (0.01, 0.02, 0.03, 0.04)))
    assert (told["recall@1"], told["recall@3"], told["recall@10"]) == (0.25, 0.5, 0.75)
    assert told["mrr"] == pytest.approx((1 + 0.5 + 0.25) / 4)
    assert told["ms"] == 25.0
    assert told["mrr_low"] < told["mrr"] < told["mrr_high"]
    assert wilson(9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)


def test_a_mode_is_chosen_only_where_the_questions_bear_it_out() -> None:
    hybrid = Ranks((2,) * 40, (0.0,) * 40)
    better = Ranks((1,) * 30 + (2,) * 10, (0.0,) * 40)
    chance = Ranks((1,) * 1 + (2,) * 38 + (3,), (0.0,) * 40)
    assert pick({"hybrid": hybrid, "dense": better, "bm25": chance}, "hybrid")[0] == "dense"
    assert pick({"hybrid": hybrid, "bm25": chance}, "hybrid")[0] == "hybrid"
    few = {"hybrid": Ranks((2,) * 5, (0.0,) * 5), "dense": Ranks((1,) * 5, (0.0,) * 5)}
    assert pick(few, "hybrid")[0] == "hybrid"


# --- through the api ------------------------------------------------------------------------------------------


@pytest.fixture
def manuals(service, tmp_path: Path):
    folder = tmp_path / "manuals"
    (folder / "pumps").mkdir(parents=True)
    (folder / "fans").mkdir()
    subjects = ("pressure", "noise", "cleaning", "warranty", "voltage", "spare parts", "lubrication", "transport")
    for kind in ("pumps", "fans"):
        for model in ("alpha", "beta"):
            parts = [f"# {kind[:-1].capitalize()} {model}"]
            parts += [
                f"## {subject.capitalize()} of the {kind[:-1]} {model}\n\nThis section tells the owner of the {model} "
                f"{kind[:-1]} all about {subject}. Number {place} of the list has to be kept. "
                f"{subject.capitalize()} matters for the {model}."
                for place, subject in enumerate(subjects)
            ]  # fmt: skip
            (folder / kind / f"{model}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    (folder / "fans" / "note.txt").write_text("Fans alpha and beta share the voltage of 230 volts.", encoding="utf-8")
    os.utime(folder / "fans" / "alpha.md", (1_600_000_000, 1_600_000_000))  # 2020-09-13
    service.call(api.AddDocuments("manuals", (str(folder),)))
    return service


def _names(found: api.PassageHits) -> set[str]:
    return {"/".join(Path(hit.doc).parts[-2:]) for hit in found.hits}


@pytest.mark.parametrize("mode", ["bm25", "dense", "hybrid"])
def test_filters_narrow_every_mode(manuals, mode) -> None:
    def search(**narrowing) -> set[str]:
        asked = api.SearchPassages("manuals", "voltage of the fan", k=30, mode=mode, collapse=False, **narrowing)
        return _names(manuals.call(asked))

    assert {"pumps/alpha.md", "fans/alpha.md", "fans/note.txt"} <= search()
    assert search(folder="fans") == {"fans/alpha.md", "fans/beta.md", "fans/note.txt"}
    assert search(folder="fans", formats=(".txt",)) == {"fans/note.txt"}
    assert search(until="2020") == {"fans/alpha.md"}
    assert search(until="2020-09-13") == {"fans/alpha.md"}
    assert search(until="2020-08") == set()
    assert "fans/alpha.md" not in search(since="2021")
    with pytest.raises(UsageError, match="since must be a day"):
        search(since="last week")


def test_a_folder_in_part_is_a_folder_and_no_piece_of_a_name(manuals) -> None:
    with manuals.context.store.read() as connection:
        collection = documents.collection(connection, "manuals")
        assert documents_within(connection, collection.id, Narrowing(folder="an")) == []
        assert len(documents_within(connection, collection.id, Narrowing(folder="pumps/"))) == 2


def test_the_meter_measures_and_auto_follows(manuals, tmp_path: Path) -> None:
    told = manuals.call(api.MeterRetrieval("manuals"))
    assert told.derived
    assert told.questions == 32
    assert {"bm25", "dense", "hybrid"} <= set(told.modes)
    for figures_ in told.modes.values():
        assert (
            0 <= figures_["recall@1_low"] <= figures_["recall@1"] <= figures_["recall@3"] <= figures_["recall@10"] <= 1
        )
        assert figures_["ms"] > 0
    assert told.modes["bm25"]["recall@10"] == 1.0
    assert manuals.call(api.GetRetrievalMeter("manuals")) == told
    found = manuals.call(api.SearchPassages("manuals", "noise of the pump beta"))
    assert found.mode == told.chosen
    manuals.call(api.ChooseRetrieval("manuals", "bm25"))
    assert manuals.call(api.SearchPassages("manuals", "noise of the pump beta")).mode == "bm25"
    with pytest.raises(UnknownName):
        manuals.call(api.GetRetrievalMeter("manuals"))
    manuals.call(api.ChooseRetrieval("manuals", "auto"))
    manuals.call(api.RemoveDocuments("manuals"))
    with manuals.context.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM retrieval_modes").fetchone() == (0,)


def test_the_meter_takes_a_persons_questions(manuals, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = [
        {"id": 1, "question": "Which volts do fans need?", "doc": "note.txt"},
        {"id": 2, "question": "noise of the pump beta", "doc": ["beta"], "answer": "all about noise"},
        {"id": 3, "question": "nothing says where"},
        {"id": 4, "question": " ", "doc": "note"},
    ]
    file.write_text("\n".join(map(json.dumps, lines)) + "\nno json\n", encoding="utf-8")
    told = manuals.call(api.MeterRetrieval("manuals", str(file), keep=False))
    assert (told.questions, told.derived, told.chosen) == (2, False, "rerank")
    assert [one.line for one in told.rejected] == [3, 4, 5]
    assert told.modes["bm25"]["recall@10"] == 1.0
    assert "too few" in told.reason
    with manuals.context.store.read() as connection:
        assert retrieval.chosen(connection, documents.collection(connection, "manuals").id) is None
    file.write_text('{"question": "where?"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="Line 1"):
        manuals.call(api.MeterRetrieval("manuals", str(file)))
