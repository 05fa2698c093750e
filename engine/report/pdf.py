"""A report as PDF with vector drawings, by reportlab.

Latin letters stand in Helvetica and Chinese in STSong, which readers of PDF have or replace; neither is embedded, so
the file stays small. Characters that neither has are shown as □, and the report then says so.
"""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from engine.report.blocks import (
    Block,
    Bullets,
    Document,
    Dot,
    Figure,
    Heading,
    Line,
    Paragraph,
    Rect,
    Table,
    Tiles,
)
from engine.report.words import Words

LATIN, BOLD, CHINESE = "Helvetica", "Helvetica-Bold", "STSong-Light"
MISSING = "□"
_INK, _MUTED, _RULE, _BLUE = "#26303a", "#66717d", "#e2e6ea", "#2b6cb0"
_MARGIN = 50.0
_BOXES = {"warning": ("#fdf3e7", "#c05621"), "key": ("#e9f2fb", "#2b6cb0")}
_CELL_CHARACTERS = 700  # of a table's cell: a row must fit on a page


def to_pdf(document: Document) -> bytes:
    """The whole file."""
    return _Writer(document).write()


class _Writer:
    def __init__(self, document: Document) -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont

        if CHINESE not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
        self._document = document
        self._words = Words(document.language)
        self._chinese = document.language.startswith("zh")
        self._size = A4
        self._width = A4[0] - 2 * _MARGIN
        self._missing = False

    def write(self) -> bytes:
        from reportlab.platypus import SimpleDocTemplate

        document = self._document
        story = [
            self._text(document.title, 20, bold=True, after=2),
            self._text(document.subtitle, 9.5, colour=_MUTED, after=12),
        ]
        for number, block in enumerate(document.blocks):
            following = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
            story += self._block(block, following)
        if self._missing:
            story.append(self._text(self._words("fonts"), 8.5, colour=_MUTED, before=14))
        buffer = io.BytesIO()
        template = SimpleDocTemplate(
            buffer,
            pagesize=self._size,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=48,
            bottomMargin=52,
            title=document.title,
            author="Casemate",
            creator="Casemate",
            lang=document.language,
        )
        template.build(story, onFirstPage=self._foot, onLaterPages=self._foot)
        return buffer.getvalue()

    # --- texts ------------------------------------------------------------------------------------------------

    def _marked(self, text: str, *, bold: bool = False) -> str:
        """Text with a font for each run, escaped for reportlab's paragraphs."""
        font = BOLD if bold else LATIN
        parts = []
        for chinese, run in self._runs(text):
            shown = escape(run)
            parts.append(f'<font name="{CHINESE if chinese else font}">{shown}</font>')
        return "".join(parts)

    def _runs(self, text: str) -> list[tuple[bool, str]]:
        """Runs of (whether in the Chinese font, text); what no font has becomes `MISSING`."""
        runs: list[tuple[bool, str]] = []
        for char in " ".join(text.split()):
            chinese = not _in(char, "cp1252")
            if chinese and not _in(char, "gbk"):
                char, self._missing = MISSING, True
            if runs and runs[-1][0] == chinese:
                runs[-1] = (chinese, runs[-1][1] + char)
            else:
                runs.append((chinese, char))
        return runs

    def _text(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = _INK,
        right: bool = False,
        before: float = 0,
        after: float = 5,
        keep: bool = False,
    ) -> Any:
        from reportlab.lib.colors import HexColor
        from reportlab.lib.enums import TA_LEFT, TA_RIGHT
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph as Flowing

        style = ParagraphStyle(
            "text",
            fontName=LATIN,
            fontSize=size,
            leading=1.4 * size,
            textColor=HexColor(colour),
            alignment=TA_RIGHT if right else TA_LEFT,
            spaceBefore=before,
            spaceAfter=after,
            keepWithNext=keep,
            # Chinese has no spaces to break a line at; this breaks between any two characters.
            wordWrap="CJK" if any(chinese for chinese, _ in self._runs(text)) and not _mostly_latin(text) else None,
            splitLongWords=1,
        )
        return Flowing(self._marked(text, bold=bold) or " ", style)

    # --- blocks -----------------------------------------------------------------------------------------------

    def _block(self, block: Block, following: Block | None) -> list[Any]:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import HRFlowable, ListFlowable, ListItem

        if isinstance(block, Heading):
            rule = HRFlowable(width="100%", thickness=0.7, color=HexColor(_RULE), spaceBefore=14, spaceAfter=8)
            rule.keepWithNext = True
            return [rule, self._text(block.text, 13.5, bold=True, after=5, keep=True)]
        if isinstance(block, Paragraph):
            if block.tone in _BOXES:
                return [self._box(block.text, *_BOXES[block.tone], bold=block.tone == "key")]
            small = block.tone == "note"
            # A line of its own above a drawing or a table stays with it.
            keep = isinstance(following, Figure | Table)
            return [self._text(block.text, 8.5 if small else 10, colour=_MUTED if small else _INK, keep=keep)]
        if isinstance(block, Tiles):
            return [self._tiles(block)]
        if isinstance(block, Bullets):
            items = [ListItem(self._text(item, 10, after=3), leftIndent=14) for item in block.items]
            return [ListFlowable(items, bulletType="bullet", start="•", bulletFontSize=8, leftIndent=14)]
        if isinstance(block, Table):
            return [self._table(block)]
        return [self._figure(block)]

    def _box(self, text: str, fill: str, edge: str, *, bold: bool) -> Any:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table as Grid

        return Grid(
            [[self._text(text, 12 if bold else 10, bold=bold, after=0)]],
            colWidths=[self._width],
            style=[
                ("BACKGROUND", (0, 0), (-1, -1), HexColor(fill)),
                ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(edge)),
                ("LEFTPADDING", (0, 0), (-1, -1), 10),
                ("TOPPADDING", (0, 0), (-1, -1), 7),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ],
            spaceBefore=4,
            spaceAfter=8,
        )

    def _tiles(self, block: Tiles) -> Any:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table as Grid

        count = len(block.tiles)
        cells = [
            [
                self._text(tile.value, 18, bold=True, colour=_BLUE, after=1),
                self._text(tile.name, 9.5, after=1),
                *([self._text(tile.detail, 8, colour=_MUTED, after=0)] if tile.detail else []),
            ]
            for tile in block.tiles
        ]
        return Grid(
            [cells],
            colWidths=[self._width / count] * count,
            style=[("BOX", (at, 0), (at, 0), 0.7, HexColor(_RULE)) for at in range(count)]
            + [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("TOPPADDING", (0, 0), (-1, -1), 7),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ],
            spaceBefore=6,
            spaceAfter=8,
        )

    def _table(self, table: Table) -> Any:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table as Grid

        def cells(row: tuple[str, ...], *, head: bool) -> list[Any]:
            return [
                self._text(
                    text if len(text) <= _CELL_CHARACTERS else text[:_CELL_CHARACTERS] + "…",
                    8.5,
                    bold=head,
                    colour=_MUTED if head else _INK,
                    right=at in table.numeric,
                    after=0,
                )
                for at, text in enumerate(row)
            ]

        headed = any(table.headers)
        rows = [cells(table.headers, head=True)] if headed else []
        rows += [cells(row, head=False) for row in table.rows]
        style: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(_RULE)),
        ]
        if headed:
            style.append(("LINEBELOW", (0, 0), (-1, 0), 1, HexColor("#cfd6dc")))
        return Grid(
            rows,
            colWidths=self._widths(table),
            repeatRows=1 if headed else 0,
            style=style,
            spaceBefore=4,
            spaceAfter=9,
            splitInRow=1,
        )

    def _widths(self, table: Table) -> list[float]:
        """Columns as wide as their texts want, within bounds; the wide one takes what is left."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        wanted = []
        for at in range(len(table.headers)):
            texts = [table.headers[at], *(row[at] for row in table.rows)]
            longest = max(
                sum(stringWidth(run, CHINESE if chinese else BOLD, 8.5) for chinese, run in self._runs(text[:80]))
                for text in texts
            )
            wanted.append(min(longest + 12, 0.5 * self._width))
        wide = table.wide if table.wide is not None else wanted.index(max(wanted))
        others = sum(width for at, width in enumerate(wanted) if at != wide)
        most = 0.66 * self._width
        if others > most:
            wanted = [width * most / others for width in wanted]
            others = most
        wanted[wide] = self._width - others
        return wanted

    def _figure(self, figure: Figure) -> Any:
        from reportlab.graphics.shapes import Circle, Drawing, Group, PolyLine, String
        from reportlab.graphics.shapes import Rect as Box
        from reportlab.lib.colors import HexColor
        from reportlab.pdfbase.pdfmetrics import stringWidth

        factor = min(1.0, self._width / figure.width)
        drawing = Drawing(figure.width * factor, figure.height * factor)
        group = Group(transform=(factor, 0, 0, factor, 0, 0))
        for shape in figure.shapes:
            if isinstance(shape, Rect):
                y = figure.height - shape.y - shape.height
                group.add(Box(shape.x, y, shape.width, shape.height, fillColor=HexColor(shape.fill), strokeColor=None))
            elif isinstance(shape, Line):
                points = [value for x, y in shape.points for value in (x, figure.height - y)]
                dashes = [4, 4] if shape.dashed else None
                group.add(
                    PolyLine(
                        points, strokeColor=HexColor(shape.stroke), strokeWidth=shape.width, strokeDashArray=dashes
                    )
                )
            elif isinstance(shape, Dot):
                group.add(
                    Circle(
                        shape.x, figure.height - shape.y, shape.radius, fillColor=HexColor(shape.fill), strokeColor=None
                    )
                )
            else:
                runs = [(CHINESE if chinese else LATIN, run) for chinese, run in self._runs(shape.text)]
                sizes = [stringWidth(run, font, shape.size) for font, run in runs]
                x = shape.x - sum(sizes) * {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
                for (font, run), size in zip(runs, sizes, strict=True):
                    group.add(
                        String(
                            x, figure.height - shape.y, run,
                            fontName=font, fontSize=shape.size, fillColor=HexColor(shape.fill),
                        )
                    )  # fmt: skip
                    x += size
        drawing.add(group)
        drawing.spaceBefore, drawing.spaceAfter = 5, 7
        return drawing

    def _foot(self, canvas: Any, template: Any) -> None:
        from reportlab.lib.colors import HexColor
        from reportlab.pdfbase.pdfmetrics import stringWidth

        canvas.saveState()
        canvas.setFillColor(HexColor(_MUTED))
        x = _MARGIN
        for chinese, run in self._runs(self._document.footer):
            font = CHINESE if chinese else LATIN
            canvas.setFont(font, 7.5)
            canvas.drawString(x, 30, run)
            x += stringWidth(run, font, 7.5)
        page = self._words("page", page=template.page)
        runs = self._runs(page)
        x = self._size[0] - _MARGIN - sum(stringWidth(run, CHINESE if zh else LATIN, 7.5) for zh, run in runs)
        for chinese, run in runs:
            font = CHINESE if chinese else LATIN
            canvas.setFont(font, 7.5)
            canvas.drawString(x, 30, run)
            x += stringWidth(run, font, 7.5)
        canvas.restoreState()


def _in(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _mostly_latin(text: str) -> bool:
    return sum(char.isascii() for char in text) > 0.7 * len(text)
