"""What a report is made of, free of any file format: `html.py` and `pdf.py` write the same blocks."""

from __future__ import annotations

from typing import Literal, NamedTuple

Tone = Literal["plain", "note", "warning", "key"]


class Heading(NamedTuple):
    text: str


class Paragraph(NamedTuple):
    """`tone`: "plain"; "note" is small print; "warning" and "key" stand in a box."""

    text: str
    tone: Tone = "plain"


class Tile(NamedTuple):
    """A figure that is read first: "93.1 %", what it is, and its small print."""

    value: str
    name: str
    detail: str = ""


class Tiles(NamedTuple):
    tiles: tuple[Tile, ...]


class Bullets(NamedTuple):
    items: tuple[str, ...]


class Table(NamedTuple):
    """`numeric` are columns set to the right; `wide` is a column that takes the room the others leave."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    wide: int | None = None


class Rect(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    fill: str


class Line(NamedTuple):
    points: tuple[tuple[float, float], ...]
    stroke: str
    width: float = 1.0
    dashed: bool = False


class Dot(NamedTuple):
    x: float
    y: float
    radius: float
    fill: str


class Label(NamedTuple):
    """`anchor`: "start", "middle" or "end" of the text stands at x; y is its baseline. `turned` reads upwards."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    fill: str = "#3b4652"
    size: float = 11.0
    turned: bool = False


Shape = Rect | Line | Dot | Label


class Figure(NamedTuple):
    """A drawing in points; y grows downwards, as in SVG. `about` says in words what it shows."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    about: str


Block = Heading | Paragraph | Tiles | Bullets | Table | Figure


class Document(NamedTuple):
    """`language`: of its words, as HTML names it (en, zh-CN)."""

    title: str
    subtitle: str
    language: str
    blocks: tuple[Block, ...]
    footer: str
