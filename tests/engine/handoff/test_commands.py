"""The commands about people, from a question without an answer to figures and files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.cli.entry import run


@pytest.fixture
def call(workspace: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setenv("CASEMATE_PASSPHRASE", passphrase)

    def command(*words: str, ends: int = 0, plain: bool = False) -> Any:
        code = run(["--workspace", str(workspace), *([] if plain else ["--json"]), *words])
        told = capsys.readouterr()
        assert code == ends, told
        return told.out if plain else json.loads(told.out)

    return command


def test_from_a_question_to_an_approved_answer_and_figures(call: Any, tmp_path: Path) -> None:
    call("chat", "answers", "save", "Opening hours?", "Nine to six.", "--collection", "shop", "--variant", "When open?")
    asked = call("chat", "ask", "--collection", "shop", "Do you repair helicopters?")
    assert asked["mode"] == "not_found"
    (item,) = call("chat", "queue")["handoffs"]
    assert item["id"] == asked["handoff"]
    assert call("chat", "queue", str(item["id"]))["messages"][0]["text"] == "Do you repair helicopters?"
    assert "Do you repair helicopters?" in call("chat", "queue", plain=True)
    done = call(
        "chat", "answer", str(item["id"]), "On Mondays.", "--owner", "Ann", "--expires", "2999-12-31",
        "--intent", "repair", "--pack", "desk",
    )  # fmt: skip
    assert (done["open"], done["handoff"]["state"]) == (0, "answered")
    refused = call("chat", "answer", str(item["id"]), "On Tuesdays.", ends=4)
    assert refused["error"]["code"] == "handoff_closed"
    again = call("chat", "ask", "--collection", "shop", "Do you repair helicopters?")
    assert again["answer"] == "On Mondays."
    call("chat", "rate", str(again["message"]), "bad")
    (item,) = call("chat", "queue")["handoffs"]
    call("chat", "dismiss", str(item["id"]), "--reason", "it is right")
    call("chat", "handover", str(again["message"]), "--reason", "look again")
    assert call("chat", "queue", "--state", "all")["open"] == 1
    listed = call("chat", "answers", "list", "--collection", "shop", "--query", "helicopters")
    assert (listed["current"], [one["expires"] for one in listed["answers"]]) == (2, ["2999-12-31"])
    assert "helicopters" in call("chat", "answers", "list", plain=True)
    call("chat", "answers", "delete", str(listed["answers"][0]["id"]))
    figures = call("chat", "figures", "--days", "7")
    assert (figures["questions"], figures["not_found"], figures["handed_over"]) == (2, 1, 1)
    assert "2 questions" in call("chat", "figures", plain=True)
    assert call("chat", "learn", "--dataset", "intents")["labels"] == {"repair": 1}
    branched = call("chat", "branch", str(again["message"]))
    assert branched["messages"] == 1
    call("chat", "rename", str(branched["conversation"]), "Helicopters")
    assert "Helicopters" in call("chat", "show", str(branched["conversation"]), plain=True)
    assert "On Mondays." in call("chat", "copy", str(again["conversation"]), plain=True)
    written = call("chat", "export", str(again["conversation"]), str(tmp_path / "talk.md"))
    assert written["rows"] == 2
    assert "On Mondays." in (tmp_path / "talk.md").read_text(encoding="utf-8")
    call("chat", "delete", str(branched["conversation"]))
    other = call(
        "chat", "ask", "--conversation", str(again["conversation"]), "--instead-of", str(again["message"]),
        "Do you repair helicopters?",
    )  # fmt: skip
    assert other["mode"] == "not_found"


@pytest.mark.parametrize("words", [["answer", "1"], ["queue", "--state", "lost"], ["answers"], ["rate", "1", "5"]])
def test_wrong_usage(call: Any, words: list[str]) -> None:
    assert call("chat", *words, ends=2)["error"]["code"] == "usage"
