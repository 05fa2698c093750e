"""What speaks against a translation, and what does not."""

from __future__ import annotations

import pytest

from engine.api import Language
from engine.serve.chat.translation_check import fault_of, missing_names, written_in

EXPRESS = "Express delivery costs 9 euros and arrives on the next working day."
RETURNS = "顾客收到商品后七天内可以无理由退货，商品必须保持完好并带有原包装。"


@pytest.mark.parametrize(
    ("original", "new", "to"),
    [
        (EXPRESS, "特快配送费用为9欧元，下一个工作日送达。", "zh"),
        ("You have thirty days to send order AB-123 back.", "您有30天时间退回订单AB-123。", "zh"),
        ("We open on 3 May 2026 at noon.", "我们于2026年5月3日中午开业。", "zh"),
        ("Over 3 million customers trust us.", "超过300万客户信任我们。", "zh"),
        ("A day later you get one e-mail.", "一天后您会收到一封电子邮件。", "zh"),
        (
            RETURNS,
            "Customers may return goods within seven days of receipt without a reason, intact and in their box.",
            "en",
        ),
        ("运费为20元。", "Shipping is 20 yuan.", "en"),
    ],
)
def test_a_good_translation_is_shown(original: str, new: str, to: Language) -> None:
    assert fault_of(original, new, to) == ""


@pytest.mark.parametrize(
    ("original", "new", "to", "why"),
    [
        (EXPRESS, "特快配送费用为8欧元，下一个工作日送达。", "zh", "number"),
        (EXPRESS, "特快配送费用为欧元，下一个工作日送达。", "zh", "number"),
        (EXPRESS, "特快配送需要3天，费用为9欧元，下一个工作日送达。", "zh", "number"),
        ("You have 30 days to send it back.", "您有30小时可以退货。", "zh", "unit"),
        ("We open on 3 May 2026.", "我们于2026年6月3日开业。", "zh", "number"),
        ("Send order AB-123 back within a week.", "请在一周内退回您的订单。", "zh", "code"),
        (EXPRESS, "Once upon a time there was a girl named Lily.", "zh", "script"),
        ("Hello there, how are you today?", "hello there, how are you today?", "zh", "empty"),
        (RETURNS, "七天内可以退货。", "en", "script"),
        ("The parcel arrives at the shop tomorrow morning.", "包裹到了包裹到了包裹到了包裹到了包裹到了", "zh", "loop"),
        (EXPRESS.replace("9 euros", "money") * 4, "快递要钱。", "zh", "length"),
    ],
)
def test_a_bad_one_is_not(original: str, new: str, to: Language, why: str) -> None:
    assert fault_of(original, new, to) == why


def test_names_that_are_gone_are_told() -> None:
    assert missing_names("Call Maria at the Gothenburg shop.", "请致电Gothenburg商店的玛丽亚。") == ["Maria"]
    assert missing_names("请使用WeChat付款。", "Please pay with the app.") == ["WeChat"]
    assert missing_names("The parcel comes on 3 May. It is free.", "包裹5月3日到。免费。") == []


def test_product_names_do_not_make_a_chinese_text_english() -> None:
    assert written_in("请用iPhone 15打开 https://shop.example/returns 页面。", "zh")
    assert not written_in("Please open the page.", "zh")
    assert written_in("42 – 17:30", "zh")
