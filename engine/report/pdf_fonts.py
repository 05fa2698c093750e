"""The fonts of a PDF report: which character stands in which, and how wide a text is."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

LATIN, BOLD, CHINESE = "Helvetica", "Helvetica-Bold", "STSong-Light"
MISSING = "□"
_ALIKE = str.maketrans(
    {"−": "–", "\u2011": "-", "\u202f": "\xa0", "\u2009": "\xa0"}
)  # in neither font, but with a twin
_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


class Fonts:
    """Attributes:
    missing: whether a character was met that neither font has.
    """

    def __init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont

        if CHINESE not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
        self.missing = False

    def runs(self, text: str, *, bold: bool = False) -> list[tuple[str, str]]:
        """Runs of (font, text); what no font has becomes `MISSING`."""
        latin = BOLD if bold else LATIN
        found: list[tuple[str, str]] = []
        for char in _SPACES.sub(" ", text).translate(_ALIKE).strip():
            shown, font = char, latin
            if not _in(char, "cp1252"):
                font = CHINESE
                if not _in(char, "gbk"):
                    shown, self.missing = MISSING, True
            if found and found[-1][0] == font:
                found[-1] = (font, found[-1][1] + shown)
            else:
                found.append((font, shown))
        return found

    def marked(self, text: str, *, bold: bool = False) -> str:
        """Text with a font for each run, escaped for reportlab's paragraphs."""
        return "".join(f'<font name="{font}">{escape(run)}</font>' for font, run in self.runs(text, bold=bold))

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Points that a text takes on one line."""
        return sum(self.advance(font, run, size) for font, run in self.runs(text, bold=bold))

    def advance(self, font: str, run: str, size: float) -> float:
        """Points that a run takes."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return float(stringWidth(run, font, size))


def breaks_anywhere(text: str) -> bool:
    """Whether lines may be broken between any two characters: Chinese has no spaces to break at."""
    return sum(ord(char) > 0x2E7F for char in text) > 0.3 * len(text)


def _in(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
