"""Every kind of bad input, through the command line: the exit code, one plain sentence, nothing half-stored."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.cli.entry import run

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def casemate(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> Run:
    """A command on one workspace: (exit code, JSON)."""
    monkeypatch.setenv("CASEMATE_PASSPHRASE", passphrase)

    def call(*words: object) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run(["--workspace", str(workspace), "--json", *map(str, words)])
        return code, json.loads(capsys.readouterr().out)

    return call


def refused(answer: tuple[int, dict[str, Any]]) -> str:
    """The sentence of an input error."""
    code, result = answer
    assert code == 4, result
    message = result["error"]["message"]
    assert message.strip().endswith((".", "!", "”")), message
    assert "Traceback" not in message
    assert "\n" not in message
    return str(message)


# --- tables ---------------------------------------------------------------------------------------------------


def zip_bomb() -> bytes:
    """A spreadsheet whose sheet unpacks to 3 GB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            block = b"0" * (1 << 20)
            for _ in range(3 * 1024):
                sheet.write(block)
    return buffer.getvalue()


UNUSABLE: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "empty": ("a.csv", b""),
    "only blank lines": ("a.csv", b"\n\n\n"),
    "header only": ("a.csv", b"text,label\n"),
    "duplicate headers": ("a.csv", b"text,label,text\na,b,c\nd,e,f\n"),
    "unknown columns": ("a.csv", b"alpha,beta\n1,2\n3,4\n"),
    "zip bomb": ("a.xlsx", zip_bomb),
    "xlsx that is no zip": ("a.xlsx", b"PK\x03\x04 and then nothing of the kind" * 20),
    "parquet cut short": ("a.parquet", b"PAR1" + b"\x00" * 64),
    "gz cut short": ("a.csv.gz", gzip.compress(b"text,label\n" + b"a,b\n" * 9999)[:-40]),
    "json of another shape": ("a.json", b'{"text": 3'),
    "picture named csv": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
    "every row ragged": ("a.csv", b"text,label\n" + b"a,b,c,d\n" * 5),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_table_stores_nothing(name: str, casemate: Run, tmp_path: Path) -> None:
    file_name, content = UNUSABLE[name]
    file = tmp_path / file_name
    file.write_bytes(content if isinstance(content, bytes) else content())
    message = refused(casemate("data", "import", file, "--name", "d", "--kind", "labelled"))
    assert file_name in message
    assert casemate("data", "list")[1]["datasets"] == []


PARTLY: dict[str, tuple[bytes, list[int], int]] = {
    "ragged rows": (b"text,label\none,a\ntwo,b,c\nthree\nfour,a\n", [3, 4], 2),
    "NUL bytes": (b"text,label\none,a\ntw\0o,b\nthree,b\n", [3], 2),
    "1 MB cell": (b"text,label\none,a\n" + b"x" * 1_200_000 + b",b\nthree,b\n", [3], 2),
    "mixed encodings": ("text,label\nprix élevé,a\n".encode() + "prix élevé,b\n".encode("latin-1") + b"ok,b\n", [3], 2),
    "empty cells": (b"text,label\none,a\n,b\nthree,\nfour,b\n", [3, 4], 2),
}


@pytest.mark.parametrize("name", PARTLY)
def test_bad_rows_are_refused_with_their_lines(name: str, casemate: Run, tmp_path: Path) -> None:
    content, lines, accepted = PARTLY[name]
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    code, result = casemate("data", "import", file, "--name", "d", "--kind", "labelled")
    assert code == 5, result
    assert [one["line"] for one in result["rejected"]] == lines
    assert all(one["reason"] for one in result["rejected"])
    assert (result["accepted"], result["rejected_count"]) == (accepted, len(lines))


def test_wrong_extension_is_read_by_content(casemate: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"text,label\none,a\ntwo,b\n")
    code, result = casemate("data", "import", file, "--name", "d", "--kind", "labelled")
    assert (code, result.get("accepted")) in ((0, 2), (4, None)), result


def test_stray_spaces_of_labels_are_cut_and_told(casemate: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"text,label\none, a \ntwo,a\nthree,b\n")
    code, result = casemate("data", "import", file, "--name", "d", "--kind", "labelled")
    assert code == 0
    assert result["warnings"]
    assert casemate("data", "show", "d")[1]["labels"] == {"a": 2, "b": 1}


def test_unknown_mapping(casemate: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"text,label\none,a\n")
    message = refused(casemate("data", "import", file, "--name", "d", "--kind", "labelled", "--map", "text=message"))
    assert "message" in message
    assert "text, label" in message


def test_missing_file(casemate: Run, tmp_path: Path) -> None:
    refused(casemate("data", "import", tmp_path / "none.csv", "--name", "d", "--kind", "labelled"))
    refused(casemate("data", "import", tmp_path, "--name", "d", "--kind", "labelled"))


def test_file_names_in_any_script(casemate: Run, tmp_path: Path) -> None:
    for number, name in enumerate(("投诉 数据.csv", "жалобы.csv", "naïve “quoted”.csv", "شكاوى.csv", "🙂.csv")):
        (tmp_path / name).write_text("text,label\none,a\ntwo,b\n", encoding="utf-8")
        code, result = casemate("data", "import", tmp_path / name, "--name", f"数据{number}", "--kind", "labelled")
        assert (code, result["accepted"]) == (0, 2)


def test_one_label_only(casemate: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("text,label\n" + "".join(f"text number {i},same\n" for i in range(20)))
    assert casemate("data", "import", file, "--name", "d", "--kind", "labelled")[0] == 0
    refused(casemate("train", "classify", "--dataset", "d", "--pack", "p"))
    assert all(model["name"] != "p" for model in casemate("models", "list")[1]["models"])


# --- documents ------------------------------------------------------------------------------------------------

DOCUMENTS: dict[str, tuple[str, bytes]] = {
    "damaged pdf": ("a.pdf", b"%PDF-1.7\n" + b"garbage " * 200),
    "docx that is no zip": ("a.docx", b"this is not a zip archive" * 20),
    "html without text": ("a.html", b"<html><head><script>var a = 1</script></head><body><img src=x></body></html>"),
    "empty text": ("a.txt", b""),
    "binary named text": ("a.txt", bytes(range(256)) * 40),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_unusable_document(name: str, casemate: Run, tmp_path: Path) -> None:
    file_name, content = DOCUMENTS[name]
    (tmp_path / file_name).write_bytes(content)
    refused(casemate("kb", "add", "--collection", "c", tmp_path / file_name))
    good = tmp_path / "good.md"
    good.write_text("# Opening hours\n\nThe desk is open from nine to five on every working day of the week.\n")
    code, result = casemate("kb", "add", "--collection", "c", tmp_path / file_name, good)
    assert code == 5
    by_name = {Path(file["path"]).name: file for file in result["files"]}
    assert by_name["good.md"]["status"] == "indexed"
    assert by_name[file_name]["status"] in ("failed", "skipped")
    assert by_name[file_name]["reason"]


def test_encrypted_pdf(casemate: Run, tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "locked.pdf"
    canvas = Canvas(str(file), encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(100, 700, "The desk is open from nine to five.")
    canvas.save()
    assert "password" in refused(casemate("kb", "add", "--collection", "c", file))


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links")
def test_symlink_loop_and_names_in_any_script(casemate: Run, tmp_path: Path) -> None:
    folder = tmp_path / "資料 и документы"
    folder.mkdir()
    (folder / "退货.md").write_text("# 退货\n\n自签收之日起七天内可以无理由退货，运费由买家承担。\n", encoding="utf-8")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere").symlink_to(folder / "missing")
    code, result = casemate("kb", "add", "--collection", "资料", folder)
    assert code in (0, 5)
    assert [Path(file["path"]).name for file in result["files"] if file["status"] == "indexed"] == ["退货.md"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_unreadable_folder(casemate: Run, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o000)
    try:
        refused(casemate("kb", "add", "--collection", "c", folder))
    finally:
        folder.chmod(0o700)


def test_unknown_collection(casemate: Run) -> None:
    refused(casemate("chat", "ask", "--collection", "none", "Is anybody there?"))
    refused(casemate("kb", "search", "--collection", "none", "anybody"))


# --- recommend ------------------------------------------------------------------------------------------------


@pytest.fixture
def shop(casemate: Run, tmp_path: Path) -> Run:
    """A recommender over 12 items, some of whose events are for items that do not exist."""
    items = "item,title,text\n" + "".join(f"i{i},Title {i},a thing of kind {i % 3}\n" for i in range(12))
    events = "user,item,type\n" + "".join(f"u{u},i{(u * 3 + k) % 12},purchase\n" for u in range(9) for k in range(4))
    (tmp_path / "items.csv").write_text(items)
    (tmp_path / "events.csv").write_text(events + "u1,ghost,purchase\nu2,ghost,purchase\n")
    assert casemate("data", "import", tmp_path / "items.csv", "--name", "goods", "--kind", "items")[0] == 0
    assert casemate("data", "import", tmp_path / "events.csv", "--name", "sales", "--kind", "events")[0] == 0
    code, result = casemate("recommend", "fit", "--items", "goods", "--events", "sales", "--pack", "shop")
    assert code in (0, 5), result
    assert any("2" in warning for warning in result["warnings"]), "events for missing items are told"
    return casemate


def test_unknown_user_and_items(shop: Run) -> None:
    assert "nobody" in refused(shop("recommend", "top", "--pack", "shop", "--user", "nobody"))
    refused(shop("recommend", "similar", "--pack", "shop", "--item", "ghost"))
    refused(shop("recommend", "top", "--pack", "shop", "--history", "ghost"))
    code, result = shop("recommend", "top", "--pack", "shop", "--history", "i1,ghost")
    assert code == 5
    assert result["unknown"] == ["ghost"]
    assert result["items"]


def test_events_without_any_known_item(shop: Run, tmp_path: Path) -> None:
    (tmp_path / "ghosts.csv").write_text("user,item\n" + "".join(f"u{i},ghost{i}\n" for i in range(9)))
    assert shop("data", "import", tmp_path / "ghosts.csv", "--name", "ghosts", "--kind", "events")[0] == 0
    refused(shop("recommend", "fit", "--items", "goods", "--events", "ghosts", "--pack", "haunted"))
