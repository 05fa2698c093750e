"""Where the lines of a page stand on paper: spans of its text with their rectangles, packed small.

A page of fifty lines takes some 400 bytes. Rectangles are shares of the page as it is shown (rotation and crop
included), from its upper left corner, in steps of 1/65535.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import apsw
import numpy as np

from engine.values import LineBox

SCHEMA = """
CREATE TABLE page_boxes (
    document INTEGER NOT NULL REFERENCES documents (id),
    page INTEGER NOT NULL,
    boxes BLOB NOT NULL,
    PRIMARY KEY (document, page)
) STRICT;
"""
_STEPS = 65535


def put(connection: apsw.Connection, document: int, pages: Sequence[tuple[int, Sequence[LineBox]]]) -> None:
    """Store the boxes of a document's pages; pages without any take no room."""
    connection.executemany(
        "INSERT INTO page_boxes VALUES (?, ?, ?)", [(document, page, pack(boxes)) for page, boxes in pages if boxes]
    )


def get(connection: apsw.Connection, document: int, page: int) -> list[LineBox]:
    """The boxes of a page in the order of its text; empty where none were kept."""
    found = connection.execute("SELECT boxes FROM page_boxes WHERE document = ? AND page = ?", (document, page))
    row = found.fetchone()
    return unpack(row[0]) if row else []


def delete(connection: apsw.Connection, document: int) -> None:
    connection.execute("DELETE FROM page_boxes WHERE document = ?", (document,))


def pack(boxes: Sequence[LineBox]) -> bytes:
    """Starts as steps from line to line, lengths, and four 16-bit shares, column by column: that packs best."""
    starts = np.array([box.start for box in boxes], dtype=np.int64)
    steps = np.diff(starts, prepend=0).astype("<i4")
    lengths = np.array([box.end - box.start for box in boxes], dtype="<i4")
    sides = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes], dtype=np.float64).T
    shares = np.rint(np.clip(sides, 0.0, 1.0) * _STEPS).astype("<u2")
    return zlib.compress(steps.tobytes() + lengths.tobytes() + shares.tobytes(), 6)


def unpack(packed: bytes) -> list[LineBox]:
    data = zlib.decompress(packed)
    count = len(data) // 16
    starts = np.cumsum(np.frombuffer(data, "<i4", count)).tolist()
    lengths = np.frombuffer(data, "<i4", count, 4 * count).tolist()
    shares = (np.frombuffer(data, "<u2", 4 * count, 8 * count).reshape(4, count) / _STEPS).T.tolist()
    return [
        LineBox(start, start + length, *sides) for start, length, sides in zip(starts, lengths, shares, strict=True)
    ]
