"""One document file to pages of text: chooses the reader, and refuses what no reader should touch."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path

from engine.errors import EngineError, FileMissing, FileUnusable
from engine.ingest.documents.values import ParsedDocument

MAX_BYTES = 200 * 1024 * 1024
MAX_TEXT = 50_000_000
"""Characters of text in one document: some 25,000 pages."""

_OLE = b"\xd0\xcf\x11\xe0"
_MAGIC = (
    (b"%PDF-", "a PDF", (".pdf",)),
    (b"PK\x03\x04", "a zip file, as Word and Excel write them", (".docx", ".xlsx", ".pptx", ".ppsx", ".odt")),
    (_OLE, "an old Word, Excel or PowerPoint file (before 2007); save it in the present form", ()),
    (b"{\\rtf", "a rich text file", (".rtf",)),
    (b"\x1f\x8b", "a gzip file", (".gz",)),
    (b"\x89PNG", "a picture", ()),
    (b"\xff\xd8\xff", "a picture", ()),
    (b"GIF8", "a picture", ()),
    (b"\x7fELF", "a program", ()),
    (b"MZ\x90\x00", "a program", ()),
    (b"SQLite format 3\x00", "a database", ()),
)

Progress = Callable[[int, int], None]
"""Called with the pages done and in all; may raise to stop."""
Reader = Callable[[Path, Progress | None], ParsedDocument]


def _pdf(path: Path, on_page: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.pdf import read_pdf

    return read_pdf(path, on_page)


def _docx(path: Path, _: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.docx import read_docx

    return read_docx(path)


def _pptx(path: Path, on_page: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.pptx import read_pptx

    return read_pptx(path, on_page)


def _odt(path: Path, _: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.odt import read_odt

    return read_odt(path)


def _rtf(path: Path, on_page: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.rtf import read_rtf

    return read_rtf(path, on_page)


def _eml(path: Path, _: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.eml import read_eml

    return read_eml(path)


def _xlsx(path: Path, on_page: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.faq import read_xlsx

    return read_xlsx(path, on_page)


def _html(path: Path, _: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.html import read_html

    return read_html(path)


def _markdown(path: Path, _: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.markdown import read_markdown

    return read_markdown(path)


def _plain(path: Path, _: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.plain import read_plain

    return read_plain(path)


def _table(path: Path, _: Progress | None) -> ParsedDocument:
    from engine.ingest.documents.faq import read_faq

    return read_faq(path)


READERS: dict[str, Reader] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".pptx": _pptx,
    ".ppsx": _pptx,
    ".odt": _odt,
    ".rtf": _rtf,
    ".eml": _eml,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".text": _plain,
    ".csv": _table,
    ".tsv": _table,
    ".xlsx": _xlsx,
    ".json": _table,
    ".jsonl": _table,
    ".ndjson": _table,
    ".csv.gz": _table,
    ".tsv.gz": _table,
    ".json.gz": _table,
    ".jsonl.gz": _table,
}


def document_suffix(path: Path) -> str:
    """The ending that chooses the reader, in small letters; two endings for a packed table (".csv.gz")."""
    suffix = path.suffix.lower()
    return Path(path.stem).suffix.lower() + suffix if suffix == ".gz" else suffix


def parse_document(path: Path, on_page: Progress | None = None) -> ParsedDocument:
    """Read a document.

    Args:
        path: the file; its ending chooses the reader.
        on_page: told of every page, or now and then, of formats that may be long.
    Raises:
        FileMissing: there is no such file.
        FileUnusable: it cannot be read, is too large, damaged, protected or without text; the reason says which.
    """
    suffix = document_suffix(path)
    reader = READERS.get(suffix)
    if reader is None:
        raise FileUnusable(path=str(path), reason=unsupported(path))
    check_file(path, suffix)
    try:
        document = reader(path, on_page)
    except EngineError:
        raise
    except MemoryError as error:
        raise FileUnusable(path=str(path), reason="reading it needs more memory than there is.") from error
    except RecursionError as error:
        raise FileUnusable(path=str(path), reason="its parts are nested too deeply.") from error
    except OSError as error:
        raise FileUnusable(path=str(path), reason=os_reason(error)) from error
    size = sum(len(page.text) for page in document.pages)
    if size > MAX_TEXT:
        raise FileUnusable(path=str(path), reason=f"it holds {size:,} characters; the most is {MAX_TEXT:,}.")
    return document


def check_file(path: Path, suffix: str) -> None:
    """Raise unless `path` is a readable, ordinary, not too large file whose content fits its ending."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a device, pipe or socket"
            raise FileUnusable(path=str(path), reason=f"it is {what}, not a file.")
        with path.open("rb") as file:
            head = file.read(1024)
    except FileNotFoundError as error:
        raise FileMissing(path=str(path)) from error
    except (OSError, ValueError) as error:
        raise FileUnusable(path=str(path), reason=os_reason(error)) from error
    if found.st_size == 0:
        raise FileUnusable(path=str(path), reason="it is empty.")
    if found.st_size > MAX_BYTES:
        size, most = found.st_size // 2**20, MAX_BYTES // 2**20
        raise FileUnusable(path=str(path), reason=f"it is {size} MB large; the most is {most} MB.")
    for magic, what, endings in _MAGIC:
        if head.startswith(magic) and not suffix.endswith(endings or "\0"):
            if magic == _OLE and _is_locked(path):
                raise FileUnusable(path=str(path), reason="it is protected by a password; save a copy without one.")
            raise FileUnusable(path=str(path), reason=f"its name ends in {suffix}, but it is {what}.")


def _is_locked(path: Path) -> bool:
    """Whether an OLE file is a new office document under a password. Source: MS-OFFCRYPTO 1.3.3."""
    name = "EncryptedPackage".encode("utf-16-le")
    last = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if name in last + block:
                return True
            last = block[-len(name) :]
    return False


def os_reason(error: OSError | ValueError) -> str:
    """What the system says about a file, for people."""
    if isinstance(error, PermissionError):
        return "there is no permission to read it."
    if isinstance(error, OSError) and error.strerror:
        return f"the system says: {error.strerror}."
    return f"it cannot be opened: {error}."


def unsupported(path: Path) -> str:
    """Why a file of another kind is left out."""
    suffix = document_suffix(path)
    kinds = "PDF, Word, PowerPoint, OpenDocument and rich text, e-mails (eml), HTML, Markdown, plain text and tables"
    newer = {".doc": ".docx", ".ott": ".odt", ".ppt": ".pptx", ".odp": ".pptx", ".xls": ".xlsx", ".ods": ".xlsx",
             ".msg": ".eml", ".pages": ".docx", ".key": ".pptx", ".numbers": ".xlsx"}  # fmt: skip
    hint = f" Save it as {newer[suffix]} first." if suffix in newer else ""
    name = f"files ending in {suffix}" if suffix else "files without an ending"
    return f"{name} are not read; documents are {kinds}.{hint}"


def file_sha256(path: Path) -> str:
    """SHA-256 of a file as hexadecimal digits, read in pieces.

    Raises:
        FileMissing, FileUnusable: as `parse_document` does before it reads.
    """
    check_file(path, document_suffix(path))
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileUnusable(path=str(path), reason=os_reason(error)) from error
