"""Text of any format to normal form, and blocks of text to a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from engine.ingest.documents.values import Heading, Page

BlockKind = Literal["heading", "paragraph", "item", "row"]

# Controls, surrogates and non-characters, soft hyphen, zero-width marks (but not the joiners that Indic and Persian
# spelling and emoji need), byte order mark, object replacement.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t\x1f \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CJK = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_CJK_GAP = re.compile(f"(?<=[{_CJK}])\n(?=[{_CJK}“”‘’—…])|(?<=[“”‘’—…])\n(?=[{_CJK}])")


MAX_HEADING = 250


class Block(Struct, frozen=True):
    """A piece of a document: a heading (with `level`), a paragraph, an item of a list or a row of a table."""

    kind: BlockKind
    text: str
    level: int = 0


def normalise(text: str) -> str:
    """NFC text without invisible characters, single spaces, lines stripped, at most one blank line in a row."""
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    # Dropping a character can bring two together that compose, so NFC comes last once more.
    return unicodedata.normalize("NFC", re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


def one_line(text: str) -> str:
    """Normalised text with its lines joined: by a space, or by nothing between Chinese characters."""
    return _CJK_GAP.sub("", re.sub(r"\n+", "\n", normalise(text))).replace("\n", " ")


def joins_without_space(last: str, first: str) -> bool:
    """Whether two lines that end and begin with these characters are written without a space between them."""
    return _CJK_GAP.search(f"{last}\n{first}") is not None


def make_page(number: int, blocks: Iterable[Block]) -> Page:
    """Join blocks to the text of a page and note where its headings stand."""
    parts: list[str] = []
    headings: list[Heading] = []
    length = 0
    last: BlockKind | None = None
    for block in blocks:
        text = one_line(block.text) if block.kind != "paragraph" else normalise(block.text)
        if not text:
            continue
        if last is not None:
            gap = "\n" if last == block.kind and block.kind in ("item", "row") else "\n\n"
            parts.append(gap)
            length += len(gap)
        # A whole paragraph in a heading's style is a slip of its author.
        if block.kind == "heading" and len(text) <= MAX_HEADING:
            headings.append(Heading(length, length + len(text), max(1, block.level)))
        parts.append(text)
        length += len(text)
        last = block.kind
    return Page(number, "".join(parts), tuple(headings))
