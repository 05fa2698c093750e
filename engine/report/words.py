"""The words of a report in English and Simplified Chinese, and how numbers are told."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.errors import UsageError, fill
from engine.language.templates import chinese
from engine.report.sentences import LINT, SENTENCES

_CODES = {"en": "en", "zh": "zh-CN"}


class Words:
    """Looks up sentences: `words("slices_title")`.

    Raises:
        UsageError: a language other than English or Chinese is asked for.
    """

    def __init__(self, language: str) -> None:
        short = language.replace("_", "-").split("-")[0].lower()
        if short not in _CODES:
            raise UsageError(reason=f"A report can be written in English (en) or Chinese (zh), not in “{language}”.")
        self.code = _CODES[short]
        self._column = 0 if short == "en" else 1

    def __call__(self, key: str, **values: object) -> str:
        return fill(SENTENCES[key][self._column], values)

    def known(self, key: str, otherwise: str) -> str:
        """A sentence that may be missing, for names that come from elsewhere."""
        return SENTENCES[key][self._column] if key in SENTENCES else otherwise

    def finding(self, code: str, count: int, message: str) -> str:
        """A finding of the data check; the message is English, so only Chinese needs a sentence of its own."""
        if self._column and code in LINT:
            return fill(LINT[code], {"n": f"{count:,}"})
        return message

    def note(self, text: str) -> str:
        """A note of a training, which the engine wrote in English; one that is not known stays as it is."""
        return chinese().said(text) if self._column else text

    def percent(self, share: float, digits: int = 1) -> str:
        """A share as it is read: 93.1 %."""
        return f"{100 * share:.{digits}f}\u00a0%" if self._column == 0 else f"{100 * share:.{digits}f}%"

    def points(self, difference: float) -> str:
        """A difference of two shares, in percentage points with its sign."""
        shown = f"{100 * difference:+.1f}".replace("-", "−")
        return "±0.0" if shown in ("+0.0", "−0.0") else shown

    def count(self, number: int) -> str:
        return f"{number:,}"

    def moment(self, created: str) -> str:
        """A stored time (ISO 8601) to the minute; what is none stays as it is."""
        try:
            time = datetime.fromisoformat(created)
        except ValueError:
            return created
        shown = time.astimezone(UTC) if time.tzinfo else time
        return f"{shown:%Y-%m-%d %H:%M}" + (" UTC" if time.tzinfo else "")

    def joined(self, *sentences: str) -> str:
        return (" " if self._column == 0 else "").join(sentences)

    def listed(self, names: list[str] | tuple[str, ...]) -> str:
        return (", " if self._column == 0 else "、").join(names)
