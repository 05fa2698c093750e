"""Which files below the given paths are documents, in an order that stays the same.

Walks folders without following a loop of links, and tells of everything it leaves out and why.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from engine.ingest.documents.parse import READERS, document_suffix, os_reason, unsupported
from engine.values import FileStatus


class SkippedPath(Struct, frozen=True):
    """A path left out: "skipped" when met in a folder, "failed" when it could not be read or was asked for by name."""

    path: Path
    reason: str
    status: FileStatus


class FoundDocuments(Struct, frozen=True):
    files: tuple[Path, ...]
    skipped: tuple[SkippedPath, ...]


def find_documents(paths: Iterable[Path]) -> FoundDocuments:
    """List the documents at or below `paths`.

    Folders are walked in the order of their names; a file that is reached twice (by a link, or given twice) counts
    once. Hidden files and folders, other kinds of files, folders that may not be read and loops of links are skipped
    with a reason. A file given by name is taken even if hidden.
    """
    search = _Search()
    for path in paths:
        search.take(path)
    return FoundDocuments(tuple(search.files), tuple(search.skipped))


class _Search:
    def __init__(self) -> None:
        self.files: list[Path] = []
        self.skipped: list[SkippedPath] = []
        self._seen_files: set[tuple[int, int] | str] = set()
        self._seen_folders: set[tuple[int, int] | str] = set()

    def take(self, path: Path) -> None:
        """Take a path that was asked for by name."""
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            reason = "it is a link to nothing." if path.is_symlink() else "there is no file or folder of this name."
            self._skip(path, reason, "failed")
            return
        except (OSError, ValueError) as error:
            self._skip(path, _loop_reason(error), "failed")
            return
        if stat.S_ISDIR(mode):
            self._walk(path)
        else:
            self._file(path, mode, named=True)

    def _walk(self, top: Path) -> None:
        pending = [top]  # a stack, not recursion: folders may be nested deeper than Python's calls
        while pending:
            folder = pending.pop()
            try:
                if not self._first_time(folder, self._seen_folders):
                    if folder.is_symlink():
                        self._skip(folder, "it is a link to a folder that was read already.", "skipped")
                    continue
                names = sorted(os.listdir(folder))  # noqa: PTH208 - names, without a Path for each yet
            except (OSError, ValueError) as error:
                self._skip(folder, _loop_reason(error), "failed")
                continue
            below: list[Path] = []
            for name in names:
                path = folder / name
                if name.startswith((".", "~$")):
                    self._skip(path, "it is hidden.", "skipped")
                    continue
                try:
                    mode = path.stat().st_mode
                except FileNotFoundError:
                    self._skip(path, "it is a link to nothing.", "skipped")
                except (OSError, ValueError) as error:
                    self._skip(path, _loop_reason(error), "failed")
                else:
                    if stat.S_ISDIR(mode):
                        below.append(path)
                    else:
                        self._file(path, mode, named=False)
            pending.extend(reversed(below))

    def _file(self, path: Path, mode: int, *, named: bool) -> None:
        status: FileStatus = "failed" if named else "skipped"
        if not stat.S_ISREG(mode):
            self._skip(path, "it is a device, pipe or socket, not a file.", status)
        elif document_suffix(path) not in READERS:
            self._skip(path, unsupported(path), status)
        elif self._first_time(path, self._seen_files):
            self.files.append(path)

    def _skip(self, path: Path, reason: str, status: FileStatus) -> None:
        self.skipped.append(SkippedPath(path, reason, status))

    def _first_time(self, path: Path, seen: set[tuple[int, int] | str]) -> bool:
        found = path.stat()
        # Some Windows file systems give no inode; then the resolved name tells.
        key = (found.st_dev, found.st_ino) if found.st_ino else str(path.resolve())
        new = key not in seen
        seen.add(key)
        return new


def _loop_reason(error: OSError | ValueError) -> str:
    import errno

    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "it is a link that leads to itself."
    return os_reason(error)
