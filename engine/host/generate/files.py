"""The generators that are here: those that ship with the program, and GGUF files that were taken in.

A file that was taken in is a public model and no secret. It lies in a folder of its own under the user's data, outside
every workspace, beside a manifest with its hash, and serves all workspaces of this user.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.errors import DiskFull, FolderNotWritable, GgufUnusable, InputError, PackUnusable, UnknownName
from engine.packs.manifest import FORMAT, MANIFEST, MOST_MANIFEST_BYTES, FileEntry, Manifest, parse_manifest
from engine.paths import assets_folder, models_folder

TASK = "generator"
ENDING = ".gguf"
WEIGHTS = "model.gguf"
CHUNK = 8 << 20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")

OnBytes = Callable[[int, int], None]
"""Told how many bytes are done and how many there are; may raise to stop."""


class GeneratorFile(Struct, frozen=True):
    """A generator and where its weights are; `entry` says how long they are and what their hash is."""

    name: str
    path: Path
    manifest: Manifest
    entry: FileEntry
    bundled: bool


def generators() -> list[GeneratorFile]:
    """All of them, bundled ones first. A folder whose manifest cannot be read is left out."""
    return [*_in(assets_folder() / "models", bundled=True), *_in(models_folder(), bundled=False)]


def _in(root: Path, *, bundled: bool) -> Iterator[GeneratorFile]:
    if not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        if folder.name.startswith(".") or not (folder / MANIFEST).is_file():
            continue
        with contextlib.suppress(PackUnusable, OSError):
            found = _open(folder, bundled)
            if found is not None:
                yield found


def _open(folder: Path, bundled: bool) -> GeneratorFile | None:
    with (folder / MANIFEST).open("rb") as file:
        manifest = parse_manifest(file.read(MOST_MANIFEST_BYTES + 1), folder.name)
    weights = [name for name in manifest.files if name.endswith(ENDING)]
    if manifest.task != TASK or len(weights) != 1:
        return None
    return GeneratorFile(folder.name, folder / weights[0], manifest, manifest.files[weights[0]], bundled)


def find(name: str) -> GeneratorFile:
    """A generator by its name; the empty name takes the first that somebody took in, or else the bundled one.

    Raises:
        UnknownName, InputError: none is here at all.
    """
    listed = generators()
    if not listed:
        raise InputError(reason="There is no generator here yet. Take one in with: models import FILE.gguf")
    if not name:
        return next((one for one in listed if not one.bundled), listed[0])
    for one in listed:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in listed)
    raise UnknownName(what="generator", name=name, known=known)


def known(name: str) -> GeneratorFile | None:
    """The generator of this name that was taken in, if there is one."""
    return next((one for one in _in(models_folder(), bundled=False) if one.name == name), None)


def name_for(path: Path, said: str) -> str:
    """A name for a file: what its header says, or else what it is called, as far as a folder can be called so."""
    for text in (said, path.stem, "model"):
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")[:60].strip("-._")
        if name:
            return name
    raise AssertionError


def check_name(name: str) -> None:
    """Raise unless a folder may be called so. Raises: PackUnusable."""
    if not _NAME.fullmatch(name) or name.endswith("."):
        raise PackUnusable(name=name, reason="a name has letters, digits, dots and dashes, 80 at most.")


def hash_of(path: Path, on_bytes: OnBytes) -> tuple[str, int]:
    """SHA-256 and length of a file. Raises: GgufUnusable."""
    digest, done = hashlib.sha256(), 0
    try:
        total = path.stat().st_size
        with path.open("rb", buffering=0) as file:
            while block := file.read(CHUNK):
                digest.update(block)
                done += len(block)
                on_bytes(done, total)
    except OSError as error:
        raise GgufUnusable(path=str(path), reason=f"it cannot be read ({error.strerror}).") from error
    return digest.hexdigest(), done


def check(one: GeneratorFile, on_bytes: OnBytes) -> None:
    """Raise unless the weights are byte for byte those of the manifest. Raises: PackUnusable."""
    if not one.path.is_file() or one.path.stat().st_size != one.entry.bytes:
        raise PackUnusable(name=one.name, reason=f"the file {one.path.name} is missing or has another size.")
    if hash_of(one.path, on_bytes)[0] != one.entry.sha256:
        raise PackUnusable(name=one.name, reason=f"the file {one.path.name} is not the one its manifest names.")


@contextlib.contextmanager
def taken_in(source: Path, name: str, on_bytes: OnBytes) -> Iterator[tuple[Path, FileEntry]]:
    """Copy a file into a folder that nobody sees yet. It is gone after the block, unless `keep` put it in place.

    Yields:
        The copy, and its hash and length.
    Raises:
        DiskFull, FolderNotWritable, GgufUnusable.
    """
    size = source.stat().st_size
    with hidden(name) as copy:
        check_room(copy, size)
        yield copy, _copied(source, copy, on_bytes)


def check_room(place: Path, size: int) -> None:
    """Raise unless the disk has room for a file at a place whose folder exists. Raises: DiskFull."""
    if shutil.disk_usage(place.parent).free < size + CHUNK:
        raise DiskFull(path=str(place.parent.parent))


@contextlib.contextmanager
def hidden(name: str) -> Iterator[Path]:
    """A folder that nobody sees yet; yields where the weights go. It is gone after the block, unless `keep` put it in
    place.

    Raises:
        DiskFull, FolderNotWritable.
    """
    folder = models_folder() / f".{name}.{os.getpid()}.part"
    try:
        _clear(folder)
        folder.mkdir(parents=True)
        yield folder / WEIGHTS
    except PermissionError as error:
        raise FolderNotWritable(path=str(folder.parent)) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise DiskFull(path=str(folder.parent)) from error
        raise
    finally:
        _clear(folder)


def _copied(source: Path, target: Path, on_bytes: OnBytes) -> FileEntry:
    digest, done = hashlib.sha256(), 0
    total = source.stat().st_size
    with source.open("rb", buffering=0) as read, target.open("wb", buffering=0) as written:
        while block := read.read(CHUNK):
            digest.update(block)
            written.write(block)
            done += len(block)
            on_bytes(done, total)
        os.fsync(written.fileno())
    return FileEntry(digest.hexdigest(), done)


def keep(copy: Path, manifest: Manifest) -> None:
    """Put a copy in its place under the manifest's name, with the manifest beside it."""
    (copy.parent / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    copy.parent.rename(models_folder() / manifest.name)


def manifest_for(name: str, entry: FileEntry, licence: str, memory_mb: float, details: dict[str, object]) -> Manifest:
    from datetime import UTC, datetime

    return Manifest(
        format=FORMAT,
        name=name,
        task=TASK,
        version=1,
        files={WEIGHTS: entry},
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        licence=licence,
        memory_mb=round(memory_mb, 1),
        details=details,
    )


def remove(one: GeneratorFile) -> None:
    """Remove a generator that was taken in. Raises: FolderNotWritable."""
    try:
        hidden = one.path.parent.with_name(f".{one.name}.gone")
        _clear(hidden)
        one.path.parent.rename(hidden)
        _clear(hidden)
    except OSError as error:
        raise FolderNotWritable(path=str(one.path.parent)) from error


def _clear(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
