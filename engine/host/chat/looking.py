"""Which files of a collection are new, changed, as they were, or gone: by size and time of change, without reading."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from engine.store.documents import KnownFile
from engine.store.watched import RefusedFile

RACY_NS = 2_000_000_000
"""A file changed so shortly before it was read may change again within the same tick of its file system's clock."""


class FileToRead(Struct, frozen=True):
    """A file that is new or may have changed; `sha256` is the stored one, "" for a new file."""

    path: str
    size: int
    sha256: str = ""


class Looked(Struct):
    """Files by what has to be done; `unchanged` with what is stored, `refused` as they were refused before."""

    to_read: list[FileToRead]
    unchanged: list[tuple[str, KnownFile]]
    refused: list[RefusedFile]


def look(files: Sequence[Path], known: Mapping[str, KnownFile], refused: Mapping[str, RefusedFile]) -> Looked:
    """Sort files that exist; those whose size and time are the stored ones are not opened.

    Args:
        known: the documents stored under the paths.
        refused: files that were refused before and are not tried again while they stay as they are.
    """
    looked = Looked([], [], [])
    for file in files:
        path = str(file)
        try:
            found = file.stat()
            size, changed_ns = found.st_size, found.st_mtime_ns
        except OSError:  # gone since the folder was listed: the reader says so
            size, changed_ns = 1, 0
        stored, left_out = known.get(path), refused.get(path)
        if stored and stored.changed_ns and (stored.size, stored.changed_ns) == (size, changed_ns):
            looked.unchanged.append((path, stored))
        elif left_out and left_out.changed_ns and (left_out.size, left_out.changed_ns) == (size, changed_ns):
            looked.refused.append(left_out)
        else:
            looked.to_read.append(FileToRead(path, size, stored.sha256 if stored else ""))
    return looked


def settled_ns(changed_ns: int) -> int:
    """A file's time of change, or 0 where the file may change again without changing it."""
    return changed_ns if time.time_ns() - changed_ns > RACY_NS else 0


def vanished(stored: Sequence[str], found: Sequence[Path]) -> list[str]:
    """Stored paths whose file is gone, and not only hidden, unreadable or reached by another name."""
    there = {str(path) for path in found}
    return [path for path in stored if path not in there and _is_gone(path)]


def _is_gone(path: str) -> bool:
    try:
        os.stat(path)  # noqa: PTH116 - a Path would swallow the difference between the errors
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def folder_fault(folder: Path) -> str:
    """Why a watched folder cannot be looked at, or ""."""
    try:
        with os.scandir(folder) as entries:
            empty = next(entries, None) is None
    except FileNotFoundError:
        return "The folder is not there; if it is on a drive or a share, connect it."
    except NotADirectoryError:
        return "This is no longer a folder."
    except PermissionError:
        return "There is no permission to read the folder."
    except OSError as error:
        return f"The folder cannot be read: {error.strerror or error}."
    return "The folder is empty." if empty else ""
