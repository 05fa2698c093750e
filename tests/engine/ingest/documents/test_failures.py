"""Every document that cannot be used says why in one sentence."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from engine.errors import FileMissing, FileUnusable
from engine.ingest.documents import parse as parse_module
from engine.ingest.documents import parse_document
from engine.ingest.documents import pdf as pdf_module


def pdf_bytes(pages: list[str], *, password: str | None = None, picture: bool = False) -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=password)
    for text in pages:
        if picture:
            from PIL import Image

            canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 50, 300, 400, 400)
        if text:
            canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx_bytes(text: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def refused(path: Path) -> str:
    with pytest.raises(FileUnusable) as caught:
        parse_document(path)
    assert caught.value.details["path"] == str(path)
    reason: str = caught.value.details["reason"]
    assert reason.endswith(".")
    assert "\n" not in reason
    return reason


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.md", "a.txt", "a.csv", "a.jsonl"])
def test_empty_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert refused(tmp_path / name) == "it is empty."


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        parse_document(tmp_path / "none.pdf")


def test_protected_pdf(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    path.write_bytes(pdf_bytes(["hidden"], password="open sesame"))
    assert "password" in refused(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_cut_pdf_is_damaged_or_still_whole(tmp_path: Path, share: float) -> None:
    data = pdf_bytes(["A sentence that can be read."] * 3)
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: int(len(data) * share)])
    try:
        told = parse_document(path).pages[0].text  # PDFium mends what it can
    except FileUnusable as error:
        told = error.message
    assert any(words in told for words in ("A sentence that can be read.", "damaged", "no text"))


def test_pdf_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(b"Dear all, this is a letter and no PDF. " * 20)
    assert "damaged, or no PDF" in refused(path)


def test_scanned_pdf(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_bytes(["", ""], picture=True))
    assert refused(path) == "its pages are pictures without text."


def test_pdf_with_one_scanned_page_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "half.pdf"
    path.write_bytes(pdf_bytes(["Typed words here.", ""], picture=True))
    document = parse_document(path)
    assert document.pages[0].text == "Typed words here."
    assert document.pages[1].text == ""
    assert document.warnings == ("Page 2 is without text (pictures).",)


def test_blank_pdf(tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    path.write_bytes(pdf_bytes([""]))
    assert refused(path) == "its pages hold no text."


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MAX_PAGES", 3)
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_bytes(["x"] * 4))
    assert refused(path) == "it has 4 pages; the most is 3."


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(parse_module.MAX_BYTES + 1)
    assert "the most is 200 MB" in refused(path)


def test_docx_that_is_no_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("just words", "utf-8")
    assert "no zip" in refused(path)


def test_old_word_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "old Word" in refused(path)


def test_zip_without_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "word/document.xml" in refused(path)


def test_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)
    assert "zip bomb" in refused(path)


def test_zip_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.ingest.documents import zipcheck

    monkeypatch.setattr(zipcheck, "MAX_UNPACKED", 1 << 20)
    path = tmp_path / "big.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", b"x" * (3 << 20))
    assert "would unpack to 3 MB" in refused(path)


def test_docx_with_a_damaged_part(tmp_path: Path) -> None:
    whole = docx_bytes("words that will be lost")
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    path = tmp_path / "a.docx"
    path.write_bytes(broken.getvalue())
    assert "damaged" in refused(path)


def test_docx_with_flipped_bytes(tmp_path: Path) -> None:
    data = bytearray(docx_bytes("words " * 500))
    middle = data.find(b"word/document.xml") + 200
    data[middle : middle + 50] = bytes(50)
    path = tmp_path / "a.docx"
    path.write_bytes(bytes(data))
    assert "damaged" in refused(path)


def test_docx_without_text(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_bytes("  "))
    assert refused(path) == "it holds no text."


def test_html_without_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><head><title>T</title><script>var a = 'words'</script></head><body><img></body></html>")
    assert "no text" in refused(path)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_binary_with_a_text_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(5000) + b"word" + bytes(300))
    assert "binary data" in refused(tmp_path / name)


def test_single_nul_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"first line\nsecond \0 line\n" + b"more words\n" * 20)
    assert "NUL byte in line 2" in refused(path)


def test_mixed_encodings_name_the_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("naïve café\n".encode() * 3 + "naïve café\n".encode("latin-1"))
    reason = refused(path)
    assert "UTF-8" in reason
    assert "line 4" in reason


def test_wrong_ending(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(pdf_bytes(["words"]))
    assert refused(path) == "its name ends in .docx, but it is a PDF."


def test_unknown_kind(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x")
    assert "files ending in .mp4 are not read" in refused(path)


def test_folder_with_a_document_name(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert "a folder" in refused(tmp_path / "folder.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe" in refused(tmp_path / "pipe.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("secret")
    path.chmod(0)
    assert "permission" in refused(path)


def test_permission_error_becomes_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("secret")

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refused(path) == "there is no permission to read it."


def test_faq_without_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("colour,size\nred,3\n")
    assert "its columns: colour, size" in refused(path)


def test_faq_of_headers_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("question,answer\n")
    refused(path)


@pytest.mark.parametrize("depth", [200, 20_000])
def test_deeply_nested_html_is_read_or_refused(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<p>start</p>" + "<div>" * depth + "core" + "</div>" * depth + "<p>end</p>")
    text = parse_document(path).pages[0].text
    assert text.startswith("start")
    assert text.endswith("end")


def test_xml_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "lol">' + "".join(
        f'<!ENTITY x{i} "{("&x%s;" % (i - 1 or "")) * 20}">' for i in range(1, 12)
    )
    source = zipfile.ZipFile(io.BytesIO(docx_bytes("REPLACE")))
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                head, _, body = data.partition(b"?>")
                data = head + b"?>" + bomb.encode() + b"]>" + body.replace(b"REPLACE", b"&x11;")
            target.writestr(name, data)
    try:
        told = parse_document(path).pages[0].text
    except FileUnusable as error:
        told = error.message
    assert len(told) < 1000
    assert "lollol" not in told
