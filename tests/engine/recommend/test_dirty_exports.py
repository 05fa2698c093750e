"""A shop's exports, week by week, from the file to the recommender: appended, cleaned, weighed, told."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from engine import api
from engine.errors import AlreadyExists, DataUnusable, UsageError
from engine.host.service import Service
from engine.store import datasets, packs

HEAD = ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "CustomerID"]


def write(path: Path, rows: list[list[str]], head: list[str] = HEAD) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(head)
        out.writerows(rows)
    return str(path)


def weeks(folder: Path, shop) -> tuple[str, str]:
    sales = [
        [str(n), event["item"], "2", f"2024-03-{1 + n % 20:02} 10:{n % 60:02}", event["user"]]
        for n, event in enumerate(shop.events)
    ]
    first = [*sales, ["x", "tea-mint-0", "1", "2024-03-02 09:00", ""], ["y", "tea-mint-0", "1", "2024-03-02", "null"]]
    customer, item = sales[0][4], sales[0][1]
    second = [
        ["C1", item, "-2", "2024-03-25 08:00", customer],
        ["C2", "lamp-desk-0", "-9", "2024-03-25 08:01", "stranger"],
        ["3", "POSTAGE", "1", "2024-03-25 08:02", customer],
        ["4", "boot-rain-0", "1", "2024-03-25 08:03", "newcomer"],
        ["4", "boot-rain-0", "1", "2024-03-25 08:03", "newcomer"],
    ]
    return write(folder / "first.csv", first), write(folder / "second.csv", second)


@pytest.fixture
def engine(service: Service, shop) -> Service:
    datasets.add(service.context.store, "goods", "items", source="", mapping={}, batches=[shop.items])
    return service


def test_exports_are_appended_cleaned_and_told(engine: Service, shop, tmp_path: Path) -> None:
    first, second = weeks(tmp_path, shop)
    began = engine.call(api.ImportData(path=first, name="sales", kind="events", append=True))
    assert began.mapping == {
        "user": "CustomerID", "item": "StockCode", "value": "Quantity", "time": "InvoiceDate",
    }  # fmt: skip
    assert [(one.code, one.count) for one in began.reasons] == [("empty", 1), ("no_id", 1)]
    added = engine.call(api.ImportData(path=second, name="sales", kind="events", append=True))
    assert (added.accepted, added.total) == (5, len(shop.events) + 5)
    fitted = engine.call(api.FitRecommender(items="goods", events="sales", pack="taste", max_minutes=0.01))
    told = {one.code: one.count for one in fitted.cleaned}
    assert told == {"unknown_item": 1, "repeated_lines": 1, "undone": 1, "cancels_nothing": 1, "cancellations": 1}
    assert all(one.examples for one in fitted.cleaned)
    assert fitted.events == len(shop.events) - 1 + 1
    assert fitted.types == {"(none)": api.EventType(len(shop.events), 1.0)}
    assert any("1 purchases were cancelled later" in warning for warning in fitted.warnings)
    found = engine.call(api.LintDataset(name="sales"))
    assert {"repeated_lines", "cancels_nothing"} <= {finding.code for finding in found.findings}


def test_weights_are_kept_for_learning_anew(engine: Service, shop) -> None:
    events = [event | {"type": "view" if n % 2 else "buy"} for n, event in enumerate(shop.events)]
    datasets.add(engine.context.store, "clicks", "events", source="", mapping={}, batches=[events])
    fitted = engine.call(
        api.FitRecommender(items="goods", events="clicks", pack="taste", max_minutes=0.01, weights={"view": 0.0})
    )
    assert fitted.events == len(events) // 2
    engine.call(api.ForgetUser(pack="taste", user="shopper-003"))
    report = packs.current(engine.context.store, "taste").manifest
    assert report["weights"] == {"view": 0.0}
    assert report["report"]["types"]["view"]["weight"] == 0.0


def test_what_cannot_be_is_refused(engine: Service, shop, tmp_path: Path) -> None:
    first, _ = weeks(tmp_path, shop)
    with pytest.raises(UsageError, match="between -1 and 1, not 7"):
        engine.call(api.FitRecommender(items="goods", events="goods", pack="p", weights={"view": 7.0}))
    with pytest.raises(UsageError, match="not both"):
        engine.call(api.ImportData(path=first, name="sales", kind="events", append=True, replace=True))
    with pytest.raises(DataUnusable, match="events cannot be added"):
        engine.call(api.ImportData(path=first, name="goods", kind="events", append=True))
    engine.call(api.ImportData(path=first, name="sales", kind="events"))
    with pytest.raises(AlreadyExists):
        engine.call(api.ImportData(path=first, name="sales", kind="events"))
