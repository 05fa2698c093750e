"""A report as PDF with vector drawings, by reportlab.

Latin letters stand in Helvetica and Chinese in STSong, which readers of PDF have or replace; neither is embedded, so
the file stays small. Characters that neither has are shown as □, and the report then says so.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from engine.report.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    Tiles,
)
from engine.report.pdf_drawing import drawing
from engine.report.pdf_fonts import LATIN, Fonts, breaks_anywhere
from engine.report.words import Words

_INK, _MUTED, _RULE, _BLUE = "#26303a", "#66717d", "#e2e6ea", "#2b6cb0"
_MARGIN, _FOOT = 52.0, 7.5
_PADDING = 6.0  # that reportlab puts around a page's frame
_BOXES = {"warning": ("#fdf3e7", "#c05621"), "key": ("#e9f2fb", "#2b6cb0")}
_CELL = 8.5
_UNBROKEN_ROWS = 8  # a table of so many rows is not torn apart
_CELL_CHARACTERS = 700  # of a table's cell: a row must fit on a page


def to_pdf(document: Document) -> bytes:
    """The whole file."""
    return _Writer(document).write()


class _Writer:
    def __init__(self, document: Document) -> None:
        from reportlab.lib.pagesizes import A4

        self._document = document
        self._words = Words(document.language)
        self._size = A4
        self._width: float = A4[0] - 2 * _MARGIN
        self._fonts = Fonts()

    def write(self) -> bytes:
        from reportlab.platypus import CondPageBreak, SimpleDocTemplate

        document = self._document
        story = [
            self._text(document.title, 20, bold=True, after=2),
            self._text(document.subtitle, 9.5, colour=_MUTED, after=12),
        ]
        for number, block in enumerate(document.blocks):
            story += [CondPageBreak(self._room(document.blocks[number : number + 5])), *self._block(block)]
        if self._fonts.missing:
            story.append(self._text(self._words("fonts"), 8.5, colour=_MUTED, before=14))
        buffer = io.BytesIO()
        template = SimpleDocTemplate(
            buffer,
            pagesize=self._size,
            leftMargin=_MARGIN - _PADDING,
            rightMargin=_MARGIN - _PADDING,
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
            # Chinese has no spaces to break a line at; this breaks between any two characters.
            wordWrap="CJK" if breaks_anywhere(text) else None,
            splitLongWords=1,
        )
        return Flowing(self._fonts.marked(text, bold=bold) or " ", style)

    # --- blocks -----------------------------------------------------------------------------------------------

    def _room(self, blocks: Sequence[Block]) -> float:
        """Points that must be left on a page to begin the first block: a heading or a line is not to stand alone
        above a page break when a drawing, a table or a text belongs to it."""
        needed = 0.0
        for number, block in enumerate(blocks):
            if isinstance(block, Heading):
                if number:
                    break
                needed += 50
            elif isinstance(block, Paragraph):
                needed += 20 + 14 * (len(block.text) // 95)
            elif isinstance(block, Figure):
                return needed + 12 + block.height * min(1.0, self._width / block.width)
            elif isinstance(block, Table):
                return needed + 20 * (min(len(block.rows), _UNBROKEN_ROWS) + 1)
            else:
                return needed + 70
        return needed

    def _block(self, block: Block) -> list[Any]:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import HRFlowable, ListFlowable, ListItem, Spacer

        if isinstance(block, Heading):
            rule = HRFlowable(width="100%", thickness=0.7, color=HexColor(_RULE), spaceBefore=14, spaceAfter=8)
            return [rule, self._text(block.text, 13.5, bold=True, after=5)]
        if isinstance(block, Paragraph):
            if block.tone in _BOXES:
                return [self._box(block.text, *_BOXES[block.tone], bold=block.tone == "key")]
            small = block.tone == "note"
            return [self._text(block.text, 8.5 if small else 10, colour=_MUTED if small else _INK)]
        if isinstance(block, Tiles):
            return [self._tiles(block)]
        if isinstance(block, Bullets):
            items = [ListItem(self._text(item, 10, after=3), leftIndent=14) for item in block.items]
            return [ListFlowable(items, bulletType="bullet", start="•", bulletFontSize=8, leftIndent=14)]
        if isinstance(block, Table):
            return [self._table(block)]
        return [Spacer(1, 5), drawing(block, self._width, self._fonts), Spacer(1, 7)]

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
                    _CELL,
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
        """Columns as wide as their texts want; the wide one takes what is left, and without one all share it.

        Where the room is short, columns of text give way; numbers are never broken.
        """
        wanted = []
        for at in range(len(table.headers)):
            texts = [table.headers[at], *(row[at] for row in table.rows)]
            longest = max(self._fonts.width(text[:80], _CELL, bold=True) for text in texts)
            wanted.append(min(longest + 12, 0.5 * self._width))
        fixed = sum(wanted[at] for at in table.numeric)
        loose = [at for at in range(len(wanted)) if at not in table.numeric and at != table.wide]
        least = 0.36 * self._width if table.wide is not None else 0.0
        room, asked = self._width - fixed - least, sum(wanted[at] for at in loose)
        for at in loose:
            wanted[at] *= min(1.0, room / asked)
        rest = self._width - sum(width for at, width in enumerate(wanted) if at != table.wide)
        if table.wide is not None:
            wanted[table.wide] = rest
            return wanted
        return [width + rest / len(wanted) for width in wanted]

    def _foot(self, canvas: Any, template: Any) -> None:
        from reportlab.lib.colors import HexColor

        canvas.saveState()
        canvas.setFillColor(HexColor(_MUTED))
        page = self._words("page", page=template.page)
        self._line(canvas, self._document.footer, _MARGIN)
        self._line(canvas, page, self._size[0] - _MARGIN - self._fonts.width(page, _FOOT))
        canvas.restoreState()

    def _line(self, canvas: Any, text: str, x: float) -> None:
        for font, run in self._fonts.runs(text):
            canvas.setFont(font, _FOOT)
            canvas.drawString(x, 30, run)
            x += self._fonts.advance(font, run, _FOOT)
