"""Watched folders, files that were refused, and pictures of pages."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from engine import api
from engine.errors import FileMissing, UnknownName, UsageError
from engine.host.chat import indexing
from engine.store import documents, page_boxes
from engine.values import LineBox

TEXT = "The {name} is kept in the {place}. It is cleaned every week by the staff of the house.\n"


def age(path: Path, seconds: float = 3600) -> None:
    """Let a file look as if it had not been touched for a while."""
    moment = time.time() - seconds
    os.utime(path, (moment, moment))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    for name, place in (("ladder", "attic"), ("mower", "shed"), ("kayak", "boathouse")):
        (made / f"{name}.txt").write_text(TEXT.format(name=name, place=place))
    (made / "bad.pdf").write_bytes(b"%PDF-1.7 nothing more")
    for file in made.iterdir():
        age(file)
    return made


@pytest.fixture
def watching(service, folder):
    service.call(api.WatchFolder("house", str(folder)))
    return service


def refresh(service, **options) -> dict[str, str]:
    result = service.call(api.RefreshCollection("house", **options))
    return {Path(file.path).name: file.status for file in result.files}


def stored(service) -> list[str]:
    (info,) = service.call(api.ListCollections()).collections
    return [Path(file.path).name for file in info.files]


def test_a_refresh_follows_the_folder(watching, folder) -> None:
    assert watching.call(api.ListWatched()).folders[0].last_checked == ""
    look = watching.call(api.ListWatched(look=True)).folders[0]
    assert (look.new, look.changed, look.missing) == (4, 0, 0)
    assert refresh(watching) == {
        "ladder.txt": "indexed", "mower.txt": "indexed", "kayak.txt": "indexed", "bad.pdf": "failed",
    }  # fmt: skip
    (folder / "ladder.txt").unlink()
    (folder / "mower.txt").write_text(TEXT.format(name="mower", place="garage"))
    (folder / "new.txt").write_text(TEXT.format(name="piano", place="parlour"))
    look = watching.call(api.ListWatched("house", look=True)).folders[0]
    assert (look.new, look.changed, look.missing, look.refused) == (1, 1, 1, 1)
    assert refresh(watching) == {
        "ladder.txt": "missing", "mower.txt": "indexed", "kayak.txt": "unchanged", "new.txt": "indexed",
        "bad.pdf": "failed",
    }  # fmt: skip
    assert stored(watching) == ["kayak.txt", "ladder.txt", "mower.txt", "new.txt"]
    noted = watching.call(api.ListWatched()).folders[0]
    assert (noted.new, noted.changed, noted.missing, noted.refused) == (1, 1, 1, 1)
    assert noted.last_checked
    assert refresh(watching, drop_missing=True)["ladder.txt"] == "removed"
    assert stored(watching) == ["kayak.txt", "mower.txt", "new.txt"]
    assert "ladder.txt" not in refresh(watching)


def test_unchanged_files_are_not_opened(watching, folder, monkeypatch) -> None:
    refresh(watching)

    def never(*_args: object, **_options: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(watching.context.workers, "run", never)
    assert set(refresh(watching).values()) == {"unchanged", "failed"}


def test_a_file_of_the_same_size_and_another_time_is_told_by_its_content(watching, folder) -> None:
    refresh(watching)
    kayak = folder / "kayak.txt"
    age(kayak, 60)
    assert refresh(watching)["kayak.txt"] == "unchanged"
    kayak.write_text(kayak.read_text().replace("boathouse", "boathousE"))
    age(kayak, 30)
    assert refresh(watching)["kayak.txt"] == "indexed"


def test_a_file_just_written_is_looked_at_again_although_its_time_is_the_same(watching, folder) -> None:
    kayak = folder / "kayak.txt"
    kayak.touch()
    moment = kayak.stat().st_mtime_ns
    refresh(watching)
    kayak.write_text(kayak.read_text().replace("boathouse", "boathousE"))
    os.utime(kayak, ns=(moment, moment))
    assert refresh(watching)["kayak.txt"] == "indexed"


def test_refused_files_keep_their_reason_until_they_change(watching, folder) -> None:
    refresh(watching)
    (refused,) = watching.call(api.ListRefused("house")).files
    assert (Path(refused.path).name, refused.status) == ("bad.pdf", "failed")
    assert "damaged" in refused.reason
    again = watching.call(api.RefreshCollection("house"))
    assert [file.reason for file in again.files if file.status == "failed"] == [refused.reason]
    (folder / "bad.pdf").unlink()
    assert "bad.pdf" not in refresh(watching)
    assert watching.call(api.ListRefused("house")).files == ()
    (folder / "bad.txt").write_bytes(b"")
    age(folder / "bad.txt")
    refresh(watching)
    (folder / "bad.txt").write_text(TEXT.format(name="bed", place="barn"))
    assert refresh(watching)["bad.txt"] == "indexed"
    assert watching.call(api.ListRefused("house")).files == ()


def test_adding_by_hand_tries_a_refused_file_again(watching, folder, monkeypatch) -> None:
    refresh(watching)
    asked = []
    run = watching.context.workers.run

    def noting(task, spec, *given, **options):
        asked.append(spec.paths)
        return run(task, spec, *given, **options)

    monkeypatch.setattr(watching.context.workers, "run", noting)
    watching.call(api.AddDocuments("house", (str(folder),)))
    assert asked == [(str(folder / "bad.pdf"),)]


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_an_unplugged_drive_costs_nothing(watching, folder, how) -> None:
    refresh(watching)
    shutil.rmtree(folder)
    if how == "empty":
        folder.mkdir()
    result = watching.call(api.RefreshCollection("house", drop_missing=True))
    ((report),) = result.files
    assert (report.path, report.status) == (str(folder), "failed")
    assert report.reason
    assert len(stored(watching)) == 3
    assert watching.call(api.ListWatched()).folders[0].reason == report.reason


def test_a_folder_that_cannot_be_read_inside_keeps_its_documents(watching, folder) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "piano.txt").write_text(TEXT.format(name="piano", place="parlour"))
    refresh(watching)
    (folder / ".inner").mkdir()
    inner.rename(folder / ".inner" / "inner")
    (folder / "inner").symlink_to(folder / ".inner" / "inner")  # the same file by a link: it is not gone
    assert "missing" not in refresh(watching, drop_missing=True).values()


def test_watching_and_not(watching, folder, tmp_path) -> None:
    watching.call(api.WatchFolder("house", str(folder / ".." / "docs")))
    assert [one.path for one in watching.call(api.ListWatched()).folders] == [str(folder)]
    with pytest.raises(FileMissing):
        watching.call(api.WatchFolder("house", str(tmp_path / "none")))
    with pytest.raises(UsageError, match="is a file"):
        watching.call(api.WatchFolder("house", str(folder / "kayak.txt")))
    with pytest.raises(UnknownName):
        watching.call(api.UnwatchFolder("house", str(tmp_path)))
    refresh(watching)
    assert watching.call(api.UnwatchFolder("house", str(folder))).folders == ()
    assert len(stored(watching)) == 3
    with pytest.raises(UsageError, match="watches no folder"):
        refresh(watching)
    watching.call(api.WatchFolder("house", str(folder)))
    watching.call(api.RemoveDocuments("house"))
    assert watching.call(api.ListWatched()).folders == ()


def test_the_time_of_the_last_change_is_kept(watching, folder, tmp_path) -> None:
    os.utime(folder / "kayak.txt", (1_000_000_000, 1_000_000_000))
    refresh(watching)
    with watching.context.store.read() as connection:
        collection = documents.collection(connection, "house")
        kayak = documents.by_path(connection, collection.id, str(folder / "kayak.txt"))
    assert kayak is not None
    assert kayak.modified == "2001-09-09T01:46:40+00:00"


def test_a_slow_document_is_ended_by_the_work_it_takes(service, tmp_path, monkeypatch) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from engine.ingest.documents import work

    canvas = Canvas(str(tmp_path / "long.pdf"))
    for number in range(60):
        canvas.drawString(72, 700, f"words {number}")
        canvas.showPage()
    canvas.save()
    monkeypatch.setattr(work, "DOCUMENT_CPU_S", 0.0)

    class Link:
        def report(self, *_: object) -> None: ...

    sign = work._sign_of_life(Link(), "long.pdf", 0, 1)
    parsed = work.parse_one(0, str(tmp_path / "long.pdf"), on_page=sign)
    assert "seconds of work" in parsed.error_details["reason"]


def test_progress_counts_documents_and_passages(service, folder) -> None:
    told = []
    service.call(api.AddDocuments("house", (str(folder),)), on_progress=told.append)
    last = [one for one in told if one.stage == indexing.STAGE][-1]
    assert last.done == last.total
    assert last.values == {"documents": 4, "documents_total": 4, "passages": 3}


# --- places ---------------------------------------------------------------------------------------------------


def test_boxes_come_back_as_they_were_but_for_a_hair() -> None:
    boxes = [LineBox(0, 40, 0.1, 0.2, 0.9, 0.21), LineBox(41, 90_000, 0.0, 0.5, 1.0, 0.6), LineBox(7, 9, 0.3, 0, 1, 1)]
    for before, after in zip(boxes, page_boxes.unpack(page_boxes.pack(boxes)), strict=True):
        assert (before.start, before.end) == (after.start, after.end)
        for side in ("left", "top", "right", "bottom"):
            assert getattr(after, side) == pytest.approx(getattr(before, side), abs=1 / 65535)


@pytest.fixture
def printed(service, tmp_path) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "manual.pdf"
    canvas = Canvas(str(path), pagesize=(600, 800))
    canvas.drawString(100, 600, "The lamp is cleaned every week.")
    canvas.drawString(100, 580, "The motor is oiled every month.")
    canvas.showPage()
    canvas.save()
    age(path)
    service.call(api.AddDocuments("house", (str(path),)))
    return path


def test_the_picture_of_a_page_shows_where_the_words_are(service, printed) -> None:
    hit = service.call(api.SearchPassages("house", "motor oiled", mode="bm25")).hits[0]
    start = hit.start + hit.text.index("The motor")
    image = service.call(api.GetPageImage(hit.document_id, 1, width=600, start=start, end=hit.end))
    assert image.reason == ""
    assert image.png.startswith(b"\x89PNG")
    assert (image.width, image.height) == (600, 800)
    ((left, top, right, bottom),) = image.rectangles
    assert left == pytest.approx(100 / 600, abs=0.01)
    assert top < 220 / 800 < bottom + 0.01
    assert right > left
    assert service.call(api.GetPageImage(hit.document_id, 1)).rectangles == ()


def test_why_there_is_no_picture(service, printed, tmp_path, monkeypatch) -> None:
    (info,) = service.call(api.ListCollections()).collections[0].files
    with pytest.raises(UnknownName):
        service.call(api.GetPageImage(info.id, 7))
    with pytest.raises(UsageError):
        service.call(api.GetPageImage(info.id, 1, width=50_000))
    data = bytearray(printed.read_bytes())
    data[-1:] = b"x"  # as long as before
    printed.write_bytes(bytes(data))
    image = service.call(api.GetPageImage(info.id, 1))
    assert image.png == b""
    assert "changed since it was indexed" in image.reason
    printed.unlink()
    assert "no longer there" in service.call(api.GetPageImage(info.id, 1)).reason
    text = tmp_path / "a.txt"
    text.write_text("Plain words.")
    service.call(api.AddDocuments("texts", (str(text),)))
    (info,) = service.call(api.ListCollections()).collections[1].files
    assert "Only pages of PDF" in service.call(api.GetPageImage(info.id, 1)).reason
