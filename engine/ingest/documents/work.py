"""The parser's work in a process of its own: a damaged file that takes the parser down costs that file alone.

One worker reads many files. It names each file before it reads it, so that the host knows which one to leave out when
the worker ends unexpectedly; errors of a file are values, since they must not end the others.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from engine.errors import Cancelled, EngineError, FileUnusable
from engine.ingest.documents.dates import from_file_time
from engine.ingest.documents.parse import file_sha256, parse_document
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.passages import Passage, split_passages

if TYPE_CHECKING:
    from engine.jobs.child import Link


DOCUMENT_CPU_S = 180.0
"""Most seconds of computing for one document; two hundred ordinary pages take about one."""


class ParseSpec(Struct, frozen=True):
    """Files to read; `known` tells the hash of those that were read before, which are not read again if unchanged."""

    paths: tuple[str, ...]
    known: dict[str, str] = {}


class ParseStarted(Struct, frozen=True):
    """File number `index` (from 0, in `ParseSpec.paths`) is about to be read."""

    index: int
    path: str


class ParsedFile(Struct, frozen=True):
    """What became of one file: `document` and `passages`, or `unchanged`, or an error by code and details."""

    index: int
    path: str
    sha256: str = ""
    size_bytes: int = 0
    changed_ns: int = 0
    """The file's time of change before it was read, 0 where it changed meanwhile."""
    unchanged: bool = False
    document: ParsedDocument | None = None
    passages: tuple[Passage, ...] = ()
    error_code: str = ""
    error_details: dict[str, Any] = {}


class ParseDone(Struct, frozen=True):
    files: int
    failed: int


def parse_documents(spec: ParseSpec, link: Link) -> ParseDone:
    """Read files one after another; sends a `ParseStarted` and a `ParsedFile` for each."""
    failed = 0
    for index, path in enumerate(spec.paths):
        link.report(index, len(spec.paths), "Reading documents")
        link.send(ParseStarted(index, path))
        parsed = parse_one(index, path, spec.known.get(path, ""), _sign_of_life(link, path, index, len(spec.paths)))
        failed += bool(parsed.error_code)
        link.send(parsed)
    link.report(len(spec.paths), len(spec.paths), "Reading documents")
    return ParseDone(len(spec.paths), failed)


def _sign_of_life(link: Link, path: str, done: int, total: int) -> Callable[[int, int], None]:
    """Reports after each page, so that a long document neither looks hung nor outlives a cancel, nor costs more than
    `DOCUMENT_CPU_S`."""
    began = time.process_time()

    def on_page(page: int, pages: int) -> None:
        del page, pages
        link.report(done, total, "Reading documents")
        # Time of this process alone: waiting for the host, a pause or a busy machine is not the document's fault.
        if time.process_time() - began > DOCUMENT_CPU_S:
            raise FileUnusable(
                path=path,
                reason=f"reading it takes more than {DOCUMENT_CPU_S:.0f} seconds of work and was stopped.",
            )

    return on_page


def _changed_ns(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def parse_one(
    index: int, path: str, known_sha256: str = "", on_page: Callable[[int, int], None] | None = None
) -> ParsedFile:
    """Read one file; every failure comes back as a value, but a cancel is passed on."""
    file = Path(path)
    try:
        changed_ns = _changed_ns(file)
        sha256 = file_sha256(file)
        size = file.stat().st_size
        if sha256 == known_sha256:
            return ParsedFile(index, path, sha256, size, changed_ns, unchanged=True)
        document = parse_document(file, on_page)
        if not document.modified:
            document = msgspec.structs.replace(document, modified=from_file_time(changed_ns))
        if _changed_ns(file) != changed_ns:
            changed_ns = 0  # what was read may be newer than its hash: the next look reads it again
        passages = tuple(split_passages(document))
        return ParsedFile(index, path, sha256, size, changed_ns, document=document, passages=passages)
    except Cancelled:
        raise
    except EngineError as error:
        return ParsedFile(index, path, changed_ns=_changed_ns(file), error_code=error.code, error_details=error.details)
    except Exception as error:  # a fault of a library or of ours must not cost the other files
        return ParsedFile(
            index,
            path,
            changed_ns=_changed_ns(file),
            error_code=FileUnusable.code,
            error_details={"path": path, "reason": f"reading it failed ({type(error).__name__}: {error})."},
        )
