"""The file behind a table: is it a file at all, may it be read, and its bytes, unpacked where it is gzip.

Knows nothing of formats. A gzip bomb is stopped by its ratio while it unpacks; memory stays bounded, since
everything is read in blocks.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from engine.errors import FileMissing, FileUnusable

BLOCK_BYTES = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"
GZIP_RATIO_MAX = 300
"""Unpacked to packed size; tables pack 5 to 50 times. Counted once `GZIP_RATIO_FROM_BYTES` have come out."""
GZIP_RATIO_FROM_BYTES = 128 << 20


def shown_path(path: Path) -> str:
    """A path as text that can be stored and sent: bytes that are no UTF-8, which Linux allows, become �."""
    return os.fsencode(path).decode("utf-8", "replace")


def checked_file(path: Path) -> os.stat_result:
    """Make sure that a path is a file with content that this person may read.

    Raises:
        FileMissing: nothing is there.
        FileUnusable: a folder, a link to nowhere, a device, no permission, or no content.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            raise FileUnusable(
                path=shown_path(path), reason=f"it is a link to {shown_path(path.readlink())}, and nothing is there."
            ) from None
        raise FileMissing(path=shown_path(path)) from None
    except PermissionError:
        raise FileUnusable(path=shown_path(path), reason="you have no permission to look into its folder.") from None
    except (OSError, ValueError) as problem:  # a loop of links, a name that is too long or holds a NUL
        raise FileUnusable(path=shown_path(path), reason=f"the system cannot open it ({problem}).") from None
    if stat.S_ISDIR(status.st_mode):
        raise FileUnusable(path=shown_path(path), reason="it is a folder; choose a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise FileUnusable(path=shown_path(path), reason="it is no ordinary file.")
    if not os.access(path, os.R_OK):
        raise FileUnusable(path=shown_path(path), reason="you have no permission to read it.")
    if status.st_size == 0:
        raise FileUnusable(path=shown_path(path), reason="it is empty.")
    return status


class Stream(AbstractContextManager["Stream"]):
    """Bytes of a source from its start, unpacked."""

    def __init__(self, source: Source) -> None:
        self._source = source
        try:
            self._raw = source.path.open("rb", buffering=0)
        except OSError as problem:
            raise source.unusable(f"the system cannot open it ({problem.strerror}).") from None
        self._bytes: BinaryIO
        if source.packed:
            self._bytes = cast(BinaryIO, gzip.GzipFile(fileobj=io.BufferedReader(self._raw, BLOCK_BYTES)))
        else:
            self._bytes = self._raw
        self._given = 0

    def read(self, size: int = BLOCK_BYTES) -> bytes:
        """The next bytes, as many as asked for unless the file ends; b"" at the end."""
        parts: list[bytes] = []
        left = size
        while left > 0:
            try:
                part = self._bytes.read(left)
            except (EOFError, gzip.BadGzipFile, zlib.error):
                raise self._source.unusable("its gzip data is damaged or breaks off.") from None
            except OSError as problem:
                raise self._source.unusable(f"reading it failed ({problem.strerror or problem}).") from None
            if not part:
                break
            parts.append(part)
            left -= len(part)
        block = parts[0] if len(parts) == 1 else b"".join(parts)
        self._given += len(block)
        self._source.position = self._raw.tell()
        if self._source.packed and self._given > GZIP_RATIO_FROM_BYTES:
            ratio = self._given / max(1, self._source.position)
            if ratio > GZIP_RATIO_MAX:
                raise self._source.unusable(
                    f"it unpacks to more than {GZIP_RATIO_MAX} times its size, as files made to do harm do."
                )
        return block

    def blocks(self) -> Iterator[bytes]:
        while block := self.read():
            yield block

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bytes.close()
        self._raw.close()


class Source:
    """A readable file.

    Attributes:
        path: where it is.
        size: bytes on disk, never 0.
        packed: it is gzip, by its content.
        position: bytes on disk that the latest reader has taken, for progress.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = checked_file(path).st_size
        self.position = 0
        self.packed = False
        self.packed = self.head(2) == GZIP_MAGIC
        if self.packed and not self.head(1):
            raise self.unusable("it is empty inside its gzip packing.")

    @property
    def name(self) -> str:
        """The file's name without a final .gz, in lower case."""
        name = self.path.name.lower()
        return name.removesuffix(".gz")

    def unusable(self, reason: str) -> FileUnusable:
        return FileUnusable(path=shown_path(self.path), reason=reason)

    def open(self) -> Stream:
        return Stream(self)

    def head(self, size: int) -> bytes:
        with self.open() as stream:
            return stream.read(size)

    def whole(self, limit_bytes: int) -> BinaryIO:
        """The unpacked bytes with free seeking: the file itself, or memory if it is packed.

        Raises:
            FileUnusable: packed, and larger than the limit when unpacked.
        """
        if not self.packed:
            return self.path.open("rb")
        with self.open() as stream:
            data = stream.read(limit_bytes + 1)
        if len(data) > limit_bytes:
            raise self.unusable(f"it unpacks to more than {limit_bytes >> 20} MB; unpack it first.")
        return io.BytesIO(data)
