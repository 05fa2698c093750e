"""What leaves the workspace with an exported skill: no text that it was taught, and nothing to guess one from."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

from engine import api
from engine.host.service import Service


def test_an_exported_skill_carries_no_text(service: Service, tmp_path: Path) -> None:
    rows = [(f"{word} zanzibarquux {number}", label) for number in range(12)
            for label, word in (("good", "fine"), ("bad", "poor"))]  # fmt: skip
    rows += [("fine zanzibarquux", "bad")]  # a mistake to quote
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *rows])
    service.call(api.ImportData(path=str(tmp_path / "in.csv"), name="mood", kind="labelled"))
    taught = service.call(api.TrainClassifier(dataset="mood", pack="mood"))
    assert any("zanzibarquux" in mistake["text"] for mistake in taught.mistakes)
    path = tmp_path / "mood.casepack"
    service.call(api.ExportModel(name="mood", path=str(path)))
    with zipfile.ZipFile(path) as archive:
        assert not any("held_out" in name for name in archive.namelist())
        assert not any(b"zanzibarquux" in archive.read(name) for name in archive.namelist())
    service.call(api.RemoveModel(name="mood"))
    service.call(api.ImportModel(path=str(path)))
    assert service.call(api.Classify(texts=("fine and good",), pack="mood")).results[0].label in ("good", "bad")
    again = service.call(api.TrainClassifier(dataset="mood", pack="mood"))  # nothing left to compare with
    assert (again.version, again.promoted) == (2, True)
