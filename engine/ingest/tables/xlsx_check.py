"""Is a zip really a workbook, and safe to open? Looks at its directory and the first bytes of its parts only."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from engine.ingest.tables.source import Source

TOTAL_MAX_BYTES = 2 << 30
STRINGS_MAX_BYTES = 256 << 20
"""The table of shared texts is the one part that has to be in memory whole."""
SMALL_PART_BYTES = 32 << 20
RATIO_MAX = 250
PARTS_MAX = 10_000
UNZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip
_OTHER_OFFICE = {
    "word/": "a Word document (docx), not a table",
    "ppt/": "a presentation (pptx), not a table",
    "xl/workbook.bin": "a binary workbook (xlsb); save it as xlsx",
    "content.xml": "an OpenDocument file; save it as xlsx or csv",
}


def check_workbook(file: BinaryIO, source: Source) -> None:
    """Refuse what is no workbook, is encrypted, or would unpack to far more than it should.

    Raises:
        FileUnusable: with the reason.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_names([part.filename for part in parts], source)
            _check_sizes(parts, source)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in (head := stream.read(4096).replace(b"\0", b"")) or b"<!ENTITY" in head:
                            raise source.unusable("its XML declares entities, as files made to do harm do.")
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        zlib.error,
    ) as problem:
        raise source.unusable(f"its zip packing is damaged or breaks off ({problem}).") from None


def _check_names(names: list[str], source: Source) -> None:
    if "xl/workbook.xml" in names:
        return
    for start, what in _OTHER_OFFICE.items():
        if any(name.startswith(start) for name in names):
            raise source.unusable(f"it is {what}.")
    raise source.unusable("it is a zip archive without a workbook in it; unpack it first.")


def _check_sizes(parts: list[zipfile.ZipInfo], source: Source) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise source.unusable("it is encrypted; save it without a password.")
    if len(parts) > PARTS_MAX:
        raise source.unusable(f"it has {len(parts):,} parts, as no workbook has.")
    total = sum(part.file_size for part in parts)
    if total > TOTAL_MAX_BYTES:
        raise source.unusable(f"it would unpack to {total >> 20:,} MB; {TOTAL_MAX_BYTES >> 20:,} MB is the most.")
    for part in parts:
        if part.file_size > SMALL_PART_BYTES and part.file_size > RATIO_MAX * max(1, part.compress_size):
            raise source.unusable(
                f"a part of it unpacks to more than {RATIO_MAX} times its size, as files made to do harm do."
            )
        if part.filename.endswith("sharedStrings.xml") and part.file_size > STRINGS_MAX_BYTES:
            raise source.unusable(
                f"its texts take {part.file_size >> 20:,} MB, more than a workbook may have; save it as csv."
            )
