"""Documents for the killing test: good ones of every format, each with a word of its own, and bad ones of all kinds."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "engine" / "ingest" / "documents"))

from office_files import shape, write_odt, write_pptx  # noqa: E402

_TEXT = """pump valve filter pressure engine cable battery sensor panel screen button menu printer paper tray account
invoice refund parcel address customer delivery order payment window door lamp heater motor belt gear water steam tank
hose clamp open close press hold release turn lift lower clean check replace fill drain start stop charge connect
remove insert select confirm cancel print send receive store before after while until slowly weekly monthly"""
_WORDS = _TEXT.split()
Writer = Callable[[Path, str, list[str]], None]


def own_word(number: int) -> str:
    """A word that is in one document alone: letters only, so that no search splits it."""
    letters = ""
    for _ in range(4):
        number, digit = divmod(number, 26)
        letters = chr(97 + digit) + letters
    return f"zq{letters}x"


def write_good(folder: Path, count: int, seed: int, edition: int = 1) -> dict[Path, str]:
    """Documents of one to three passages in folders of a hundred; returns each with its word. The same documents in
    another edition have the same names and words, and other contents."""
    chooser = random.Random(seed)
    made: dict[Path, str] = {}
    for number in range(count):
        ending, write = _WRITERS[number % len(_WRITERS)]
        path = folder / f"part{number // 100:02d}" / f"{chooser.randrange(10**6):06d}-{number}{ending}"
        path.parent.mkdir(exist_ok=True)
        word = own_word(number)
        paragraphs = [
            " ".join(chooser.choices(_WORDS, k=chooser.randint(30, 70))).capitalize() + "."
            for _ in range(chooser.randint(1, 3))
        ]
        paragraphs[0] = f"The {word} is here, edition {edition}. {paragraphs[0]}"
        write(path, f"Manual {number}", paragraphs)
        made[path] = word
    return made


def _markdown(path: Path, title: str, paragraphs: list[str]) -> None:
    path.write_text(f"# {title}\n\n" + "\n\n".join(paragraphs), encoding="utf-8")


def _plain(path: Path, title: str, paragraphs: list[str]) -> None:
    path.write_text(f"{title}\n\n" + "\n\n".join(paragraphs), encoding="utf-8")


def _html(path: Path, title: str, paragraphs: list[str]) -> None:
    path.write_text(f"<title>{title}</title><h1>{title}</h1>" + "".join(f"<p>{one}</p>" for one in paragraphs))


def _docx(path: Path, title: str, paragraphs: list[str]) -> None:
    import docx

    document = docx.Document()
    document.add_heading(title, 1)
    for one in paragraphs:
        document.add_paragraph(one)
    document.save(str(path))


def _pdf(path: Path, title: str, paragraphs: list[str]) -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    body = [Paragraph(title, styles["Heading1"]), *(Paragraph(one, styles["Normal"]) for one in paragraphs)]
    SimpleDocTemplate(str(path)).build(body)


def _pptx(path: Path, title: str, paragraphs: list[str]) -> None:
    write_pptx(path, [shape("title", title) + shape("body", *paragraphs)])


def _odt(path: Path, title: str, paragraphs: list[str]) -> None:
    body = "".join(f"<text:p>{escape(one)}</text:p>" for one in paragraphs)
    write_odt(path, f'<text:h text:outline-level="1">{title}</text:h>{body}')


def _rtf(path: Path, title: str, paragraphs: list[str]) -> None:
    body = "".join(f"\\pard {one}\\par " for one in paragraphs)
    path.write_text(rf"{{\rtf1\ansi \outlinelevel0 {title}\par {body}}}")


def _eml(path: Path, title: str, paragraphs: list[str]) -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.com", "b@example.com", title
    made["Date"] = "Mon, 04 Mar 2024 10:00:00 +0000"
    made.set_content("\n\n".join(paragraphs))
    path.write_bytes(made.as_bytes())


def _xlsx(path: Path, title: str, paragraphs: list[str]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Part", "What to do"])
    for number, one in enumerate(paragraphs):
        book.active.append([f"{title} {'abc'[number]}", one])
    book.save(path)


def _faq(path: Path, title: str, paragraphs: list[str]) -> None:
    rows = [f'"{title}, what about it?","{one}"' for one in paragraphs]
    path.write_text("question,answer\n" + "\n".join(rows) + "\n", encoding="utf-8")


_WRITERS: tuple[tuple[str, Writer], ...] = (
    (".md", _markdown), (".txt", _plain), (".html", _html), (".docx", _docx), (".pdf", _pdf), (".pptx", _pptx),
    (".odt", _odt), (".rtf", _rtf), (".eml", _eml), (".xlsx", _xlsx), (".csv", _faq),
)  # fmt: skip


# --- bad files ------------------------------------------------------------------------------------------------


def write_bad(folder: Path, count: int) -> list[Path]:
    """The first `count` of the kinds below, again from the start if there are more."""
    folders = max(1, len(list(folder.iterdir())))
    paths = []
    for number in range(count):
        name, make = _BAD[number % len(_BAD)]
        path = folder / f"part{number * 3 % folders:02d}" / f"{500_000 + number}-{name}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(make())
        paths.append(path)
    return paths


def _zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


def _printed(*, password: str | None = None, picture: bool = False) -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=password)
    if picture:
        from PIL import Image

        canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 50, 300, 400, 400)
    else:
        canvas.drawString(72, 700, "words")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_BOMB = b'<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>'
_BAD: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("cut.pdf", lambda: b"%PDF-1.7 nothing more"),
    ("locked.pdf", lambda: _printed(password="open sesame")),
    ("bomb.docx", lambda: _zipped(word__document_xml=b" " * 30_000_000)),
    ("binary.txt", lambda: bytes(range(256)) * 40),
    ("empty.md", lambda: b""),
    ("scanned.pdf", lambda: _printed(picture=True)),
    ("nozip.docx", lambda: b"just words"),
    ("old.docx", lambda: _OLE),
    ("locked.pptx", lambda: _OLE + "EncryptedPackage".encode("utf-16-le")),
    ("entities.odt", lambda: _zipped(content_xml=_BOMB)),
    ("cut.pptx", lambda: _zipped(ppt__presentation_xml=b"<p:presentation")),
    ("deep.rtf", lambda: rb"{\rtf1 " + b"{" * 5000),
    ("none.rtf", lambda: b"Dear all"),
    ("none.eml", lambda: b"A note without any header.\n"),
    ("secret.eml", lambda: b"From: a@b\nSubject: x\nContent-Type: multipart/encrypted\n\nx\n"),
    ("cut.xlsx", lambda: _zipped(xl__workbook_xml=b"<workbook")),
    ("unseen.html", lambda: b"<html><script>var words = 1</script></html>"),
    ("events.csv", lambda: b"user,item,time\nu1,i1,2024-01-01\n"),
    ("cut.json", lambda: b'[{"question": "x", "answer"'),
    ("tangled.html", lambda: b"<i>" * 12_000_000 + b"end"),  # takes its reader more memory than it may have
    ("renamed.docx", lambda: _printed()),
)
