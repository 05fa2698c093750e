"""Search terms of words and of scripts without spaces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.terms import cjk_share, is_cjk, latin_share, normalise, query_terms, stem, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Changing the changes", ["chang", "the", "chang"]),
        ("iPhone's categories, boxes & stopped", ["iphon", "category", "box", "stop"]),
        ("Ｆｕｌｌ ｗｉｄｔｈ １２", ["full", "width", "12"]),
        ("Résumé NAÏVE", ["resum", "naiv"]),
        ("扫描表", ["扫描", "描表", "扫", "描", "表"]),
        ("税 TiDB集群", ["税", "tidb", "集群", "集", "群"]),
        ("snake_case v6.4", ["snak", "case", "v6", "4"]),
        ("", []),
        ("—…!?", []),
    ],
)
def test_terms_of_known_texts(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_codes_and_short_words_are_not_stemmed() -> None:
    assert [stem(word) for word in ("bus", "gas", "a1s", "b2bs", "ring", "red")] == [
        "bus", "gas", "a1s", "b2bs", "ring", "red",
    ]  # fmt: skip


def test_a_question_loses_its_grammar_words() -> None:
    assert query_terms("How do I change my password?") == ["chang", "password"]
    assert query_terms("请问怎么修改我的密码？") == ["修改", "修", "改", "密码", "密", "码"]


def test_a_question_of_grammar_words_alone_keeps_them() -> None:
    assert query_terms("who are you") == ["who", "are", "you"]


def test_voiced_kana_stay_apart_from_plain_ones() -> None:
    assert normalise("がﾞ") != normalise("か")
    assert terms("ガギ") == ["ガギ", "ガ", "ギ"]


def test_shares_of_scripts() -> None:
    assert cjk_share("TiDB 集群") == pytest.approx(2 / 6)
    assert latin_share("TiDB 集群") == pytest.approx(4 / 6)
    assert cjk_share("12 !") == 0.0
    assert latin_share("12 !") == 1.0
    assert is_cjk("猫")
    assert is_cjk("か")
    assert not is_cjk("a")


@given(st.text(max_size=200))
def test_terms_hold_word_characters_only_and_stay_the_same_when_joined(text: str) -> None:
    found = terms(text)
    assert all(term and not any(char.isspace() or char in "\"*()^:'" for char in term) for term in found)
    assert all(term in terms(text) for term in found)
