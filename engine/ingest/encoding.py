"""Which encoding a text has, decided from its bytes; the one decision for documents and for tables.

Order of evidence: byte order mark; UTF-16 by its halved letters; UTF-8 by its strict shape; then GB18030 (so also
GBK and GB2312) against Latin-1 and its Windows sister by how the high bytes stand together: Chinese comes in runs
of pairs, European accents stand alone between letters. That works on a single short line, where letter statistics
do not. Anything else with many high bytes (Cyrillic, Big5, Japanese, Korean) is left to charset-normalizer and named
as a guess.
"""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from engine.errors import FileUnusable
from engine.ingest.encoding_signs import (
    HIGH_RUN,
    is_binary,
    looks_chinese,
    mixes_scripts,
    reads_chinese,
    utf8_share,
    utf16_order,
)  # fmt: skip

HEAD_BYTES = 1 << 16
EVIDENCE_BYTES = 1 << 18
CONTEXT_BYTES = 1 << 12
ENOUGH_BYTES = 40
"""High bytes from which on frequencies say something."""
_HIGH = re.compile(rb"[\x80-\xff]")
_BOMS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_OTHERS = [
    "big5", "shift_jis", "euc_jp", "euc_kr", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256",
]  # fmt: skip


class Encoding(Struct, frozen=True):
    """`name` is shown to people, `codec` reads it after `skip` bytes; `guessed` asks for a warning."""

    name: str
    codec: str
    skip: int = 0
    guessed: bool = False

    @property
    def wide(self) -> bool:
        """Zero bytes belong to it."""
        return self.codec.startswith(("utf-16", "utf-32"))

    def warnings(self) -> tuple[str, ...]:
        if not self.guessed:
            return ()
        return (f"The encoding is not marked; {self.name} was guessed. Check the texts.",)


UTF8 = Encoding("utf-8", "utf-8")


def detect_encoding(head: bytes, *, whole: bool = True) -> Encoding:
    """Decide the encoding of a text.

    Args:
        head: the text, or its first part (64 KB or more is enough to be sure).
        whole: `head` is all of it; otherwise a character cut off at its end is no fault.
    Returns:
        For a text that is UTF-8 but for some wrong bytes, UTF-8: decoding it tells where it breaks.
    """
    told = told_by_head(head[:HEAD_BYTES])
    if told:
        return told
    lines, cut = high_lines(head)
    return decide(lines, cut=cut or not whole)


def told_by_head(head: bytes) -> Encoding | None:
    """The encoding that a byte order mark or the pattern of UTF-16 tells, or None."""
    for mark, name, codec in _BOMS:
        if head.startswith(mark):
            return Encoding(name, codec, len(mark))
    wide = utf16_order(head)
    return Encoding(wide, wide) if wide else None


def high_lines(data: bytes, limit: int = EVIDENCE_BYTES) -> tuple[list[bytes], bool]:
    """Lines that hold bytes above 127, until there are `limit` bytes of them.

    Returns:
        The lines, and whether the last one was cut off because it is longer than that.
    """
    found: list[bytes] = []
    if data.isascii():  # much faster than a search
        return found, False
    at = size = 0
    while size < limit and (high := _HIGH.search(data, at)):
        # Of a text in one endless line, the part from its first high byte on says enough.
        begin = max(data.rfind(b"\n", at, high.start()) + 1, high.start() - CONTEXT_BYTES, at)
        at = data.find(b"\n", high.end()) + 1 or len(data)
        if at - begin > limit:
            return [*found, data[begin : begin + limit]], True
        found.append(data[begin:at])
        size += at - begin
    return found, False


def decide(lines: list[bytes], *, is_json: bool = False, cut: bool = False) -> Encoding:
    """Decide between 8-bit encodings.

    Args:
        lines: those that hold high bytes (none: plain ASCII, which is UTF-8).
        is_json: JSON is UTF-8 wherever it can be, by its standard (RFC 8259).
        cut: the last line may end inside a character.
    """
    if not lines:
        return UTF8
    data = b"\n".join(lines)
    high = sum(map(len, HIGH_RUN.findall(data)))
    # By chance a line of another encoding is hardly ever valid UTF-8, so half of them valid means a UTF-8 file
    # with foreign lines in it. A text in one long line is the same with its bytes.
    if _valid(lines, "utf-8", cut) >= 0.5:
        by_chance = not is_json and mixes_scripts(data) and looks_chinese(data)
        if not by_chance:
            return UTF8
    elif high >= ENOUGH_BYTES and utf8_share(data, high) >= 0.9:
        return UTF8
    if _valid(lines, "gb18030", cut) >= 0.8 and looks_chinese(data) and (high < ENOUGH_BYTES or reads_chinese(data)):
        return Encoding("gb18030", "gb18030")
    if high >= ENOUGH_BYTES and high > 0.35 * len(data):
        other = _ask_library(data)
        if other:
            return other
    in_c1 = any(0x80 <= byte < 0xA0 for byte in data)
    return Encoding("cp1252" if in_c1 else "latin-1", "cp1252")


def decode(data: bytes, path: str = "The text", *, declared: str | None = None) -> tuple[str, Encoding]:
    """Decode a whole text.

    Args:
        data: all its bytes.
        path: what to call it in an error.
        declared: the encoding that the text itself names; it counts where the bytes alone leave doubt, if it holds.
    Returns:
        The text without byte order mark and line ends as they were, and its encoding.
    Raises:
        FileUnusable: the bytes are no text, or break at a position (which the reason names).
    """
    encoding = detect_encoding(data)
    if not encoding.wide and is_binary(data[:HEAD_BYTES]):
        raise FileUnusable(path=path, reason="it holds binary data, not text.")
    text = None
    if declared and encoding.codec != "utf-8" and not encoding.wide:
        text = _as_declared(data, declared)
    if text is not None:
        encoding = Encoding(str(declared).lower(), str(declared))
    else:
        text = _strict(data, encoding, path)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileUnusable(path=path, reason=f"it holds binary data, not text (a NUL byte in line {line}).")
    return text, encoding


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        return data.decode(declared)
    except (LookupError, ValueError):
        return None


def _strict(data: bytes, encoding: Encoding, path: str) -> str:
    try:
        return data[encoding.skip :].decode(encoding.codec)
    except UnicodeDecodeError as error:
        position = encoding.skip + error.start
        line = data.count(b"\n", 0, position) + 1
        name = encoding.name.removesuffix("-sig").upper()
        raise FileUnusable(
            path=path,
            reason=f"its text is {name}, but at byte {position} (line {line}) stands something else; "
            "it may mix several encodings.",
        ) from error


def _valid(lines: list[bytes], codec: str, cut: bool) -> float:
    """Share of the lines that the codec reads."""
    last = len(lines) - 1
    return sum(_decodes(line, codec, final=not cut or number < last) for number, line in enumerate(lines)) / len(lines)


def _decodes(line: bytes, codec: str, *, final: bool) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(line, final)
    except UnicodeDecodeError:
        return False
    return True


def _ask_library(data: bytes) -> Encoding | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:HEAD_BYTES], cp_isolation=_OTHERS, preemptive_behaviour=False).best()
    if best is None:
        return None
    return Encoding(best.encoding, best.encoding, guessed=True)
