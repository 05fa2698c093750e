"""Changes that leave the meaning as it is: typing mistakes, and writing everything large or small."""

from __future__ import annotations

import random
import re

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{3,}")
WORDS_PER_TYPO = 6


def _neighbours() -> dict[str, str]:
    found: dict[str, str] = {}
    for row, keys in enumerate(_ROWS):
        for place, key in enumerate(keys):
            near = [keys[at] for at in (place - 1, place + 1) if 0 <= at < len(keys)]
            for other in (row - 1, row + 1):
                # A row stands half a key to the right of the row above it.
                shift = (0, 1) if other < row else (-1, 0)
                if 0 <= other < len(_ROWS):
                    near += [_ROWS[other][place + step] for step in shift if 0 <= place + step < len(_ROWS[other])]
            found[key] = "".join(near)
    return found


NEIGHBOURS = _neighbours()


def with_typos(text: str, chance: random.Random) -> str | None:
    """One typing mistake in about every sixth word of four letters or more, at least one.

    A mistake is a key beside the meant one, two letters swapped, or a letter left out, never the first letter of a
    word. In Chinese, where one types by sound, two characters are swapped or one is left out.

    Returns:
        None where there is nothing to mistype.
    """
    places = [match.span() for match in _LATIN.finditer(text)] + [match.span() for match in _HAN.finditer(text)]
    if not places:
        return None
    for begin, end in sorted(chance.sample(places, max(1, len(places) // WORDS_PER_TYPO)), reverse=True):
        text = text[:begin] + _mistyped(text[begin:end], chance) + text[end:]
    return text


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    kind = chance.choice(("neighbour", "swap", "drop") if word.isascii() else ("swap", "drop"))
    if kind == "neighbour":
        key = chance.choice(NEIGHBOURS[word[at].lower()])
        return word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]
    if kind == "swap":
        # Letters that differ, or swapping them would change nothing; the first letter stays where it can.
        swaps = [i for i in range(1, len(word) - 1) if word[i] != word[i + 1]]
        if swaps:
            at = chance.choice(swaps)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]


def upper_case(text: str) -> str | None:
    """All letters large; None where they are."""
    return _if_changed(text, text.upper())


def lower_case(text: str) -> str | None:
    """All letters small; None where they are."""
    return _if_changed(text, text.lower())


def _if_changed(before: str, after: str) -> str | None:
    return after if after != before else None
