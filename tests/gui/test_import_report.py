"""What the window says of an import in which rows were refused."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from engine import api
from engine.values import Rejection
from gui.pages.library.import_report import ImportReport
from gui.text.shares import count
from gui.widgets.text import Text


def imported(shown: int) -> api.DataImported:
    refused = tuple(Rejection(line, "no item is given", "missing") for line in range(2, 2 + shown))
    reasons = (
        api.RejectedReason("missing", 1200, refused[:1]),
        api.RejectedReason("bad_time", 3, (Rejection(9, "the time “soon” is no date", "bad_time"),)),
    )
    return api.DataImported(
        "sales", "events", 5000, 3797, 1203, refused, "utf-8", ",", {}, (), 0.4, reasons=reasons
    )  # fmt: skip


def test_more_refused_rows_than_the_table_has_are_counted_by_reason(qtbot: Any) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ImportReport(imported(100), parent)
    assert dialog.table.model().rowCount() == 100
    told = dialog.findChild(Text, "import_report.reasons").text()
    assert told == f"{count(1200)} like “no item is given”\n3 like “the time “soon” is no date”"


def test_few_refused_rows_are_in_the_table_alone(qtbot: Any) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ImportReport(msgspec.structs.replace(imported(2), rejected_count=2), parent)
    assert dialog.findChild(Text, "import_report.reasons") is None
    assert dialog.table.model().rowCount() == 2
