"""The frame of the command line: global options anywhere, errors as sentences or JSON, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engine.cli.entry import build_parser, run, split_globals
from engine.errors import UsageError

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch, passphrase: str) -> None:
    monkeypatch.setenv("CASEMATE_PASSPHRASE", passphrase)


def test_globals_stand_anywhere_before_the_dashes() -> None:
    found, rest = split_globals(["data", "--json", "list", "--workspace=w", "--", "--quiet"])
    assert found == {"json": True, "workspace": "w"}
    assert rest == ["data", "list", "--", "--quiet"]
    with pytest.raises(UsageError):
        split_globals(["data", "list", "--workspace"])


def call(workspace: Path, *words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict]:
    code = run(["--workspace", str(workspace), "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_a_workspace_is_made_on_first_use(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = call(workspace, "vault", "info", capsys=capsys)
    assert (code, result["audit_entries"]) == (0, 1)


@pytest.mark.parametrize(
    "words", [["nonsense"], ["data"], ["data", "import"], ["classify"], ["classify", "--pack", "p"]]
)
def test_wrong_usage(words: list[str], workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = call(workspace, *words, capsys=capsys)
    assert (code, result["error"]["code"]) == (2, "usage")
    assert not workspace.exists()


def test_wrong_passphrase(workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    call(workspace, "vault", "info", capsys=capsys)
    monkeypatch.setenv("CASEMATE_PASSPHRASE", "not this one")
    code, result = call(workspace, "data", "list", capsys=capsys)
    assert (code, result["error"]["code"]) == (3, "wrong_passphrase")


def test_no_passphrase(workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEMATE_PASSPHRASE")
    code, result = call(workspace, "data", "list", capsys=capsys)
    assert (code, result["error"]["code"]) == (3, "passphrase_needed")


def test_passphrase_file(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEMATE_PASSPHRASE")
    file = tmp_path / "passphrase"
    file.write_text("from the file, quite long\n")
    code, _ = call(workspace, "--passphrase-file", str(file), "vault", "info", capsys=capsys)
    assert code == 0


def test_text_for_people(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--workspace", str(workspace), "data", "show", "birds"]) == 4
    assert "There is no data set named birds." in capsys.readouterr().err


def test_rekey(workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    call(workspace, "vault", "info", capsys=capsys)
    monkeypatch.setenv("CASEMATE_NEW_PASSPHRASE", "a different passphrase")
    assert call(workspace, "vault", "rekey", capsys=capsys)[0] == 0
    assert call(workspace, "vault", "info", capsys=capsys)[0] == 3
    monkeypatch.setenv("CASEMATE_PASSPHRASE", "a different passphrase")
    assert call(workspace, "vault", "info", capsys=capsys)[0] == 0


def test_every_command_is_documented() -> None:
    documented = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    top = build_parser()._subparsers._group_actions[0].choices
    for name, parser in top.items():
        inner = parser._subparsers._group_actions[0].choices if parser._subparsers else {}
        for path in [f"{name} {one}" for one in inner] or [name]:
            assert re.search(rf"`{path}\b", documented), path
