"""Explain and report through the engine and the command line, on skills taught here."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from engine import api
from engine.errors import FileUnusable, FolderNotWritable, PackUnusable, UnknownName, UsageError
from engine.host.service import Service
from engine.store import packs

ROOT = Path(__file__).resolve().parents[3]
WHAT = {
    "delivery": ["parcel has not arrived", "package is late", "delivery is missing", "courier never came"],
    "refund": ["want my money back", "refund has not been paid", "please reimburse me", "return it for a refund"],
    "password": ["forgot my password", "cannot sign in", "reset link does not work", "login is locked"],
}
END = ["since Monday", "for order 4471", "after two weeks", "and nobody answers", "as promised"]


def messages(path: Path, count: int = 120) -> Path:
    chance = random.Random(0)
    rows: dict[str, str] = {}
    while len(rows) < count:
        label = sorted(WHAT)[len(rows) % 3]
        rows.setdefault(f"{chance.choice(WHAT[label])} {chance.choice(END)} ({chance.randrange(100)})", label)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *rows.items()])
    return path


@pytest.fixture
def taught(service: Service, tmp_path: Path) -> Service:
    source = messages(tmp_path / "messages.csv")
    service.call(api.ImportData(path=str(source), name="messages", kind="labelled"))
    service.call(api.TrainClassifier(dataset="messages", pack="topics", method="head"))
    return service


def test_an_answer_is_explained(taught: Service) -> None:
    text = "Hello, I forgot my password again."
    found = taught.call(api.Explain(pack="topics", text=text))
    answer = taught.call(api.Classify(pack="topics", texts=(text,))).results[0]
    assert found.label == answer.label == "password"
    assert found.score == pytest.approx(answer.score, abs=1e-5)
    assert all(text[token.start : token.end] == token.text for token in found.tokens)
    best = max(found.tokens, key=lambda token: token.weight)
    assert best.text in ("password", "forgot")
    other = taught.call(api.Explain(pack="topics", text=text, label="refund"))
    assert other.label == "refund"
    assert next(token for token in other.tokens if token.text == best.text).weight < 0
    assert found.faithfulness.comprehensiveness > found.faithfulness.random_comprehensiveness


def test_what_cannot_be_explained_is_said(taught: Service) -> None:
    with pytest.raises(UsageError, match="no words"):
        taught.call(api.Explain(pack="topics", text="   "))
    with pytest.raises(UnknownName, match="label of topics"):
        taught.call(api.Explain(pack="topics", text="late", label="weather"))
    with pytest.raises(UnknownName, match="nobody"):
        taught.call(api.Explain(pack="nobody", text="late"))
    with pytest.raises(PackUnusable, match="explanations are there for skills that give texts a label"):
        taught.call(api.Explain(pack="encoder-en", text="late"))
    packs.save_version(taught.context.store, "diseases", "entities", {}, {}, promote=True)
    with pytest.raises(PackUnusable, match="reads entities; explanations"):
        taught.call(api.Explain(pack="diseases", text="gout"))


def test_of_a_very_long_text_the_beginning_is_explained(taught: Service) -> None:
    found = taught.call(api.Explain(pack="topics", text="my parcel is late and " * 5000))
    assert "first 3,000 characters" in found.note
    assert max(token.end for token in found.tokens) <= 3000


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_report_is_written(taught: Service, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"report.{ending}"
    written = taught.call(api.ExportReport(pack="topics", path=str(path)))
    assert written.path == str(path)
    assert path.read_bytes()[:5] == (b"%PDF-" if ending == "pdf" else b"<!DOC")
    assert list(tmp_path.glob(".*")) == []


def test_a_report_names_the_versions_and_what_is_promised(taught: Service, tmp_path: Path) -> None:
    taught.call(api.TrainClassifier(dataset="messages", pack="topics", method="head", seed=1))
    path = tmp_path / "report.html"
    taught.call(api.ExportReport(pack="topics", path=str(path), version=2))
    text = path.read_text(encoding="utf-8")
    assert "Version 2, made" in text
    assert "2 (this one)" in text
    assert "promised for new texts" in text
    taught.call(api.ExportReport(pack="topics", path=str(path), version=1, language="zh"))
    assert "第 1 版" in path.read_text(encoding="utf-8")


def test_what_cannot_be_reported_is_said(taught: Service, tmp_path: Path) -> None:
    def report(pack: str, path: Path, **more: object) -> None:
        taught.call(api.ExportReport(pack=pack, path=str(path), **more))

    good = tmp_path / "report.html"
    with pytest.raises(FileUnusable, match=r"\.html or \.pdf"):
        report("topics", tmp_path / "report.txt")
    with pytest.raises(FileUnusable, match="folder does not exist"):
        report("topics", tmp_path / "no" / "report.html")
    with pytest.raises(UnknownName, match="version of topics"):
        report("topics", good, version=9)
    with pytest.raises(UsageError, match="English"):
        report("topics", good, language="fr")
    with pytest.raises(PackUnusable, match="part of the program"):
        report("encoder-en", good)
    packs.save_version(taught.context.store, "books", "recommend", {}, {"report": {"users": 3}}, promote=True)
    with pytest.raises(PackUnusable, match="it is a recommender, and reports are written for classifiers"):
        report("books", good)
    assert not good.exists()


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="needs folder rights")
def test_a_folder_without_rights_is_named(taught: Service, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(FolderNotWritable):
        taught.call(api.ExportReport(pack="topics", path=str(folder / "report.html")))
    folder.chmod(0o700)


def test_the_command_line_explains_and_reports(tmp_path: Path) -> None:
    source, workspace = messages(tmp_path / "messages.csv"), tmp_path / "workspace"

    def run(*arguments: str, code: int = 0) -> dict[str, object]:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--workspace", str(workspace), "--json", *arguments],
            capture_output=True, text=True, encoding="utf-8", env=os.environ | {"CASEMATE_PASSPHRASE": "open sesame 1"},
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    run("data", "import", str(source), "--name", "messages", "--kind", "labelled")
    run("train", "classify", "--dataset", "messages", "--pack", "topics", "--method", "head")
    found = run("explain", "--pack", "topics", "the courier never came")
    assert {"label", "tokens", "faithfulness"} <= found.keys()
    assert [set(token) for token in found["tokens"]] == [{"text", "start", "end", "weight"}] * 4
    report = tmp_path / "report.html"
    assert run("report", "--pack", "topics", str(report), "--version", "1")["path"] == str(report)
    assert "99 %" in report.read_text(encoding="utf-8") or "right → answers" in report.read_text(encoding="utf-8")
    assert run("report", "--pack", "topics", str(tmp_path / "x.doc"), code=4)["error"]["code"] == "file_unusable"
    assert run("explain", "--pack", "topics", " ", code=2)["error"]["code"] == "usage"
