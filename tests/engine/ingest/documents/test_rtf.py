"""Rich text: structure, letters of every script, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import FileUnusable
from engine.ingest.documents import parse_document
from engine.ingest.documents.values import ParsedDocument

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fnil\fcharset134 SimSun;}"
    r"{\f2\fcharset204 Times;}{\f3\fcharset2 Symbol;}}{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 {\*\latent x}Heading 2;}{\*\cs10 Heading 1 Char;}}"
    r"{\info{\title Rules of the house}{\author Nobody}{\revtim\yr2021\mo4\dy5\hr6\min7}}"
    r"{\*\generator Riched20;}{\header Page head\par}"
)


def read(tmp_path: Path, body: str | bytes, head: str = HEAD) -> ParsedDocument:
    path = tmp_path / "a.rtf"
    data = body if isinstance(body, bytes) else body.encode("latin-1")
    path.write_bytes(head.encode("latin-1") + data + b"}")
    return parse_document(path)


def test_headings_paragraphs_lists_and_tables(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        r"\pard\s1 Opening\par \pard\plain We open at {\b eight}\~o'clock{\footnote never}.\line Come early.\par"
        r"{\listtext\f3\'b7\tab}bread\par{\listtext 1.\tab}first\par"
        r"\pard\s2 Prices\par\trowd\pard\intbl What\cell Price\cell\row"
        r"\trowd\pard\intbl tea\cell \'a32\par hot\cell\row \pard After\par",
    )
    assert document.pages[0].text == (
        "Opening\n\nWe open at eight o'clock.\nCome early.\n\n• bread\n1. first\n\nPrices\n\n"
        "What | Price\ntea | £2 hot\n\nAfter"
    )
    assert [(h.start, h.level) for h in document.pages[0].headings] == [(0, 1), (66, 2)]
    assert (document.title, document.format) == ("Rules of the house", "rtf")
    assert document.modified == "2021-04-05T06:07:00+00:00"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"caf\'e9 \u8364?5 \u-10179?\u-8704?", "café €5 😀"),
        (r"{\f1 " + "".join(f"\\'{byte:02x}" for byte in "退货政策".encode("gb18030")) + "}", "退货政策"),
        (r"{\f2 " + "".join(f"\\'{byte:02x}" for byte in "возврат".encode("cp1251")) + "}", "возврат"),
        (r"\uc2\u26412 ab\uc1\u-1\'3fz", "本z"),
        (r"\uc0\u26412 a{\uc3\u30340 xyz}b", "本a的b"),
        (r"a{\v hidden}b{\deleted gone}c{\field{\*\fldinst{HYPERLINK x}}{\fldrslt link}}", "abclink"),
        (r"{\pict\wmetafile8 0123abcd}seen{\*\unknown never}", "seen"),
        ("one \\\ntwo", "one\n\ntwo"),
        (r"{\*\shpinst{\sp{\sn pib}{\sv x}}{\shptxt in a box\par}}", "in a box"),
        (r"soft\-hyphen hard\_hyphen \{braces\} back\\slash", "softhyphen hard-hyphen {braces} back\\slash"),
        ("before\\bin5 {{{}}after", "beforeafter"),
    ],
)
def test_letters(tmp_path: Path, body: str, text: str) -> None:
    assert read(tmp_path, body).pages[0].text == text


def test_raw_bytes_of_a_chinese_code_page(tmp_path: Path) -> None:
    document = read(tmp_path, "七天内可退货".encode("gb18030"), head=r"{\rtf1\ansi\ansicpg936 ")
    assert document.pages[0].text == "七天内可退货"


def test_files_that_break_off_or_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(HEAD + r"The first half{\b of a")
    document = parse_document(path)
    assert document.pages[0].text == "The first halfof a"
    assert document.warnings == ("The file breaks off before its end.",)
    for content, reason in (
        ("Dear all", "no rich text"),
        (r"{\rtf1 {\*\x hidden}}", "no text"),
        (r"{\rtf1 " + "{" * 2000 + "x", "nested too deeply"),
    ):
        path.write_text(content)
        with pytest.raises(FileUnusable, match=reason):
            parse_document(path)


def test_a_long_picture_does_not_hold_it_up(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "a.rtf"
    path.write_text(HEAD + r"{\pict " + ("0123456789abcdef" * 4 + "\n") * 200_000 + "}words}")
    document = parse_document(path, lambda done, total: told.append((done, total)))
    assert document.pages[0].text == "words"
    assert len(told) >= 2
