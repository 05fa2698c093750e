"""Write a report beside its place and move it there when it is complete: a failure leaves what stood there before."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from engine.errors import DiskFull, FileUnusable, FolderNotWritable, InputError

ENDINGS = (".html", ".htm", ".pdf")
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def check_path(path: Path, endings: Sequence[str] = ENDINGS) -> None:
    """Fail before the work where the file cannot be written.

    Raises:
        FileUnusable: the ending is none of `endings`, the path is a folder, or its folder does not exist.
    """
    if path.suffix.lower() not in endings:
        if tuple(endings) == ENDINGS:
            reason = "a report ends in .html or .pdf; give the file one of these endings."
        else:
            reason = f"a file of this kind ends in {' or '.join(endings)}; give it such an ending."
        raise FileUnusable(path=str(path), reason=reason)
    if path.is_dir():
        raise FileUnusable(path=str(path), reason="it is a folder; give the name of a file in it.")
    if not path.parent.is_dir():
        raise FileUnusable(path=str(path), reason="its folder does not exist.")


def save(path: Path, body: bytes, endings: Sequence[str] = ENDINGS) -> None:
    """Write the file whole or not at all.

    Raises:
        FileUnusable, FolderNotWritable, DiskFull: nothing is left behind.
    """
    check_path(path, endings)
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException as problem:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(problem, OSError):
            raise told(problem, path) from problem
        raise


def told(problem: OSError, path: Path) -> InputError | DiskFull:
    if problem.errno in _FULL:
        return DiskFull(path=str(path))
    if isinstance(problem, PermissionError) or problem.errno == errno.EROFS:
        return FolderNotWritable(path=str(path.parent))
    return FileUnusable(path=str(path), reason=f"it cannot be written ({problem.strerror or problem}).")
