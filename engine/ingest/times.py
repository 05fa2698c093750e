"""Points in time as people write them, brought to ISO 8601: 2024-03-01T12:30:00 (UTC where a zone was given)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

_CHINESE = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?\s*(?:(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?[秒分]?)?"
)
_SLASHED = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")
_NUMBER = re.compile(r"\d{9,19}(?:\.\d+)?")
_CACHE_MAX = 50_000


def day_comes_first(values: Iterable[str]) -> bool | None:
    """For dates such as 03/04/2024: day first, month first, or None where the values do not tell."""
    for value in values:
        found = _SLASHED.match(value.strip())
        if found and len(found[3]) == 4:
            if int(found[1]) > 12:
                return True
            if int(found[2]) > 12:
                return False
    return None


class TimeReader:
    """Reads times of one column; remembers what it read, since days repeat.

    Args of the constructor:
        day_first: how 03/04/2024 is meant; None reads the month first, as `day_comes_first` found no sign.
    """

    def __init__(self, day_first: bool | None = None) -> None:
        self._day_first = bool(day_first)
        self._known: dict[str, str | None] = {}

    def read(self, value: str) -> str | None:
        """ISO 8601, or None for what is no time."""
        try:
            return self._known[value]
        except KeyError:
            pass
        try:
            moment = self._parse(value.strip())
        except (ValueError, OverflowError, OSError):
            moment = None
        text = None if moment is None else _iso(moment)
        if len(self._known) >= _CACHE_MAX:
            self._known.clear()
        self._known[value] = text
        return text

    def _parse(self, value: str) -> datetime.datetime | None:
        if _NUMBER.fullmatch(value):
            seconds = float(value)
            while seconds > 1e11:  # milliseconds, microseconds or nanoseconds since 1970
                seconds /= 1000
            return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
        if found := _SLASHED.fullmatch(value):
            first, second, third = int(found[1]), int(found[2]), int(found[3])
            if len(found[1]) == 4:
                date = (first, second, third)
            elif len(found[3]) == 4:
                day, month = (first, second) if self._day_first or "." in value[:3] else (second, first)
                date = (third, month, day)
            else:
                return None
            return datetime.datetime(*date, int(found[4] or 0), int(found[5] or 0), int(found[6] or 0))
        if found := _CHINESE.fullmatch(value):
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            return datetime.datetime(year, month, day, hour, minute, second)
        if len(value) < 8:
            return None
        return datetime.datetime.fromisoformat(value)


def _iso(moment: datetime.datetime) -> str:
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="seconds")
