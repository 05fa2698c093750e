"""Which encoding a text file has, decided from its bytes.

Order of evidence: byte order mark; UTF-16 by its zero bytes; UTF-8 by its strict shape; then GB18030 against
Latin-1 (Windows-1252) by how the high bytes stand together: Chinese comes in runs of pairs, European accents stand
alone between letters. That works on a single short line, where letter statistics do not. Anything else with many
high bytes (Cyrillic, Big5, Japanese, Korean) is left to charset-normalizer and named as a guess.
"""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from engine.ingest.tables.source import Source

HEAD_BYTES = 1 << 16
EVIDENCE_BYTES = 1 << 18
SCAN_BYTES = 512 << 20
ENOUGH_BYTES = 40
"""High bytes from which on frequencies say something."""
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# One letter of two bytes in UTF-8 beside a plain letter: a word with an accent.
_AMONG_LETTERS = re.compile(
    rb"[A-Za-z][\xc2-\xdf][\x80-\xbf](?![\x80-\xff])|(?<![\x80-\xff])[\xc2-\xdf][\x80-\xbf][A-Za-z]"
)
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_PLAIN_CHARS = frozenset(_PLAIN.decode("ascii"))
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


UTF8 = Encoding("utf-8", "utf-8")


def detect_encoding(source: Source) -> Encoding:
    """Decide the encoding of a whole file; reads on until there is enough evidence."""
    head = source.head(HEAD_BYTES)
    for bom, name, codec in _BOMS:
        if head.startswith(bom):
            return Encoding(name, codec, len(bom))
    wide = _utf16_without_bom(head)
    if wide:
        return Encoding(wide, wide)
    is_json = head.lstrip()[:1] in (b"{", b"[")
    return decide(_high_lines(source), is_json=is_json)


def _utf16_without_bom(head: bytes) -> str | None:
    """UTF-16 shows by its zero bytes: half of each plain letter, delimiter and line end is one."""
    if 0 not in head or len(head.translate(None, _PLAIN)) < 0.1 * len(head):
        return None  # plain text with a few zero bytes in it is damaged, but not UTF-16
    best: tuple[int, str] = (0, "")
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = codecs.getincrementaldecoder(codec)().decode(head)
        except UnicodeDecodeError:
            continue
        # In the wrong order plain letters turn into rare ones, and hardly any rare one into a plain letter.
        plain = sum(char in _PLAIN_CHARS for char in text)
        if "\0" not in text and any(mark in text for mark in "\n\r,;\t|"):
            best = max(best, (plain, codec))
    return best[1] or None


def _high_lines(source: Source) -> list[bytes]:
    """Lines that hold bytes above 127, up to `EVIDENCE_BYTES` of them."""
    found: list[bytes] = []
    size = scanned = 0
    carry = b""
    with source.open() as stream:
        for block in stream.blocks():
            scanned += len(block)
            if block.isascii() and carry.isascii():
                carry = b""
            else:
                data = carry + block
                cut = data.rfind(b"\n") + 1 or len(data)
                carry = data[cut:]
                at = 0
                while size < EVIDENCE_BYTES and (high := _HIGH.search(data, at, cut)):
                    begin = data.rfind(b"\n", 0, high.start()) + 1
                    at = data.find(b"\n", high.end(), cut) + 1 or cut
                    found.append(data[begin:at])
                    size += at - begin
            if size >= EVIDENCE_BYTES:
                return found
            if scanned >= SCAN_BYTES:
                break
    if not carry.isascii():
        found.append(carry)
    return found


def decide(lines: list[bytes], *, is_json: bool = False) -> Encoding:
    """Decide between 8-bit encodings from lines that hold high bytes (none: plain ASCII, which is UTF-8).

    JSON is UTF-8 wherever it can be, by its standard (RFC 8259).
    """
    if not lines:
        return UTF8
    data = b"\n".join(lines)
    as_utf8 = sum(_decodes(line, "utf-8") for line in lines)
    # By chance a line of another encoding is hardly ever valid UTF-8, so half of them valid means a UTF-8 file
    # with foreign lines in it; those lines are refused one by one when they are read.
    by_chance = not is_json and _mixes_scripts(data) and _looks_chinese(data)
    if as_utf8 * 2 >= len(lines) and not by_chance:
        return UTF8
    high = sum(map(len, _HIGH_RUN.findall(data)))
    as_gb = sum(_decodes(line, "gb18030") for line in lines)
    if as_gb >= 0.8 * len(lines) and _looks_chinese(data) and (high < ENOUGH_BYTES or _everyday(data) >= 0.6):
        return Encoding("gb18030", "gb18030")
    if high >= ENOUGH_BYTES and high > 0.35 * len(data):
        other = _ask_library(data)
        if other:
            return other
    in_c1 = any(0x80 <= byte < 0xA0 for byte in data)
    return Encoding("cp1252" if in_c1 else "latin-1", "cp1252")


def _decodes(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _mixes_scripts(data: bytes) -> bool:
    """Valid as UTF-8 only by chance: few characters, all of two bytes, from scripts that do not go together.

    The two characters of 纽约 in GB18030, for one, are valid UTF-8 for a Latin and an Armenian letter.
    """
    if len(data) > 4 * ENOUGH_BYTES or _AMONG_LETTERS.search(data):
        return False
    codes = [ord(char) for char in data.decode("utf-8", "ignore") if ord(char) > 0x7F]
    if not codes or max(codes) > 0x7FF:
        return False
    blocks = {0 if code < 0x180 else 3 if code < 0x400 else 4 if code < 0x530 else code >> 8 for code in codes}
    unusual = any(0x180 <= code < 0x370 or 0x530 <= code < 0x590 or code >= 0x700 for code in codes)
    return unusual or len(blocks) > 1


def _everyday(data: bytes) -> float:
    """Share of the characters outside ASCII, read as GB18030, that GB 2312 calls common."""
    wide = [char for char in data.decode("gb18030", "ignore") if ord(char) > 0x7F]
    pairs = [char.encode("gb18030") for char in wide]
    common = sum(len(pair) == 2 and pair[1] >= 0xA1 and _is_common(pair[0]) for pair in pairs)
    return common / max(1, len(pairs))


def _is_common(lead: int) -> bool:
    """First byte of the first level of GB 2312 (the 3755 commonest characters) or of its punctuation."""
    return 0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3


def _looks_chinese(data: bytes) -> bool:
    """Weigh runs of high bytes: pairs of the GB 2312 table against lone accented letters."""
    chinese = latin = 0.0
    for match in _HIGH_RUN.finditer(data):
        run = match[0]
        before = data[max(0, match.start() - 1) : match.start()].isalpha()
        after = data[match.end() : match.end() + 1].isalpha()
        pairs = len(run) // 2
        if len(run) % 2 or not all(0xA1 <= byte <= 0xFE for byte in run):
            # GBK's second bytes below 0x80 split runs of Chinese too, so only lone bytes speak for Latin.
            latin += 1.0 if len(run) == 1 else 0.0
            chinese += 0.5 * pairs if len(run) > 2 else 0.0
            continue
        common = sum(map(_is_common, run[::2]))
        if pairs == 1 and before and after:
            latin += 0.5 if common else 1.0
        elif common * 2 >= pairs:
            chinese += pairs
        elif before or after:
            latin += 1.0
        else:
            chinese += 0.5 * pairs
    return chinese > latin


def _ask_library(data: bytes) -> Encoding | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:HEAD_BYTES], cp_isolation=_OTHERS, preemptive_behaviour=False).best()
    if best is None:
        return None
    return Encoding(best.encoding, best.encoding, guessed=True)
