"""The parser's work in a process of its own, and errors as values."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from engine.errors import rebuild
from engine.ingest.documents.work import ParsedFile, ParseDone, ParseSpec, ParseStarted
from engine.jobs.control import JobControl
from engine.jobs.worker import Workers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text("# Tea\n\nIt is hot.\n", "utf-8")
    (tmp_path / "bad.docx").write_text("no zip", "utf-8")
    (tmp_path / "same.txt").write_text("unchanged words", "utf-8")
    return tmp_path


def test_one_worker_reads_many_files(folder: Path, control: JobControl) -> None:
    paths = tuple(str(folder / name) for name in ("bad.docx", "good.md", "same.txt", "none.pdf"))
    known = {paths[2]: hashlib.sha256(b"unchanged words").hexdigest(), paths[1]: "another"}
    items: list[ParseStarted | ParsedFile] = []
    done = Workers().run("parse_document", ParseSpec(paths, known), control, on_item=items.append)
    assert done == ParseDone(files=4, failed=2)
    assert [type(item) for item in items] == [ParseStarted, ParsedFile] * 4
    assert [item.index for item in items] == [0, 0, 1, 1, 2, 2, 3, 3]
    bad, good, same, none = items[1::2]
    assert isinstance(bad, ParsedFile)
    assert "no zip" in rebuild(bad.error_code, bad.error_details).message
    assert isinstance(good, ParsedFile)
    assert good.document is not None
    assert good.document.pages[0].text == "Tea\n\nIt is hot."
    assert [passage.text for passage in good.passages] == ["It is hot."]
    assert good.sha256 == hashlib.sha256((folder / "good.md").read_bytes()).hexdigest()
    assert isinstance(same, ParsedFile)
    assert same.unchanged
    assert same.document is None
    assert isinstance(none, ParsedFile)
    assert none.error_code == "file_missing"


def test_cancel_stops_a_long_document(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from engine.errors import Cancelled
    from engine.ingest.documents.work import parse_one

    canvas = Canvas(str(tmp_path / "long.pdf"))
    for _ in range(5):
        canvas.drawString(72, 700, "words")
        canvas.showPage()
    canvas.save()
    seen = []

    def stop_at_third(page: int, pages: int) -> None:
        seen.append((page, pages))
        if page == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        parse_one(0, str(tmp_path / "long.pdf"), on_page=stop_at_third)
    assert seen == [(0, 5), (1, 5), (2, 5)]
