"""Presentations and OpenDocument texts: what survives, and what is refused."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from engine.errors import FileUnusable
from engine.ingest.documents import ParsedDocument, parse_document, xml_part
from engine.ingest.passages import split_passages

sys.path.insert(0, str(Path(__file__).parent))
from office_files import shape, slide_table, write_odt, write_pptx

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Service training</dc:title><dcterms:modified>2023-05-06T07:08:09Z</dcterms:modified></cp:coreProperties>"
)


def headings(document: ParsedDocument) -> list[tuple[int, str, int]]:
    return [(page.number, page.text[h.start : h.end], h.level) for page in document.pages for h in page.headings]


def refused(path: Path) -> str:
    with pytest.raises(FileUnusable) as caught:
        parse_document(path)
    reason: str = caught.value.details["reason"]
    assert reason.endswith(".")
    return reason


def test_slides_are_pages_in_the_order_of_the_presentation(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    numbered = '<a:p><a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr><a:r><a:t>{}</a:t></a:r></a:p>'
    write_pptx(
        path,
        [
            shape("ctrTitle", "Returns desk") + shape("subTitle", "Autumn"),
            # the title stands first even where it was drawn last
            shape("body", "Keep the receipt", "Check the seal") + shape("title", "Before you start"),
            "<p:grpSp>" + shape("", "Loose words", numbered.format("weigh"), numbered.format("label")) + "</p:grpSp>"
            + slide_table(("Weight", "Price"), ("2 kg", "£4 & more")),
        ],
        notes={2: "Say that the seal is silver."},
        core=CORE,
    )  # fmt: skip
    document = parse_document(path)
    assert [page.text for page in document.pages] == [
        "Returns desk\n\nAutumn",
        "Before you start\n\n• Keep the receipt\n• Check the seal\n\nSay that the seal is silver.",
        "Loose words\n\n1. weigh\n2. label\n\nWeight | Price\n2 kg | £4 & more",
    ]
    assert headings(document) == [(1, "Returns desk", 1), (2, "Before you start", 1)]
    assert (document.title, document.format, document.paged) == ("Service training", "pptx", True)
    assert document.modified == "2023-05-06T07:08:09+00:00"
    (silver,) = [one for one in split_passages(document) if "silver" in one.text]
    assert (silver.page, silver.heading) == (2, "Before you start")


def test_hidden_slides_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    write_pptx(path, [shape("title", "Shown"), shape("title", "Secret")], hidden=(2,))
    document = parse_document(path)
    assert [page.text for page in document.pages] == ["Shown", ""]
    assert document.warnings == ("Slide 2 is hidden and was left out.",)


def test_presentations_that_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    write_pptx(path, [shape("sldNum", "1")])
    assert refused(path) == "its slides hold no text."
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "not a presentation (pptx)" in refused(path)
    path.write_text("no zip at all")
    assert "not a presentation (pptx)" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p:presentation")
    assert "damaged" in refused(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path) == "it is protected by a password; save a copy without one."


def test_xml_that_does_harm_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>')
    assert "entities" in refused(path)
    write_odt(path, "<text:section>" * 600 + "<text:p>deep</text:p>" + "</text:section>" * 600)
    assert refused(path) == "its parts are nested too deeply."
    monkeypatch.setattr(xml_part, "MAX_ELEMENTS", 50)
    write_odt(path, "<text:p>x</text:p>" * 60)
    assert refused(path) == "it has more than 50 elements."


def test_zip_bomb(tmp_path: Path) -> None:
    for name, part in (("a.pptx", "ppt/presentation.xml"), ("a.odt", "content.xml")):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(part, b" " * 30_000_000)
        assert "zip bomb" in refused(path)


STYLES = (
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)


def test_odt(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    write_odt(
        path,
        "<text:tracked-changes><text:p>deleted words</text:p></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Opening 1</text:p></text:index-body></text:table-of-content>"
        '<text:p text:style-name="P1">The house</text:p><text:h text:outline-level="1">Opening</text:h>'
        "<text:p>We<text:s text:c='3'/>open at <text:span>eight</text:span>.<text:note><text:p>a footnote</text:p>"
        "</text:note><office:annotation><text:p>a comment</text:p></office:annotation></text:p>"
        '<text:list text:style-name="N"><text:list-item><text:p>first</text:p><text:list><text:list-item>'
        "<text:p>inside</text:p></text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>second</text:p></text:list-item></text:list>"
        "<text:list><text:list-item><text:p>bread</text:p></text:list-item></text:list>"
        '<text:section><text:h text:outline-level="2">Prices</text:h><table:table>'
        "<table:table-header-rows><table:table-row><table:table-cell><text:p>What</text:p></table:table-cell>"
        "<table:table-cell><text:p>Price</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell table:number-columns-repeated='1000000'><text:p>tea</text:p>"
        "</table:table-cell><table:table-cell><text:p>£2</text:p><text:p>hot</text:p></table:table-cell>"
        "</table:table-row></table:table></text:section>"
        "<text:p><draw:frame><draw:text-box><text:p>A box</text:p></draw:text-box></draw:frame>Beside it</text:p>",
        styles=STYLES,
        meta="<dc:title>House rules</dc:title><dc:date>2022-01-02T03:04:05.678</dc:date>",
    )
    document = parse_document(path)
    assert document.pages[0].text == (
        "The house\n\nOpening\n\nWe open at eight.\n\n1. first\n• inside\n2. second\n• bread\n\n"
        "Prices\n\nWhat | Price\ntea | £2 hot\n\nBeside it\n\nA box"
    )
    assert headings(document) == [(1, "The house", 1), (1, "Opening", 1), (1, "Prices", 2)]
    assert (document.title, document.format, document.paged) == ("House rules", "odt", False)
    assert document.modified == "2022-01-02T03:04:05+00:00"


def test_odt_files_that_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    locked = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    write_odt(path, "<text:p>secret</text:p>", manifest=locked)
    assert refused(path) == "it is protected by a password; save a copy without one."
    write_odt(path, "<text:p> </text:p>")
    assert refused(path) == "it holds no text."
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("encrypted-package", b"x")
    assert "password" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert "no text: it holds a sheet" in refused(path)
