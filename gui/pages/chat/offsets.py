"""Where a character of a page lies in a Qt text document.

The engine counts characters; Qt counts UTF-16 units (a rare Chinese character or an emoji is two) and takes CR LF
as one line end.
"""

from __future__ import annotations


def document_position(text: str, offset: int) -> int:
    """Position in a QTextDocument that was filled with `text` by `setPlainText`.

    Args:
        text: the page as the engine gave it.
        offset: characters from its start; values outside are brought to the nearest end.
    """
    before = text[: max(0, offset)]
    beyond = sum(1 for character in before if ord(character) > 0xFFFF)
    return len(before) + beyond - before.count("\r\n")


def excerpt_span(text: str, start: int, end: int, excerpt: str) -> tuple[int, int] | None:
    """Characters of the excerpt in the page.

    The offsets are trusted when they hold the excerpt. A document indexed again since the answer was given may have
    moved it: then it is looked for, and None says that it is no longer on this page.
    """
    if 0 <= start < end <= len(text) and (not excerpt or text[start:end].strip() == excerpt.strip()):
        return start, end
    found = text.find(excerpt.strip()) if excerpt.strip() else -1
    return (found, found + len(excerpt.strip())) if found >= 0 else None
