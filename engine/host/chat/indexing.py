"""Puts documents into a collection: read in a worker, embedded and stored here (engine/host/chat/storing.py).

A file that takes the worker down is reported and left out; the worker starts again with the rest. What is stored stays
stored when the job is cancelled or the program ends, and the next run goes on from there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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
from engine.host.chat.looking import FileToRead, look, settled_ns
from engine.host.chat.storing import Stored, Storer
from engine.ingest.documents.find import find_documents
from engine.ingest.documents.work import ParsedFile, ParseSpec, ParseStarted
from engine.store import documents, watched
from engine.store.watched import RefusedFile
from engine.values import FileStatus

if TYPE_CHECKING:
    from engine.host.context import Context

STAGE = "Indexing documents"
IDLE_S = 90.0
MEMORY_MB = 2048.0
TELL_EVERY_S = 0.1
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
    """One run over a list of files; `named` are those that were asked for by name and not met in a folder."""

    def __init__(self, ctx: Context, collection: str, ctl: Control, named: frozenset[str] = frozenset()) -> None:
        self._ctx, self._ctl, self._name, self._named = ctx, ctl, collection, named
        self._files: list[FileToRead] = []
        self._settled: list[DocumentReport] = []
        """Files that need no reading."""
        self._reports: dict[int, DocumentReport] = {}
        self._first = 0
        """Where the list of the present worker begins; its numbers count from there."""
        self._started = 0
        self._seen = False
        self._times: list[tuple[str, int]] = []
        self._refused: list[RefusedFile] = []
        self._telling = threading.RLock()
        self._finished_bytes = 0
        self._last_told = 0.0
        self.passages = 0

    def run(self, files: Sequence[Path], refused: Mapping[str, RefusedFile] | None = None) -> list[DocumentReport]:
        """Index files; returns a report for each, in their order.

        Args:
            refused: files that were refused before, which are not tried again while they stay as they are.
        Raises:
            Cancelled: what was stored until then stays.
        """
        with self._ctx.store.read() as connection:
            known = documents.known_files(connection, self._name)
        looked = look(files, known, refused or {})
        self._files = looked.to_read
        self._settled = [DocumentReport(path, "unchanged", None, one.passages, one.pages) for path, one in
                         looked.unchanged]  # fmt: skip
        self._settled += [DocumentReport(one.path, one.status, one.reason, 0, 0) for one in looked.refused]
        self._report(force=True)
        storer = Storer(self._ctx, self._name, self._ctl, self._on_part, self._on_stored)
        try:
            self._read_all(storer)
            storer.finish()
        finally:
            storer.abandon()
            self._keep(storer)
        order = {str(path): place for place, path in enumerate(files)}
        reports = [*self._settled, *self._reports.values()]
        return sorted(reports, key=lambda report: order[report.path])

    def _keep(self, storer: Storer) -> None:
        """What is known beside the documents: times of unchanged files, and what was refused."""
        if not (storer.replaced or self._times or self._refused):
            return
        with self._ctx.store.write() as connection:
            found = documents.find_collection(connection, self._name)
            if found is None:
                return  # nothing was stored, and nothing is left behind
            documents.note_times(connection, found, self._times)
            watched.accept(connection, found, [path for path, _ in self._times])
            watched.refuse(connection, found, self._refused)
            if storer.replaced:
                documents.purge(connection, found)

    # --- reading ----------------------------------------------------------------------------------------------

    def _read_all(self, storer: Storer) -> None:
        paths = [file.path for file in self._files]
        known = {file.path: file.sha256 for file in self._files if file.sha256}
        first = 0
        while first < len(paths):
            self._first = self._started = first
            self._seen = False
            try:
                self._ctx.workers.run(
                    "parse_document",
                    ParseSpec(tuple(paths[first:]), known),
                    _Quiet(self._ctl),
                    title="reading documents",
                    idle_s=IDLE_S,
                    memory_mb=MEMORY_MB,
                    on_item=lambda item: self._take(item, storer),
                )
            except _WORKER_ENDS as error:
                if not self._seen:
                    raise  # it did not even begin with a file: no file is to blame
                # The file that was being read took the worker down; the others go on in a fresh one.
                if self._started < len(paths):
                    self._fail(self._started, "failed", _reason(error), _changed_ns(paths[self._started]))
                first = self._started + 1
            else:
                break

    def _take(self, item: ParseStarted | ParsedFile, storer: Storer) -> None:
        self._ctl.check()
        self._seen = True
        index = self._first + item.index
        if isinstance(item, ParseStarted):
            self._started = index
            self._report(note=Path(item.path).name)
            return
        if item.error_code:
            skipped = item.error_code == NotADocument.code and item.path not in self._named
            reason = rebuild(item.error_code, item.error_details).message
            self._fail(index, "skipped" if skipped else "failed", reason, item.changed_ns)
        elif item.unchanged:
            self._unchanged(index, item)
        else:
            storer.take(index, item.path, item)
        # A worker that dies after this one has sent its result dies over the next.
        self._started = index + 1

    # --- one file ---------------------------------------------------------------------------------------------

    def _fail(self, index: int, status: FileStatus, reason: str, changed_ns: int) -> None:
        file = self._files[index]
        self._refused.append(RefusedFile(file.path, file.size, settled_ns(changed_ns), status, reason))
        self._note(index, status, reason, 0, 0)

    def _unchanged(self, index: int, item: ParsedFile) -> None:
        path = self._files[index].path
        with self._ctx.store.read() as connection:
            collection = documents.collection(connection, self._name)
            stored = documents.by_path(connection, collection.id, path)
        self._times.append((path, settled_ns(item.changed_ns)))
        self._note(index, "unchanged", None, stored.passages if stored else 0, stored.pages if stored else 0)

    def _on_part(self, index: int, share: float) -> None:
        self._report(part_bytes=int(self._files[index].size * share))

    def _on_stored(self, stored: Stored) -> None:
        with self._telling:
            self.passages += stored.passages
            self._note(stored.index, "indexed", stored.reason, stored.passages, stored.pages)

    # --- telling ----------------------------------------------------------------------------------------------

    def _note(self, index: int, status: FileStatus, reason: str | None, passages: int, pages: int) -> None:
        file = self._files[index]
        with self._telling:
            self._reports[index] = DocumentReport(file.path, status, reason, passages, pages)
            self._finished_bytes += file.size
            last = len(self._reports) == len(self._files)
            self._report(note=Path(file.path).name, force=status == "indexed" or last)

    def _report(self, part_bytes: int = 0, note: str = "", *, force: bool = False) -> None:
        """Tell how far it is, from any thread. Counted in bytes of the files that have to be read: a folder of one long
        and many short files then tells the time left well."""
        with self._telling:
            now = time.monotonic()
            if not force and now - self._last_told < TELL_EVERY_S:
                self._ctl.check()
                return
            self._last_told = now
            settled, count = len(self._settled), len(self._settled) + len(self._files)
            done = len(self._reports) + settled
            self._ctl.report(
                self._finished_bytes + part_bytes,
                max(1, sum(file.size for file in self._files)),
                STAGE,
                f"{done}/{count} files, {self.passages} passages" + (f": {note}" if note else ""),
                {"documents": done, "documents_total": count, "passages": self.passages},
            )


def add_documents(ctx: Context, collection: str, paths: Sequence[str], ctl: Control) -> DocumentsAdded:
    """Index files and folders; see `engine.api.AddDocuments`.

    Raises:
        InputError: not one file could be used; names the first reasons.
        Cancelled: what was stored until then stays.
    """
    began = time.monotonic()
    named = [Path(path).absolute() for path in paths]
    found = find_documents(named)
    skipped = [DocumentReport(str(one.path), one.status, one.reason, passages=0, pages=0) for one in found.skipped]
    indexer = Indexer(ctx, collection, ctl, frozenset(map(str, named)))
    reports = indexer.run(found.files) + skipped
    if not any(report.status in ("indexed", "unchanged") for report in reports):
        raise InputError(reason=_all_refused(reports))
    return DocumentsAdded(collection, indexer.passages, tuple(reports), round(time.monotonic() - began, 3))


def _changed_ns(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0


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
