"""Written texts are cut into sentences with the passages they name, and each is compared with them."""

from __future__ import annotations

import pytest

from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.serve.chat.candidates import Candidate
from engine.serve.chat.likeness import likeness_for
from engine.serve.chat.retrieve import Hit
from engine.serve.chat.sentences_check import Checked, check, joined, refuses, split_cited
from engine.serve.chat.support import Support, bundled_support, stutters, support_file

needs_models = pytest.mark.skipif(
    not (bundled_encoder_folder() / "trunk.onnx").exists() or not support_file().exists(),
    reason="the bundled models are not built",
)


def passage(text: str, title: str = "", heading: str = "") -> Candidate:
    return Candidate(Hit(1, 0.0), 1, "doc", title, heading, 1, False, 0, len(text), text)


RETURNS = passage(
    "You may send unworn shoes back within 30 days of delivery. Put them into their box with the slip that came with "
    "them. Worn shoes cannot be returned.", "Returns",
)  # fmt: skip
REFUNDS = passage(
    "We pay the money back to your card within five working days after the parcel has reached our warehouse.", "Refunds"
)
SHIPPING = passage(
    "Orders placed before noon leave our warehouse on the same day. Delivery takes two to three days. Express delivery "
    "costs 9 euros and arrives on the next working day.", "Shipping",
)  # fmt: skip
退货 = passage("顾客收到商品后七天内可以无理由退货，商品必须保持完好并带有原包装。", "退货政策")
退款 = passage("退款会在仓库收到退货后三个工作日内退回原支付账户。运费由顾客承担，质量问题除外。", "退款")
ENGLISH, CHINESE = [RETURNS, REFUNDS, SHIPPING], [退货, 退款]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refunds take five days. [2] Keep the box. [1]", [("Refunds take five days.", (1,)), ("Keep the box.", (0,))]),
        ("Refunds take five days [2]. Keep the box [1].", [("Refunds take five days.", (1,)), ("Keep the box.", (0,))]),
        ("It is so. [1][3]", [("It is so.", (0, 2))]),
        ("It is so. [1, 3] And so.", [("It is so.", (0, 2)), ("And so.", ())]),
        ("Mr. Smith pays 3.50 euros. [1]", [("Mr. Smith pays 3.50 euros.", (0,))]),
        ("No number here", [("No number here", ())]),
        ("[2] The number comes first.", [("The number comes first.", (1,))]),
        ("- First point [1]\n- Second point [2]", [("First point", (0,)), ("Second point", (1,))]),
        ("七天内可以退货。[1]退款需要三天。[2]", [("七天内可以退货。", (0,)), ("退款需要三天。", (1,))]),
        ("七天内可以退货【1】。退款需要三天［2］。", [("七天内可以退货。", (0,)), ("退款需要三天。", (1,))]),
        ("It is so. [0]", [("It is so.", ())]),
        ("[1] [2] . !", []),
        ("", []),
    ],
)
def test_sentences_and_the_passages_they_name(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(one.text, one.cited) for one in split_cited(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The passages do not answer this question.",
        "The provided documents don't mention it, and the text does not say so.",
        "This is not mentioned in the passages.",
        "I don't know.",
        "I cannot answer that.",
        "段落没有回答这个问题。",
        "文件中未提到这一点。",
        "无法回答这个问题。",
    ],
)
def test_a_sentence_that_says_there_is_no_answer(text: str) -> None:
    assert refuses(text)


@pytest.mark.parametrize("text", ["Refunds take five days.", "You cannot return worn shoes.", "商品不可以退货。"])
def test_a_sentence_that_answers_refuses_nothing(text: str) -> None:
    assert not refuses(text)


def test_chinese_sentences_stand_without_spaces() -> None:
    assert joined(["七天内可以退货。", "运费由顾客承担。"]) == "七天内可以退货。运费由顾客承担。"
    assert joined(["One.", "Two."]) == "One. Two."


@pytest.fixture(scope="module")
def checked():
    encoder = Encoder.open(bundled_encoder_folder())
    cache: dict = {}

    def run(text: str, passages: list[Candidate]) -> list[Checked]:
        return check(split_cited(text), passages, bundled_support(), likeness_for(text, lambda: encoder, cache))

    return run


@needs_models
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("You may send unworn shoes back within 30 days of delivery. [1]", 0),
        ("Unworn shoes can be sent back within 30 days. [1]", 0),
        ("Within thirty days of delivery you may send unworn shoes back. [1]", 0),
        ("Worn shoes cannot be returned. [1]", 0),
        ("We pay the money back to your card within 5 working days after the parcel reached the warehouse. [2]", 1),
        ("Express delivery costs 9 euros. [3]", 2),
        ("Delivery takes two to three days. [3]", 2),
        ("Orders placed before noon leave the warehouse on the same day. [3]", 2),
        # The passage counts, not the number.
        ("Express delivery costs 9 euros. [1]", 2),
        ("Express delivery costs 9 euros.", 2),
        ("Express delivery costs 9 euros. [17]", 2),
    ],
)
def test_what_an_english_passage_holds(checked, text: str, number: int) -> None:
    (one,) = checked(text, ENGLISH)
    assert one.support.held, one
    assert one.passage == number


@needs_models
@pytest.mark.parametrize(
    "text",
    [
        "You may send unworn shoes back within 60 days of delivery. [1]",
        "You may send unworn shoes back within 30 hours of delivery. [1]",
        "You may send worn shoes back. [1]",
        "You may not send unworn shoes back within 30 days of delivery. [1]",
        "We pay the money back to your PayPal account within five working days. [2]",
        "Express delivery is free of charge. [3]",
        "Express delivery costs 19 euros and arrives on the next working day. [3]",
        "Our shops are open on Sunday. [1]",
        "Once upon a time, there was a little girl named Lily. [1]",
        "She loved to play with her toys in the park. [2]",
        "Please call our hotline for help with your order. [3]",
    ],
)
def test_what_no_english_passage_holds(checked, text: str) -> None:
    (one,) = checked(text, ENGLISH)
    assert not one.support.held, one


@needs_models
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("顾客收到商品后七天内可以无理由退货。[1]", 0),
        ("商品必须保持完好并带有原包装。[1]", 0),
        ("退款会在三个工作日内退回原支付账户。[2]", 1),
        ("收到商品后7天内可以无理由退货。[1]", 0),
    ],
)
def test_what_a_chinese_passage_holds(checked, text: str, number: int) -> None:
    (one,) = checked(text, CHINESE)
    assert one.support.held, one
    assert one.passage == number


@needs_models
@pytest.mark.parametrize(
    "text",
    [
        "顾客收到商品后十五天内可以无理由退货。[1]",
        "顾客收到商品后七天内不可以退货。[1]",
        "退款会在三个月内退回。[2]",
        "我们的门店周日营业。[1]",
        "请拨打客服热线咨询会员积分。[2]",
    ],
)
def test_what_no_chinese_passage_holds(checked, text: str) -> None:
    (one,) = checked(text, CHINESE)
    assert not one.support.held, one


@needs_models
def test_a_sentence_said_twice_counts_once_and_without_passages_nothing_is_held(checked) -> None:
    assert len(checked("Delivery takes two to three days. [3] Delivery takes two to three days. [3]", ENGLISH)) == 1
    (one,) = checked("Delivery takes two to three days. [3]", [])
    assert (one.passage, one.support.held) == (None, False)


@pytest.mark.parametrize(
    ("said", "goes_round"),
    [
        ("We do not repair boots whose midsole has crumbled has crumbled.", True),
        ("Worn shoes cannot be returned, cannot be returned.", True),
        ("顾客收到商品后七天内顾客收到商品后七天内可以退货。", True),
        ("He had had enough.", False), ("The more the merrier, the better.", False), ("慢慢来，一步一步走。", False),
        ("Returns take five days and refunds take five days.", False),
    ],
)  # fmt: skip
def test_words_that_stand_twice_in_a_row(said: str, goes_round: bool) -> None:
    assert stutters(said) == goes_round


@needs_models
def test_a_sentence_that_goes_round_is_not_held_unless_the_passage_does() -> None:
    def support(said: str, passages: list[Candidate]) -> Support:
        return check(split_cited(said), passages, bundled_support(), None)[0].support

    round_ = support("Put them into their box into their box with the slip. [1]", ENGLISH)
    assert (round_.held, round_.why) == (False, "loop")
    song = passage("The guide walks up and down up and down the hill.")
    assert support("The guide walks up and down up and down the hill. [1]", [song]).held
