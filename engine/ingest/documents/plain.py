"""Plain text: paragraphs, lists and the few kinds of headings that plain text has."""

from __future__ import annotations

import re
from pathlib import Path

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, normalise
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.encoding import decode

_BULLET = re.compile(
    r"^(?:[•·▪●◦*–—-]\s+|[(（]?\d{1,3}[.)）、]\s*(?=\D)|[(（][一二三四五六七八九十]{1,3}[)）]|[a-z][.)]\s+)"
)
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,}|~{3,}|\*{3,})$")
_CHAPTER = re.compile(
    r"^(?:第[〇零一二三四五六七八九十百\d]{1,5}[章节節篇部条條](?:\s|[：:]|$).{0,40}"
    r"|(?:Chapter|Section|Part) \d+\b.{0,60})$"
)
_ENDS_SENTENCE = re.compile(r"[.!?。！？；;:：][\"'”’」』)）]*$")


def read_text(path: Path) -> tuple[str, tuple[str, ...]]:
    """The decoded text of a file, and warnings about it.

    Raises:
        FileUnusable: its bytes are no text.
    """
    text, encoding = decode(path.read_bytes(), str(path))
    return text, encoding.warnings()


def read_plain(path: Path) -> ParsedDocument:
    """Read a text file as one page."""
    text, warnings = read_text(path)
    page = make_page(1, plain_blocks(text))
    if not page.text:
        raise FileUnusable(path=str(path), reason="it holds no text.")
    title = page.text[page.headings[0].start : page.headings[0].end] if page.headings else path.stem
    return ParsedDocument(title=title, format="txt", pages=(page,), paged=False, warnings=warnings)


def plain_blocks(text: str) -> list[Block]:
    """Blocks of a plain text; lines that were wrapped at a fixed width are joined again."""
    blocks: list[Block] = []
    for paragraph in normalise(text).split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line]
        while lines:
            if _is_heading(lines):
                blocks.append(Block("heading", lines[0], 1))
                lines = lines[2:] if len(lines) > 1 and _UNDERLINE.match(lines[1]) else lines[1:]
            elif _UNDERLINE.match(lines[0]):
                lines = lines[1:]
            else:
                blocks.extend(_body(lines))
                break
    return blocks


def _is_heading(lines: list[str]) -> bool:
    first = lines[0]
    if len(first) > 80 or not any(map(str.isalpha, first)):
        return False
    if len(lines) > 1:
        return bool(_UNDERLINE.match(lines[1])) or bool(_CHAPTER.match(first))
    return bool(_CHAPTER.match(first)) or (first.isupper() and not _ENDS_SENTENCE.search(first))


def _body(lines: list[str]) -> list[Block]:
    """Items and paragraphs of lines without a blank line between them."""
    groups: list[tuple[bool, list[str]]] = []
    wrapped = _is_wrapped(lines)
    for line in lines:
        if _BULLET.match(line):
            groups.append((True, [line]))
        elif not groups or (groups[-1][0] and not wrapped and _ENDS_SENTENCE.search(groups[-1][1][-1])):
            groups.append((False, [line]))
        else:
            groups[-1][1].append(line)
    blocks = []
    for is_item, group in groups:
        if is_item:
            blocks.append(Block("item", "\n".join(group)))
        else:
            blocks.append(Block("paragraph", _join(group) if wrapped else "\n".join(group)))
    return blocks


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines end where a width ended and not where a thought did."""
    if len(lines) < 2:
        return False
    longest = max(map(len, lines))
    full = sum(len(line) >= longest * 0.75 and not _BULLET.match(line) for line in lines[:-1])
    return longest >= 40 and full >= 0.6 * (len(lines) - 1)


def _join(lines: list[str]) -> str:
    from engine.ingest.documents.clean import one_line

    return one_line("\n".join(lines))
