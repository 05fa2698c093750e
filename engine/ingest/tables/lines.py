"""Bytes to physical lines of text, in bounded memory, with what could not be read marked in place.

A byte sequence that does not belong to the file's encoding becomes `BAD`; in a file of an 8-bit encoding, a line
that is UTF-8 becomes `FOREIGN` marks, since decoding it would give readable nonsense. Both marks are lone
surrogates, which no text can hold, so rows that carry them can be told and refused with their line.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from engine.ingest.encoding import Encoding
from engine.ingest.tables.source import Source

BAD = "\udcff"
FOREIGN = "\udcfe"
LINE_MAX_CHARS = 32 << 20
LONG_LINE_CHARS = 200_000
"""Lines beyond this may hold a cell that is too large and are looked at more closely."""
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")


def _mark(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return BAD, error.end
    raise error


codecs.register_error("casemate.mark", _mark)


class TextLines:
    """Physical lines of a file, each with its line end.

    Attributes:
        flagged: lines now coming may hold marks, NUL characters or very long cells.
        ended: the last line has been given and more was asked for.
    """

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self._source = source
        self._encoding = encoding
        self.flagged = False
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        carry = ""
        for text in self._decoded():
            text = carry + text if carry else text
            # A carriage return at the very end may be half of \r\n, so the cut is before it.
            cut = max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1
            carry = text[cut:]
            if len(carry) > LINE_MAX_CHARS:
                raise self._source.unusable(
                    f"it has a line of more than {LINE_MAX_CHARS >> 20} million characters; that is no table."
                )
            if cut:
                yield from self._lines(text[:cut])
        if carry:
            yield from self._lines(carry)
        self.ended = True

    def _lines(self, text: str) -> list[str]:
        lines = io.StringIO(text, newline="").readlines()
        self.flagged = "\0" in text or BAD in text or FOREIGN in text or max(map(len, lines)) > LONG_LINE_CHARS
        return lines

    def _decoded(self) -> Iterator[str]:
        encoding = self._encoding
        decoder = codecs.getincrementaldecoder(encoding.codec)("casemate.mark")
        legacy = encoding.codec == "gb18030" or encoding.codec.startswith("cp")
        carry = b""
        with self._source.open() as stream:
            if encoding.skip:
                stream.read(encoding.skip)
            for block in stream.blocks():
                if legacy and not (carry.isascii() and block.isascii()):
                    data = carry + block
                    cut = data.rfind(b"\n") + 1
                    carry = data[cut:]
                    if len(carry) <= 2 * LINE_MAX_CHARS:
                        yield "".join([self._legacy_line(line) for line in data[:cut].splitlines(keepends=True)])
                        continue
                    block, carry = carry, b""
                elif carry:
                    block, carry = carry + block, b""
                yield decoder.decode(block)
        if carry:
            yield self._legacy_line(carry)
        yield decoder.decode(b"", final=True)

    def _legacy_line(self, line: bytes) -> str:
        if line.isascii():
            return line.decode("ascii")
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            return line.decode(self._encoding.codec, "casemate.mark")
        # Two Chinese characters in GB18030 are valid UTF-8 now and then, but then as letters of other scripts.
        if self._encoding.codec == "gb18030" and not all(map(_is_east_asian, _NON_ASCII.findall(text))):
            return line.decode(self._encoding.codec, "casemate.mark")
        return _NON_ASCII.sub(FOREIGN, text)


def _is_east_asian(run: str) -> bool:
    return all("⺀" <= char <= "鿿" or "\uff00" <= char <= "\uffef" or "‐" <= char <= "…" for char in run)
