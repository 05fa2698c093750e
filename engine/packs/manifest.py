"""What a pack says about itself: the typed manifest, and the rules for names inside a pack."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import Struct

from engine.errors import PackUnusable

FORMAT = 1
MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
MOST_FILES = 64
MOST_MANIFEST_BYTES = 16 << 20  # a training report with a confusion matrix of a thousand labels fits

# One flat folder of plain names: no separators, no dot in front, nothing that Windows keeps for itself.
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileEntry(Struct, frozen=True):
    """A file of a pack: sha256 in lower-case hex, and its length."""

    sha256: str
    bytes: int


class Manifest(Struct, frozen=True):
    """`version` counts from 1. Of `metrics`, `*_low` and `*_high` are the 95 % bounds of the number without them.

    `details` is what a skill keeps for itself: its data's names, its settings, its training report.
    """

    format: int
    name: str
    task: str
    version: int
    files: dict[str, FileEntry]
    created: str = ""
    languages: tuple[str, ...] = ()
    base: str = ""
    licence: str = ""
    training_data: str = ""
    metrics: dict[str, Any] = {}
    memory_mb: float = 0.0
    settings: dict[str, Any] = {}
    details: dict[str, Any] = {}


class _FormatAlone(Struct):
    format: int


def parse_manifest(body: bytes, pack: str) -> Manifest:
    """Read and check a manifest.

    Args:
        pack: what messages call the pack.
    Raises:
        PackUnusable: not JSON, not this shape, another format, or a name or digest that cannot be.
    """

    def unusable(reason: str) -> PackUnusable:
        return PackUnusable(name=pack, reason=reason)

    if len(body) > MOST_MANIFEST_BYTES:
        raise unusable(f"its manifest has more than {MOST_MANIFEST_BYTES:,} bytes.")
    try:
        number = msgspec.json.decode(body, type=_FormatAlone).format
        if number != FORMAT:
            raise unusable(f"it has format {number}, and this program reads format {FORMAT}.")
        manifest = msgspec.json.decode(body, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unusable(f"its manifest cannot be read ({error}).") from error
    if not 1 <= len(manifest.files) <= MOST_FILES:
        raise unusable(f"it lists {len(manifest.files)} files; a pack has 1 to {MOST_FILES}.")
    for name, entry in manifest.files.items():
        if not safe_name(name) or name.lower() in (MANIFEST, SIGNATURE):
            raise unusable(f"“{printable(name)}” cannot be the name of a file in a pack.")
        if entry.bytes < 0 or not _DIGEST.fullmatch(entry.sha256):
            raise unusable(f"the entry of its file {name} has no proper size and sha256.")
    if len({name.lower() for name in manifest.files}) != len(manifest.files):
        raise unusable("two of its files differ only in capital letters.")
    if manifest.version < 1 or not manifest.name.strip() or printable(manifest.name, 200) != manifest.name:
        raise unusable("its name or version cannot be.")
    return manifest


def safe_name(name: str) -> bool:
    """Whether a file of this name stays inside its folder on every system."""
    return len(name) <= 100 and _FILE_NAME.fullmatch(name) is not None and _RESERVED.match(name) is None


def printable(text: str, most: int = 80) -> str:
    """Text from a stranger's file for a message: one line, bounded, no control characters."""
    cut = "".join(one if one.isprintable() else "?" for one in text[:most])
    return cut + ("…" if len(text) > most else "")
