"""Build the sample documents from their Markdown sources.

    python packaging/samples/build_documents.py [--cjk-font FILE]

Reads packaging/samples/sources/<language>/<organisation>/*.md and writes assets/samples/<language>/<organisation>/.
Needs reportlab, python-docx, markdown-it-py and fonttools, and for the Chinese PDFs Noto Sans CJK (Debian package
fonts-noto-cjk, SIL Open Font License 1.1), of which only the outlines of the used characters are embedded. The same
sources give the same bytes.
"""

from __future__ import annotations

import argparse
import html
import io
import shutil
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from cjk_font import truetype_subset
from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
TARGET = HERE.parent.parent / "assets" / "samples"
CJK_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
MADE = datetime(2026, 3, 1, tzinfo=UTC)

OWNERS = {
    ("en", "shop"): "Larkfield Outfitters",
    ("en", "clinic"): "Hazelmere Walk-in Clinic",
    ("zh", "shop"): "岭野户外",
    ("zh", "clinic"): "青榆社区诊所",
}
FORMATS = {
    ("shop", "returns"): "md",
    ("shop", "shipping"): "html",
    ("shop", "warranty"): "docx",
    ("shop", "privacy"): "pdf",
    ("shop", "repair-service"): "pdf",
    ("clinic", "opening-hours"): "md",
    ("clinic", "triage"): "pdf",
    ("clinic", "vaccination"): "docx",
    ("clinic", "hygiene"): "md",
    ("clinic", "prescriptions"): "docx",
    ("clinic", "emergencies"): "pdf",
}


class Part(NamedTuple):
    """`kind` is h1, h2, h3, p, bullet, number or table; a table has rows of cells, the others one text."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read_parts(source: Path) -> list[Part]:
    """The parts of a Markdown source; only what the sources use."""
    parts: list[Part] = []
    lists: list[str] = []
    rows: list[list[str]] | None = None
    heading = ""
    for token in MarkdownIt("commonmark").enable("table").parse(source.read_text("utf-8")):
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "heading_close":
            heading = ""
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append("bullet" if token.type.startswith("bullet") else "number")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "table_open":
            rows = []
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "table_close" and rows is not None:
            parts.append(Part("table", rows=tuple(tuple(row) for row in rows)))
            rows = None
        elif token.type == "inline":
            text = token.content.replace("\n", " ")
            if rows is not None:
                rows[-1].append(text)
            else:
                parts.append(Part(heading or (lists[-1] if lists else "p"), text))
    return parts


def write_html(parts: list[Part], target: Path, language: str, owner: str) -> None:
    """A plain page with a menu and a foot, as shops have them."""
    title = parts[0].text
    home, foot = ("Home", f"© {owner}") if language == "en" else ("首页", f"© {owner}")
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{"en" if language == "en" else "zh-CN"}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{html.escape(title)} | {html.escape(owner)}</title>",
        "<style>body { max-width: 42em; margin: 2em auto } td, th { padding: .3em .8em }</style>",
        "</head>",
        "<body>",
        f'<nav><a href="/">{home}</a></nav>',
        "<main>",
    ]
    open_list = ""
    for part in parts:
        tag = {"bullet": "ul", "number": "ol"}.get(part.kind, "")
        if open_list and tag != open_list:
            lines.append(f"</{open_list}>")
        if tag and tag != open_list:
            lines.append(f"<{tag}>")
        open_list = tag
        if tag:
            lines.append(f"<li>{html.escape(part.text)}</li>")
        elif part.kind == "table":
            lines.append("<table>")
            for at, row in enumerate(part.rows):
                cell = "td" if at else "th"
                lines.append("<tr>" + "".join(f"<{cell}>{html.escape(text)}</{cell}>" for text in row) + "</tr>")
            lines.append("</table>")
        else:
            lines.append(f"<{part.kind}>{html.escape(part.text)}</{part.kind}>")
    if open_list:
        lines.append(f"</{open_list}>")
    lines += ["</main>", f"<footer>{html.escape(foot)}</footer>", "</body>", "</html>", ""]
    target.write_text("\n".join(lines), "utf-8")


def write_docx(parts: list[Part], target: Path, language: str, owner: str) -> None:
    """A Word document with real headings, lists and tables."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    if language == "zh":
        document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Sans CJK SC")
    for part in parts:
        if part.kind.startswith("h"):
            document.add_heading(part.text, int(part.kind[1]))
        elif part.kind in ("bullet", "number"):
            document.add_paragraph(part.text, style="List Bullet" if part.kind == "bullet" else "List Number")
        elif part.kind == "table":
            table = document.add_table(len(part.rows), len(part.rows[0]), style="Light Grid Accent 1")
            for row, texts in zip(table.rows, part.rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
            document.add_paragraph()
        else:
            document.add_paragraph(part.text)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = parts[0].text, owner, ""
    properties.created = properties.modified = MADE.replace(tzinfo=None)
    buffer = io.BytesIO()
    document.save(buffer)
    # Once more with one date for all parts, so that the same source gives the same bytes.
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as final:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            final.writestr(info, made.read(name))


def write_pdf(parts: list[Part], target: Path, language: str, owner: str, cjk_font: Path) -> None:
    """A4 pages with a running foot."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    title = parts[0].text
    foot = f"{owner} · {title} · page {{}}" if language == "en" else f"{owner} · {title} · 第 {{}} 页"
    body, bold = "Helvetica", "Helvetica-Bold"
    if language == "zh":
        used = "".join(part.text + "".join(map("".join, part.rows)) for part in parts) + foot + "0123456789•"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "subset.ttf"
            body = bold = f"CasemateSample-{target.stem}"
            truetype_subset(cjk_font, "Noto Sans CJK SC", used, body, file)
            pdfmetrics.registerFont(TTFont(body, str(file)))
    wrap = "CJK" if language == "zh" else None
    text = ParagraphStyle("p", fontName=body, fontSize=10.5, leading=15.5, spaceAfter=6, wordWrap=wrap)
    styles = {
        "p": text,
        "bullet": ParagraphStyle("bullet", text, leftIndent=14, bulletIndent=2),
        "h1": ParagraphStyle("h1", text, fontName=bold, fontSize=22, leading=28, spaceAfter=12),
        "h2": ParagraphStyle("h2", text, fontName=bold, fontSize=15, leading=20, spaceBefore=10, keepWithNext=1),
        "h3": ParagraphStyle("h3", text, fontName=bold, fontSize=12.5, leading=17, spaceBefore=6, keepWithNext=1),
    }
    cell = ParagraphStyle("cell", text, fontSize=9.5, leading=12.5, spaceAfter=0)
    flow = []
    number = 0
    for part in parts:
        number = number + 1 if part.kind == "number" else 0
        if part.kind == "table":
            cells = [[Paragraph(html.escape(one), cell) for one in row] for row in part.rows]
            grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
            flow += [Table(cells, style=grid, repeatRows=1), Spacer(1, 8)]
        elif part.kind in ("bullet", "number"):
            mark = f"{number}." if number else "•"
            flow.append(Paragraph(html.escape(part.text), styles["bullet"], bulletText=mark))
        else:
            flow.append(Paragraph(html.escape(part.text), styles[part.kind]))

    def draw_foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(body, 8.5)
        canvas.drawCentredString(A4[0] / 2, 11 * mm, foot.format(document.page))

    document = SimpleDocTemplate(
        str(target), pagesize=A4, leftMargin=24 * mm, rightMargin=24 * mm, topMargin=22 * mm, bottomMargin=22 * mm,
        title=title, author=owner, invariant=1,
    )  # fmt: skip
    document.build(flow, onFirstPage=draw_foot, onLaterPages=draw_foot)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cjk-font", type=Path, default=CJK_FONT)
    options = parser.parse_args()
    for (language, organisation), owner in OWNERS.items():
        for (where, name), kind in FORMATS.items():
            if where != organisation:
                continue
            source = SOURCES / language / organisation / f"{name}.md"
            folder = TARGET / language / organisation / ("policies" if organisation == "shop" else "handbook")
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{name}.{kind}"
            if kind == "md":
                shutil.copyfile(source, target)
            elif kind == "html":
                write_html(read_parts(source), target, language, owner)
            elif kind == "docx":
                write_docx(read_parts(source), target, language, owner)
            else:
                write_pdf(read_parts(source), target, language, owner, options.cjk_font)
            print(f"{target.relative_to(TARGET)}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
