"""Personal data in what customers write: that of `engine.privacy.personal`, and names, addresses, birth dates, IBANs.

What these rules honestly find: names that the customer gives as such ("my name is …", "我叫…", a closing line); IBANs
whose check digits are right; dates that are said to be of birth; addresses with a house number and a word for street,
or Chinese ones with road and number. A name in the middle of a sentence, or an address without a street word, is not
found. Nothing is stored or logged.
Source: ISO 13616 (IBAN, mod 97); ISO 3166 for its country codes is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.privacy.personal import Found, find_personal

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}(?![A-Za-z0-9])")
_GIVEN = r"[A-Z][\w'’.-]*[^\W.,!?;:]"
_NAMES = (
    re.compile(
        rf"\b(?i:my (?:full |first |last )?name(?:'s| is)|the name(?:'s| is)|"
        rf"name\s*[:：])\s+({_GIVEN}(?: {_GIVEN}){{0,3}})"
    ),
    re.compile(
        r"\b(?i:my (?:full |first |last )?name(?:'s| is))\s+([a-z]{2,20}(?: (?!and\b|but\b|i\b|"
        r"my\b|with\b|or\b|the\b)[a-z]{2,20})?)(?=[\s,.!?;]*(?:$|[,.!?;]|and\b|but\b|i\b|my\b))"
    ),
    re.compile(rf"\b(?i:i am|i'm|this is)\s+({_GIVEN}(?: {_GIVEN}){{1,2}})(?=\s*(?:$|[,.!?;]|(?:and|from|here)\b))"),
    re.compile(
        rf"(?:^|\n)\s*(?i:kind regards|best regards|regards|best wishes|sincerely|yours|thanks|"
        rf"thank you|cheers),?\s*\n+\s*({_GIVEN}(?: {_GIVEN}){{0,3}})\s*$"
    ),
    re.compile(
        r"(?:我的名字(?:叫|是)|我叫做?|姓名\s*[:：是]|本人姓名?[:：]?|"
        r"我的姓名是)\s*([\u4e00-\u9fff·]{2,4}?)(?=[，,。.！!？?；;、\s]|$|我|想|要|的|今|电话|手机|住|在|来|身份)"
    ),
    re.compile(r"(?:我叫|我是)\s*([\u4e00-\u9fff]{1,3}(?:先生|女士|小姐))"),
)  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}|\d{{1,2}}(?:st|"
    rf"nd|rd|th)?(?: of)? {_MONTH},? \d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}}|\d{{4}}年\d{{1,2}}月\d{{1,2}}[日号]?)"
)  # fmt: skip
_BIRTHS = (
    re.compile(
        rf"\b(?:born(?: on)?|date of birth|birth ?date|birthday|d\.?o\.?b\.?)\s*(?:is|was|:|：|=|"
        rf"on)?\s*({_DATE})",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:出生(?:日期|年月日?|于)?|生日|生于)\s*(?:是|为|:|：)?\s*({_DATE})"),
    re.compile(rf"({_DATE})\s*(?:出生|生人|生的)"),
)  # fmt: skip
_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|square|sq|close|crescent|terrace|"
    r"highway|hwy|parkway|pkwy|place|pl|way)"
)
_ADDRESSES = (
    re.compile(rf"(?<![\w$€£.,])\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?(?:[A-Z][\w'’.-]* ){{1,4}}(?i:{_STREET})\b\.?"
               r"(?:,? (?:(?i:apt|apartment|suite|unit|flat|#)\.? ?\w{1,5}))?"
               r"(?:,? [A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+){0,2})?"
               r"(?:,? (?:[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|[A-Z]{2},? \d{5}(?:-\d{4})?|\d{5}(?:-\d{4})?|[A-Z]{2}\b))?"),
    re.compile(
        r"\b[A-Z][\w'’-]*(?:straße|strasse|str\.|weg|platz|allee|"
        r"gasse) \d{1,4} ?[a-z]?(?:,? \d{4,5} [A-Z]\w+)?"
    ),
    re.compile(r"\b(?:rue|avenue|boulevard|via|calle) (?:[A-Za-zÀ-ÿ'’]+ ){1,4},? ?\d{1,4}\b", re.IGNORECASE),
    re.compile(r"(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,7}市)?(?:[\u4e00-\u9fff]{1,6}[区县])?"
               r"[\u4e00-\u9fff]{1,8}(?:路|街道?|大道|巷|弄|胡同)[\u4e00-\u9fff]{0,4}?\d{1,5}(?:弄\d{1,4})?号(?:院)?"
               r"(?:[\u4e00-\u9fff]{0,8}\d{1,4}(?:号楼|栋|幢|座|楼|单元|室|层)){0,4}(?:\d{1,5}室?)?"),
)  # fmt: skip
_NOT_NAMED = "not on in at the a an to from going trying looking having sorry sure happy unhappy here there very so"
_NOT_NAMED += " just still calling writing asking your our wrong spelled misspelled missing different changed correct"
_NO_NAME = frozenset(_NOT_NAMED.split())


def find_customer(text: str, kinds: Collection[str] | None = None) -> list[Found]:
    """Personal data in a customer's text, in order, not overlapping.

    Args:
        kinds: only these; None for all. Kinds: email, phone, card, identity_number, iban, name, birth_date, address.
    """
    found = [Found("iban", *match.span()) for match in _IBAN.finditer(text) if is_iban(match[0])]
    found += find_personal(text)
    found += [Found("birth_date", *match.span(1)) for pattern in _BIRTHS for match in pattern.finditer(text)]
    found += [Found("address", *match.span()) for pattern in _ADDRESSES for match in pattern.finditer(text)]
    for pattern in _NAMES:
        found += [
            Found("name", *match.span(1))
            for match in pattern.finditer(text)
            if match[1].split()[0].lower() not in _NO_NAME
        ]
    kept: list[Found] = []
    for item in found:
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(item)
    return sorted((one for one in kept if kinds is None or one.kind in kinds), key=lambda one: one.start)


def is_iban(number: str) -> bool:
    """Two letters, two check digits, 11 to 30 further characters, and the remainder 1 of mod 97."""
    bare = number.replace(" ", "").upper()
    if not 15 <= len(bare) <= 34:
        return False
    digits = "".join(str(int(char, 36)) for char in bare[4:] + bare[:4])
    return int(digits) % 97 == 1
