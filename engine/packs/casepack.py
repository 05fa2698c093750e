"""One .casepack file: a zip of manifest, files and, where somebody signed it, a signature.

Reading trusts nothing: the list of contents is bounded before anything is unpacked, every name is plain, every size is
the one the manifest names, every byte is hashed, array headers are looked at. Nothing is written to disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from engine.errors import FileMissing, FolderNotWritable, PackUnusable
from engine.packs.arrays import check_arrays
from engine.packs.manifest import (
    FORMAT,
    MANIFEST,
    MOST_FILES,
    MOST_MANIFEST_BYTES,
    SIGNATURE,
    FileEntry,
    Manifest,
    parse_manifest,
    printable,
    safe_name,
)
from engine.packs.signature import sign, signer

ENDING = ".casepack"
MOST_BYTES = 512 << 20
MOST_SIGNATURE_BYTES = 4096
# What zipfile raises over damaged bytes; its own checks do not reach everywhere.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, LookupError, RuntimeError, EOFError, ValueError)
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same pack gives the same file


class Casepack(Struct, frozen=True):
    """`signed_by` is the public key (hex) of a valid signature; `raw_*` are the bytes as they came."""

    manifest: Manifest
    files: dict[str, bytes]
    signed_by: str | None
    raw_manifest: bytes
    raw_signature: bytes | None


def make_manifest(name: str, task: str, version: int, files: dict[str, bytes], **more: Any) -> Manifest:
    """A manifest over `files`; `more` are further fields of `Manifest`."""
    entries = {file: FileEntry(hashlib.sha256(body).hexdigest(), len(body)) for file, body in files.items()}
    return Manifest(format=FORMAT, name=name, task=task, version=version, files=entries, **more)


def write_casepack(path: Path, manifest: Manifest, files: dict[str, bytes], private_key: bytes | None = None) -> int:
    """Write a pack, signed when a key is given; a file of that name is replaced only once the new one is whole.

    Returns:
        The file's size in bytes.
    Raises:
        FolderNotWritable. OSError for a full disk.
    """
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    parts = {MANIFEST: text} | ({SIGNATURE: sign(text, private_key)} if private_key is not None else {})
    beside = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in (parts | dict(sorted(files.items()))).items():
                entry = zipfile.ZipInfo(name, _WHEN)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                archive.writestr(entry, body)
        beside.replace(path)
    except (PermissionError, FileNotFoundError, NotADirectoryError) as error:
        raise FolderNotWritable(path=str(path.parent)) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    return path.stat().st_size


def read_casepack(path: Path) -> Casepack:
    """Read and verify a pack.

    Raises:
        FileMissing, PackUnusable: with the first thing that is wrong.
    """
    if not path.exists():
        raise FileMissing(path=str(path))
    pack = path.name
    if not path.is_file():
        raise PackUnusable(name=pack, reason="it is not a regular file.")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _checked_parts(archive, pack)
            if MANIFEST not in parts:
                raise PackUnusable(name=pack, reason=f"it has no {MANIFEST}; it is no Casemate model.")
            raw = _unpack(archive, parts[MANIFEST], MOST_MANIFEST_BYTES, pack)
            manifest = parse_manifest(raw, pack)
            raw_signature = None
            if SIGNATURE in parts:
                raw_signature = _unpack(archive, parts[SIGNATURE], MOST_SIGNATURE_BYTES, pack)
            files = _verified_files(archive, parts, manifest, pack)
    except _DAMAGED as error:
        raise PackUnusable(name=pack, reason="it is no zip file, or is damaged.") from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise PackUnusable(name=pack, reason=f"it cannot be read ({reason}).") from error
    signed_by = signer(raw, raw_signature) if raw_signature is not None else None
    if raw_signature is not None and signed_by is None:
        raise PackUnusable(name=pack, reason="its signature does not hold: it was changed after it was signed.")
    for name, body in files.items():
        if name.endswith(".npz"):
            check_arrays(body, pack, name)
    return Casepack(manifest, files, signed_by, raw, raw_signature)


def _checked_parts(archive: zipfile.ZipFile, pack: str) -> dict[str, zipfile.ZipInfo]:
    """The list of contents, after looking at names, kinds, number and sizes alone."""
    parts = archive.infolist()
    if len(parts) > MOST_FILES + 2:
        raise PackUnusable(name=pack, reason=f"it has {len(parts):,} parts, and the most is {MOST_FILES + 2}.")
    found: dict[str, zipfile.ZipInfo] = {}
    for part in parts:
        kind = stat.S_IFMT(part.external_attr >> 16)
        plain = kind in (0, stat.S_IFREG) and not part.filename.endswith("/") and not part.flag_bits & 1
        # `orig_filename` is what the file says; `filename` is already cut at a NUL and has its slashes turned.
        if not safe_name(part.orig_filename) or not plain:
            reason = f"its part “{printable(part.orig_filename)}” is not a plain file with a plain name."
            raise PackUnusable(name=pack, reason=reason)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackUnusable(name=pack, reason=f"its part {part.filename} is packed as no model is.")
        if part.filename in found:
            raise PackUnusable(name=pack, reason=f"it has two parts named {part.filename}.")
        found[part.filename] = part
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise PackUnusable(name=pack, reason=f"it would unpack to more than {MOST_BYTES >> 20} MB.")
    return found


def _verified_files(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], manifest: Manifest, pack: str
) -> dict[str, bytes]:
    odd = sorted(manifest.files.keys() ^ (parts.keys() - {MANIFEST, SIGNATURE}))
    if odd:
        where = "in its manifest alone" if odd[0] in manifest.files else "not in its manifest"
        raise PackUnusable(name=pack, reason=f"the file {odd[0]} is {where}.")
    files: dict[str, bytes] = {}
    for name, entry in manifest.files.items():
        if parts[name].file_size != entry.bytes:
            raise PackUnusable(name=pack, reason=f"the file {name} has another size than its manifest names.")
        body = _unpack(archive, parts[name], entry.bytes, pack)
        if hashlib.sha256(body).hexdigest() != entry.sha256:
            raise PackUnusable(name=pack, reason=f"the file {name} is not the one its manifest names.")
        files[name] = body
    return files


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int, pack: str) -> bytes:
    """A part's bytes; never more than `most`, whatever the list of contents says."""
    with archive.open(part) as stream:
        body = stream.read(most + 1)
    if len(body) > most:
        raise PackUnusable(name=pack, reason=f"its part {part.filename} is larger than {most:,} bytes.")
    return body
