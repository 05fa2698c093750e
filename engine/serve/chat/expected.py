"""What kind of answer a question waits for: a duration, a time, an amount of money, a telephone number, a count.

"How long is the warranty?" is not answered by a sentence without a duration, however near it is in words. Rules over
question words in English and Chinese; a question that fits no rule waits for nothing in particular.
"""

from __future__ import annotations

import re
from typing import Literal

Expected = Literal["phone", "money", "duration", "time", "count"]

_PATTERNS: tuple[tuple[Expected, str], ...] = (
    ("phone", r"\b(?:phone|telephone|fax) number|\b(?:which|what) number (?:reach|do|can|should|must|to|for|is)"
              r"|(?:电话|号码|传真|热线)是?(?:多少|几)|(?:打|拨)(?:什么|哪个|几)"),
    ("money", r"\bhow much (?:is|are|was|does|do|did|will|would|must|should|can)\b.*|\bwhat (?:does|do|will|would)\b.*"
              r"\bcost\b|\b(?:price|fee|cost) (?:of|for)\b|多少钱|(?:运费|费用|价格|价钱|收费)是?(?:多少|几)"
              r"|收多少"),
    ("duration", r"\bhow long\b|\b(?:how many|what number of) (?:\w+ )?(?:second|minute|hour|day|week|month|year)s?\b"
                 r"|多久|多长时间|(?:几|多少)个?(?:秒|分钟|小时|天|日|周|星期|月|年|工作日)(?!\S*(?:前|开始))"),
    ("time", r"\b(?:what|which) (?:time|times|hours|day|days|date)\b|\buntil when\b|\bwhen (?:is|are|do|does) .*"
             r"\b(?:open|close|start|begin|end)s?\b|几点|哪天|星期几|(?:什么时候|何时).*(?:开|关|营业|上班)"),
    ("count", r"\bhow (?:many|often|old|high|fast|far|big|large|warm|cold|hot|heavy)\b|\b(?:what|which) (?:dose|age|"
              r"temperature|percentage|size)\b|\bdose of\b|几(?:次|个|度|种|条|岁|毫克|克)|多少(?!钱)|剂量"),
)  # fmt: skip
_ASKED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_NUMBER = (
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|ninety|once|twice|half|an?|no limit|unlimited)\b|[一二两三四五六七八九十百千半]|不限|无限)"
)
_HELD: dict[Expected, re.Pattern[str]] = {
    "phone": re.compile(r"(?:\d[ \-()/.]?){6,}\d|\b(?:999|911|112|120|110|119)\b"),
    "money": re.compile(r"[$£€¥￥]\s?\d|\d\s?(?:元|块|美元|欧元|dollars?|euros?|pounds?|pence|cents?|usd|eur|gbp|%)"
                        r"|\bfree\b|\bno (?:charge|cost|fee)|免费|不收", re.IGNORECASE),
    "duration": re.compile(_NUMBER + r"[\s\-]?(?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|ms|min"
                           r"|h|天|日|年|个?月|周|个?星期|个?小时|分钟|秒|个?工作日)|\b(?:always|lifetime|for ever)\b"
                           r"|长期|永久|当天", re.IGNORECASE),
    "time": re.compile(r"\d{1,2}[:：.]\d\d|\d\s?[ap]\.?m\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bnoon\b|"
                       r"midnight|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|"
                       r"november|december)|\bdaily\b|\d\s?[点时月日号]|(?:周|星期)[一二三四五六日天末]|每天",
                       re.IGNORECASE),
    "count": re.compile(_NUMBER, re.IGNORECASE),
}  # fmt: skip


def expected_kind(question: str) -> Expected | None:
    """The kind of answer that a question waits for, or None."""
    return next((kind for kind, pattern in _ASKED if pattern.search(question)), None)


def holds_kind(kind: Expected, text: str) -> bool:
    """Whether a text holds something of that kind."""
    return _HELD[kind].search(text) is not None
