"""A look at a zip file's list of contents before any library unpacks it: no bombs, no protected parts."""

from __future__ import annotations

import zipfile
from pathlib import Path

from engine.errors import FileUnusable

MAX_ENTRIES = 20_000
MAX_UNPACKED = 600 * 1024 * 1024
MAX_RATIO = 250
"""XML packs about 10 to 40 times; a bomb a thousand times."""
_SMALL = 4 * 1024 * 1024


def check_zip(path: Path, needed: str, what: str) -> None:
    """Raise unless `path` is a sound zip of bounded size that holds `needed`.

    The sizes in the list can lie, but Python's zipfile never unpacks more than they say.

    Args:
        needed: name of a part that makes the file what it should be, such as "word/document.xml".
        what: "a Word document", for the message.
    """

    def unusable(reason: str) -> FileUnusable:
        return FileUnusable(path=str(path), reason=reason)

    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise unusable(f"it is not {what} (it is no zip file, or is cut short).") from error
    if len(parts) > MAX_ENTRIES:
        raise unusable(f"it has {len(parts):,} parts; {what} has at most {MAX_ENTRIES:,}.")
    if "encrypted-package" in {part.filename for part in parts}:
        raise unusable("it is protected by a password; save a copy without one.")
    if needed not in {part.filename for part in parts}:
        raise unusable(f"it is not {what} (the part {needed} is missing).")
    if any(part.flag_bits & 1 for part in parts):
        raise unusable("it is protected by a password; save a copy without one.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED:
        raise unusable(f"it would unpack to {unpacked // 2**20:,} MB; the most is {MAX_UNPACKED // 2**20} MB.")
    for part in parts:
        if part.file_size > _SMALL and part.file_size > MAX_RATIO * max(1, part.compress_size):
            raise unusable(f"its part {part.filename} unpacks to more than {MAX_RATIO} times its size (a zip bomb).")
