"""A workbook with one sheet, written row by row straight into its file.

openpyxl's own streaming writer collects the sheet in a temporary file; private rows must not lie about in one.
Texts are written in place ("inlineStr"), which no spreadsheet program evaluates as a formula.
Source: ECMA-376 part 1, 18.3 (sheets); 22.4.2.4 (escapes for characters that XML cannot hold).
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from engine.errors import FileUnusable

ROWS_MAX = 1_048_576
COLUMNS_MAX = 16_384
CELL_MAX_CHARS = 32_767
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
# A text that looks like an escape, or holds what XML cannot, is escaped as _xHHHH_.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


class XlsxWriter:
    """Rows to a workbook; `finish` makes it complete.

    Raises:
        FileUnusable: from `row`, when a sheet cannot hold what is written.
    """

    def __init__(self, file: BinaryIO, columns: Sequence[str], path: Path, clean: Callable[[str], str]) -> None:
        if len(columns) > COLUMNS_MAX:
            raise FileUnusable(path=str(path), reason=f"a sheet has room for {COLUMNS_MAX:,} columns; choose csv.")
        if any(len(name) > CELL_MAX_CHARS for name in columns):
            raise FileUnusable(path=str(path), reason="a column name is too long for a sheet; choose csv.")
        self._path, self._clean = path, clean
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        for name, text in _PARTS.items():
            self._archive.writestr(_part(name), _HEAD + text)
        # Files of more than 4 GB unpacked need the larger directory entry; it does no harm to small ones.
        self._sheet = self._archive.open(_part("xl/worksheets/sheet1.xml"), "w", force_zip64=True)
        self._sheet.write(f'{_HEAD}<worksheet xmlns="{_SPREADSHEET}"><sheetData>'.encode())
        self._rows = 0
        self._letters = [_letters(index) for index in range(len(columns))]
        self.row(columns)

    def row(self, cells: Sequence[str | int | float | bool | None]) -> None:
        self._rows += 1
        if self._rows > ROWS_MAX:
            raise FileUnusable(path=str(self._path), reason=f"a sheet has room for {ROWS_MAX:,} rows; choose csv.")
        parts = [f'<row r="{self._rows}">']
        for letters, cell in zip(self._letters, cells, strict=True):
            if cell is not None and cell != "":
                parts.append(self._cell(f"{letters}{self._rows}", cell))
        parts.append("</row>")
        self._sheet.write("".join(parts).encode())

    def _cell(self, place: str, cell: str | int | float | bool) -> str:
        if isinstance(cell, bool):
            return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
        # Beyond 15 digits a sheet rounds; such a number is an id and stays a text.
        if (isinstance(cell, float) and math.isfinite(cell)) or (isinstance(cell, int) and abs(cell) < 10**15):
            return f'<c r="{place}"><v>{cell!r}</v></c>'
        text = self._clean(str(cell))
        if len(text) > CELL_MAX_CHARS:
            raise FileUnusable(
                path=str(self._path),
                reason=f"cell {place} would have {len(text):,} characters, and a sheet takes {CELL_MAX_CHARS:,};"
                " choose csv.",
            )
        text = escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    def finish(self) -> None:
        self._sheet.write(b"</sheetData></worksheet>")
        self._sheet.close()
        self._archive.close()


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _FIXED_TIME)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
