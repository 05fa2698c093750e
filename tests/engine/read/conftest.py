"""Data sets made on the spot."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import api
from engine.host.service import Service

Import = Callable[..., str]


@pytest.fixture
def imported(service: Service, tmp_path: Path) -> Import:
    def put(rows: list[tuple[str, str]], name: str = "messages") -> str:
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("text", "label"), *rows])
        service.call(api.ImportData(path=str(path), name=name, kind="labelled", replace=True))
        return name

    return put
