"""Texts of the engine in another language: reasons, notes and lines of model cards.

They are English sentences with values in them. `packaging/i18n.py` keeps each as a template with {0}, {1} …; here the
template is found again by its fixed parts, and what stood in the gaps goes into the translation. A value may be such a
text itself ("it is not a Word document (docx) …"), and several sentences may stand behind each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from engine.paths import assets_folder

_GAP = re.compile(r"\{(\w+)\}")
_BETWEEN = re.compile(r"(?<=[.!?]) (?=[A-Z0-9“/])")  # where a sentence ends and another begins
_DEEPEST = 4  # a value inside a value inside …
_LIGHT = 7  # letters; a template with so few of them ("{0} min") takes numbers alone
JOINTS: Mapping[str, Mapping[str, str]] = {"zh_CN": {" ": "", ": ": "：", ", ": "、", "; ": "；"}}
"""What stands between texts put together, where English has the key."""


class Pattern:
    """A template: `find` gives the values that make it the text."""

    def __init__(self, template: str) -> None:
        self.template = template
        parts = _GAP.split(template)
        fixed = parts[0::2]
        self.weight = sum(len(part) for part in fixed)
        self._least = max(fixed, key=len)  # quick to look for before the expression is tried
        self._quoted = {
            name
            for place, name in enumerate(parts[1::2])
            if fixed[place].endswith("“") or fixed[place + 1].startswith("”")
        }
        # A value seldom holds the end of a sentence; one that does is tried last.
        gaps = (r"(?P<v{0}>(?:(?!\. [A-Z]).)*?)", r"(?P<v{0}>.*?)")
        if self.weight <= _LIGHT:
            gaps = (r"(?P<v{0}>[\d.,–-]+)", r"(?P<v{0}>[\d.,–-]+)")
        self._narrow, self._wide = (self._compile(parts, gap) for gap in gaps)

    @staticmethod
    def _compile(parts: list[str], gap: str) -> re.Pattern[str]:
        pieces = [gap.format(part) if place % 2 else re.escape(part) for place, part in enumerate(parts)]
        return re.compile("".join(pieces), re.DOTALL)

    def find(self, text: str, *, wide: bool) -> dict[str, str] | None:
        """The values by their name or number, or None for another text."""
        if self._least not in text:
            return None
        found = (self._wide if wide else self._narrow).fullmatch(text)
        return {key[1:]: value for key, value in found.groupdict().items()} if found else None

    def filled(self, translation: str, values: dict[str, str], say: Callable[[str], str]) -> str:
        """The translation with the values; those that are texts themselves are said by `say`, names in quotes not."""

        def value(found: re.Match[str]) -> str:
            name = found.group(1)
            return values[name] if name in self._quoted else say(values[name])

        return _GAP.sub(value, translation)


class Sayer:
    """Says English texts in another language; one that is not known stays as it is.

    Args:
        templates: those with values in them.
        translate: gives a text or a template in the other language, or itself where it is not known.
        joints: one of JOINTS.
    """

    def __init__(self, templates: Iterable[str], translate: Callable[[str], str], joints: Mapping[str, str]) -> None:
        # The most fixed text first, so that the closest template wins.
        self._patterns = sorted((Pattern(text) for text in templates), key=lambda pattern: -pattern.weight)
        self._translate, self._joints = translate, joints

    def said(self, text: str, depth: int = 0) -> str:
        """A text in the other language."""
        if not text.strip():
            return text
        for wide in (False, True):
            if (whole := self._whole(text.strip(), depth, wide=wide)) is not None:
                return whole
            if not wide and (joined := self._sentences(text.strip(), depth)) is not None:
                return joined
        head, colon, tail = text.partition(": ")  # "line 4: …", "/a/path: …"
        if colon and (shown := self.said(tail, depth + 1)) != tail:
            return f"{head}{self._joint(': ')}{shown}"
        return text

    def _joint(self, mark: str) -> str:
        return self._joints.get(mark, mark)

    def _whole(self, text: str, depth: int, *, wide: bool) -> str | None:
        if not wide and (shown := self._translate(text)) != text:
            return shown
        for pattern in self._patterns:
            if (values := pattern.find(text, wide=wide)) is not None:
                return pattern.filled(self._translate(pattern.template), values, self._inner(depth))
        return None

    def _inner(self, depth: int) -> Callable[[str], str]:
        """How a value is said: as a text, as a list of texts, or as it is."""

        def say(value: str) -> str:
            if depth >= _DEEPEST or not re.search("[a-z]", value):
                return value
            for mark in ("; ", ", "):
                parts = value.split(mark)
                shown = [self.said(part, depth + 1) for part in parts]
                if len(parts) > 1 and all(one != part for one, part in zip(shown, parts, strict=True)):
                    return self._joint(mark).join(shown)
            return self.said(value, depth + 1)

        return say

    def _sentences(self, text: str, depth: int) -> str | None:
        """Several sentences, each as long a piece as is known; None where one of them is not known."""
        pieces = _BETWEEN.split(text)
        if len(pieces) < 2 or depth >= _DEEPEST:
            return None
        shown: list[str] = []
        start = 0
        while start < len(pieces):
            for end in range(len(pieces), start, -1):
                if (start, end) == (0, len(pieces)):
                    continue  # that is the text itself
                piece = " ".join(pieces[start:end])
                found = self._whole(piece, depth + 1, wide=False)
                if found is None and end == start + 1 and (apart := self.said(piece, depth + 1)) != piece:
                    found = apart
                if found is not None and found != piece:
                    shown.append(found)
                    start = end
                    break
            else:
                return None
        return self._joint(" ").join(shown)


@cache
def chinese() -> Sayer:
    """Reasons and notes in Simplified Chinese, for what the engine writes itself; made by `packaging/i18n.py`."""
    path = assets_folder() / "i18n" / "reasons-zh_CN.json"
    stored: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return Sayer((text for text in stored if "{" in text), lambda text: stored.get(text, text), JOINTS["zh_CN"])
