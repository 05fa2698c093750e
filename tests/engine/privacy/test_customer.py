"""Personal data of customers: what is found, what is left alone, and what a mask leaves."""

from __future__ import annotations

import pytest

from engine.privacy.customer import find_customer, is_iban
from engine.privacy.mask import masked, unnamed


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("My name is John Smith and I wait", "name", "John Smith"), ("my name is anna and i wait", "name", "anna"),
        ("I'm Mary Jones, where is it?", "name", "Mary Jones"), ("Regards,\nPeter Pan", "name", "Peter Pan"),
        ("我叫王小明，想退货", "name", "王小明"), ("姓名：张三", "name", "张三"), ("我是王女士", "name", "王女士"),
        ("born on 12 March 1980", "birth_date", "12 March 1980"), ("生日是1990年3月4日", "birth_date", "1990年3月4日"),
        ("DOB: 12/03/1980", "birth_date", "12/03/1980"), ("to DE89 3704 0044 0532 0130 00", "iban",
        "DE89 3704 0044 0532 0130 00"),
        ("I live at 12 Baker Street, London NW1 6XE", "address", "12 Baker Street, London NW1 6XE"),
        ("Musterstraße 12, 10115 Berlin", "address", "Musterstraße 12, 10115 Berlin"),
        ("住在张江路88号3号楼502室", "address", "住在张江路88号3号楼502室"), ("a@b.example", "email", "a@b.example"),
    ],
)  # fmt: skip
def test_found(text: str, kind: str, found: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in find_customer(text)] == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    ["My name is spelled wrong on the ticket", "my name is not on the list", "I'm Very sorry", "I am looking for shoes",
     "the order of 2024-01-02", "我叫了外卖还没到", "我叫客服三次了", "page 12 of The Way", "GB82WEST12345698765433",
     "order 12345"],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    assert find_customer(text) == []


def test_iban_check_digits() -> None:
    assert is_iban("GB82 WEST 1234 5698 7654 32")
    assert not is_iban("GB28 WEST 1234 5698 7654 32")


def test_masks() -> None:
    text = "my name is John Smith, a@b.example, order 12345 and 123456"
    assert masked(text, {"name"}) == "my name is [name], a@b.example, order 12345 and 123456"
    assert masked(text, {"slots"}, ["12345"]) == "my name is John Smith, a@b.example, order [masked] and 123456"
    assert masked(text, set()) == text
    assert unnamed("Dear John Smith!", {"John Smith": "[name]", "John": r"\1"}) == "Dear [name]!"
