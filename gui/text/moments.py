"""Moments as people read them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale


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
