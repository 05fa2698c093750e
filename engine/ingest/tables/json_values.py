"""JSON objects as rows of text: what a value looks like in a cell, and columns found while reading."""

from __future__ import annotations

import json
from typing import Any

from engine.ingest.tables.source import Source
from engine.ingest.tables.table import COLUMNS_MAX

EXACT_FLOAT = 2**53


def cell_text(value: Any) -> str:
    """A value as the text of a cell: nothing for null, JSON for lists and objects, 5 for 5.0."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_FLOAT:
        return str(int(value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def row_of(record: dict[str, Any], columns: list[str], known: set[str], source: Source) -> list[str]:
    """The cells of an object in the order of `columns`, which grow by the names that are new.

    Raises:
        FileUnusable: the objects have more names between them than a table has columns.
    """
    if not record.keys() <= known:
        new = [name for name in record if name not in known]
        columns.extend(new)
        known.update(new)
        if len(columns) > COLUMNS_MAX:
            raise source.unusable(
                f"its objects have more than {COLUMNS_MAX:,} different names; at most that many columns can be read."
            )
    return [
        value if type(value := record.get(name)) is str else cell_text(value)  # most are text: skip the call
        for name in columns
    ]


def half_characters(cells: list[str]) -> bool:
    """Whether a cell holds a lone surrogate, which an escape such as \\ud800 can make and no file can store."""
    try:
        "".join(cells).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
