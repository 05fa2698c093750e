"""Puts documents into a collection: read in a worker, embedded here, stored one transaction per document.

A file that takes the worker down is reported and left out; the worker starts again with the rest. What is stored stays
stored when the job is cancelled or the program ends, and the next run goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.api import Control, DocumentReport, DocumentsAdded
from engine.errors import (
    EngineError,
    InputError,
    NotADocument,
    WorkerDied,
    WorkerHung,
    WorkerOutOfMemory,
    rebuild,
)
from engine.host.chat.searching import embed_covered, passage_embedding_text
from engine.ingest.documents.find import find_documents
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.documents.work import ParsedFile, ParseSpec, ParseStarted
from engine.store import documents
from engine.store.answers import NewAnswer
from engine.store.documents import NewDocument
from engine.store.passages import NewPassage, Vectors
from engine.values import FileStatus

if TYPE_CHECKING:
    from engine.host.context import Context

STAGE = "Indexing documents"
IDLE_S = 90.0
MEMORY_MB = 2048.0
BATCH = 64
"""Passages embedded between two looks at the cancel switch: under half a second on two slow cores."""
_WORKER_ENDS = (WorkerDied, WorkerHung, WorkerOutOfMemory)


class _Quiet:
    """Passes the cancel switch to the worker without its progress: the host knows more about how far it is."""

    def __init__(self, ctl: Control) -> None:
        self._ctl = ctl

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None:
        del done, total, stage, note, values
        self._ctl.check()

    def check(self) -> None:
        self._ctl.check()


class Indexer:
    """One run of "add these documents"."""

    def __init__(self, ctx: Context, collection: str, ctl: Control) -> None:
        self._ctx = ctx
        self._ctl = ctl
        self._name = collection
        self._reports: dict[int, DocumentReport] = {}
        self._paths: list[str] = []
        self._sizes: list[int] = []
        self._first = 0
        """Where the list of the present worker begins; its numbers count from there."""
        self._started = 0
        self._seen = False
        self._finished_bytes = 0
        self._passages = 0
        self._replaced = False
        self._collection_id: int | None = None
        self._named: set[str] = set()
        """Files that were asked for by name; the others were met in folders."""

    def run(self, paths: Sequence[str]) -> DocumentsAdded:
        """Index files and folders.

        Raises:
            InputError: not one file could be used; names the first reasons.
            Cancelled: what was stored until then stays.
        """
        began = time.monotonic()
        named = [Path(path).absolute() for path in paths]
        self._named = {str(path) for path in named}
        found = find_documents(named)
        skipped = [DocumentReport(str(one.path), one.status, one.reason, passages=0, pages=0) for one in found.skipped]
        self._paths = [str(path) for path in found.files]
        self._sizes = [_size(path) for path in found.files]
        self._report()
        try:
            self._read_all()
        finally:
            if self._replaced and self._collection_id is not None:
                with self._ctx.store.write() as connection:
                    documents.purge(connection, self._collection_id)
        reports = [self._reports[i] for i in sorted(self._reports)] + skipped
        if not any(report.status in ("indexed", "unchanged") for report in reports):
            raise InputError(reason=_all_refused(reports))
        return DocumentsAdded(self._name, self._passages, tuple(reports), round(time.monotonic() - began, 3))

    # --- reading ----------------------------------------------------------------------------------------------

    def _read_all(self) -> None:
        known = self._known()
        first = 0
        while first < len(self._paths):
            self._first = self._started = first
            self._seen = False
            try:
                self._ctx.workers.run(
                    "parse_document",
                    ParseSpec(tuple(self._paths[first:]), known),
                    _Quiet(self._ctl),
                    title="reading documents",
                    idle_s=IDLE_S,
                    memory_mb=MEMORY_MB,
                    on_item=self._take,
                )
            except _WORKER_ENDS as error:
                if not self._seen:
                    raise  # it did not even begin with a file: no file is to blame
                # The file that was being read took the worker down; the others go on in a fresh one.
                self._fail(self._started, _reason(error))
                first = self._started + 1
            else:
                break

    def _known(self) -> dict[str, str]:
        with self._ctx.store.read() as connection:
            return documents.known_hashes(connection, self._name)

    def _take(self, item: ParseStarted | ParsedFile) -> None:
        self._ctl.check()
        self._seen = True
        index = self._first + item.index
        if isinstance(item, ParseStarted):
            self._started = index
            self._report(note=Path(item.path).name)
            return
        if item.error_code == NotADocument.code and item.path not in self._named:
            self._note(index, "skipped", rebuild(item.error_code, item.error_details).message, 0, 0)
        elif item.error_code:
            self._fail(index, rebuild(item.error_code, item.error_details).message)
        elif item.unchanged:
            self._unchanged(index)
        else:
            self._index(index, item)
        # A worker that dies after this one has sent its result dies over the next.
        self._started = index + 1

    # --- one file ---------------------------------------------------------------------------------------------

    def _fail(self, index: int, reason: str) -> None:
        if index < len(self._paths) and index not in self._reports:
            self._note(index, "failed", reason, 0, 0)

    def _unchanged(self, index: int) -> None:
        with self._ctx.store.read() as connection:
            collection = documents.collection(connection, self._name)
            stored = documents.by_path(connection, collection.id, self._paths[index])
        self._note(index, "unchanged", None, stored.passages if stored else 0, stored.pages if stored else 0)

    def _index(self, index: int, file: ParsedFile) -> None:
        parsed = file.document
        assert parsed is not None
        texts = [passage_embedding_text(parsed.title, one.heading, one.text) for one in file.passages]
        vectors = self._embed(index, texts)
        questions = self._embed(index, [one.question for one in parsed.faq])
        new = NewDocument(
            path=self._paths[index],
            sha256=file.sha256,
            title=parsed.title,
            format=parsed.format,
            size=file.size_bytes,
            paged=parsed.paged,
            pages=[(page.number, page.text) for page in parsed.pages],
            passages=[NewPassage(one.page, one.start, one.end, one.text, one.heading) for one in file.passages],
            vectors=Vectors.quantise(vectors),
            answers=_approved(parsed, self._paths[index]),
            answer_vectors=Vectors.quantise(questions),
        )
        self._ctl.check()
        with self._ctx.store.write() as connection:
            self._collection_id = documents.ensure_collection(connection, self._name)
            _, replaced = documents.put(connection, self._collection_id, new)
        self._replaced = self._replaced or replaced
        self._passages += len(file.passages)
        reason = " ".join(parsed.warnings) or None
        self._note(index, "indexed", reason, len(file.passages), len(parsed.pages))

    def _embed(self, index: int, texts: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        if not texts:
            return np.zeros((0, self._ctx.encoder.dimension), dtype=np.float32)
        parts = []
        for start in range(0, len(texts), BATCH):
            self._ctl.check()
            batch = texts[start : start + BATCH]
            parts.append(embed_covered(self._ctx.encoder.embed, batch, self._ctx.encoder.dimension))
            self._report(self._sizes[index] * min(start + BATCH, len(texts)) // len(texts), len(texts))
        return np.concatenate(parts)

    # --- telling ----------------------------------------------------------------------------------------------

    def _note(self, index: int, status: FileStatus, reason: str | None, passages: int, pages: int) -> None:
        self._reports[index] = DocumentReport(self._paths[index], status, reason, passages, pages)
        self._finished_bytes += self._sizes[index]
        self._report()

    def _report(self, part_bytes: int = 0, _passages: int = 0, note: str = "") -> None:
        # Counted in bytes of the files: a folder of one long and many short files then tells the time left well.
        files = f"{len(self._reports)}/{len(self._paths)} files, {self._passages} passages"
        self._ctl.report(
            self._finished_bytes + part_bytes,
            max(1, sum(self._sizes)),
            STAGE,
            f"{files}: {note}" if note else "",
        )


def _approved(parsed: ParsedDocument, path: str) -> list[NewAnswer]:
    """The FAQ entries of a document, each with the place of its answer in the page text (0, 0 where it differs)."""
    found = []
    page_index, place = 0, 0
    for entry in parsed.faq:
        number, start, end = 1, 0, 0
        for i in range(page_index, len(parsed.pages)):
            text, begin = parsed.pages[i].text, place if i == page_index else 0
            asked = text.find(entry.question, begin)
            at = text.find(entry.answer, asked + len(entry.question) if asked >= 0 else begin)
            if at >= 0:
                number, start, end = parsed.pages[i].number, at, at + len(entry.answer)
                page_index, place = i, end
                break
        found.append(NewAnswer(entry.question, entry.answer, path, entry.line, number, start, end))
    return found


def _size(path: Path) -> int:
    try:
        return max(1, path.stat().st_size)
    except OSError:
        return 1


def _reason(error: EngineError) -> str:
    if isinstance(error, WorkerHung):
        return f"reading it did not end within {error.details.get('seconds', '?')} seconds and was stopped."
    if isinstance(error, WorkerOutOfMemory):
        return f"reading it needs more than {error.details.get('limit_mb', '?')} MB of memory and was stopped."
    return f"reading it ended unexpectedly ({error.details.get('reason', 'no reason known')})."


def _all_refused(reports: Sequence[DocumentReport]) -> str:
    if not reports:
        return "No documents were given, or the folder holds none."
    told = [f"{report.path}: {report.reason}" for report in reports[:3]]
    more = f" And {len(reports) - 3} more." if len(reports) > 3 else ""
    return "No document could be used. " + " ".join(told) + more
