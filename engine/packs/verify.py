"""A pack folder is used only after every byte of it matched its manifest.

Files are read whole, hashed, and handed on as those very bytes, so nothing can change between the check and the use.
Hashing the bundled encoder's 23 MB takes 15 to 75 ms; a file's size and time are no proof, so there is no shortcut.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from engine.errors import PackUnusable
from engine.packs.manifest import MANIFEST, MOST_MANIFEST_BYTES, SIGNATURE, Manifest, parse_manifest


def verify_folder(folder: Path) -> Manifest:
    """Check that the folder holds exactly the regular files that its manifest lists, each with its size and hash.

    Raises:
        PackUnusable: anything else.
    """
    return read_pack(folder)[0]


def read_pack(folder: Path, wanted: tuple[str, ...] | None = None) -> tuple[Manifest, dict[str, bytes]]:
    """Manifest and verified files of a pack.

    Args:
        wanted: names of the files to read; None reads and verifies all, and refuses files that are not listed.
    Raises:
        PackUnusable: a file is missing, is no regular file, differs from the manifest, or is not listed in it.
    """
    manifest = parse_manifest(_read(folder, MANIFEST, MOST_MANIFEST_BYTES), folder.name)
    if wanted is None:
        present = {entry.name for entry in folder.iterdir()}
        foreign = sorted(present - manifest.files.keys() - {MANIFEST, SIGNATURE})
        if foreign:
            raise PackUnusable(name=folder.name, reason=f"the file {foreign[0]} is not in its manifest.")
    files: dict[str, bytes] = {}
    for name in manifest.files if wanted is None else wanted:
        entry = manifest.files.get(name)
        if entry is None:
            raise PackUnusable(name=folder.name, reason=f"its manifest lists no file {name}.")
        body = _read(folder, name, entry.bytes)
        if len(body) != entry.bytes or hashlib.sha256(body).hexdigest() != entry.sha256:
            raise PackUnusable(name=folder.name, reason=f"the file {name} is not the one its manifest names.")
        files[name] = body
    return manifest, files


def _read(folder: Path, name: str, most: int) -> bytes:
    """A regular file's bytes, at most one more than `most`; links, pipes and devices are refused."""
    path = folder / name
    # Windows has no O_NOFOLLOW; the look before opening covers it there, and a swap in between fails the hash.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise PackUnusable(name=folder.name, reason=f"{name} is not a regular file.")
        with os.fdopen(os.open(path, flags), "rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise PackUnusable(name=folder.name, reason=f"the file {name} is missing.") from error
    except OSError as error:
        raise PackUnusable(name=folder.name, reason=f"the file {name} cannot be read ({error.strerror}).") from error
