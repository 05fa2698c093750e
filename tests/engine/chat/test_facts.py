"""Numbers, units, days, codes, names and denials that a sentence and its evidence must share, in both languages."""

from __future__ import annotations

import pytest

from engine.serve.chat.facts import codes, denied, figures, strange_fact, turned_round


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes 30 days.", {"30"}),
        ("It costs $1,250.50 or 7.0 euros.", {"1250.5", "7"}),
        ("Version 6.4.0 came after v5.1.", {"6.4.0", "5.1"}),
        ("Within thirty days, twice a week.", {"30", "2"}),
        ("One of the stores is open.", set()),
        ("全角数字３０天。", {"30"}),
        ("三十天内可以退货。", {"30"}),
        ("十五个工作日，两次提醒。", {"15", "2"}),
        ("一百二十元", {"120"}),
        ("顾客可以选择一种方式，这是一个问题。", set()),
        ("七天无理由退货", {"7"}),
        ("两千五百万用户", {"25000000"}),
    ],
)
def test_numbers_are_read_in_one_spelling(text: str, expected: set[str]) -> None:
    assert figures(text) == expected


def test_codes_are_addresses_versions_and_names_of_settings() -> None:
    found = codes(
        "Set `max_size` to ON, see https://a.example/x?y=1, write to help@shop.example about SKU-4471 (v6.4.0)."
    )
    assert {"max_size", "https://a.example/x?y=1", "help@shop.example", "sku-4471", "v6.4.0"} <= found
    assert codes("The 2nd of May at 9am costs 5 euros.") == set()


@pytest.mark.parametrize(
    ("sentence", "evidence", "kind"),
    [
        ("Refunds take 7 days.", "Refunds take 5 days.", "number"),
        ("Refunds take five days.", "Refunds take 5 days.", None),
        ("Refunds take 5 hours.", "Refunds take 5 days.", "unit"),
        ("You get 3 items.", "You get 5 items. The box holds 3 bottles.", "number"),
        ("The box holds 3 bottles.", "You get 5 items. The box holds 3 bottles.", None),
        ("It costs €9.", "Express delivery costs 9 euros.", None),
        ("It costs $9.", "Express delivery costs 9 euros.", "unit"),
        ("We are open on 3 May.", "We are open on May 3.", None),
        ("We are open on 3 June.", "We are open on May 3.", "date"),
        ("The shop opens at 9:30 am.", "The shop opens at 9:30 pm.", "date"),
        ("Pay with PayPal at the desk.", "Pay with a card at the desk.", "name"),
        ("Write to support@shop.example now.", "Write to help@shop.example now.", "code"),
        ("Use the item A-4471.", "Use the item A-4472.", "number"),
        ("Set the flag wal_sync.", "Set the flag wal_fsync.", "code"),
        ("Orders leave on the same day.", "Orders placed before noon leave on the same day.", None),
        ("退款需要五个工作日。", "退款会在三个工作日内退回。", "number"),
        ("退款需要3个工作日。", "退款会在三个工作日内退回。", None),
        ("退款需要三个月。", "退款会在三个工作日内退回。", "unit"),
        ("活动于5月4日结束。", "活动于5月3日结束。", "number"),
        ("使用 BR 恢复数据。", "使用 Dumpling 导出数据。", "name"),
        ("从 v6.4.0 开始支持。", "从 v6.1.0 开始支持。", "number"),
    ],
)
def test_facts_that_the_evidence_lacks(sentence: str, evidence: str, kind: str | None) -> None:
    assert strange_fact(sentence, evidence, evidence) == kind


def test_a_name_may_stand_in_the_heading() -> None:
    assert (
        strange_fact("Parcels to Norway take four days.", "Parcels take four days.", "Norway\nParcels take four days.")
        is None
    )


@pytest.mark.parametrize(
    ("sentence", "evidence", "kind"),
    [
        ("You can return worn shoes.", "You cannot return worn shoes.", "negation"),
        ("You cannot return unworn shoes.", "You can return unworn shoes.", "negation"),
        ("Worn shoes can not be returned.", "You cannot return worn shoes.", None),
        ("We never ship to islands.", "We ship to islands.", "negation"),
        ("It works without an account.", "It works with an account.", "negation"),
        ("You are unable to change it.", "You cannot change it.", None),
        ("You don't need a receipt.", "No receipt is needed.", None),
        # Both deny something, and not the same.
        ("Members do not pay for delivery.", "Members pay for delivery. Guests do not get a discount.", "negation"),
        (
            "Do not put leather shoes on a heater.",
            "Never put them on a heater. Clean leather shoes with a cloth.",
            None,
        ),
        ("Do not enable the option.", "Do not disable the option.", "opposite"),
        ("You may send worn shoes back.", "You may send unworn shoes back.", "opposite"),
        ("Inactive accounts are kept.", "Active accounts are kept.", "opposite"),
        ("Active and inactive accounts are kept.", "Inactive and active accounts are kept.", None),
        ("Log in before you pay.", "Log in after you pay.", "opposite"),
        ("顾客不可以退货。", "顾客可以退货。", "negation"),
        ("质量问题需要承担运费。", "质量问题不需要承担运费。", "negation"),
        ("没有发票也能退货。", "没有发票也可以退货。", None),
        ("未付款的订单会取消。", "未付款的订单会自动取消。", None),
        ("是否支持取决于版本。", "支持取决于版本。", None),
        ("能不能退货由仓库决定。", "退货由仓库决定。", None),
        ("开启该功能。", "关闭该功能。", "opposite"),
    ],
)
def test_a_not_on_one_side_alone(sentence: str, evidence: str, kind: str | None) -> None:
    assert turned_round(sentence, evidence) == kind


def test_only_clauses_that_deny_are_named() -> None:
    assert denied("You can return shoes, but socks cannot be returned.") == [{"sock", "return"}]
    assert denied("You can return shoes.") == []
