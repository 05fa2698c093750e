"""E-mails: headers, bodies in every encoding, what hangs on them, and files that are none."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from engine.errors import FileUnusable
from engine.ingest.documents import ParsedDocument, parse_document


def message(text: str = "Dear desk,\n\nmy lamp is broken.", subject: str = "Broken lamp") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ann Lee <ann@example.com>"
    made["To"] = "desk@example.com"
    made["Subject"] = subject
    made["Date"] = format_datetime(datetime(2024, 3, 4, 10, 0, tzinfo=timezone(timedelta(hours=8))))
    made.set_content(text)
    return made


def read(tmp_path: Path, made: EmailMessage | bytes) -> ParsedDocument:
    path = tmp_path / "a.eml"
    path.write_bytes(made if isinstance(made, bytes) else made.as_bytes())
    return parse_document(path)


def test_plain_mail(tmp_path: Path) -> None:
    text = "Dear desk,\n\nmy lamp is broken.\n\n> Yesterday you wrote:\n>> - a\n>> - b\n"
    document = read(tmp_path, message(text))
    assert document.pages[0].text == (
        "Broken lamp\n\nFrom: Ann Lee <ann@example.com>\nTo: desk@example.com\n"
        "Date: Mon, 04 Mar 2024 10:00:00 +0800\n\n"
        "Dear desk,\n\nmy lamp is broken.\n\nYesterday you wrote:\n\n- a\n- b"
    )
    assert (document.title, document.format, document.paged) == ("Broken lamp", "eml", False)
    assert document.modified == "2024-03-04T02:00:00+00:00"
    assert document.pages[0].headings[0].level == 1


def test_of_several_forms_the_one_with_lists_and_tables_is_read_once(tmp_path: Path) -> None:
    made = message("My lamp is broken.")
    made.add_alternative("<p>My lamp is broken.</p><table><tr><td>Order</td><td>A1</td></tr></table>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    made.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png")
    document = read(tmp_path, made)
    assert document.pages[0].text.count("My lamp is broken.") == 1
    assert document.pages[0].text.endswith("Order | A1")
    assert document.warnings == ("1 attachment was not read: bill.pdf.",)


def test_attached_mails_are_read_below_it(tmp_path: Path) -> None:
    made = message("See below.")
    made.add_attachment(message("The lamp was sent on Monday.", "Dispatch"))
    document = read(tmp_path, made)
    page = document.pages[0]
    assert "The lamp was sent on Monday." in page.text
    assert [(page.text[h.start : h.end], h.level) for h in page.headings] == [("Broken lamp", 1), ("Dispatch", 2)]


@pytest.mark.parametrize("charset", ["gb2312", "nonsense", ""])
def test_chinese_mail_in_its_own_bytes(tmp_path: Path, charset: str) -> None:
    kind = f"Content-Type: text/plain; charset={charset}\r\n" if charset else ""
    head = f"From: a@b.cn\r\nSubject: =?gb2312?B?zcu79Q==?=\r\nDate: Mon, 4 Mar 2024 10:00:00 +0800\r\n{kind}\r\n"
    body = "您好，我想退货，请问七天之内可以退吗？运费由谁承担？谢谢您的帮助。" * 3
    document = read(tmp_path, head.encode() + body.encode("gb18030"))
    assert document.title == "退货"
    assert "七天之内" in document.pages[0].text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Just a note.\n\nWithout headers.\n", "no e-mail"),
        (b"From: a@b\nSubject: x\nContent-Type: multipart/encrypted\n\nsecret\n", "encrypted"),
        (
            b"From: a@b\nSubject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMII\n",
            "encrypted",
        ),
        (b"From: a@b\nSubject: x\n\n\n", "no text beside its headers"),
    ],
)
def test_mails_that_cannot_be_used(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(FileUnusable, match=reason):
        read(tmp_path, content)


def test_headers_that_break_the_rules_do_not_stop_it(tmp_path: Path) -> None:
    head = (
        b"From: \xff\xfe <<<>>>\nTo: @@\nSubject: =?utf-8?Q?=ff=fe?=\nDate: yesterday\nMessage-ID: <\n\nThe text stays."
    )
    document = read(tmp_path, head)
    assert "The text stays." in document.pages[0].text
    assert document.modified == ""


@pytest.mark.parametrize("depth", [40, 3000])
def test_parts_nested_without_end_are_bounded(tmp_path: Path, depth: int) -> None:
    lines = ["From: a@b", "Subject: x"]
    for number in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    lines += ["Content-Type: text/plain", "", "core"]
    try:
        told = read(tmp_path, "\n".join(lines).encode()).pages[0].text
    except FileUnusable as error:
        told = error.message
    assert "core" in told or "nested too deeply" in told or "parts" in told or "no text" in told
