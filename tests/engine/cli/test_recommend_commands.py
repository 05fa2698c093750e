"""The commands around recommended lists, from arguments to JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from engine.cli.entry import run

TOPICS = {
    "tents": ("ridge", "dome", "tunnel"),
    "stoves": ("gas", "wood", "spirit"),
    "boots": ("hiking", "snow", "rain"),
}


def table(path: Path, rows: list[list[str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


class Shell:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        secret = folder / "passphrase"
        secret.write_text("correct horse battery staple", "utf-8")
        self._global = ["--workspace", str(folder / "w"), "--passphrase-file", str(secret), "--json", "--quiet"]
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, dict[str, Any]]:
        code = run([*self._global, *words])
        return code, json.loads(self._capsys.readouterr().out.splitlines()[-1])

    def done(self, *words: str) -> dict[str, Any]:
        code, result = self(*words)
        assert code == 0, result
        return result


def test_from_learning_to_replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path, capsys)
    items = [["item", "title", "text", "category", "price", "stock"]]
    events = [["user", "item"]]
    for place, (topic, kinds) in enumerate(TOPICS.items()):
        for number, kind in enumerate(kinds * 2):
            items.append(
                [f"{topic}-{number}", f"{kind} {topic} {number}", f"A {kind} thing.", topic, str(10 + number), "3"]
            )
        for person in range(12):
            events += [[f"p{place}-{person}", f"{topic}-{(person + step) % 6}"] for step in range(3)]
    shell.done("data", "import", table(tmp_path / "items.csv", items), "--name", "goods", "--kind", "items")
    shell.done("data", "import", table(tmp_path / "events.csv", events), "--name", "sales", "--kind", "events")
    fit = ("recommend", "fit", "--items", "goods", "--events", "sales", "--pack", "taste", "--max-minutes", "0.02")
    shell.done(*fit)

    pack = ("--pack", "taste")
    rules = shell.done("recommend", "rules", "add", *pack, "sensitive", "boots")
    assert rules["rules"] == [{"kind": "sensitive", "value": "boots"}]
    assert rules["hidden"] == 6
    found = shell.done("recommend", "top", *pack, "--user", "p2-0")
    assert not any(item["item"].startswith("boots") for item in found["items"])
    assert shell("recommend", "rules", "add", *pack, "age", "young")[0] == 2
    assert shell.done("recommend", "rules", "remove", *pack, "sensitive")["rules"] == []

    wish = shell.done("recommend", "top", *pack, "--text", "like the gas stove 0 under 14, no boots")
    assert "At most 14.00." in wish["understood"]
    assert all(item["price"] <= 14 for item in wish["items"])

    new = table(tmp_path / "new.csv", [["item", "title", "text", "category"], ["x", "igloo tent", "A dome.", "tents"]])
    assert shell.done("recommend", "add-items", *pack, "--input", new)["added"] == 1
    assert shell.done("recommend", "top", *pack, "--text", "igloo", "--k", "1")["items"][0]["item"] == "x"

    out = tmp_path / "all.csv"
    assert shell.done("recommend", "export", *pack, "--output", str(out), "--k", "2")["users"] == 36
    assert len(out.read_text("utf-8").splitlines()) == 1 + 72
    assert shell.done("recommend", "together", *pack, "--items", "tents-0", "--bundle")["items"]
    assert len(shell.done("recommend", "map", *pack, "--most", "50")["points"]) == 19

    shown = shell.done("recommend", "top", *pack, "--user", "p0-0", "--explore", "0.2", "--k", "3")
    event = ("--item", shown["items"][0]["item"], "--list", str(shown["shown"]))
    assert shell.done("recommend", "feedback", "add", "clicked", *pack, *event)["clicked"] == 1
    figures = shell.done("recommend", "feedback", "figures", *pack, "--per", "day")
    assert (figures["shown"], figures["clicked"], figures["drift"]) == (3, 1, "unknown")
    assert shell.done("recommend", "feedback", "to-events", *pack)["added"] == 1
    shell.done(*fit)
    replayed = shell.done("recommend", "replay", *pack, "1", "2")
    assert (replayed["lists"], replayed["enough"]) == (1, False)
    assert replayed["verdict"].startswith("Too little was shown")
    assert shell("recommend", "feedback", "add", "clicked", *pack, "--item", "x")[0] == 2
