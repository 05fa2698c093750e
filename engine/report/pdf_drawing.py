"""A drawing of a report as vectors on a PDF page."""

from __future__ import annotations

from typing import Any

from engine.report.blocks import Dot, Figure, Label, Line, Rect
from engine.report.pdf_fonts import Fonts

_PLACE = {"start": 0.0, "middle": 0.5, "end": 1.0}


def drawing(figure: Figure, most_width: float, fonts: Fonts) -> Any:
    """A reportlab Drawing, made smaller where the page is narrower than the figure."""
    from reportlab.graphics.shapes import Circle, Drawing, Group, PolyLine
    from reportlab.graphics.shapes import Rect as Box
    from reportlab.lib.colors import HexColor

    factor = min(1.0, most_width / figure.width)
    group = Group(transform=(factor, 0, 0, factor, 0, 0))
    for shape in figure.shapes:
        # PDF counts y upwards from the bottom.
        if isinstance(shape, Rect):
            bottom = figure.height - shape.y - shape.height
            colour = HexColor(shape.fill)
            group.add(Box(shape.x, bottom, shape.width, shape.height, fillColor=colour, strokeColor=None))
        elif isinstance(shape, Line):
            points = [value for x, y in shape.points for value in (x, figure.height - y)]
            line = PolyLine(points, strokeColor=HexColor(shape.stroke), strokeWidth=shape.width)
            line.strokeDashArray = [4, 4] if shape.dashed else None
            group.add(line)
        elif isinstance(shape, Dot):
            colour = HexColor(shape.fill)
            group.add(Circle(shape.x, figure.height - shape.y, shape.radius, fillColor=colour, strokeColor=None))
        else:
            _label(group, shape, figure.height, fonts)
    found = Drawing(figure.width * factor, figure.height * factor)
    found.add(group)
    return found


def _label(group: Any, label: Label, height: float, fonts: Fonts) -> None:
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    x = label.x - _PLACE[label.anchor] * fonts.width(label.text, label.size)
    for font, run in fonts.runs(label.text):
        colour = HexColor(label.fill)
        group.add(String(x, height - label.y, run, fontName=font, fontSize=label.size, fillColor=colour))
        x += fonts.advance(font, run, label.size)
