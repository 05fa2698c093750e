"""The parts of a workbook beside its rows: list of sheets, shared texts, and which styles show a date.

XML is read by expat directly with everything refused that a workbook does not need (document types, entities), and
text by text, so that nothing but the shared texts is ever whole in memory.
Source: ECMA-376 part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from msgspec import Struct

BLOCK_BYTES = 1 << 18
Attributes = dict[str, str]
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class HarmfulXml(Exception):
    """The XML declares a document type or entities."""


class Sheet(Struct, frozen=True):
    name: str
    part: str
    visible: bool


class Book(Struct, frozen=True):
    """`dates` are the style numbers that show a date; `epoch_1904`: day 0 is 1904-01-01 instead of 1899-12-30."""

    sheets: tuple[Sheet, ...]
    texts: list[str]
    dates: frozenset[int]
    epoch_1904: bool


def parser(
    start: Callable[[str, Attributes], None], end: Callable[[str], None], text: Callable[[str], None] | None = None
) -> expat.XMLParserType:
    """An expat parser without namespaces' prefixes in the way, that refuses entities."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler = start
    made.EndElementHandler = end
    if text:
        made.CharacterDataHandler = text
    made.StartDoctypeDeclHandler = _refuse
    made.EntityDeclHandler = _refuse
    made.ExternalEntityRefHandler = _refuse
    return made


def _refuse(*_: object) -> int:
    raise HarmfulXml


def local(name: str) -> str:
    """Names without prefix: x:row is row."""
    return name.rpartition(":")[2]


def read_book(archive: zipfile.ZipFile) -> Book:
    """Read everything but the rows.

    Raises:
        KeyError: a part is missing; expat.ExpatError: it is no XML; HarmfulXml.
    """
    names = set(archive.namelist())
    sheets: list[tuple[str, str, bool]] = []
    epoch: list[bool] = [False]

    def start(name: str, attributes: Attributes) -> None:
        kind = local(name)
        if kind == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), link, attributes.get("state", "visible") == "visible"))
        elif kind == "workbookPr":
            epoch[0] = attributes.get("date1904", "0") in ("1", "true")

    _feed(archive, "xl/workbook.xml", parser(start, _nothing))
    targets, texts_part, styles_part = _links(archive)
    return Book(
        sheets=tuple(
            Sheet(name, targets[link], visible) for name, link, visible in sheets if targets.get(link) in names
        ),
        texts=_shared_texts(archive, texts_part) if texts_part in names else [],
        dates=_date_styles(archive, styles_part) if styles_part in names else frozenset(),
        epoch_1904=epoch[0],
    )


def _nothing(_: str) -> None:
    pass


def _feed(archive: zipfile.ZipFile, part: str, into: expat.XMLParserType) -> None:
    with archive.open(part) as stream:
        while block := stream.read(BLOCK_BYTES):
            into.Parse(block, False)
    into.Parse(b"", True)


def _links(archive: zipfile.ZipFile) -> tuple[dict[str, str], str, str]:
    """Sheets by link, the part of shared texts, the part of styles."""
    sheets: dict[str, str] = {}
    parts = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}

    def start(name: str, attributes: Attributes) -> None:
        if local(name) != "Relationship":
            return
        target = attributes.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind == "worksheet":
            sheets[attributes.get("Id", "")] = part
        elif kind in parts:
            parts[kind] = part

    _feed(archive, "xl/_rels/workbook.xml.rels", parser(start, _nothing))
    return sheets, parts["sharedStrings"], parts["styles"]


def plain(text: str) -> str:
    """Text with its escapes (_x000D_) put back."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _shared_texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "phonetic": 0}

    def start(name: str, _: Attributes) -> None:
        kind = local(name)
        if kind == "t":
            state["text"] = not state["phonetic"]
        elif kind == "rPh":  # how a Japanese or Chinese word is read aloud, not part of it
            state["phonetic"] += 1

    def end(name: str) -> None:
        kind = local(name)
        if kind == "t":
            state["text"] = False
        elif kind == "rPh":
            state["phonetic"] -= 1
        elif kind == "si":
            texts.append(plain("".join(pieces)))
            pieces.clear()

    def text(piece: str) -> None:
        if state["text"]:
            pieces.append(piece)

    _feed(archive, part, parser(start, end, text))
    return texts


def _date_styles(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    formats: dict[int, str] = {}
    used: list[int] = []
    inside = [False]

    def start(name: str, attributes: Attributes) -> None:
        kind = local(name)
        if kind == "numFmt":
            formats[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif kind == "cellXfs":
            inside[0] = True
        elif kind == "xf" and inside[0]:
            used.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside[0] = False

    _feed(archive, part, parser(start, end))
    return frozenset(
        style for style, number in enumerate(used) if number in _DATE_FORMATS or _is_date(formats.get(number, ""))
    )


def _is_date(code: str) -> bool:
    code = _NOT_CODE.sub("", code.split(";")[0]).lower()
    return any(letter in code for letter in "ymdhs") and "general" not in code
