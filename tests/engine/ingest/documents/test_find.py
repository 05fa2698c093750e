"""Walking folders: loops, hidden and unreadable things, names in any script, always the same order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.ingest.documents import find_documents, parse_document


def found(*paths: Path) -> list[Path]:
    return list(find_documents(paths).files)


def reasons(*paths: Path) -> dict[str, str]:
    return {one.path.name: one.reason for one in find_documents(paths).skipped}


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words", "utf-8")
    return path


def link(path: Path, to: Path) -> None:
    try:
        path.symlink_to(to, target_is_directory=to.is_dir())
    except OSError:
        pytest.skip("this system lets ordinary people make no links")


NAMES = ["文档 说明.txt", "ملف.txt", "Ünïcödé.txt", "документ.txt", "ファイル.txt", "emoji 🏕.txt", "a'b\"c & d;$x.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids some of these characters")
def test_names_in_any_script(tmp_path: Path) -> None:
    paths = [write(tmp_path / name) for name in NAMES]
    assert found(tmp_path) == sorted(paths)
    for path in paths:
        document = parse_document(path)
        assert (document.title, document.pages[0].text) == (path.stem, "words")


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="the file system takes Unicode only")
def test_name_that_is_no_unicode(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    write(tmp_path / name)
    assert [path.name for path in found(tmp_path)] == [name]


def test_loops_of_links_end(tmp_path: Path) -> None:
    inner = write(tmp_path / "a" / "b" / "text.md")
    link(tmp_path / "a" / "b" / "up", tmp_path / "a")
    link(tmp_path / "self.txt", tmp_path / "self.txt")
    link(tmp_path / "dead.txt", tmp_path / "nowhere")
    assert found(tmp_path) == [inner]
    told = reasons(tmp_path)
    assert told["up"] == "it is a link to a folder that was read already."
    assert told["dead.txt"] == "it is a link to nothing."
    assert "leads to itself" in told["self.txt"]


def test_hidden_and_unsupported_are_told(tmp_path: Path) -> None:
    for name in (".secret.txt", "~$lock.docx", "film.mp4", "old.doc", "noending"):
        write(tmp_path / name)
    write(tmp_path / ".git" / "notes.md")
    assert found(tmp_path) == []
    told = reasons(tmp_path)
    assert told[".secret.txt"] == told["~$lock.docx"] == told[".git"] == "it is hidden."
    assert "Save it as .docx" in told["old.doc"]
    assert "without an ending" in told["noending"]
    assert "notes.md" not in told
    assert {one.status for one in find_documents([tmp_path]).skipped} == {"skipped"}


def test_what_was_asked_for_by_name(tmp_path: Path) -> None:
    hidden = write(tmp_path / ".secret.txt")
    film = write(tmp_path / "film.mp4")
    result = find_documents([hidden, film, tmp_path / "none.txt", hidden])
    assert list(result.files) == [hidden]
    assert [(one.path.name, one.status) for one in result.skipped] == [("film.mp4", "failed"), ("none.txt", "failed")]


@pytest.mark.parametrize("denied", ["folder"])
def test_unreadable_folder_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, denied: str
) -> None:
    readable = write(tmp_path / "open" / "a.txt")
    write(tmp_path / denied / "b.txt")
    real = os.listdir

    def listdir(path: Path) -> list[str]:
        if Path(path).name == denied:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "listdir", listdir)
    result = find_documents([tmp_path])
    assert list(result.files) == [readable]
    assert [(one.path.name, one.reason, one.status) for one in result.skipped] == [
        (denied, "there is no permission to read it.", "failed")
    ]


def test_order_stays_the_same(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/z.txt", "c.txt"):
        write(tmp_path / name)
    order = ["c.txt", "z.txt", "1.txt", "2.txt"]
    assert [path.name for path in found(tmp_path)] == order
    assert [path.name for path in found(tmp_path)] == order


def test_folders_deeper_than_calls_may_be(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(150):
        folder = folder / "d"
    assert found(tmp_path) == []
    path = write(folder / "x.txt")
    assert found(tmp_path) == [path]
