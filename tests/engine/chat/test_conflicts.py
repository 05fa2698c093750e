"""Questions that look alike and are not: other numbers, names, negation, opposites."""

from __future__ import annotations

import pytest

from engine.serve.chat.conflicts import conflict

CANCEL = "You can cancel in the settings. Your subscription ends at the end of the month."


@pytest.mark.parametrize(
    ("asked", "approved", "expected"),
    [
        ("How do I cancel on Android?", "How do I cancel on iPhone?", "name"),
        ("Does the X200 have a warranty?", "Does the X100 have a warranty?", "number"),
        ("How long is the trial of version 3?", "How long is the trial of version 2?", "number"),
        ("What if the parcel does not arrive?", "What if the parcel arrives?", "negation"),
        ("How do I disable notifications?", "How do I enable notifications?", "opposite"),
        ("How do I turn off the sound?", "How do I turn on the sound?", "opposite"),
        ("怎么关闭通知？", "怎么打开通知？", "opposite"),
        ("为什么不能登录？", "怎么登录？", "negation"),
        ("怎么备份 TiKV？", "怎么备份 PD？", "name"),
        ("TiDB 6 支持吗？", "TiDB 5 支持吗？", "number"),
    ],
)
def test_a_near_question_is_refused(asked: str, approved: str, expected: str) -> None:
    assert conflict(asked, approved, CANCEL) == expected


@pytest.mark.parametrize(
    ("asked", "approved"),
    [
        ("how can i cancel my subscription", "How do I cancel?"),
        ("HOW DO I CANCEL MY SUBSCRIPTION???", "How do I cancel my subscription?"),
        ("Where are the settings?", "Where do I find the settings?"),
        ("能不能取消订阅？", "可以取消订阅吗？"),
        ("Can I stop paying?", "How do I cancel my subscription?"),
    ],
)
def test_the_same_question_in_other_words_is_taken(asked: str, approved: str) -> None:
    assert conflict(asked, approved, CANCEL) is None
