"""Entities from the import of a file to what is found in texts and files, through the engine's own requests."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from engine import api
from engine.errors import DataUnusable, PackUnusable, UnknownName, UsageError
from engine.host.service import Service

TEXT = (
    "Anna Fischer moved to Oslo last year.\r\nPlease call Kira Jansen before noon. "
    "Flights from Graz to Cork are late again."
)


def test_from_file_to_entities(service: Service, taught: api.EntitiesTrained, tmp_path: Path) -> None:
    assert taught.metrics["f1"] > 0.9
    assert taught.metrics["f1_low"] <= taught.metrics["f1"] <= taught.metrics["f1_high"]
    assert taught.labels == ("PERSON", "TOWN")
    assert taught.promoted
    assert taught.adapter_bytes <= 2_000_000
    assert any(point.valid_score is not None for point in taught.curve)

    (found,) = service.call(api.ExtractEntities(pack="names", texts=(TEXT,))).results
    assert [(one.label, one.text) for one in found.entities] == [
        ("PERSON", "Anna Fischer"), ("TOWN", "Oslo"), ("PERSON", "Kira Jansen"), ("TOWN", "Graz"), ("TOWN", "Cork"),
    ]  # fmt: skip
    assert all(TEXT[one.start : one.end] == one.text and 0 < one.score < 1 for one in found.entities)

    told = service.call(api.EvaluateEntities(pack="names", dataset="sentences"))
    assert told.f1 > 0.9
    assert {one.label for one in told.per_label} == {"PERSON", "TOWN"}

    table = tmp_path / "in.csv"
    table.write_text(
        'id,text\n1,Anna Adler moved to Oslo last year.\n2,""\n3,=2+2 moved to Porto last year.\n', encoding="utf-8"
    )
    for ending in ("csv", "jsonl"):
        output = tmp_path / f"out.{ending}"
        done = service.call(api.ExtractFile(pack="names", input=str(table), output=str(output), text_column="text"))
        assert (done.rows, done.rejected_count) == (3, 1)
        assert done.counts["TOWN"] == 2
        assert done.rejected[0].line == 3
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert rows[2]["text"].startswith("'="), "a spreadsheet must not run it"
    assert {one["label"] for one in json.loads(rows[0]["entities"])} == {"PERSON", "TOWN"}
    first = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert isinstance(first["entities"], list)

    card = service.call(api.GetModelCard(name="names"))
    assert "F1" in card.card


def test_bad_requests_are_told_plainly(service: Service, taught: api.EntitiesTrained, tmp_path: Path) -> None:
    bare = tmp_path / "bare.jsonl"
    bare.write_text('{"text": "nothing here", "spans": []}\n' * 12, encoding="utf-8")
    service.call(api.ImportData(path=str(bare), name="bare", kind="entities"))
    few = tmp_path / "few.jsonl"
    few.write_text('{"text": "Anna", "spans": [{"start": 0, "end": 4, "label": "PERSON"}]}\n', encoding="utf-8")
    service.call(api.ImportData(path=str(few), name="few", kind="entities"))
    with pytest.raises(DataUnusable, match="No text has a marked entity"):
        service.call(api.TrainEntities(dataset="bare", pack="x"))
    with pytest.raises(DataUnusable, match="at least 10 texts"):
        service.call(api.TrainEntities(dataset="few", pack="x"))
    with pytest.raises(UsageError, match="no method zero"):
        service.call(api.TrainEntities(dataset="sentences", pack="x", method="zero"))
    with pytest.raises(UsageError, match="unlabelled"):
        service.call(api.TrainEntities(dataset="sentences", pack="x", options=api.TrainOptions(unlabelled="sentences")))
    with pytest.raises(UnknownName):
        service.call(api.ExtractEntities(pack="x", texts=("a",)))


def test_a_worse_version_is_kept_back(service: Service, taught: api.EntitiesTrained, write_sentences) -> None:
    service.call(api.ImportData(path=str(write_sentences(20, 7)), name="worse", kind="entities"))
    again = service.call(api.TrainEntities(dataset="worse", pack="names", options=api.TrainOptions(epochs=1)))
    assert (again.version, again.promoted) == (2, False)
    (found,) = service.call(api.ExtractEntities(pack="names", texts=(TEXT,))).results
    assert len(found.entities) == 5, "the first version is still in use"


def test_texts_of_every_kind_are_read(service: Service, taught: api.EntitiesTrained) -> None:
    long = "Flights from Oslo to Graz are late again. " * 2400
    texts = ("", " \r\n", "👩‍🚀", "浙商银行", long, "\ud800 Oslo")
    found = service.call(api.ExtractEntities(pack="names", texts=texts)).results
    assert [one.text for one in found] == list(texts)
    assert not found[0].entities
    assert not found[1].entities
    assert len(long) > 100_000
    for text, row in zip(texts, found, strict=True):
        assert all(text[one.start : one.end] == one.text for one in row.entities)
    of_long = found[4].entities
    assert sum(one.text in ("Oslo", "Graz") for one in of_long) > 0.95 * 4800


def test_a_pack_of_another_task_is_refused(service: Service, taught: api.EntitiesTrained) -> None:
    with pytest.raises(PackUnusable, match="entities"):
        service.call(api.Classify(texts=("a",), pack="names"))


def test_layers_are_adapted_and_served(service: Service, write_sentences) -> None:
    service.call(api.ImportData(path=str(write_sentences(60, 0)), name="more", kind="entities"))
    trained = service.call(
        api.TrainEntities(dataset="more", pack="adapted", method="lora", options=api.TrainOptions(epochs=12, rank=4))
    )
    assert trained.method == "lora"
    assert trained.adapter_bytes <= 2_000_000
    assert trained.quantisation["int8"] >= trained.quantisation["fp32"] - 0.005 or trained.quantisation["used_fp32"]
    assert trained.metrics["f1"] > 0.7
    text = "Anna Adler moved to Oslo last year."
    (found,) = service.call(api.ExtractEntities(pack="adapted", texts=(text,))).results
    assert [one.text for one in found.entities] == ["Anna Adler", "Oslo"]


def test_a_reader_leaves_and_comes_back(service: Service, taught: api.EntitiesTrained, tmp_path: Path) -> None:
    (found,) = service.call(api.ExtractEntities(pack="names", texts=(TEXT,))).results
    packed = tmp_path / "names.casepack"
    service.call(api.ExportModel(name="names", path=str(packed)))
    assert b"held_out" not in packed.read_bytes()
    service.call(api.RemoveModel(name="names"))
    service.call(api.ImportModel(path=str(packed)))
    (again,) = service.call(api.ExtractEntities(pack="names", texts=(TEXT,))).results
    assert again.entities == found.entities
