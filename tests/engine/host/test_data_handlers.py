"""Data sets through the engine's door, with real workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api
from engine.errors import AlreadyExists, Cancelled, ColumnsUnknown, FileMissing, FileUnusable, UnknownName


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    path = tmp_path / "留言.csv"
    lines = "".join(f"消息 {n},{'物流' if n % 2 else '退货'},{n}\n" for n in range(40))
    path.write_text("text,label,number\n" + lines + ",退货,40\nragged\n", encoding="gb18030")
    return path


def test_preview_import_show_lint_export_delete(service, messages: Path, tmp_path: Path):
    preview = service.call(api.PreviewFile(str(messages), rows=3))
    assert (preview.format, preview.encoding, preview.delimiter, preview.kind) == ("csv", "gb18030", ",", "labelled")
    assert preview.rows[0] == ("消息 0", "退货", "0")
    assert len(preview.rows) == 3
    assert preview.mappings["labelled"] == {"text": "text", "label": "label"}
    assert service.call(api.ListDatasets()).datasets == ()

    done = service.call(api.ImportData(str(messages), "留言", "labelled"))
    assert (done.dataset, done.rows, done.accepted, done.rejected_count) == ("留言", 42, 40, 2)
    assert [(row.line, row.code) for row in done.rejected] == [(42, "empty"), (43, "cells")]
    with pytest.raises(AlreadyExists):
        service.call(api.ImportData(str(messages), "留言", "labelled"))
    again = service.call(api.ImportData(str(messages), "留言", "labelled", {"label": "number"}, replace=True))
    assert again.mapping["label"] == "number"
    service.call(api.ImportData(str(messages), "留言", "labelled", replace=True))

    page = service.call(api.ShowDataset("留言", offset=38, limit=5))
    assert page.columns == ("text", "label", "number")
    assert page.rows == (("消息 38", "退货", "38"), ("消息 39", "物流", "39"))
    assert page.labels == {"退货": 20, "物流": 20}
    assert page.dataset.version == 3
    assert service.call(api.LintDataset("留言")).ok

    out = tmp_path / "out.xlsx"
    assert service.call(api.ExportDataset("留言", str(out))).rows == 40
    back = service.call(api.ImportData(str(out), "back", "labelled"))
    assert back.accepted == 40
    assert [info.name for info in service.call(api.ListDatasets()).datasets] == ["back", "留言"]
    service.call(api.DeleteDataset("back"))
    with pytest.raises(UnknownName):
        service.call(api.ShowDataset("back"))


def test_nothing_is_stored_when_the_file_is_unusable(service, tmp_path: Path):
    bad = tmp_path / "bad.csv"
    for text, error in [
        ("text,label\n", FileUnusable),
        ("text,label\n,\n", FileUnusable),
        ("a,b\n1,2\n", ColumnsUnknown),
    ]:
        bad.write_text(text)
        with pytest.raises(error):
            service.call(api.ImportData(str(bad), "x", "labelled"))
        assert service.call(api.ListDatasets()).datasets == ()
    with pytest.raises(FileMissing):
        service.call(api.PreviewFile(str(tmp_path / "none.csv")))
    # A file that breaks off after rows have been stored already.
    broken = tmp_path / "broken.json"
    broken.write_text("[" + '{"text": "a", "label": "b"},\n' * 50_000)
    with pytest.raises(FileUnusable, match=r"breaks off|not valid JSON"):
        service.call(api.ImportData(str(broken), "x", "labelled"))
    assert service.call(api.ListDatasets()).datasets == ()


def test_cancel_in_the_middle_leaves_nothing(service, tmp_path: Path):
    path = tmp_path / "large.csv"
    path.write_text("text,label\n" + "".join(f"message number {n},label {n % 7}\n" for n in range(400_000)))
    seen = []

    def stop_at_the_first_rows(progress) -> None:
        seen.append(progress)
        if progress.stage == "read":
            for job in service.call(api.ListJobs()).jobs:
                if job.state == "running":
                    service.call(api.CancelJob(job.id))

    with pytest.raises(Cancelled):
        service.call(api.ImportData(str(path), "x", "labelled"), stop_at_the_first_rows)
    assert seen
    assert service.call(api.ListDatasets()).datasets == ()


def test_show_is_limited_and_kinds_show_their_own_columns(service, tmp_path: Path):
    path = tmp_path / "events.tsv"
    path.write_text("user_id\tbook_id\trating\tshop\n" + "u1\tb1\t5\tnorth\nu2\tb1\tx\tsouth\n")
    done = service.call(api.ImportData(str(path), "e", "events"))
    assert (done.accepted, done.rejected[0].reason) == (1, "“x” in value is not a number")
    page = service.call(api.ShowDataset("e", limit=10**9))
    assert page.columns == ("user", "item", "value", "shop")
    assert page.rows == (("u1", "b1", "5", "north"),)
