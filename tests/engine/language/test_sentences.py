"""Sentence ends in English and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["It costs £3.95.", "Express is £7.50 and free from £150."],
        ["Ask Dr. Green or Mrs. Hale, e.g. on Monday.", "They know."],
        ["We close at 5 p.m. on Friday.", "Come early."],
        ["Order before 2 p.m.", "It leaves the same day."],
        ["See fig. 3 and No. 5 for more.", "Then go on."],
        ["The answer is no.", "Please ask again."],
        ["Made by Larkfield Ltd. in Kelby.", "Washed twice."],
        ["“Is it open?” she asked.", "It was."],
        ["He said “Stop!”", "We stopped."],
        ["Really?!", "Yes..."],
        ["Wait... there is more.", "Good."],
        ["J. Smith wrote it.", "I read it."],
        ["Use version 2.5.1 of help@larkfield.example.", "Done."],
        ["(It is free.)", "Come in."],
        ["本店支持退货。", "请保留小票！", "好吗？", "分两步；", "先申请"],
        ["他说：“可以退。”", "我就退了。"],
        ["价格是3.5元。", "满199元包邮……", "欢迎再来。"],
        ["请问Windows版有吗？", "Yes, it does!", "好的。"],
    ],
)
def test_sentences(expected: list[str]) -> None:
    joint = "" if any("\u4e00" <= char <= "\u9fff" for char in expected[0]) else " "
    text = joint.join(expected)
    assert split(text) == expected


def test_lists_and_paragraphs() -> None:
    text = "What to bring:\n1. Your card\n2. A list of medicines\n\n• Water\n• Food. And more.\n\nThe end"
    assert split(text) == [
        "What to bring:", "1. Your card", "2. A list of medicines", "• Water", "• Food.", "And more.", "The end",
    ]  # fmt: skip


def test_wrapped_line_is_no_end() -> None:
    assert split("This line was wrapped\nby an editor. Next.") == ["This line was wrapped\nby an editor.", "Next."]


@given(st.text(alphabet=st.sampled_from(list('aB1 .!?。！？；…\n"”)e.g,;:Mr')), max_size=80))
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    covered = [at for start, end in spans for at in range(start, end)]
    assert covered == sorted(set(covered))
    assert set(range(len(text))) - set(covered) <= {at for at, char in enumerate(text) if char.isspace()}
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
