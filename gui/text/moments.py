"""Moments as people read them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale


def short_moment(moment: str) -> str:
    """A UTC moment as people say it: the time today, else the date; the text itself where it is no moment."""
    try:
        then = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone()
    except ValueError:
        return moment
    locale = QLocale()
    value = QDateTime.fromSecsSinceEpoch(int(then.timestamp()))
    if then.date() == datetime.now().astimezone().date():
        return locale.toString(value.time(), QLocale.FormatType.ShortFormat)
    return locale.toString(value.date(), QLocale.FormatType.ShortFormat)


def date_text(day: str) -> str:
    """A day (ISO 8601; a moment counts by its day) as people write it; the text itself where it is none."""
    try:
        then = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return QLocale().toString(QDate(then.year, then.month, then.day), QLocale.FormatType.ShortFormat)
