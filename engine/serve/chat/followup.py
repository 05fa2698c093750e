"""Whether a question leans on the one before it ("And on an iPad?", "How do I undo that?").

Rules over words, and nothing more: what an answer said is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from engine.language.terms import is_cjk, query_terms, words

_POINTING_WORDS = (
    "it its this that these those they them their there one ones he she his her him then else opposite instead same"
)
_POINTING = frozenset(_POINTING_WORDS.split())
_OPENING = re.compile(
    r"^\s*(?:and|but|or|so|then|what about|how about|what if|also|why not|ok|okay)\b"
    r"|^\s*(?:那|那么|还有|另外|如果是|换成)",
    re.IGNORECASE,
)
_POINTING_CJK = re.compile("它|这个|那个|这样|那样|这些|那些|上面|刚才|其中")
_CLOSING_CJK = re.compile(r"呢[？?。!！\s]*$")

Leaning = Literal["no", "perhaps", "yes"]


def leans_back(question: str) -> Leaning:
    """How likely a question needs the one before it.

    Returns:
        "yes": it has hardly a subject of its own, or opens like a continuation. "perhaps": it points at something
        ("it", "that") but has a subject. "no" otherwise.
    """
    if _OPENING.search(question) or _CLOSING_CJK.search(question):
        return "yes"
    found = words(question)
    own = [term for term in query_terms(question) if term not in _POINTING]
    cjk = any(is_cjk(word[0]) for word in found)
    pointing = bool(_POINTING_CJK.search(question)) if cjk else any(word in _POINTING for word in found)
    if pointing:
        return "yes" if len(own) <= (3 if cjk else 2) else "perhaps"
    return "yes" if len(own) <= 1 and len(found) <= 4 else "no"


FARTHEST = 3
"""Questions that are looked back at: further back another matter was spoken of."""


def context_of(question: str, earlier: Sequence[str]) -> list[str]:
    """The earlier questions that this one is to be read with, oldest first; empty where it stands by itself.

    A chain of questions that lean on each other ("From Sibelius?", "And from Finale?", "What about MuseScore?") is
    followed back to the one that names the matter.

    Args:
        earlier: the person's questions before this one, newest first.
    """
    if leans_back(question) == "no":
        return []
    chain: list[str] = []
    for one in earlier[:FARTHEST]:
        chain.append(one)
        if leans_back(one) == "no":
            break
    else:
        return list(earlier[:1])
    return chain[::-1]
