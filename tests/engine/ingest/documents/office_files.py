"""Office documents written by hand, part by part, so that a test says exactly what is in them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_PPTX = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "manifest": "manifest", "meta": "meta",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def shape(kind: str, *paragraphs: str) -> str:
    """A box; `kind` is its placeholder, "" for a box drawn by hand. A paragraph may be XML (`<a:p>…`)."""
    holder = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else "<p:nvPr/>"
    body = "".join(
        one if one.startswith("<a:p>") else f"<a:p><a:r><a:t>{escape(one)}</a:t></a:r></a:p>" for one in paragraphs
    )
    return f"<p:sp><p:nvSpPr>{holder}</p:nvSpPr><p:txBody>{body}</p:txBody></p:sp>"


def slide_table(*rows: tuple[str, ...]) -> str:
    def cell(text: str) -> str:
        return f"<a:tc><a:txBody><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></a:txBody></a:tc>"

    body = "".join(f"<a:tr>{''.join(map(cell, row))}</a:tr>" for row in rows)
    return (
        f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def write_pptx(
    path: Path, slides: list[str], *, notes: dict[int, str] | None = None, hidden: tuple[int, ...] = (), core: str = ""
) -> None:
    """`slides` are the XML of shapes; numbers count from 1. The parts are named against their order."""
    names = [f"slide{len(slides) - i}.xml" for i in range(len(slides))]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        ids = "".join(f'<p:sldId id="{256 + i}" r:id="r{i}"/>' for i in range(len(slides)))
        archive.writestr(
            "ppt/presentation.xml", f"<p:presentation {_PPTX}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
        )
        links = "".join(
            f'<Relationship Id="r{i}" Type="{_RELS}/slide" Target="slides/{name}"/>' for i, name in enumerate(names)
        )
        archive.writestr("ppt/_rels/presentation.xml.rels", f"<Relationships>{links}</Relationships>")
        for number, (name, shapes) in enumerate(zip(names, slides, strict=True), start=1):
            show = ' show="0"' if number in hidden else ""
            tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
            archive.writestr(f"ppt/slides/{name}", f"<p:sld {_PPTX}{show}>{tree}</p:sld>")
            if notes and number in notes:
                said = shape("body", notes[number]) + shape("sldNum", str(number))
                archive.writestr(
                    f"ppt/notesSlides/notes{number}.xml",
                    f"<p:notes {_PPTX}><p:cSld><p:spTree>{said}</p:spTree></p:cSld></p:notes>",
                )
                archive.writestr(
                    f"ppt/slides/_rels/{name}.rels",
                    f'<Relationships><Relationship Id="n" Type="{_RELS}/notesSlide" '
                    f'Target="../notesSlides/notes{number}.xml"/></Relationships>',
                )
        if core:
            archive.writestr("docProps/core.xml", core)


def write_odt(path: Path, body: str, *, styles: str = "", meta: str = "", manifest: str = "") -> None:
    """`body` is the XML inside of office:text."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        if meta:
            archive.writestr(
                "meta.xml", f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta></office:document-meta>"
            )
        if manifest:
            archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {_ODF}>{manifest}</manifest:manifest>")
