"""A report as one HTML file: no script, nothing loaded from anywhere, printable. Every text is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

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
    Shape,
    Table,
    Tiles,
)

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f4; color: #26303a; line-height: 1.55;
  font-family: "Source Sans Pro", "Segoe UI", "Helvetica Neue", Helvetica, Arial, "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", "Noto Sans SC", sans-serif; font-size: 15px; }
main { max-width: 800px; margin: 24px auto; background: #fff; padding: 44px 56px 32px; border-radius: 6px;
  box-shadow: 0 1px 4px rgb(0 0 0 / 12%); }
h1 { font-size: 27px; line-height: 1.25; margin: 0 0 2px; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 34px 0 8px; padding-top: 14px; border-top: 1px solid #e2e6ea; break-after: avoid; }
p { margin: 6px 0 10px; overflow-wrap: anywhere; }
.subtitle { color: #66717d; margin: 0 0 18px; }
.note { color: #66717d; font-size: 13px; }
.warning, .key { padding: 10px 14px; border-radius: 4px; border-left: 4px solid; }
.warning { background: #fdf3e7; border-color: #c05621; }
.key { background: #e9f2fb; border-color: #2b6cb0; font-size: 17px; font-weight: 600; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 14px 0; }
.tile { flex: 1 1 140px; border: 1px solid #e2e6ea; border-radius: 4px; padding: 10px 14px; break-inside: avoid; }
.tile b { display: block; font-size: 24px; line-height: 1.2; color: #2b6cb0; }
.tile small { display: block; color: #66717d; line-height: 1.35; }
table { border-collapse: collapse; width: 100%; margin: 10px 0 14px; font-size: 13.5px; }
th { text-align: left; color: #66717d; font-weight: 600; border-bottom: 2px solid #cfd6dc; vertical-align: bottom; }
th, td { padding: 5px 10px 5px 0; }
td { border-bottom: 1px solid #e9ecef; vertical-align: top; overflow-wrap: anywhere; }
tr, .whole { break-inside: avoid; }
p:has(+ figure), p:has(+ table), p:has(+ .note) { break-after: avoid; }
.number { text-align: right; white-space: nowrap; }
.wide { width: 50%; }
figure { margin: 12px 0; break-inside: avoid; overflow-x: auto; }
svg { max-width: 100%; height: auto; display: block; font-family: inherit; }
ul { margin: 6px 0 12px; padding-left: 20px; overflow-wrap: anywhere; }
footer { margin-top: 36px; padding-top: 10px; border-top: 1px solid #e2e6ea; color: #66717d; font-size: 12px; }
@page { margin: 16mm 15mm; }
@media print {
  body { background: #fff; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { margin: 0; padding: 0; max-width: none; box-shadow: none; }
  thead { display: table-header-group; }
}
"""
_UNBROKEN_ROWS = 8  # a table of so many rows is not torn apart between pages
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(document: Document) -> str:
    """The whole file as text (UTF-8)."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(document.language)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{_text(document.title)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield f"<h1>{_text(document.title)}</h1>"
    yield f'<p class="subtitle">{_text(document.subtitle)}</p>'
    for block in document.blocks:
        yield from _block(block)
    yield f"<footer>{_text(document.footer)}</footer>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _text(text: str) -> str:
    """Escaped, without characters that HTML forbids (and half characters, which no file can hold)."""
    clean = "".join(char if char >= " " or char in "\n\t" else " " for char in text)
    return escape(clean.encode("utf-8", "replace").decode())


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h2>{_text(block.text)}</h2>"
    elif isinstance(block, Paragraph):
        kind = "" if block.tone == "plain" else f' class="{block.tone}"'
        yield f"<p{kind}>{_text(block.text)}</p>"
    elif isinstance(block, Tiles):
        yield '<div class="tiles">'
        for tile in block.tiles:
            detail = f"<small>{_text(tile.detail)}</small>" if tile.detail else ""
            yield f'<div class="tile"><b>{_text(tile.value)}</b>{_text(tile.name)}{detail}</div>'
        yield "</div>"
    elif isinstance(block, Bullets):
        yield "<ul>"
        yield from (f"<li>{_text(item)}</li>" for item in block.items)
        yield "</ul>"
    elif isinstance(block, Table):
        yield from _table(block)
    else:
        yield f"<figure>{_figure(block)}</figure>"


def _table(table: Table) -> Iterator[str]:
    def cell(tag: str, column: int, text: str) -> str:
        kinds = ["number"] * (column in table.numeric) + ["wide"] * (tag == "th" and column == table.wide)
        marked = f' class="{" ".join(kinds)}"' if kinds else ""
        return f"<{tag}{marked}>{_text(text)}</{tag}>"

    yield '<table class="whole">' if len(table.rows) <= _UNBROKEN_ROWS else "<table>"
    if any(table.headers):
        yield f"<thead><tr>{''.join(cell('th', at, text) for at, text in enumerate(table.headers))}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(cell('td', at, text) for at, text in enumerate(row))}</tr>"
    yield "</tbody></table>"


def _figure(figure: Figure) -> str:
    size = f"{figure.width:g} {figure.height:g}"
    shapes = "".join(_shape(shape) for shape in figure.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{figure.width:g}" '
        f'height="{figure.height:g}" role="img" aria-label="{_text(figure.about)}">{shapes}</svg>'
    )


def _shape(shape: Shape) -> str:
    if isinstance(shape, Rect):
        return (
            f'<rect x="{shape.x:.2f}" y="{shape.y:.2f}" width="{shape.width:.2f}" height="{shape.height:.2f}" '
            f'fill="{shape.fill}"/>'
        )
    if isinstance(shape, Line):
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in shape.points)
        dashes = ' stroke-dasharray="4 4"' if shape.dashed else ""
        return (
            f'<polyline points="{points}" fill="none" stroke="{shape.stroke}" stroke-width="{shape.width:g}"{dashes}/>'
        )
    if isinstance(shape, Dot):
        return f'<circle cx="{shape.x:.2f}" cy="{shape.y:.2f}" r="{shape.radius:g}" fill="{shape.fill}"/>'
    turned = f' transform="rotate(-90 {shape.x:.2f} {shape.y:.2f})"' if shape.turned else ""
    return (
        f'<text x="{shape.x:.2f}" y="{shape.y:.2f}" font-size="{shape.size:g}" text-anchor="{shape.anchor}" '
        f'fill="{shape.fill}"{turned}>{_text(shape.text)}</text>'
    )
