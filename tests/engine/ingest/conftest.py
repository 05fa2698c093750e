"""Reading a table in one go: its rows and what was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine.ingest.import_table import Imported, ImportSpec, import_table, path_bytes
from engine.ingest.tables.open_table import open_table
from engine.ingest.tables.table import Table
from engine.values import DatasetKind


class ReadTable(NamedTuple):
    table: Table
    rows: list[list[str]]
    lines: list[int]
    refused: list[tuple[int, str, str]]


class NoLink:
    def __init__(self) -> None:
        self.sent: list[Any] = []

    def report(self, *_: object) -> None:
        pass

    def send(self, item: Any) -> None:
        self.sent.append(item)


@pytest.fixture
def read_table() -> Callable[[Path], ReadTable]:
    def read(path: Path) -> ReadTable:
        table = open_table(path)
        refused: list[tuple[int, str, str]] = []
        batches = list(table.batches(lambda *fault: refused.append(fault)))
        return ReadTable(
            table,
            [row for batch in batches for row in batch.rows],
            [n for batch in batches for n in batch.lines],
            refused,
        )

    return read


@pytest.fixture
def load() -> Callable[..., tuple[Imported, list[dict[str, str]]]]:
    """Import as a worker does, without the process: the outcome and the rows that it sent."""

    def run(path: Path, kind: DatasetKind = "labelled", **mapping: str) -> tuple[Imported, list[dict[str, str]]]:
        from engine.dataset.chunks import unpack

        link = NoLink()
        outcome = import_table(ImportSpec(path_bytes(str(path)), kind, mapping), link)
        rows = []
        for chunk in link.sent:
            unpacked = unpack(chunk.data)
            assert len(unpacked.rows) == chunk.rows
            rows += [dict(zip(unpacked.columns, row, strict=True)) for row in unpacked.rows]
        return outcome, rows

    return run
