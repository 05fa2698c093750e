"""The language of a text, told lightly: by its script, and for Latin letters by the little words of grammar.

That is enough to see whether a skill does worse on one part of its data; it is no detector for single short texts. A
text in Latin letters without enough little words counts as the language that most texts of its data set are in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from engine.language.stopwords import ENGLISH

_LOOKED_AT = 2_000  # characters of a text
_LITTLE_WORDS = {
    "en": "the and of to is in it that for you was with this my have not are be what how i",
    "de": "der die und das ist nicht ich ein eine zu mit den von auf wie mein habe es im sie wir für",
    "fr": "le la les et est des une je pas que pour dans vous avec ce mon ma sur nous du au c'est j'ai",
    "es": "el los las y es una que por para con mi su como del se lo está qué muy pero yo al",
    "it": "il gli e è una che per con non mi sono del della di come questo ho anche più al",
    "pt": "o os as e é uma que para com não meu minha do da em como por está você eu ao",
    "nl": "de het een en is van ik niet dat op te voor met zijn mijn wat hoe maar er aan ook",
    "pl": "i w na z się jest do nie że to jak mam o co mój po ale dla od",
}
# "as", "die" and "to" are words of several languages: English keeps them, since most mix-ups were with English.
_SETS = {
    language: frozenset(words.split()) - (frozenset() if language == "en" else ENGLISH)
    for language, words in _LITTLE_WORDS.items()
}
LEAST_WORDS = 2  # different little words that make a language
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
    ("Latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("Cyrillic", re.compile("[\u0400-\u052f]")),
    ("Greek", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("Arabic", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("Hebrew", re.compile("[\u0590-\u05ff]")),
    ("Devanagari", re.compile("[\u0900-\u097f]")),
    ("Thai", re.compile("[\u0e00-\u0e7f]")),
)
_WEIGHT = {"zh": 2, "ja": 2, "ko": 2}  # one of their characters says as much as two letters
UNDECIDED = "Latin"


def script_of(text: str) -> str:
    """The script that most letters are in: a language code where the script has one language, else its name.

    A few kana make a text Japanese, since Japanese is written with Chinese characters as well; "" without letters.
    """
    part = text[:_LOOKED_AT]
    if part.isascii():
        return UNDECIDED if any(char.isalpha() for char in part) else ""
    counts = {name: _WEIGHT.get(name, 1) * len(pattern.findall(part)) for name, pattern in _SCRIPTS}
    if counts["ja"] and counts["ja"] * 5 >= counts["zh"]:
        counts["ja"] += counts.pop("zh")
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def little_words(text: str) -> str:
    """The language that a text in Latin letters has most little words of; `UNDECIDED` where that is not plain."""
    words = {word.replace("’", "'") for word in _WORD.findall(text[:_LOOKED_AT].lower())}
    votes = sorted(((len(words & known), name) for name, known in _SETS.items()), reverse=True)
    (most, best), (next_most, _) = votes[0], votes[1]
    return best if most >= LEAST_WORDS and most > next_most else UNDECIDED


def languages(texts: Sequence[str]) -> list[str]:
    """One code (en, de, zh …) or name of a script per text; "" for a text without letters."""
    found = [script_of(text) for text in texts]
    for row, script in enumerate(found):
        if script == UNDECIDED:
            found[row] = little_words(texts[row])
    decided = Counter(name for name in found if name in _SETS)
    if decided:
        usual = decided.most_common(1)[0][0]
        found = [usual if name == UNDECIDED else name for name in found]
    return found
