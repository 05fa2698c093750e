"""Signs that a question only looks like another one: other numbers, other names, or the opposite.

Vectors put "cancel on iPhone" beside "cancel on Android" and "can I" beside "can't I"; an approved answer to the one is
wrong for the other. These checks are strict on purpose: a refused match costs a step down the ladder, where the same
text can still be quoted.
"""

from __future__ import annotations

import re

from engine.language.stopwords import CHINESE_NEGATIONS, ENGLISH, NEGATIONS
from engine.language.terms import is_cjk, normalise, query_terms, stem, terms, words

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LATIN_IN_CJK = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_NAME = re.compile(r"[^\W\d_]*[A-Z0-9][^\W_]*")
# "is it not possible to" asks the same as "is it possible to"; the others below turn a question round.
_OPPOSITES = (
    ("enable", "disable"), ("add", "remove"), ("add", "delete"), ("activate", "deactivate"), ("increase", "decrease"),
    ("open", "close"), ("start", "stop"), ("import", "export"), ("install", "uninstall"), ("buy", "sell"),
    ("login", "logout"), ("subscribe", "unsubscribe"), ("lock", "unlock"), ("before", "after"), ("with", "without"),
    ("turn on", "turn off"), ("sign in", "sign out"), ("log in", "log out"), ("opt in", "opt out"), ("show", "hide"),
    ("upgrade", "downgrade"), ("block", "unblock"), ("archive", "unarchive"), ("first", "last"),
    ("开启", "关闭"), ("打开", "关闭"), ("添加", "删除"), ("增加", "减少"), ("导入", "导出"), ("安装", "卸载"),
    ("登录", "退出"), ("之前", "之后"), ("备份", "恢复"), ("扩容", "缩容"),
    ("升级", "降级"), ("绑定", "解绑"), ("上传", "下载"),
)  # fmt: skip


def conflict(asked: str, approved: str, answer: str) -> str | None:
    """Why the approved question must not stand for the one that was asked, or None.

    Args:
        asked: the person's question.
        approved: the approved question.
        answer: the approved answer; what it mentions counts as known.
    Returns:
        "number", "name", "negation" or "opposite".
    """
    if numbers_in(asked) - numbers_in(approved + " " + answer) or numbers_in(approved) - numbers_in(asked):
        return "number"
    if negated(asked) != negated(approved):
        return "negation"
    if opposed(asked, approved):
        return "opposite"
    known = set(terms(approved)) | set(terms(answer))
    if any(term not in known for term in names_in(asked)):
        return "name"
    strange = [term for term in _content(asked) if term not in known]
    if strange and any(term not in set(terms(asked)) for term in names_in(approved)):
        return "name"
    return None


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, as they are written."""
    return {found.rstrip(".,") for found in _NUMBER.findall(normalise(text))}


def negated(text: str) -> bool:
    """Whether a text denies something."""
    found = words(text)
    if any(word.replace("'", "").replace("’", "") in NEGATIONS for word in found):
        return True
    cjk = "".join(word for word in found if is_cjk(word[0]))
    # "能不能", "是不是", "有没有" ask and do not deny.
    plain = re.sub(r"(.)[不没]\1", "", cjk)
    return any(mark in plain for mark in CHINESE_NEGATIONS)


def opposed(one: str, other: str) -> bool:
    """Whether one text says the opposite word of the other: enable and disable, before and after."""
    a, b = " ".join(words(one)), " ".join(words(other))
    stems = {a: set(terms(one)), b: set(terms(other))}

    def holds(text: str, word: str) -> bool:
        return word in text if is_cjk(word[0]) or " " in word else stem(word) in stems[text]

    for left, right in _OPPOSITES:
        for here, there in ((left, right), (right, left)):
            if holds(a, here) and not holds(a, there) and holds(b, there) and not holds(b, here):
                return True
    return False


def names_in(text: str) -> list[str]:
    """Terms of words written with a capital or a digit inside a sentence, or in Latin letters inside Chinese."""
    if any(is_cjk(char) for char in text):
        return [term for found in _LATIN_IN_CJK.findall(text) for term in terms(found)]
    found = []
    for sentence in re.split(r"[.!?]\s+", text):
        tokens = sentence.split()
        if sum(token.isupper() for token in tokens) > len(tokens) / 2:
            continue  # somebody who writes in capitals names nothing by them
        for i, token in enumerate(tokens):
            bare = token.strip("\"'“”‘’()[]{}<>,.;:!?*`")
            inner = bare[1:] if i == 0 else bare
            if bare.lower() not in ENGLISH and len(bare) > 1 and _NAME.match(inner) and bare != "I":
                found += terms(bare)
    return found


def _content(text: str) -> list[str]:
    return [term for term in query_terms(text) if not term.isdigit()]
