"""The labelling queue and versions from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine import api
from engine.cli.entry import run
from engine.cli.show import as_text


@pytest.fixture
def command(workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setenv("CASEMATE_PASSPHRASE", "correct horse battery staple")

    def call(*words: str, code: int = 0) -> Any:
        assert run(["--workspace", str(workspace), "--json", "--quiet", *words]) == code
        return json.loads(capsys.readouterr().out)

    return call


def test_label_on_the_command_line(command: Any, messages: Any, tmp_path: Path) -> None:
    truth = dict(messages(12))
    path = tmp_path / "inbox.txt.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in truth), encoding="utf-8")
    command("data", "import", str(path), "--name", "inbox", "--kind", "texts")
    filled = command("queue", "fill", "--dataset", "inbox", "--pack", "topics", "--count", "4")
    assert (filled["waiting"], filled["labelled"]) == (4, 0)
    first, second = filled["texts"][:2]
    assert command("queue", "label", str(first["id"]), truth[first["text"]])["labelled"] == 1
    assert command("queue", "skip", str(second["id"]))["waiting"] == 2
    assert command("queue", "undo", "--pack", "topics")["waiting"] == 3
    assert len(command("queue", "list", "--limit", "2")["texts"]) == 2
    assert command("queue", "label", "999", "x", code=4)["error"]["code"] == "unknown_name"
    assert command("queue", "teach", "--pack", "topics", code=4)["error"]["code"] == "data_unusable"
    assert (
        command("queue", "correct", "--pack", "topics", "a text", "refund", code=4)["error"]["code"] == "unknown_name"
    )
    for words in (("versions", "topics"), ("use", "topics", "2"), ("compare", "topics", "1", "2")):
        assert command("models", *words, code=4)["error"]["code"] == "unknown_name"


def test_how_it_looks() -> None:
    queue = api.LabellingQueue(
        texts=(api.QueuedText(7, "topics", "where is it", "uncertain", (("delivery", 0.4),), 1.0),),
        waiting=1,
        labelled=2,
        labels=("delivery", "refund"),
    )
    shown = as_text(queue)
    assert "Waiting: 1; labelled and not yet taught: 2." in shown
    assert shown.splitlines()[-1].split()[:4] == ["7", "topics", "uncertain", "delivery"]
    version = api.VersionInfo(2, "2026-01-01", True, "head", "messages", 1_500_000, {"accuracy": 0.93})
    assert "1.50 MB      0.93" in as_text(api.Versions("topics", "classify", (version,)))
    compared = api.VersionsCompared(
        pack="topics", first=1, second=2, texts=100, first_right=90, second_right=93, only_first=2, only_second=5,
        chance=0.453, per_label={"a": (0.9, 0.91), "b": (0.5, 0.8)},
        examples=({"text": "t", "label": "b", "first": "a", "second": "b"},),
    )  # fmt: skip
    shown = as_text(compared)
    assert "version 1 had 90 right (90.0%), version 2 93 (93.0%)" in shown
    assert shown.index("\nb ") < shown.index("\na ")  # the label that moved most stands first
    taught = api.QueueTaught("topics corrections", 12, "topics", 3, False, {"accuracy": 0.9})
    assert "which stays" in as_text(taught)
    assert msgspec.json.decode(msgspec.json.encode(taught), type=api.QueueTaught) == taught
