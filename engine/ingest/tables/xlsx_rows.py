"""The rows of one sheet, straight from its XML: numbers as written, texts, dates as ISO 8601."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator

from engine.ingest.tables.xlsx_parts import BLOCK_BYTES, Attributes, Book, local, parser, plain

COLUMNS_MAX = 16_384
ROWS_MAX = 1_048_576
_EPOCH_1900 = datetime.datetime(1899, 12, 30)
_EPOCH_1904 = datetime.datetime(1904, 1, 1)
Row = tuple[int, list[str]]


class BadSheet(Exception):
    """A cell lies outside of every sheet, or points to a text that is not there."""


def read_rows(archive: zipfile.ZipFile, part: str, book: Book) -> Iterator[Row]:
    """Row number (from 1) and cells of every row that holds something; a row ends with its last filled cell.

    Raises:
        BadSheet, HarmfulXml, expat.ExpatError, and what zipfile raises for damage.
    """
    sheet = _Sheet(book)
    reader = parser(sheet.start, sheet.end, sheet.text)
    with archive.open(part) as stream:
        while block := stream.read(BLOCK_BYTES):
            reader.Parse(block, False)
            yield from sheet.rows
            sheet.rows.clear()
    reader.Parse(b"", True)
    yield from sheet.rows


class _Sheet:
    """Handlers of the XML of a sheet; `rows` fills up while it is fed."""

    def __init__(self, book: Book) -> None:
        self.rows: list[Row] = []
        self._book = book
        self._number = 0
        self._cells: list[str] = []
        self._column = 0
        self._kind = ""
        self._style = ""
        self._pieces: list[str] | None = None
        self._value = ""
        self._phonetic = False
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        kind = name if name in _KNOWN else local(name)
        if kind == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            place = attributes.get("r")
            if place:
                letters = place.rstrip("0123456789")
                column = self._columns.get(letters)
                self._column = self._column_of(letters) if column is None else column
            self._value = ""
        elif kind == "v" or (kind == "t" and not self._phonetic):
            self._pieces = []
        elif kind == "row":
            number = attributes.get("r")
            self._number = int(number) if number else self._number + 1
            if not 0 < self._number <= ROWS_MAX:
                raise BadSheet(f"it numbers a row {self._number:,}; a sheet has {ROWS_MAX:,}")
            self._cells = []
            self._column = 0
        elif kind == "rPh":
            self._phonetic = True

    def text(self, piece: str) -> None:
        if self._pieces is not None:
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        kind = name if name in _KNOWN else local(name)
        if kind in ("v", "t"):
            if self._pieces is not None:
                self._value += "".join(self._pieces)  # a text in place may come in several runs
                self._pieces = None
        elif kind == "c":
            if self._value:
                text = self._shown()
                missing = self._column - len(self._cells)
                if missing < 0:
                    raise BadSheet(f"the cells of row {self._number} are out of order")
                if missing:
                    self._cells.extend([""] * missing)
                self._cells.append(text)
            self._column += 1
        elif kind == "row":
            if self._cells:
                self.rows.append((self._number, self._cells))
        elif kind == "rPh":
            self._phonetic = False

    def _column_of(self, letters: str) -> int:
        """A is 0, Z 25, AA 26."""
        index = 0
        for letter in letters:
            index = index * 26 + ord(letter.upper()) - 64
        if not 0 < index <= COLUMNS_MAX or not letters.isascii():
            raise BadSheet(f"it has a cell in column {letters[:10]}, beyond every sheet")
        self._columns[letters] = index - 1
        return index - 1

    def _shown(self) -> str:
        kind, value = self._kind, self._value
        if kind == "s":
            try:
                return self._book.texts[int(value)]
            except (ValueError, IndexError):
                raise BadSheet(f"row {self._number} points to a text that is not there") from None
        if kind in ("inlineStr", "str"):
            return plain(value)
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind == "n":
            if self._style and self._book.dates and int(self._style) in self._book.dates:
                return _date(value, self._book.epoch_1904)
            return value if value.isdigit() else _number(value)
        return value  # d: a date in ISO 8601; e: an error such as #N/A


_KNOWN = frozenset({"c", "v", "t", "row", "rPh", "is", "r", "f", "sheetData"})


def _number(value: str) -> str:
    """Sheets write 0.1 as 0.10000000000000001 and 5 as 5.0 or 5E0."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    return repr(number)


def _date(value: str, epoch_1904: bool) -> str:
    try:
        days = float(value)
        moment = (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + datetime.timedelta(days=days)
    except (ValueError, OverflowError):
        return value
    moment += datetime.timedelta(microseconds=500_000)  # days are rounded to about a microsecond in the file
    moment = moment.replace(microsecond=0)
    if 0 <= days < 1 and not epoch_1904:
        return moment.time().isoformat()
    if moment.time() == datetime.time(0):
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")
