"""`chat profile` and `chat test` from the outside: exit codes and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli.entry import run
from engine.runtimes.encoder import bundled_encoder_folder

pytestmark = pytest.mark.skipif(not (bundled_encoder_folder() / "trunk.onnx").exists(), reason="no bundled encoder")


@pytest.fixture
def casemate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command on a throwaway workspace; gives the exit code and the JSON."""
    monkeypatch.setenv("CASEMATE_PASSPHRASE", "correct horse battery staple")

    def call(*arguments: str) -> tuple[int, dict]:
        code = run(["--workspace", str(tmp_path / "w"), "--json", "--quiet", *arguments])
        return code, json.loads(capsys.readouterr().out)

    return call


def test_profiles_and_written_conversations(casemate, tmp_path: Path) -> None:
    (tmp_path / "care.md").write_text("# Care\n\nClean leather shoes with a damp cloth.\n", encoding="utf-8")
    assert casemate("kb", "add", "--collection", "c", str(tmp_path / "care.md"))[0] == 0
    profile = tmp_path / "p.json"
    profile.write_text('{"name": "Ann", "collection": "c", "greeting": "Hi there!"}', encoding="utf-8")
    assert casemate("chat", "profile", "save", str(profile))[1]["profile"]["greeting"] == "Hi there!"
    assert [one["name"] for one in casemate("chat", "profile", "list")[1]["profiles"]] == ["Ann"]
    code, answer = casemate("chat", "ask", "--profile", "Ann", "How do I clean leather shoes?")
    assert (code, answer["mode"], answer["because"]) == (0, "quote", "quoted")
    talks = tmp_path / "t.txt"
    good = "test: hello\ncustomer: hello\nexpect says: Hi there\n"
    talks.write_text(good, encoding="utf-8")
    code, told = casemate("chat", "test", str(talks), "--profile", "Ann")
    assert (code, told["passed"], told["failed"]) == (0, 1, 0)
    talks.write_text(good + "test: wrong\ncustomer: hello\nexpect says: goodbye\n", encoding="utf-8")
    code, told = casemate("chat", "test", str(talks), "--profile", "Ann")
    assert (code, told["passed"], told["failed"]) == (5, 1, 1)
    assert set(told["cases"][0]) == {"name", "turn", "line", "expected", "got", "ok"}
    talks.write_text(good + "nonsense\n", encoding="utf-8")
    code, told = casemate("chat", "test", str(talks), "--profile", "Ann")
    assert (code, told["error"]["code"]) == (4, "file_unusable")
    assert "line 4" in told["error"]["message"]
    profile.write_text(
        '{"name": "Bad", "collection": "c", "slots": [{"name": "x", "pattern": "(a+)+"}]}', encoding="utf-8"
    )
    code, told = casemate("chat", "profile", "save", str(profile))
    assert (code, told["error"]["code"]) == (4, "profile_unusable")
    assert casemate("chat", "profile", "show", "Bad")[0] == 4
    assert casemate("chat", "profile", "delete", "Ann")[0] == 0
    assert casemate("chat", "ask", "hello")[0] == 2
