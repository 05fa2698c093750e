"""What survives from each format: headings, paragraphs, lists, tables, letters of any script."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from engine.ingest.documents import ParsedDocument, parse_document
from engine.ingest.documents.pdf_lines import join_lines


def headings(document: ParsedDocument) -> list[tuple[str, int]]:
    return [(page.text[h.start : h.end], h.level) for page in document.pages for h in page.headings]


def test_docx(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("Opening", 1)
    document.add_paragraph("We open at eight.")
    document.add_paragraph("bread", style="List Bullet")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    document.add_heading("Prices", 2)
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, [("What", "Price"), ("tea", "£2")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    merged = document.add_table(1, 3)
    merged.cell(0, 0).merge(merged.cell(0, 2)).text = "all day"
    document.save(str(tmp_path / "a.docx"))
    parsed = parse_document(tmp_path / "a.docx")
    assert parsed.pages[0].text == (
        "Opening\n\nWe open at eight.\n\n• bread\n1. first\n2. second\n\nPrices\n\nWhat | Price\ntea | £2\nall day"
    )
    assert headings(parsed) == [("Opening", 1), ("Prices", 2)]
    assert (parsed.title, parsed.format, parsed.paged) == ("Opening", "docx", False)


def test_docx_counts_inserted_text_and_not_deleted_text(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t xml:space='preserve'>You have </w:t></w:r>"
            "<w:del w:id='1' w:author='a'><w:r><w:delText>14</w:delText></w:r></w:del>"
            "<w:ins w:id='2' w:author='a'><w:r><w:t>60</w:t></w:r></w:ins>"
            "<w:r><w:t xml:space='preserve'> days.</w:t></w:r></w:p>"
        ),
    )
    document.save(str(tmp_path / "a.docx"))
    assert parse_document(tmp_path / "a.docx").pages[0].text == "You have 60 days."


def test_html(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><title>Tea &amp; more</title><style>p { color: red }</style></head><body><nav>Menu</nav>"
        "<h1>Tea</h1><p>One <b>two</b>\n   three</p><p style='display: none'>unseen</p>"
        "<ul><li>green<li>black</ul><ol start=4><li>pour</ol>"
        "<table><tr><th>Kind<th>Price<tr><td>green<td><p>£2</p><p>small</p></table>"
        "<script>alert('no')</script><!-- no --></body></html>",
        "utf-8",
    )
    parsed = parse_document(tmp_path / "a.html")
    assert parsed.title == "Tea & more"
    assert parsed.pages[0].text == (
        "Tea\n\nOne two three\n\n• green\n• black\n4. pour\n\nKind | Price\ngreen | £2 small"
    )
    assert headings(parsed) == [("Tea", 1)]


def test_html_says_its_own_encoding(tmp_path: Path) -> None:
    page = "<html><head><meta charset=windows-1251></head><body><p>Возврат товара</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode("cp1251"))
    assert parse_document(tmp_path / "a.html").pages[0].text == "Возврат товара"


def test_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Tea guide\n---\n# Tea\n\nGreen *or* [black](http://x.example)\ntea, `hot`.\n\n"
        "- one\n- two\n\n3. three\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n```\ncode  here\n```\n\n<b>bold</b>\n\n"
        "## End\n",
        "utf-8",
    )
    parsed = parse_document(tmp_path / "a.md")
    assert parsed.title == "Tea guide"
    assert parsed.pages[0].text == (
        "Tea\n\nGreen or black tea, hot.\n\n• one\n• two\n3. three\n\nA | B\n1 | 2\n\ncode here\n\nbold\n\nEnd"
    )
    assert headings(parsed) == [("Tea", 1), ("End", 2)]


def test_plain_text_joins_wrapped_lines_and_keeps_lists(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "HOUSE RULES\r\n\r\nThe kitchen is open to everybody who lives here and to\r\n"
        "their guests, as long as it is left the way in which it\r\nwas found.\r\n\r\n- wash up\r\n- dry up\r\n",
        "utf-8",
    )
    parsed = parse_document(tmp_path / "a.txt")
    assert parsed.pages[0].text == (
        "HOUSE RULES\n\nThe kitchen is open to everybody who lives here and to their guests, as long as it is left "
        "the way in which it was found.\n\n- wash up\n- dry up"
    )
    assert headings(parsed) == [("HOUSE RULES", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_plain_chinese_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    text = "第一章 总则\n\n本店自签收之日起三十天内接受退货。\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert parse_document(tmp_path / "a.txt").pages[0].text == text.strip()


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_guessed_encoding_is_said(tmp_path: Path, name: str) -> None:
    text = "Возврат товара в течение тридцати дней. Спасибо за помощь, где мой заказ?"
    (tmp_path / name).write_bytes(text.encode("cp1251"))
    parsed = parse_document(tmp_path / name)
    assert parsed.pages[0].text == text
    assert parsed.warnings == ("The encoding is not marked; cp1251 was guessed. Check the texts.",)


def test_latin_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Le café est fermé à Noël.".encode("latin-1"))
    assert parse_document(tmp_path / "a.txt").pages[0].text == "Le café est fermé à Noël."


def make_pdf(path: Path, draw: list[tuple[float, float, float, str]], pages: int = 1) -> None:
    """Draw (x, y, size, text) on each page."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number in range(1, pages + 1):
        for x, y, size, text in draw:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, text.replace("#", str(number)))
        canvas.showPage()
    canvas.save()
    path.write_bytes(buffer.getvalue())


def test_pdf_layout(tmp_path: Path) -> None:
    make_pdf(
        tmp_path / "a.pdf",
        [
            (72, 760, 22, "Tea rooms"),
            (72, 720, 11, "The garden is open from spring to autumn for every-"),
            (72, 705, 11, "body who likes tea, and the house is open all year"),
            (72, 690, 11, "round."),
            (72, 660, 11, "• no dogs"),
            (72, 645, 11, "• no music"),
            (72, 610, 11, "Tea"),
            (250, 610, 11, "£2"),
            (72, 595, 11, "Cake"),
            (250, 595, 11, "£3"),
        ],
    )
    parsed = parse_document(tmp_path / "a.pdf")
    assert parsed.pages[0].text == (
        "Tea rooms\n\nThe garden is open from spring to autumn for everybody who likes tea, and the house is open all "
        "year round.\n\n• no dogs\n• no music\n\nTea | £2\nCake | £3"
    )
    assert headings(parsed) == [("Tea rooms", 1)]
    assert (parsed.format, parsed.paged, parsed.title) == ("pdf", True, "Tea rooms")


def test_pdf_drops_running_heads_and_keeps_page_numbers_right(tmp_path: Path) -> None:
    make_pdf(
        tmp_path / "a.pdf", [(72, 800, 9, "House rules"), (72, 700, 11, "Text of page #."), (300, 30, 9, "- # -")], 4
    )
    parsed = parse_document(tmp_path / "a.pdf")
    assert [(page.number, page.text) for page in parsed.pages] == [(n, f"Text of page {n}.") for n in range(1, 5)]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("a walk-", "in clinic", "a walk-in clinic"),  # written with its hyphen elsewhere
        ("infor-", "mation", "information"),
        ("Anglo-", "Saxon", "Anglo-Saxon"),
        ("pages 3-", "5 of", "pages 3-5 of"),
        ("plain", "words", "plain words"),
        ("退货", "期限", "退货期限"),
        ("开放", "“早市”", "开放“早市”"),
    ],
)
def test_joining_lines(first: str, second: str, joined: str) -> None:
    assert join_lines(first, second, frozenset({"walk-in"})) == joined


@pytest.mark.parametrize(
    ("question", "answer"), [("question", "answer"), ("Q", "A"), ("问题", "回答"), ("问题", "答案")]
)
@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
def test_faq(tmp_path: Path, kind: str, question: str, answer: str) -> None:
    rows = [("When do you open?", "At eight."), ("", "no question"), ("多久发货？", "当天。")]
    path = tmp_path / f"faq.{kind}"
    if kind == "csv":
        path.write_text(f"{question},{answer}\n" + "".join(f"{q},{a}\n" for q, a in rows), "utf-8")
    elif kind == "jsonl":
        path.write_text("".join(json.dumps({question: q, answer: a}) + "\n" for q, a in rows), "utf-8")
    else:
        import openpyxl

        book = openpyxl.Workbook()
        book.active.append([question, answer])
        for row in rows:
            book.active.append(list(row))
        book.save(path)
    parsed = parse_document(path)
    assert [(entry.question, entry.answer) for entry in parsed.faq] == [rows[0], rows[2]]
    first = 1 if kind == "jsonl" else 2
    assert [entry.line for entry in parsed.faq] == [first, first + 2]
    assert any("1 row was left out" in warning for warning in parsed.warnings)
    assert "When do you open?\n\nAt eight." in parsed.pages[0].text


def test_jsonl_of_texts(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"title": "Rain", "text": "Take a coat."}\n{"title": "Sun", "text": "Take a hat."}\n')
    parsed = parse_document(path)
    assert parsed.pages[0].text == "Rain\n\nTake a coat.\n\nSun\n\nTake a hat."
    assert parsed.faq == ()


def test_normal_form(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("cafe\u0301 co\u00adop\u200b \u00a0 end\n\n\n\n\nnext\u2028line", "utf-8")
    assert parse_document(tmp_path / "a.txt").pages[0].text == "caf\u00e9 coop end\n\nnext\nline"
