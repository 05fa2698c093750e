"""Which encoding a text is in, found from its bytes alone.

Known: UTF-8 with and without a byte order mark, UTF-16 and UTF-32 with one, UTF-16 without one, GB18030 (so also
GBK and GB2312), Latin-1 and its Windows sister cp1252. Other encodings (Windows-1251, Shift-JIS, Big5 ...) are
not told apart: they come out as one of the above or as unusable. Reading rows or pages
is left to the callers.
"""

from __future__ import annotations

import codecs
import re

from engine.errors import FileUnusable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EVIDENCE_BYTES = 1 << 20
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf4][\x80-\xbf]{3}"
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_UNDEFINED_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# The characters that any page of Chinese, simplified or traditional, is full of.
_COMMON_CJK = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里用道"
    "行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意"
    "无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應向头頭文体體政美相见見被利什二"
    "等产產新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平"
    "系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五"
    "基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運请請谢謝您姓名京城店货貨退换換购買买单單价價医醫药藥"
)


def detect_encoding(head: bytes, *, whole: bool, path: str = "The text") -> str:
    """Name the encoding of a text.

    Args:
        head: the text, or its first part (64 KB or more is enough to be sure).
        whole: `head` is all of it; otherwise a character cut off at its end is no fault.
        path: what to call the text in an error.
    Returns:
        A name that Python knows: utf-8, utf-8-sig, utf-16 or utf-32 (both with a byte order mark), utf-16-le,
        utf-16-be, gb18030, latin-1 or cp1252. A text that is UTF-8 but for some wrong bytes is called utf-8:
        decoding it tells where it breaks.
    Raises:
        FileUnusable: the bytes are no text at all.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    nuls = head.count(0)
    wide = _wide(head, nuls)
    if wide is not None:
        return wide
    if nuls > max(2, len(head) // 20):
        raise FileUnusable(
            path=path, reason=f"it holds binary data, not text (first NUL byte at position {head.index(0)})."
        )
    if _is_utf8(head, whole):
        return "utf-8"
    return _legacy(head[:_EVIDENCE_BYTES], whole and len(head) <= _EVIDENCE_BYTES, path)


def decode(data: bytes, path: str = "The text") -> tuple[str, str]:
    """Decode a whole text.

    Returns:
        The text without byte order mark and line ends as they were, and the name of its encoding.
    Raises:
        FileUnusable: the bytes are no text, or break at a position (which the reason names).
    """
    encoding = detect_encoding(data, whole=True, path=path)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise undecodable(path, encoding, error.start, data[: error.start].count(b"\n") + 1) from error
    return text.removeprefix("\ufeff"), encoding


def undecodable(path: str, encoding: str, position: int, line: int | None = None) -> FileUnusable:
    """The error for bytes that break their encoding; `position` counts bytes from 0, `line` from 1."""
    name = "UTF-8" if encoding.startswith("utf-8") else encoding.upper()
    where = f"at byte {position}" + (f" (line {line})" if line else "")
    return FileUnusable(
        path=path,
        reason=f"its text is {name}, but {where} stands something else; it may mix several encodings.",
    )


def _is_utf8(head: bytes, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes, nuls: int) -> str | None:
    """UTF-16 without a byte order mark, or None."""
    body = head[: min(len(head), _EVIDENCE_BYTES) // 2 * 2]
    if len(head) % 2 and len(head) < _EVIDENCE_BYTES and nuls == 0:
        return None
    if not body or not (nuls or _CONTROLS.search(body) or not _is_utf8(body, whole=False)):
        return None
    best: tuple[float, str] = (0.0, "")
    for name, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = body[high::2].count(0)
        text = codecs.getincrementaldecoder(name)(errors="replace").decode(body)
        if not text:
            continue
        plausible = sum(map(_plausible, text)) / len(text)
        common = sum(c in _COMMON_CJK for c in text) / len(text)
        latin = zeros / (len(body) // 2)
        # Latin letters have a zero half; ASCII read two bytes at a time gives Chinese, but no common Chinese.
        if plausible >= 0.97 and common + latin >= (0.25 if nuls else 0.1):
            best = max(best, (plausible + common + latin, name))
    return best[1] or None


def _plausible(char: str) -> bool:
    code = ord(char)
    if code < 0x20:
        return char in "\t\n\r\f\x1b"
    return (
        code < 0x7F
        or 0xA0 <= code <= 0x24F
        or 0x370 <= code <= 0x6FF
        or 0x2010 <= code <= 0x206F
        or 0x20A0 <= code <= 0x22FF
        or 0x2460 <= code <= 0x27BF
        or 0x3000 <= code <= 0x30FF
        or 0x4E00 <= code <= 0x9FFF
        or 0xAC00 <= code <= 0xD7A3
        or 0xFF00 <= code <= 0xFFEF
        or code == 0xFEFF
    )


def _legacy(head: bytes, whole: bool, path: str) -> str:
    """GB18030 or Latin-1 for bytes that are not UTF-8; utf-8 for UTF-8 with some wrong bytes."""
    runs = [found.span() for found in _HIGH_RUN.finditer(head)]
    high = sum(end - start for start, end in runs)
    everyday, common = _chinese(head, whole)
    in_utf8 = sum(len(found) for found in _UTF8_SEQUENCE.findall(head)) / high
    if in_utf8 >= 0.5 and (in_utf8 >= 0.9 or everyday < 0.85):
        return "utf-8"
    # A letter with an accent stands alone between plain letters; a Chinese character stands among its like.
    sides = [_letters_beside(head, start, end) for start, end in runs]
    one, both = (sum(count >= least for count in sides) / len(runs) for least in (1, 2))
    lonely = high / len(runs) < 2.2 and (both >= 0.5 or (one >= 0.5 and everyday < 0.9))
    if not lonely and (everyday >= 0.6 or common >= 0.1):
        return "gb18030"
    if common >= 0.25:  # a Chinese text whose rare characters have plain letters as their second byte
        return "gb18030"
    if _CONTROLS.search(head) and len(_CONTROLS.findall(head)) > len(head) // 50:
        raise FileUnusable(path=path, reason="it holds binary data, not text.")
    windows = any(0x80 <= byte <= 0x9F for start, end in runs for byte in head[start:end])
    return "cp1252" if windows and not _UNDEFINED_1252.search(head) else "latin-1"


def _letters_beside(head: bytes, start: int, end: int) -> int:
    """On how many sides (0..2) a run of bytes touches a plain letter."""
    return head[max(0, start - 1) : start].isalpha() + head[end : end + 1].isalpha()


def _chinese(head: bytes, whole: bool) -> tuple[float, float]:
    """How Chinese the bytes look as GB18030.

    Returns:
        Share of the characters outside ASCII that are in everyday use (first level of GB 2312 and its
        punctuation), and share that is among the few hundred commonest. Both 0 if the bytes do not decode.
    """
    decoder = codecs.getincrementaldecoder("gb18030")()
    try:
        text = decoder.decode(head, final=whole)
    except UnicodeDecodeError:
        return 0.0, 0.0
    wide = [char for char in text if ord(char) > 0x7F]
    if not wide or not all(map(_plausible, wide[:2000])):
        return 0.0, 0.0
    everyday = 0
    for char in wide:
        pair = char.encode("gb18030")
        if len(pair) == 2 and pair[1] >= 0xA1 and (0xA1 <= pair[0] <= 0xA3 or 0xB0 <= pair[0] <= 0xD7):
            everyday += 1
    return everyday / len(wide), sum(char in _COMMON_CJK for char in wide) / len(wide)
