"""E-mails (eml): subject, people and date, and the text; quoted text of earlier e-mails without its marks.

Left out: attachments, which are named in a warning (attached e-mails are read), pictures, signatures of cryptography.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage, Message
from pathlib import Path

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, normalise, one_line
from engine.ingest.documents.dates import moment
from engine.ingest.documents.html import html_blocks
from engine.ingest.documents.plain import plain_blocks
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.encoding import decode

MAX_PARTS = 2000
MAX_DEPTH = 5
"""E-mails within e-mails."""
_KNOWN_HEADERS = ("from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path")
_SHOWN = ("From", "To", "Cc", "Date")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_QUOTE = re.compile(r"^(?:> ?)+", re.MULTILINE)
_SHOWN_NAMES = 5


def read_eml(path: Path) -> ParsedDocument:
    """Read an e-mail as one page."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    if sum(name in message for name in _KNOWN_HEADERS) < 2:
        raise FileUnusable(path=str(path), reason="it is no e-mail (it has no sender, subject or date on top).")
    if message.get_content_type() in _ENCRYPTED and message.get_param("smime-type") != "signed-data":
        raise FileUnusable(path=str(path), reason="it is encrypted; save its text in another form.")
    reader = _Reader(path)
    page = make_page(1, reader.blocks(message, 1))
    if not reader.has_text:
        raise FileUnusable(path=str(path), reason="it holds no text beside its headers.")
    return ParsedDocument(
        title=_header(message, "Subject") or path.stem,
        format="eml",
        pages=(page,),
        paged=False,
        warnings=reader.warnings(),
        modified=moment(_date(message)),
    )


class _Reader:
    def __init__(self, path: Path) -> None:
        self.has_text = False
        self._path = path
        self._attached: list[str] = []
        self._parts = 0

    def blocks(self, message: Message, depth: int) -> Iterator[Block]:
        """One e-mail: its headers, its text, and the e-mails attached to it."""
        if subject := _header(message, "Subject"):
            yield Block("heading", subject, min(depth, 6))
        for name in _SHOWN:
            if value := _header(message, name):
                yield Block("item", f"{name}: {value}")
        inner: list[Message] = []
        for block in self._body(message, inner):
            self.has_text = self.has_text or bool(block.text.strip())
            yield block
        for one in inner:
            if depth < MAX_DEPTH:
                yield from self.blocks(one, depth + 1)

    def _body(self, part: Message, inner: list[Message]) -> Iterator[Block]:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise FileUnusable(path=str(self._path), reason=f"it has more than {MAX_PARTS:,} parts.")
        kind = part.get_content_type()
        if kind == "message/rfc822":
            content = part.get_payload()
            inner.extend(one for one in content if isinstance(one, Message)) if isinstance(content, list) else None
        elif part.get_content_maintype() == "multipart":
            parts = [one for one in part.get_payload() if isinstance(one, Message)] if part.is_multipart() else []
            if kind == "multipart/alternative":
                parts = _chosen(parts)
            for one in parts:
                yield from self._body(one, inner)
        elif part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            if not kind.startswith(("image/", "application/pgp-signature", "application/pkcs7-signature")):
                self._attached.append(_file_name(part) or kind)
        elif kind == "text/html":
            yield from html_blocks(self._text(part))[1]
        else:
            yield from plain_blocks(_QUOTE.sub("", normalise(self._text(part))))

    def _text(self, part: Message) -> str:
        """The decoded text of a part; where it names no character set or a wrong one, its bytes tell."""
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            return ""
        named = part.get_content_charset()
        if named:
            try:
                return data.decode("gb18030" if named in ("gb2312", "gbk") else named)
            except (LookupError, UnicodeDecodeError):
                pass
        if not data.strip():
            return ""
        return decode(data, str(self._path))[0]

    def warnings(self) -> tuple[str, ...]:
        if not self._attached:
            return ()
        names = ", ".join(self._attached[:_SHOWN_NAMES]) + (" …" if len(self._attached) > _SHOWN_NAMES else "")
        if len(self._attached) == 1:
            return (f"1 attachment was not read: {names}.",)
        return (f"{len(self._attached)} attachments were not read: {names}.",)


def _chosen(parts: list[Message]) -> list[Message]:
    """The same text in several forms: the one that keeps lists and tables best and is not empty."""
    for wanted in ("text/html", "multipart/related", "multipart/mixed", "text/plain"):
        for part in parts:
            if part.get_content_type() == wanted and (part.is_multipart() or (part.get_payload(decode=True) or b"")):
                return [part]
    return parts


def _header(message: Message, name: str) -> str:
    try:
        return one_line(str(message.get(name, "") or ""))
    except Exception:  # the library raises all kinds of errors for headers that break its rules
        return ""


def _date(message: Message) -> datetime | None:
    try:
        found = message["Date"].datetime if isinstance(message, EmailMessage) and message["Date"] else None
    except Exception:
        return None
    return found if isinstance(found, datetime) else None


def _file_name(part: Message) -> str:
    try:
        return one_line(part.get_filename() or "")
    except Exception:
        return ""
