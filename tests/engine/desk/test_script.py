"""Written conversations: what can be said, and how faults are told."""

from __future__ import annotations

import pytest

from engine.api import Answer
from engine.serve.desk.script import Expectation, check, parse
from engine.values import Citation

GOOD = """\ufeff# how we answer
profile: shop

test: Refund
collection: other
customer: refund of 700
expect mode: handoff
expect slot amount: 700
expect says not: on its way

测试：取消
客户：取消订单
期望 追问：order_number
"""


def test_a_file_in_two_languages() -> None:
    scripts, faults = parse(GOOD)
    assert faults == []
    one, two = scripts
    assert (one.name, one.profile, one.collection, two.name, two.collection) == ("Refund", "shop", "other", "取消", "")
    assert [e.sentence for e in one.turns[0].expected] == ["mode: handoff", "slot amount: 700", "says not: on its way"]
    assert (two.turns[0].text, two.turns[0].expected[0].field, two.turns[0].expected[0].line) == (
        "取消订单",
        "asks",
        13,
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: there is no test"), ("hello", "line 1: “hello” has no colon"), ("customer: hi",
        "line 1: a customer speaks"),
        ("test: a\nexpect mode: quote", "line 2: something is expected before"), ("test: a\ncustomer:",
        "line 2: nothing stands"),
        ("test: a\ncustomer: x\nexpect mode: quoted", "line 3: the mode “quoted” is not known"),
        ("test: a\ncustomer: x\nexpect smell: y", "line 3: “expect smell” is not known"),
        ("test: a\ncustomer: x", "line 1: the test “a” expects nothing"), ("test: a",
        "line 1: the test “a” has no customer"),
        ("test: a\ncustomer: x\nexpect confidence: high", "line 3: a confidence"),
        ("test: a\ncustomer: x\nexpect mode: quote\ntest: a\ncustomer: x\nexpect mode: quote",
        "line 4: the name “a” is there twice"),
        ("today: tomorrow\ntest: a\ncustomer: x\nexpect mode: quote", "line 1: today is a day"),
        ("blah: x", "line 1: “blah” is not known"),
    ],
)  # fmt: skip
def test_faults_have_line_numbers(text: str, fault: str) -> None:
    assert any(one.startswith(fault) for one in parse(text)[1]), parse(text)[1]


def test_checks() -> None:
    answer = Answer(
        "Within 30  days.", "quote", 0.8, (Citation("/a/returns.md", None, "Within 30 days.", title="Returns"),), (),
        0.0,
        slots={"n": "A1"}, because="quoted",
    )  # fmt: skip
    good = [("says", "within 30 days"), ("says not", "14"), ("cites", "returns.md"), ("cites", "Returns"),
    ("mode", "quote"),
            ("confidence", ">= 0.8"), ("confidence", "< 0.9"), ("person", "no"), ("notice", "no"), ("because",
            "quoted")]  # fmt: skip
    bad = [("says", "14"), ("says not", "30 days"), ("cites", "x.md"), ("mode", "template"), ("confidence", "> 0.8"),
           ("person", "yes"), ("intent", "x"), ("asks", "n")]  # fmt: skip
    assert all(check(Expectation(1, field, value), answer)[0] for field, value in good)
    assert not any(check(Expectation(1, field, value), answer)[0] for field, value in bad)
    assert check(Expectation(1, "slot", "a1", "n"), answer)[0]
    assert not check(Expectation(1, "slot", "b", "n"), answer)[0]
