"""Signs in raw bytes of UTF-16 without a mark, and of Chinese against accented Latin letters.

Pure measures over bytes; `engine.ingest.encoding` weighs them.
"""

from __future__ import annotations

import codecs
import re

HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_CONTROLS = bytes(set(range(1, 32)) - set(b"\x01\t\n\f\r\x1b\x1e\x1f"))
_NUL_BYTES_BORNE = 16
_SHORT_BYTES = 160
# One letter of two bytes in UTF-8 beside a plain letter: a word with an accent.
_AMONG_LETTERS = re.compile(
    rb"[A-Za-z][\xc2-\xdf][\x80-\xbf](?![\x80-\xff])|(?<![\x80-\xff])[\xc2-\xdf][\x80-\xbf][A-Za-z]"
)
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf4][\x80-\xbf]{3}"
)
# The characters that any page of Chinese, simplified or traditional, is full of.
_COMMON_CHINESE = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里用道"
    "行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意"
    "无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應向头頭文体體政美相见見被利什二"
    "等产產新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平"
    "系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五"
    "基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運请請谢謝您姓名京城店货貨退换換购買买单單价價医醫药藥"
)


def is_binary(head: bytes) -> bool:
    """Whether bytes, which are neither UTF-16 nor UTF-32, are no text; a few zero and control bytes are damage."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls + max(0, head.count(0) - _NUL_BYTES_BORNE) > 0.02 * len(head) + 2


def utf16_order(head: bytes) -> str | None:
    """utf-16-le or utf-16-be for UTF-16 without a mark, or None.

    Plain letters, delimiters and line ends show by their zero half, other alphabets by a half that is a control
    character in every other encoding, and Chinese by its commonest characters.
    """
    body = head[: len(head) // 2 * 2]
    zeros = body.count(0)
    controls = len(body) - len(body.translate(None, _CONTROLS + b"\x01\x1b\x1e\x1f"))
    if not body or not (zeros or (len(body) == len(head) and (controls or not _is_utf8_so_far(body)))):
        return None
    # Plain text with a few zero bytes in it is damaged, but not UTF-16.
    halved = zeros > 0 and len(body.translate(None, _PLAIN)) >= 0.1 * len(body)
    best: tuple[float, str] = (0.0, "")
    for name in ("utf-16-le", "utf-16-be"):
        text = codecs.getincrementaldecoder(name)("replace").decode(body)
        plausible = sum(map(_is_plausible, text)) / max(1, len(text))
        # Plain ASCII read two bytes at a time gives Chinese too, but not the common one.
        known = sum(_is_alphabetic(char) or char in _COMMON_CHINESE for char in text) / max(1, len(text))
        separated = halved and any(mark in text for mark in "\n\r,;\t|")
        if plausible >= 0.97 and (separated or known >= (0.25 if zeros else 0.1)):
            best = max(best, (plausible + known, name))
    return best[1] or None


def _is_utf8_so_far(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _is_alphabetic(char: str) -> bool:
    """Of the European and Near Eastern alphabets, or a sign or line end between them."""
    return " " <= char <= "~" or "\xa0" <= char <= "ۿ" or char in "\t\n\r"


def _is_plausible(char: str) -> bool:
    """Of a script or set of signs that people write in, which leaves out rare, private and unassigned ranges."""
    code = ord(char)
    return (
        _is_alphabetic(char)
        or char in "\f\x1b\ufeff"
        or 0x700 <= code <= 0x206F
        or 0x20A0 <= code <= 0x22FF
        or 0x2460 <= code <= 0x27BF
        or 0x3000 <= code <= 0x30FF
        or 0x4E00 <= code <= 0x9FFF
        or 0xAC00 <= code <= 0xD7A3
        or 0xFF00 <= code <= 0xFFEF
        or 0x1F000 <= code <= 0x2FFFF
    )


def utf8_share(data: bytes, high: int) -> float:
    """Share of the `high` bytes above 127 that stand in whole characters of UTF-8."""
    return sum(map(len, _UTF8_CHARACTER.findall(data))) / max(1, high)


def mixes_scripts(data: bytes) -> bool:
    """Valid as UTF-8 only by chance: few characters, all of two bytes, from scripts that do not go together.

    The two characters of 纽约 in GB18030, for one, are valid UTF-8 for a Latin and an Armenian letter.
    """
    if len(data) > _SHORT_BYTES or _AMONG_LETTERS.search(data):
        return False
    codes = [ord(char) for char in data.decode("utf-8", "ignore") if ord(char) > 0x7F]
    if not codes or max(codes) > 0x7FF:
        return False
    blocks = {0 if code < 0x180 else 3 if code < 0x400 else 4 if code < 0x530 else code >> 8 for code in codes}
    unusual = any(0x180 <= code < 0x370 or 0x530 <= code < 0x590 or code >= 0x700 for code in codes)
    return unusual or len(blocks) > 1


def reads_chinese(data: bytes) -> bool:
    """Whether data, read as GB18030, is made of characters that Chinese is mostly written with."""
    wide = [char for char in data.decode("gb18030", "ignore") if ord(char) > 0x7F]
    pairs = [char.encode("gb18030") for char in wide]
    everyday = sum(len(pair) == 2 and pair[1] >= 0xA1 and _is_everyday(pair[0]) for pair in pairs)
    # Traditional characters are in daily use, but outside the table of GB 2312.
    common = sum(char in _COMMON_CHINESE for char in wide)
    return everyday >= 0.6 * len(wide) or common >= 0.15 * len(wide)


def _is_everyday(lead: int) -> bool:
    """First byte of the first level of GB 2312 (the 3755 commonest characters) or of its punctuation."""
    return 0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3


def looks_chinese(data: bytes) -> bool:
    """Weigh runs of high bytes: pairs of the GB 2312 table against lone accented letters."""
    chinese = latin = 0.0
    for match in HIGH_RUN.finditer(data):
        run = match[0]
        before = data[max(0, match.start() - 1) : match.start()].isalpha()
        after = data[match.end() : match.end() + 1].isalpha()
        pairs = len(run) // 2
        if len(run) % 2 or not all(0xA1 <= byte <= 0xFE for byte in run):
            # GBK's second bytes below 0x80 split runs of Chinese too, so only lone bytes speak for Latin.
            latin += 1.0 if len(run) == 1 else 0.0
            chinese += 0.5 * pairs if len(run) > 2 else 0.0
            continue
        everyday = sum(map(_is_everyday, run[::2]))
        if pairs == 1 and before and after:
            latin += 0.5 if everyday else 1.0
        elif everyday * 2 >= pairs:
            chinese += pairs
        elif before or after:
            latin += 1.0
        else:
            chinese += 0.5 * pairs
    return chinese > latin
