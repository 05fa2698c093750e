"""Prices, availability and missing numbers as people and programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.ingest.goods import is_placeholder, picture_at, read_available, read_price


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("12.5", "12.5"), ("$1,299.00", "1299"), ("12,50 €", "12.5"), ("1.299,00", "1299"), ("1,299", "1299"),
        ("¥ 88", "88"), ("1 299,90 kr", "1299.9"), ("1'299.90", "1299.9"), ("0", "0"), ("free", None), ("-3", None),
        ("", None), ("3 for 2 offers", None), ("12,345,678", "12345678"),
    ],
)  # fmt: skip
def test_prices(written: str, price: str | None) -> None:
    assert read_price(written) == price


@pytest.mark.parametrize(
    ("written", "found"),
    [("In stock", "yes"), ("0", "no"), ("17", "yes"), ("缺货", "no"), ("TRUE", "yes"), ("maybe", None), ("-1", "no")],
)
def test_availability(written: str, found: str | None) -> None:
    assert read_available(written) == found


def test_words_where_a_number_is_missing() -> None:
    assert [word for word in ("NULL", "NaN", "n/a", "-", "0", "none-such", "Nancy") if is_placeholder(word)] == [
        "NULL", "NaN", "n/a", "-",
    ]  # fmt: skip


def test_pictures_are_looked_for_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    picture = tmp_path / "pictures" / "pan.png"
    picture.write_bytes(b"x")
    assert picture_at(tmp_path, "pictures/pan.png") == str(picture)
    assert picture_at(tmp_path, "pictures\\pan.png") == str(picture)
    assert picture_at(tmp_path / "pictures", "../pictures/pan.png") == str(picture)
    assert picture_at(tmp_path, str(picture)) == str(picture)
    untouched = (
        "", "gone.png", "https://example.org/pan.png", "//server/share/pan.png", "\\\\server\\pan.png", "a\0b",
        "~nobody-of-this-name/pan.png", "pictures",
    )  # fmt: skip
    for value in untouched:
        assert picture_at(tmp_path, value) == value


def test_items_are_put_right_and_told(tmp_path: Path, load) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "sku,name,category,price,stock,valid_until\n"
        'a,Tent,camping,"$1,299.00",3,2025-01-31\nb,Lamp,light,ask us,0,\nnull,Rope,camping,3,1,\n,Rope,camping,3,1,\n',
        encoding="utf-8",
    )
    outcome, rows = load(path, "items")
    assert rows == [
        {"item": "a", "title": "Tent", "categories": "camping", "price": "1299", "available": "yes",
         "valid_until": "2025-01-31T00:00:00"},
        {"item": "b", "title": "Lamp", "categories": "light", "price": "", "available": "no", "valid_until": ""},
    ]  # fmt: skip
    assert any("The price could not be read in 1 row (such as “ask us”)" in told for told in outcome.warnings)
    assert [(one.code, one.count, one.examples[0].line) for one in outcome.reasons] == [
        ("no_id", 1, 4),
        ("empty", 1, 5),
    ]
