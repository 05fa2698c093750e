"""Pages to passages: the pieces of text that are searched and quoted.

A passage is some 60 to 160 words (or 120 to 350 Chinese characters) of one page, cut at headings first, then between
paragraphs and items, then between sentences, and inside a sentence only when it alone is too long.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from msgspec import Struct

from engine.ingest.documents.values import Page, ParsedDocument
from engine.language.sentences import sentences
from engine.language.terms import is_cjk

LEAST_WORDS = 60.0
MOST_WORDS = 160.0
TINY_WORDS = 25.0
WORDS_PER_CJK_CHARACTER = 0.46
"""350 Chinese characters say about what 160 English words say."""

_WORD = re.compile(r"\S+")
_CLAUSE = re.compile(r"[,;:，、；：—–]\s*|\s+")


class Passage(Struct, frozen=True):
    """A piece of a page: `text` is `page.text[start:end]`; `heading` is the path of headings above it."""

    page: int
    start: int
    end: int
    text: str
    heading: str


class _Piece(Struct):
    start: int
    end: int
    words: float


class _Section(Struct):
    """What stands below one heading; `start` is where its heading begins (its body if it has none)."""

    start: int
    heading: str
    pieces: list[_Piece]
    words: float


def split_passages(document: ParsedDocument) -> list[Passage]:
    """Cut the pages of a document into passages, in reading order; headings are carried on to later pages."""
    passages: list[Passage] = []
    above: list[tuple[int, str]] = []
    for page in document.pages:
        # Two questions never share a passage: each has an answer of its own.
        passages.extend(_page_passages(page, above, join_small=not document.faq))
    return passages


def count_words(text: str) -> float:
    """Length of a text in words; a Chinese character counts for a part of a word. Two lines are at most their sum."""
    cjk = sum(map(is_cjk, text))
    if not cjk:
        return float(len(_WORD.findall(text)))
    others = "".join(" " if is_cjk(char) else char for char in text)
    return sum(any(map(str.isalnum, run)) for run in _WORD.findall(others)) + cjk * WORDS_PER_CJK_CHARACTER


def _page_passages(page: Page, above: list[tuple[int, str]], *, join_small: bool) -> Iterator[Passage]:
    sections = deque(_sections(page, above))  # a FAQ may have a hundred thousand
    while sections:
        first = sections.popleft()
        pieces, words = list(first.pieces), first.words
        # Small sections one after another make one passage, which then shows the later headings as well.
        while join_small and sections:
            head = _Piece(sections[0].start, sections[0].pieces[0].start, 0.0)
            head.words = count_words(page.text[head.start : head.end])
            if not _join(words, head.words + sections[0].words):
                break
            joined = sections.popleft()
            pieces += [head, *joined.pieces]
            words += head.words + joined.words
        for start, end in _cut(pieces):
            yield Passage(page.number, start, end, page.text[start:end], first.heading)


def _join(words: float, next_words: float) -> bool:
    return min(words, next_words) < TINY_WORDS and words + next_words <= MOST_WORDS


def _sections(page: Page, above: list[tuple[int, str]]) -> list[_Section]:
    """The sections of a page that hold more than a heading; `above` keeps the open headings from page to page."""
    text = page.text
    bounds = [(0, 0, None), *((h.start, h.end, h) for h in page.headings)]
    ends = [*(h.start for h in page.headings), len(text)]
    sections: list[_Section] = []
    bare: list[tuple[int, int]] = []
    for (start, body, heading), end in zip(bounds, ends, strict=True):
        if heading is not None:
            while above and above[-1][0] >= heading.level:
                above.pop()
            above.append((heading.level, text[heading.start : heading.end]))
        pieces = list(_pieces(text, body, end))
        if pieces:
            path = " › ".join(name for _, name in above[-3:])
            sections.append(_Section(start, path, pieces, sum(piece.words for piece in pieces)))
            bare.clear()
        elif heading is not None:
            bare.append((heading.start, heading.end))
    if bare:  # headings with nothing below them are still text that somebody may look for
        path = " › ".join(name for _, name in above[-3:-1])
        pieces = [_Piece(start, end, count_words(text[start:end])) for start, end in bare]
        sections.append(_Section(bare[0][0], path, pieces, sum(piece.words for piece in pieces)))
    return sections


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    """Paragraphs, items and rows between two offsets, none longer than a passage may be."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        begin, stop = start + line.start(), start + line.end()
        if not text[begin:stop].strip():
            continue
        words = count_words(text[begin:stop])
        if words <= MOST_WORDS:
            yield _Piece(begin, stop, words)
            continue
        for low, high in sentences(text[begin:stop]):
            words = count_words(text[begin + low : begin + high])
            if words <= MOST_WORDS:
                yield _Piece(begin + low, begin + high, words)
            else:
                yield from _clauses(text, begin + low, begin + high)


def _clauses(text: str, start: int, end: int) -> Iterator[_Piece]:
    """A sentence that is too long alone, cut after clauses or words; at any character if it has neither."""
    most = 350  # characters: within bounds for every script
    while end - start > most:
        cuts = [found.end() for found in _CLAUSE.finditer(text, start + most // 2, start + most)]
        cut = cuts[-1] if cuts else start + most
        stop = cut
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            yield _Piece(start, stop, count_words(text[start:stop]))
        start = cut
    if text[start:end].strip():
        yield _Piece(start, end, count_words(text[start:end]))


def _cut(pieces: list[_Piece]) -> Iterator[tuple[int, int]]:
    """Join neighbours to spans of the wanted length."""
    total = sum(piece.words for piece in pieces)
    # Equal shares read better than full passages with a crumb at the end.
    wanted = max(LEAST_WORDS, total / max(1, round(total / ((LEAST_WORDS + MOST_WORDS) / 2))))
    start, end, words, left = pieces[0].start, pieces[0].start, 0.0, total
    for piece in pieces:
        too_long = words + piece.words > MOST_WORDS
        enough = words + piece.words / 2 > wanted and left >= TINY_WORDS
        if words > 0 and (too_long or enough):
            yield start, end
            start, words = piece.start, 0.0
        end = piece.end
        words += piece.words
        left -= piece.words
    if end > start:
        yield start, end
