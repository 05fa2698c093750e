"""Adding documents: what is taken, what is refused, and what stays when something goes wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine import api
from engine.errors import Cancelled, FolderNotWritable, InputError, UnknownName, UsageError
from engine.host.chat import indexing
from engine.host.service import is_partial
from engine.jobs.control import JobControl
from engine.jobs.tasks import TASKS

TEXT = "The {name} is kept in the {place}. It is cleaned every week by the staff of the house.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    for name, place in (("ladder", "attic"), ("mower", "shed"), ("kayak", "boathouse")):
        (made / f"{name}.txt").write_text(TEXT.format(name=name, place=place))
    return made


@pytest.fixture
def frail(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setitem(TASKS, "parse_document", "frail_parser:parse_documents")
    yield
    sys.modules.pop("frail_parser", None)


def _add(service, *paths, control=None):
    return service.call(api.AddDocuments("house", tuple(str(path) for path in paths)), control=control)


def _statuses(result) -> dict[str, str]:
    return {Path(file.path).name: file.status for file in result.files}


def _find(service, query: str) -> list[str]:
    hits = service.call(api.SearchPassages("house", query, mode="bm25")).hits
    return [Path(hit.doc).name for hit in hits]


def test_adding_again_changes_nothing_and_a_changed_file_is_replaced(service, folder) -> None:
    first = _add(service, folder)
    assert set(_statuses(first).values()) == {"indexed"}
    assert first.passages == sum(file.passages for file in first.files) == 3
    again = _add(service, folder)
    assert set(_statuses(again).values()) == {"unchanged"}
    assert again.passages == 0
    (folder / "kayak.txt").write_text(TEXT.format(name="kayak", place="garage"))
    changed = _add(service, folder)
    assert _statuses(changed) == {"ladder.txt": "unchanged", "mower.txt": "unchanged", "kayak.txt": "indexed"}
    assert _find(service, "boathouse") == []
    assert _find(service, "garage") == ["kayak.txt"]
    (info,) = service.call(api.ListCollections()).collections
    assert (info.name, info.documents, info.passages) == ("house", 3, 3)


def test_refused_files_are_listed_with_their_reason_and_the_rest_is_taken(service, folder) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (folder / "empty.md").write_bytes(b"")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    result = _add(service, folder, folder / "absent.txt")
    statuses = _statuses(result)
    assert statuses["ladder.txt"] == "indexed"
    assert {statuses["broken.pdf"], statuses["empty.md"], statuses["absent.txt"]} == {"failed"}
    assert statuses["photo.png"] == "skipped"
    assert all(file.reason for file in result.files if file.status in ("failed", "skipped"))


def test_nothing_is_stored_when_every_file_is_refused(service, tmp_path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    with pytest.raises(InputError, match=r"empty\.md"):
        _add(service, tmp_path / "empty.md")
    assert service.call(api.ListCollections()).collections == ()
    with pytest.raises(InputError):
        _add(service)
    with pytest.raises(UsageError):
        service.call(api.AddDocuments("  ", (str(tmp_path),)))


def test_a_file_that_takes_the_parser_down_costs_itself_alone(service, folder, frail, monkeypatch) -> None:
    monkeypatch.setattr(indexing, "IDLE_S", 3.0)
    for name in ("a-crash.txt", "l-exit.txt", "l-hang.txt", "z-crash.txt"):
        (folder / name).write_text("harmless to look at")
    result = _add(service, folder)
    statuses = _statuses(result)
    assert {name for name, status in statuses.items() if status == "failed"} == {
        "a-crash.txt", "l-exit.txt", "l-hang.txt", "z-crash.txt",
    }  # fmt: skip
    assert {name for name, status in statuses.items() if status == "indexed"} == {
        "ladder.txt",
        "mower.txt",
        "kayak.txt",
    }
    reasons = {Path(file.path).name: file.reason for file in result.files}
    assert "3 seconds" in reasons["l-hang.txt"]
    assert "ended unexpectedly" in reasons["a-crash.txt"]


def test_cancelling_keeps_what_is_stored_and_the_next_run_goes_on(service, folder) -> None:
    control = JobControl(lambda progress: control.cancel() if "1/3 files" in progress.note else None)
    with pytest.raises(Cancelled):
        _add(service, folder, control=control)
    (info,) = service.call(api.ListCollections()).collections
    assert info.documents == 1
    assert sorted(_statuses(_add(service, folder)).values()) == ["indexed", "indexed", "unchanged"]


def test_removing_one_file_a_folder_and_all(service, folder) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "piano.txt").write_text(TEXT.format(name="piano", place="parlour"))
    _add(service, folder)
    assert service.call(api.RemoveDocuments("house", str(folder / "kayak.txt"))).removed == 1
    assert _find(service, "boathouse") == []
    assert service.call(api.RemoveDocuments("house", str(inner))).removed == 1
    assert _find(service, "parlour") == []
    with pytest.raises(UnknownName):
        service.call(api.RemoveDocuments("house", str(folder / "kayak.txt")))
    assert service.call(api.RemoveDocuments("house")).removed == 2
    with pytest.raises(UnknownName):
        _find(service, "attic")


def test_export_holds_every_passage_where_it_stands(service, folder, tmp_path) -> None:
    import json

    _add(service, folder)
    target = tmp_path / "out.jsonl"
    assert service.call(api.ExportCollection("house", str(target))).rows == 3
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert {Path(row["doc"]).name for row in rows} == {"ladder.txt", "mower.txt", "kayak.txt"}
    assert all(row["text"] and row["end"] - row["start"] == len(row["text"]) for row in rows)
    with pytest.raises(FolderNotWritable):
        service.call(api.ExportCollection("house", str(tmp_path / "no" / "such" / "out.jsonl")))
    assert not list(tmp_path.glob("*.part"))


def test_other_tables_in_a_folder_are_skipped_and_refused_when_named(service, folder) -> None:
    table = folder / "purchases.csv"
    table.write_text("user,item\nu1,i1\n")
    added = service.call(api.AddDocuments(collection="desk", paths=(str(folder),)))
    assert {file.status for file in added.files if file.path == str(table)} == {"skipped"}
    assert not is_partial(added)
    with pytest.raises(InputError, match="questions and answers"):
        service.call(api.AddDocuments(collection="desk", paths=(str(table),)))
