"""A wish in Chinese, taken apart as `wish.py` does with English.

    类似双峰 2 帐篷，但便宜一点，不要红色，要有货

Understood: prices (300 元以下, 不超过三百块, 50 到 100 元, 200 元左右, 至少 80 元), 便宜 and 更贵 than the named item,
categories that the catalogue knows (只要帐篷, 不要帐篷), 有货, and words that must not appear (不要红色的).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.serve.desk.reading import number_of
from engine.serve.recommend.wish import ABOUT_SHARE, Wish, asked_for, cut

_SIGN = "[¥￥]"
_COIN = "(?:元钱?|块钱?|人民币)"
_DIGITS = r"(\d[\d,.]*+[万千]?+|[零〇一二两三四五六七八九十百千万]*[十百千万][零〇一二两三四五六七八九十百千万]*+)"
_MONEY = rf"{_SIGN}?\s*{_DIGITS}\s*{_COIN}?"
# Without a currency, what a number counts decides: "4 人以下" and "5 公斤以内" are no prices.
_NO_PRICE = r"(?!\s*(?:[人位口个只双件条张升斤克米码寸岁天年月小时瓦]|公|毫|厘|千克|[a-zA-Z]))"
_PRICE = "(?:价格|价钱|售价)?(?:在|是)?"
_BETWEEN = re.compile(
    rf"{_PRICE}(?:介于)?{_MONEY}\s*(?:到|至|和|[-~～—–])\s*{_SIGN}?\s*{_DIGITS}\s*{_COIN}?{_NO_PRICE}(?:之间|左右)?的?"
)
_MOST = (
    re.compile(rf"{_PRICE}{_MONEY}\s*(?:以下|以内|之内|之下|封顶)的?"),
    re.compile(
        rf"{_PRICE}(?:不超过|不高于|不要超过|别超过|低于|少于|小于|最多|最高|至多|便宜过){_MONEY}{_NO_PRICE}的?"
    ),
)
_LEAST = (
    re.compile(rf"{_PRICE}{_MONEY}\s*(?:以上|起)的?"),
    re.compile(rf"{_PRICE}(?:不低于|不少于|高于|超过|多于|大于|至少|最少|最低){_MONEY}{_NO_PRICE}的?"),
)
_ABOUT = re.compile(
    rf"{_PRICE}(?:大约|大概|约)?{_SIGN}?\s*{_DIGITS}\s*{_COIN}(?:左右|上下)的?"
    rf"|{_PRICE}(?:大约|大概|约){_SIGN}?\s*{_DIGITS}\s*{_COIN}的?"
)
_CHEAPER = re.compile(
    "(?:但|不过)?(?:要|想要|希望)?(?:更|再|稍微|稍)?(?:便宜|实惠)(?:(?:一)?(?:点|些))?的?|(?:不要太|别太|不太|不)贵的?|价格(?:更)?低(?:一)?(?:点|些)?的?"
)
_DEARER = re.compile("(?:但|不过)?(?:要|想要)?(?:更|再|稍微|稍)?(?:贵|高档)(?:(?:一)?(?:点|些))?的?")
_STOCK = re.compile("(?:要|必须|得)?(?:有现货|有货|现货|有库存|能马上买到)的?")
_ENDS_BUT_BLANK = "，,。；;！!？?、"
_ENDS = rf"{_ENDS_BUT_BLANK}\s"
_NOT = re.compile(f"(?:不要|不想要|不含|不带|(?<!有)没有|别要|除了|除去|排除|非(?!常))([^{_ENDS}]+)")
_ONLY = re.compile(f"(?:只要|只看|只想要|仅限|仅|就要|在)([^{_ENDS}]+)")
_ALIKE = "一样|那样|这样|似的|差不多|类似|相似|同款"
_LIKE = (
    re.compile(
        f"(?:类似于?|(?<![图影相摄录头肖偶])像)(?P<like>.+?)(?P<end>{_ALIKE}|[，,。；;！!？?]|但|不过|而且|并且|$)"
    ),
    re.compile(f"(?:跟|和|与|同)(?P<like>[^{_ENDS_BUT_BLANK}]+?)(?P<end>{_ALIKE})"),
)
_AFTER_LIKE = re.compile(f"(?:{_ALIKE})?的?")
_FILLER = re.compile(
    "我(?:想要|想买|想找|要买|需要|要|想)?|想要|想买|想找|请|帮我|给我|推荐|找找?|有没有|来|一款|一个|一些|一件|的?东西|"
    "商品|产品|物品|什么|吗|呢|吧|但是|但|不过|而且|并且"
)
_TAIL = re.compile("(?:的|类|里|中|以外|之外)+$")


def read_chinese_wish(words: str, categories: Iterable[str]) -> Wish:
    """Take a Chinese wish apart; see `read_wish`."""
    names = sorted(categories, key=len, reverse=True)
    rest = " ".join(words.split())
    least = most = None
    if found := _BETWEEN.search(rest):
        ends = number_of(found[1]), number_of(found[2])
        if ends[0] is not None and ends[1] is not None:
            least, most = sorted((ends[0], ends[1]))
            rest = cut(rest, found)
    for pattern in _MOST:
        if found := pattern.search(rest):
            most, rest = number_of(found[1]), cut(rest, found)
    for pattern in _LEAST:
        if found := pattern.search(rest):
            least, rest = number_of(found[1]), cut(rest, found)
    if (found := _ABOUT.search(rest)) and (middle := number_of(found[1] or found[2])) is not None:
        least, most = middle * (1 - ABOUT_SHARE), middle * (1 + ABOUT_SHARE)
        rest = cut(rest, found)
    rest, flags = asked_for(rest, (_CHEAPER, _DEARER, _STOCK))
    like = ""
    if found := next(filter(None, (pattern.search(rest) for pattern in _LIKE)), None):
        like = _TAIL.sub("", found["like"]).strip(" “”\"'")
        after = _AFTER_LIKE.match(rest, found.start("end"))
        rest = f"{rest[: found.start()]} {rest[after.end() if after else found.end() :]}"
    rest, without, without_words = _excluded(rest, names)
    rest, wanted = _wanted(rest, names)
    text = " ".join(re.sub(f"[{_ENDS}]+", " ", _FILLER.sub(" ", rest)).split())
    text = " ".join(part for part in (_TAIL.sub("", one) for one in text.split()) if part)
    return Wish(
        text=text, like=like, least=least, most=most, cheaper=flags[0], dearer=flags[1] and not flags[0],
        in_stock=flags[2], categories=wanted, without_categories=without, without=without_words,
    )  # fmt: skip


def _excluded(rest: str, names: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    categories: list[str] = []
    words: list[str] = []
    while found := _NOT.search(rest):
        name = _category(found[1], names)
        if name is not None:
            categories.append(name)
            left = _AFTER_NAME.sub("", found[1][len(name) :], count=1)
        else:
            word, _, left = found[1].partition("的")
            words.append(_TAIL.sub("", word) or word)
        rest = f"{rest[: found.start()]} {left} {rest[found.end() :]}"
    return rest, tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(words))


def _wanted(rest: str, names: list[str]) -> tuple[str, tuple[str, ...]]:
    wanted: list[str] = []
    start = 0
    while found := _ONLY.search(rest, start):
        name = _category(found[1], names)
        if name is None:
            start = found.start() + 1
            continue
        wanted.append(name)
        left = _AFTER_NAME.sub("", found[1][len(name) :], count=1)
        rest = f"{rest[: found.start()]} {left} {rest[found.end() :]}"
    return rest, tuple(dict.fromkeys(wanted))


_AFTER_NAME = re.compile("^(?:类|这类|里|中|之外|以外)?的?")


def _category(words: str, names: list[str]) -> str | None:
    """The longest category that the words begin with."""
    return next((name for name in names if name and words.casefold().startswith(name.casefold())), None)
