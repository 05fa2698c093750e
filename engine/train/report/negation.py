"""Put a negation into a text, or take the one it has out. English and Chinese, by rules for the common forms."""

from __future__ import annotations

import re

# "can't" has an n of its own, "won't" and "shan't" are written differently without their negation.
_SHORT = re.compile(r"\b(ca|wo|sha|[a-z]+?)n(['’]t|t)\b", re.IGNORECASE)
_BASES = "do does did is are was were has have had could would should must need might ca wo sha"
_SHORT_BASES = {base: base for base in _BASES.split()} | {"ca": "can", "wo": "will", "sha": "shall"}
_NOT_BARE = {"wo", "sha", "ca", "must", "need", "might"}  # "wont", "cant", "shant" without the mark: see _without
_WORD = re.compile(r"\b(cannot|never|not)\b ?", re.IGNORECASE)
_AFTER = re.compile(
    r"\b(am|is|are|was|were|can|could|will|would|should|must|do|does|did|have|has|had)\b(?!['’])(?= +[a-z])",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^ +(i|you|he|she|it|we|they|this|that|there|my|the)\b( +\w+)?", re.IGNORECASE)
_DO = re.compile(
    r"\b(I|you|we|they)( +)(?=(want|need|like|know|have|think|believe|see|understand|get|feel)\b)", re.IGNORECASE
)

# 不 is part of many words that deny nothing.
_PART_OF_WORD = "同错过但仅断少久止如料论管妨禁愧惜堪朽便由"
_CHINESE_NOT = re.compile(
    f"没有|没(?=[能到收想看听说法])|(?<![要是能会可行对好差无从绝毫])不(?![{_PART_OF_WORD}])|未(?=[收到能曾])|别(?=[再让把给])"
)
_CHINESE_AFTER = re.compile("(?<![不没])(是|能|会|可以|喜欢|满意|想|要|推荐|应该|值得)(?![不没否])(?=.)")
_FIXED = re.compile(
    "总是|还是|但是|可是|就是|于是|只是|而是|或是|要是|是不是|能不能|会不会|要不要|重要|需要|要求|主要|社会|机会|功能|可能|想法|思想|才能|会员|会议|智能|性能"
)


def change_negation(text: str) -> str | None:
    """The text with its first negation taken out, or with one put in where it has none.

    Returns:
        None where no rule fits; nothing is guessed.
    """
    return _without(text) or _within(text)


def _without(text: str) -> str | None:
    for match in _SHORT.finditer(text):
        base, ending = match.group(1).lower(), match.group(2).lower()
        marked = ending != "t"
        if base not in _SHORT_BASES or (not marked and base in _NOT_BARE):
            continue
        return text[: match.start()] + _like(_SHORT_BASES[base], match.group(1)) + text[match.end() :]
    found = _WORD.search(text)
    if found is not None:
        kept = _like("can ", found.group(1)) if found.group(1).lower() == "cannot" else ""
        return text[: found.start()] + kept + text[found.end() :]
    found = _CHINESE_NOT.search(text)
    if found is not None:
        kept = "有" if found.group() == "没有" else ""
        return text[: found.start()] + kept + text[found.end() :]
    return None


def _within(text: str) -> str | None:
    found = _AFTER.search(text)
    if found is not None:
        after = found.end()
        asked = _PRONOUN.match(text[after:])
        # In a question the subject follows first: "can I not pay", "is my card not there".
        if asked is not None:
            noun = asked.group(1).lower() in ("my", "the", "this", "that")
            after += asked.end() if noun and asked.group(2) else asked.end(1)
        return text[:after] + " not" + text[after:]
    found = _DO.search(text)
    if found is not None:
        return text[: found.end()] + "do not " + text[found.end() :]
    fixed = [match.span() for match in _FIXED.finditer(text)]
    for match in _CHINESE_AFTER.finditer(text):
        if not any(begin < match.end() and match.start() < end for begin, end in fixed):
            return text[: match.start()] + "不" + text[match.start() :]
    return None


def _like(word: str, model: str) -> str:
    """A word written as its model: LARGE, Capital or small."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word
