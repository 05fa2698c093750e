"""Swap the persons in a text for others: other names, or the other gender. English and Chinese word lists of ours.

The label of a text should seldom hang on who it is about; where it does, the report shows it.
"""

from __future__ import annotations

import random
import re

# Given names from many origins; names that are English words as well (Will, Mark, Grace, May) are left out.
_GIVEN = """
James John Robert Michael David William Richard Joseph Thomas Daniel Matthew Anthony Andrew Kevin Brian George Edward
Steven Peter Paul Henry Adam Oliver Jacob Lucas Ethan Noah Liam Samuel Benjamin Mary Patricia Jennifer Linda Elizabeth
Barbara Susan Jessica Sarah Karen Nancy Lisa Margaret Sandra Ashley Emily Michelle Laura Rebecca Anna Emma Olivia
Sophia Isabella Charlotte Amelia Julia Hannah Alice Maria Carlos Jose Juan Miguel Luis Diego Sofia Lucia Carmen
Ahmed Mohammed Mohamed Ali Omar Hassan Fatima Aisha Layla Zainab Yusuf Ibrahim Wei Li Ming Xiao Mei Yuki Hiroshi Kenji
Sakura Priya Raj Amit Anjali Sanjay Deepak Lakshmi Olga Ivan Dmitri Natasha Svetlana Igor Kwame Amara Chidi Ngozi Zola
Pierre Marie Jean Claire Hans Klaus Greta Ingrid Sven Lars Giulia Marco Giovanni Ana Pedro Nguyen Minh Thi Siobhan
Lakisha Jamal Tyrone Darnell Keisha Latoya DeShawn
"""
_NAMES = _GIVEN.split()
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
_TITLES = "先生|女士|小姐|医生|老师|经理|主任|师傅|太太|阿姨|教授|律师"
_CHINESE_GIVEN = "小明 小红 小华 小刚 小丽 张三 李四 王五 王伟 李娜 张伟 王芳 李伟 王静 刘洋 张敏 李静 陈杰 赵敏 周杰"
_CHINESE_NAMES = _CHINESE_GIVEN.split()
_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})\b")
_CHINESE_NAME = re.compile("|".join(_CHINESE_NAMES))
_TITLED = re.compile(rf"(?<![{_SURNAMES}])([{_SURNAMES}])(?=(?:{_TITLES}))")

_PAIRS = """
he she|himself herself|man woman|men women|boy girl|boys girls|father mother|dad mom|son daughter|sons daughters
brother sister|brothers sisters|husband wife|boyfriend girlfriend|uncle aunt|nephew niece|grandfather grandmother
grandson granddaughter|gentleman lady|gentlemen ladies|sir madam|mr ms|male female|males females|actor actress
waiter waitress|king queen|prince princess|guy girl
"""
_SWAPS: dict[str, str] = {}
for _pair in re.split(r"[|\n]", _PAIRS.strip()):
    _one, _other = _pair.split()
    _SWAPS.setdefault(_one, _other)
    _SWAPS.setdefault(_other, _one)
_SWAPS |= {"mrs": "mr", "miss": "mr", "mum": "dad", "him": "her", "hers": "his"}
_GENDER = re.compile(rf"\b(?:{'|'.join(sorted({*_SWAPS, 'her', 'his'}, key=len, reverse=True))})\b", re.IGNORECASE)
# "miss" is a title before a name only, and a verb otherwise.
_NAME_FOLLOWS = re.compile(r"\.? +[A-Z]")
# "her" before one of these is an object ("saw her at work"), otherwise it owns what follows ("her work").
_AFTER_OBJECT = re.compile(
    r"\s*(?:$|[^\w\s'’-]|(?:at|to|in|on|for|with|from|by|and|or|but|that|if|when|as|about|after|before|because|so|is|was|"
    r"are|the|a|an|again|back|off|out|up|down|over|into|how|what|who|why|not|today|yesterday|tomorrow|now|then)\b)",
    re.IGNORECASE,
)
_CHINESE_PAIRS = (
    "他 她|先生 女士|男士 女士|爸爸 妈妈|父亲 母亲|丈夫 妻子|老公 老婆|儿子 女儿|哥哥 姐姐|弟弟 妹妹|男孩 女孩"
    "|男人 女人|男性 女性|男朋友 女朋友|男友 女友|爷爷 奶奶|叔叔 阿姨|男生 女生"
)
_CHINESE_SWAPS: dict[str, str] = {"小姐": "先生", "太太": "先生"}
for _pair in _CHINESE_PAIRS.split("|"):
    _one, _other = _pair.split()
    _CHINESE_SWAPS.setdefault(_one, _other)
    _CHINESE_SWAPS.setdefault(_other, _one)
# 他 is part of 其他, 吉他, 他人 and others, which are about nobody; 小姐姐 is one word.
_CHINESE_GENDER = re.compile(
    "(?<![其吉维排利])他(?![人乡国日杀信])|她|小姐(?!姐)|"
    + "|".join(sorted((word for word in _CHINESE_SWAPS if word not in ("他", "她", "小姐")), key=len, reverse=True))
)


def swap_names(text: str, chance: random.Random) -> str | None:
    """The text with every known name replaced by another of our list, the same one by the same one.

    Returns:
        None where no name of the list occurs.
    """
    chosen: dict[str, str] = {}
    present = set(_NAME.findall(text)) | set(_CHINESE_NAME.findall(text)) | set(_TITLED.findall(text))

    def other(name: str, among: list[str]) -> str:
        if name not in chosen:
            free = [one for one in among if one not in present and one not in chosen.values()]
            chosen[name] = chance.choice(free or [one for one in among if one != name])
        return chosen[name]

    changed = _NAME.sub(lambda found: other(found.group(), _NAMES), text)
    changed = _CHINESE_NAME.sub(lambda found: other(found.group(), _CHINESE_NAMES), changed)
    changed = _TITLED.sub(lambda found: other(found.group(), list(_SURNAMES)), changed)
    return changed if changed != text else None


def swap_genders(text: str) -> str | None:
    """The text with words for men and women exchanged; None where it has none."""

    def other(found: re.Match[str]) -> str:
        word, rest = found.group().lower(), text[found.end() :]
        if word == "miss" and not (found.group()[0].isupper() and _NAME_FOLLOWS.match(rest)):
            return found.group()
        if word == "her":
            swapped = "him" if _AFTER_OBJECT.match(rest) else "his"
        elif word == "his":
            swapped = "hers" if re.match(r"\s*(?:$|[^\w\s'’-])", rest) else "her"
        else:
            swapped = _SWAPS[word]
        return _like(swapped, found.group())

    changed = _GENDER.sub(other, text)
    changed = _CHINESE_GENDER.sub(lambda found: _CHINESE_SWAPS[found.group()], changed)
    return changed if changed != text else None


def _like(word: str, model: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word.capitalize() if model[0].isupper() else word
