"""Reads a file from front to back through a small window, and never more of it than allowed."""

from __future__ import annotations

import struct
from typing import BinaryIO

CHUNK = 256 << 10


class EndOfFile(Exception):
    """More was asked for than the file holds, at the byte `at`."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class TooMuch(Exception):
    """The header is longer than any header needs to be."""


class Window:
    """A cursor over an open file. What is skipped is not read where it lies beyond the window.

    Args:
        file: open for reading in binary.
        size: the file's length in bytes.
        most: bytes that may be read in all.
    """

    def __init__(self, file: BinaryIO, size: int, most: int) -> None:
        self._file, self.size, self._left = file, size, most
        self._held = b""
        self._start = 0  # of the window in the file
        self._at = 0  # of the cursor in the window

    @property
    def at(self) -> int:
        """Where the cursor stands in the file."""
        return self._start + self._at

    def need(self, count: int) -> None:
        """Have the next `count` bytes in the window."""
        if self._at + count <= len(self._held):
            return
        at = self.at
        if count > self.size - at:
            raise EndOfFile(at)
        wanted = min(max(count, CHUNK), self.size - at)
        if wanted > self._left:
            if count > self._left:
                raise TooMuch
            wanted = self._left
        self._file.seek(at)
        self._held = self._file.read(wanted)
        self._left -= len(self._held)
        self._start, self._at = at, 0
        if len(self._held) < count:
            raise EndOfFile(at)

    def take(self, count: int) -> bytes:
        self.need(count)
        self._at += count
        return self._held[self._at - count : self._at]

    def skip(self, count: int) -> None:
        """Go on without reading."""
        if count > self.size - self.at:
            raise EndOfFile(self.at)
        self._at += count
        if self._at > len(self._held):
            self._start, self._at, self._held = self.at, 0, b""

    def u32(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def u64(self) -> int:
        return int.from_bytes(self.take(8), "little")

    def skip_strings(self, count: int) -> int:
        """Pass `count` strings, each a length of 8 bytes and that many bytes; returns the longest one's length."""
        unpack = struct.Struct("<Q").unpack_from
        longest = 0
        while count:
            self.need(8)
            held, at, end = self._held, self._at, len(self._held) - 8
            while count and at <= end:
                (length,) = unpack(held, at)
                at += 8 + length
                count -= 1
                if length > longest:
                    longest = length
            over = at - len(held)
            if over > 0:  # the last one reaches beyond the window
                self._at = len(held)
                self.skip(over)
            else:
                self._at = at
        return longest
