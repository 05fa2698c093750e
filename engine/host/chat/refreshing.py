"""Keeps a collection in step with the folders that it follows.

Nothing runs by itself: the window asks at unlock and on a timer, the command line when told to.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from engine.api import Control, DocumentReport, DocumentsAdded, Watched, WatchedInfo
from engine.errors import FileMissing, UsageError
from engine.host.chat.indexing import Indexer
from engine.host.chat.looking import folder_fault, look, vanished
from engine.ingest.documents.find import FoundDocuments, find_documents
from engine.store import documents, watched
from engine.store.documents import KnownFile
from engine.store.watched import RefusedFile

if TYPE_CHECKING:
    import apsw

    from engine.host.context import Context

REMOVED_AT_ONCE = 50
"""Documents removed in one transaction: a question meanwhile does not wait long."""
GONE = "the file is no longer there."


class _Folder(Struct):
    """A watched folder as it is now; `fault` says why it was not looked into."""

    path: str
    fault: str
    found: FoundDocuments
    gone: list[str]


def watch_folder(ctx: Context, collection: str, path: str) -> Watched:
    """Raises: FileMissing, UsageError for what is no folder."""
    folder = _folder_path(path)
    if not Path(folder).exists():
        raise FileMissing(path=folder)
    if not Path(folder).is_dir():
        raise UsageError(reason=f"{folder} is a file; only folders can be watched. Add it to the collection instead.")
    with ctx.store.write() as connection:
        watched.watch(connection, documents.ensure_collection(connection, collection), folder)
    return list_watched(ctx, collection)


def unwatch_folder(ctx: Context, collection: str, path: str) -> Watched:
    """Raises: UnknownName."""
    with ctx.store.write() as connection:
        found = documents.collection(connection, collection)
        known = watched.paths(connection, found.id)
        watched.unwatch(connection, found.id, path if path in known else _folder_path(path))
    return list_watched(ctx, collection)


def list_watched(ctx: Context, collection: str = "", *, look_now: bool = False) -> Watched:
    """See `engine.api.ListWatched`. Raises: UnknownName."""
    with ctx.store.read() as connection:
        if collection:
            documents.collection(connection, collection)
        folders = [one for one in watched.folders(connection) if collection in ("", one.collection)]
        infos = [WatchedInfo(one.collection, one.path, one.last_checked, one.new, one.changed, one.missing, one.refused,
                             one.reason) for one in folders]  # fmt: skip
        if look_now:
            infos = [_looked_at(connection, info) for info in infos]
    return Watched(tuple(infos))


def _looked_at(connection: apsw.Connection, info: WatchedInfo) -> WatchedInfo:
    collection = documents.find_collection(connection, info.collection)
    assert collection is not None
    folder = _see(connection, collection, info.path)
    known = documents.known_files(connection, info.collection)
    new, changed, refused = _counts(folder, known, watched.refused(connection, collection))
    return WatchedInfo(
        info.collection, info.path, info.last_checked, new, changed, len(folder.gone), refused, folder.fault
    )


def refresh(ctx: Context, collection: str, ctl: Control, *, drop_missing: bool) -> DocumentsAdded:
    """See `engine.api.RefreshCollection`.

    Raises:
        UnknownName; UsageError: the collection follows no folder.
        Cancelled: what was stored or removed until then stays so.
    """
    began = time.monotonic()
    with ctx.store.read() as connection:
        found = documents.collection(connection, collection)
        paths = watched.paths(connection, found.id)
        if not paths:
            raise UsageError(reason=f"The collection {collection} watches no folder yet.")
        folders = []
        for path in paths:
            ctl.check()
            folders.append(_see(connection, found.id, path))
        known = documents.known_files(connection, collection)
        refused = watched.refused(connection, found.id)
    counts = [_counts(folder, known, refused) for folder in folders]
    files = list(dict.fromkeys(file for folder in folders for file in folder.found.files))
    indexer = Indexer(ctx, collection, ctl)
    reports = indexer.run(files, refused)
    reports += [DocumentReport(folder.path, "failed", folder.fault, 0, 0) for folder in folders if folder.fault]
    reports += [
        DocumentReport(str(one.path), one.status, one.reason, 0, 0)
        for folder in folders
        for one in folder.found.skipped
        if one.status == "failed"
    ]
    reports += _missing(ctx, found.id, folders, ctl, drop=drop_missing)
    with ctx.store.write() as connection:
        for folder, (new, changed, left_out) in zip(folders, counts, strict=True):
            missing = 0 if drop_missing else len(folder.gone)
            watched.note_check(connection, found.id, folder.path, (new, changed, missing, left_out), folder.fault)
        watched.accept(connection, found.id, vanished(list(refused), files))
    return DocumentsAdded(collection, indexer.passages, tuple(reports), round(time.monotonic() - began, 3))


def _see(connection: apsw.Connection, collection: int, path: str) -> _Folder:
    fault = folder_fault(Path(path))
    if fault:  # an unplugged drive leaves an empty folder, or none: its documents are not gone
        stored = documents.paths_below(connection, collection, path)
        if stored or fault != "The folder is empty.":
            return _Folder(path, fault, FoundDocuments((), ()), [])
    found = find_documents([Path(path)])
    return _Folder(path, "", found, vanished(documents.paths_below(connection, collection, path), found.files))


def _counts(
    folder: _Folder, known: Mapping[str, KnownFile], refused: Mapping[str, RefusedFile]
) -> tuple[int, int, int]:
    """New, changed and refused files of a folder."""
    looked = look(folder.found.files, known, refused)
    new = sum(not file.sha256 for file in looked.to_read)
    return new, len(looked.to_read) - new, len(looked.refused)


def _missing(
    ctx: Context, collection: int, folders: Sequence[_Folder], ctl: Control, *, drop: bool
) -> list[DocumentReport]:
    gone = sorted({path for folder in folders for path in folder.gone})
    if not drop:
        return [DocumentReport(path, "missing", GONE, 0, 0) for path in gone]
    for first in range(0, len(gone), REMOVED_AT_ONCE):
        ctl.check()
        with ctx.store.write() as connection:
            documents.remove(connection, collection, gone[first : first + REMOVED_AT_ONCE])
    return [DocumentReport(path, "removed", GONE, 0, 0) for path in gone]


def _folder_path(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - takes ".." out without following links
