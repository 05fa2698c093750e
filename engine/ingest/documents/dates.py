"""When a document was last changed, as its format writes it, to UTC in ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_PDF = re.compile(r"^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:([+-])(\d\d)'?(\d\d)?|Z)?")
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)


def moment(found: datetime | None) -> str:
    """A moment as text, or "" for one that no document can have; without a zone it counts as UTC."""
    if found is None:
        return ""
    try:
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return ""
    if not _EARLIEST <= found <= datetime.now(UTC) + timedelta(days=2):
        return ""
    return found.isoformat(timespec="seconds")


def from_file_time(changed_ns: int) -> str:
    """A file's time of change in nanoseconds; "" for 0."""
    try:
        return moment(datetime.fromtimestamp(changed_ns / 1e9, UTC)) if changed_ns else ""
    except (OverflowError, ValueError, OSError):
        return ""


def from_iso(text: str) -> str:
    """As office documents write it (W3C), with or without a zone."""
    try:
        return moment(datetime.fromisoformat(text.strip()[:40]))
    except ValueError:
        return ""


def from_pdf(text: str) -> str:
    """As PDF writes it: D:20240131120000+01'00'. Source: ISO 32000-1, 7.9.4."""
    found = _PDF.match(text.strip())
    if not found:
        return ""
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    zone: timezone = UTC
    try:
        if sign:
            ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
            zone = timezone(ahead if sign == "+" else -ahead)
        day_begins = datetime(int(year), int(month or 1), int(day or 1), tzinfo=zone)
        clock = timedelta(hours=int(hour or 0), minutes=int(minute or 0), seconds=int(second or 0))
        return moment(day_begins + clock)
    except ValueError:
        return ""
