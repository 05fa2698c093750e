"""Open any table: the format is told by the content first and by the ending second."""

from __future__ import annotations

import codecs
from pathlib import Path

from engine.ingest.encoding import HEAD_BYTES, Encoding
from engine.ingest.encoding_signs import is_binary
from engine.ingest.tables.conll_table import ENDINGS as CONLL_ENDINGS
from engine.ingest.tables.conll_table import ConllTable
from engine.ingest.tables.csv_table import CsvTable
from engine.ingest.tables.encoding import source_encoding
from engine.ingest.tables.json_table import JsonTable
from engine.ingest.tables.jsonl_table import JsonlTable
from engine.ingest.tables.parquet_table import ParquetTable
from engine.ingest.tables.source import Source
from engine.ingest.tables.table import Table
from engine.ingest.tables.xlsx_table import XlsxTable

_BY_ENDING = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
_NOT_TABLES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "it is a PDF document, not a table; add it to a collection of documents instead."),
    (b"\x89PNG", "it is a picture, not a table."),
    (b"\xff\xd8\xff", "it is a picture, not a table."),
    (b"GIF8", "it is a picture, not a table."),
    (b"SQLite format 3", "it is a database file; export the table from it as csv."),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive; unpack it first."),
    (b"Rar!", "it is a rar archive; unpack it first."),
    (b"BZh", "it is packed with bzip2; unpack it first or pack it with gzip."),
    (b"\xfd7zXZ", "it is packed with xz; unpack it first or pack it with gzip."),
    (b"\x28\xb5\x2f\xfd", "it is packed with zstd; unpack it first or pack it with gzip."),
    (b"\x1f\x8b", "it is gzip inside gzip; unpack it first."),
    (b"{\\rtf", "it is a rich text document, not a table."),
    (b"ARROW1", "it is an Arrow file; save it as parquet."),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_table(path: Path) -> Table:
    """Open a file as a table.

    Raises:
        FileMissing: there is none.
        FileUnusable: it is no table, or one that cannot be read; the reason says which and why.
    """
    source = Source(path)
    head = source.head(HEAD_BYTES)
    table = _by_content(source, head)
    ending = Path(source.name).suffix
    expected = _BY_ENDING.get(ending)
    found = "csv" if table.format == "tsv" else table.format
    if expected and expected != found and found != "conll":
        table.warnings.insert(0, f"The name ends in {ending}, but the file holds {table.format}; it was read as that.")
    return table


def _by_content(source: Source, head: bytes) -> Table:
    if head.startswith(b"PAR1"):
        return ParquetTable(source)
    if head.startswith(b"PK"):
        return XlsxTable(source)
    if head.startswith(_OLE):
        raise source.unusable(_about_ole(source))
    for magic, reason in _NOT_TABLES:
        if head.startswith(magic):
            raise source.unusable(reason)
    encoding = source_encoding(source)
    text = codecs.getincrementaldecoder(encoding.codec)("replace").decode(head[encoding.skip :])
    _check_text(source, head, text, encoding)
    table = _text_table(source, text, encoding)
    table.warnings.extend(encoding.warnings())
    return table


def _about_ole(source: Source) -> str:
    with source.open() as stream:
        for block in stream.blocks():
            if "EncryptedPackage".encode("utf-16-le") in block:
                return "it is protected with a password; save it without one."
    return "it is an old Excel or Word file (before 2007); save it as xlsx."


def _check_text(source: Source, head: bytes, text: str, encoding: Encoding) -> None:
    if not text.strip("\ufeff \t\r\n"):
        raise source.unusable("it holds no text.")
    if encoding.wide:
        return
    if is_binary(head):
        raise source.unusable("it holds binary data, not text.")
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<table", "<?xml", "<meta")):
        raise source.unusable("it is a web page or XML, not a table; save it as csv or xlsx.")


def _text_table(source: Source, text: str, encoding: Encoding) -> Table:
    start = text.lstrip("\ufeff \t\r\n")
    ending = Path(source.name).suffix
    if ending in CONLL_ENDINGS or (not start.startswith(("{", "[")) and ConllTable.fits(source, encoding)):
        return ConllTable(source, encoding)
    if start.startswith("{") and (ending != ".csv" or '"' in start[:200]):
        first_line = start.split("\n", 1)[0].rstrip()
        several = start.count("\n{") > 0
        if ending == ".json" and not several:
            return JsonTable(source, encoding)
        if first_line.endswith("}") or several or ending in (".jsonl", ".ndjson"):
            return JsonlTable(source, encoding)
        return JsonTable(source, encoding)
    if start.startswith("[") and (ending == ".json" or start[1:].lstrip()[:1] in ("{", "]", "")):
        return JsonTable(source, encoding)
    if ending == ".json":
        raise source.unusable("it is not JSON: it begins with neither a list nor an object.")
    if ending in (".jsonl", ".ndjson"):
        raise source.unusable("its first line is no JSON object.")
    return CsvTable(source, encoding)
