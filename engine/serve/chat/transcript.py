"""A conversation as text, as Markdown and as the blocks of a printable document, with numbered sources.

A source is one place in one document and keeps its number throughout. Numbers stand behind the sentences they support;
the places that a refusal calls near support nothing and are left out. Texts are shown as they were said: what looks
like Markdown in them is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath

from engine.api import Answer, ChatMessage, ConversationInfo
from engine.language.terms import cjk_share
from engine.report.blocks import Block, Document, Heading, Paragraph
from engine.values import Citation

_WORDS: dict[str, tuple[str, str]] = {
    "user": ("Question", "提问"),
    "assistant": ("Answer", "回答"),
    "person": ("Answer by a person", "人工回答"),
    "person_named": ("Answer by {author}", "{author}的回答"),
    "sources": ("Sources", "来源"),
    "page": ("page {page}", "第 {page} 页"),
    "collection": ("Collection {collection}", "资料库：{collection}"),
    "footer": ("Written by Casemate on this machine.", "由 Casemate 在本机生成。"),
    "empty": ("Nothing was said yet.", "还没有任何消息。"),
}
_MARKS = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_MARKS = re.compile(r"^(\s*)([#+\-=]|\d+(?=[.)]))")
_WITHOUT_SUPPORT = ("not_found", "handoff")
MOST_EXCERPT = 300


class Transcriber:
    """Numbers the sources of messages in the order in which they are met.

    Attributes:
        sources: those met so far, the first one is number 1.
    """

    def __init__(self, messages: Sequence[ChatMessage], language: str = "") -> None:
        """`language`: "en", "zh", or "" for that of the messages."""
        self._messages = messages
        said = " ".join(one.text for one in messages if one.role == "user") or " ".join(one.text for one in messages)
        self.language = language or ("zh" if cjk_share(said) > 0.3 else "en")
        self.sources: list[Citation] = []
        self._numbers: dict[tuple[str, int | None, int, int, str], int] = {}

    def text(self) -> str:
        """Plain text."""
        parts = [f"{self._who(one)} ({_moment(one.created)})\n{self._said(one)}" for one in self._messages]
        if self.sources:
            parts.append("\n".join([self._word("sources"), *(self._source(i) for i in range(len(self.sources)))]))
        return "\n\n".join(parts) + "\n"

    def markdown(self, title: str = "") -> str:
        """Markdown; `title` becomes its heading."""
        parts = [f"# {_escaped(' '.join(title.split()))}"] if title else []
        for one in self._messages:
            parts.append(f"**{_escaped(self._who(one))}** · {_moment(one.created)}")
            parts.append(_lines_kept(self._said(one, escape=True)))
        if self.sources:
            parts.append(f"## {self._word('sources')}")
            parts.append("\n".join(f"{i + 1}. {self._source(i, escape=True)}" for i in range(len(self.sources))))
        return "\n\n".join(parts) + "\n"

    def document(self, info: ConversationInfo) -> Document:
        """What `engine.report.pdf` writes."""
        blocks: list[Block] = []
        for one in self._messages:
            blocks.append(Heading(f"{self._who(one)} · {_moment(one.created)}"))
            blocks += [Paragraph(line) for line in self._said(one).splitlines() if line.strip()]
        if not blocks:
            blocks.append(Paragraph(self._word("empty"), "note"))
        if self.sources:
            blocks.append(Heading(self._word("sources")))
            blocks += [Paragraph(self._source(i)) for i in range(len(self.sources))]
        return Document(
            title=info.title,
            subtitle=f"{self._word('collection', collection=info.collection)} · {_moment(info.updated)}",
            language="zh-CN" if self.language == "zh" else "en",
            blocks=tuple(blocks),
            footer=self._word("footer"),
        )

    # --- parts ------------------------------------------------------------------------------------------------

    def _word(self, key: str, **values: object) -> str:
        return _WORDS[key][self.language == "zh"].format_map(values)

    def _who(self, one: ChatMessage) -> str:
        if one.role == "person" and one.author:
            return self._word("person_named", author=one.author)
        return self._word(one.role)

    def _said(self, one: ChatMessage, *, escape: bool = False) -> str:
        clean = _escaped if escape else str
        if one.answer is None or not one.answer.citations or one.answer.mode in _WITHOUT_SUPPORT:
            return clean(one.text)
        numbers = [self._number(citation) for citation in one.answer.citations]
        return "".join(
            clean(piece) + "".join(f" \\[{n}\\]" if escape else f" [{n}]" for n in marks)
            for piece, marks in _pieces(one.text, one.answer, numbers)
        )

    def _number(self, citation: Citation) -> int:
        key = (citation.doc, citation.page, citation.start, citation.end, citation.excerpt)
        if key not in self._numbers:
            self.sources.append(citation)
            self._numbers[key] = len(self.sources)
        return self._numbers[key]

    def _source(self, index: int, *, escape: bool = False) -> str:
        one = self.sources[index]
        name = PureWindowsPath(PurePosixPath(one.doc).name).name
        place = name if not one.title or one.title == name else f"{one.title} ({name})"
        if one.date:
            place += f", {one.date}"
        if one.page is not None:
            place += ", " + self._word("page", page=one.page)
        excerpt = " ".join(one.excerpt.split())
        if len(excerpt) > MOST_EXCERPT:
            excerpt = excerpt[: MOST_EXCERPT - 1].rstrip() + "…"
        if escape:
            return _escaped(f"{place}: “{excerpt}”")
        return f"[{index + 1}] {place}: “{excerpt}”"


def _pieces(text: str, answer: Answer, numbers: Sequence[int]) -> list[tuple[str, list[int]]]:
    """The text cut behind its supported sentences, each piece with the numbers of its sources.

    A sentence that cannot be found in the text as it stands, and a source that supports no one sentence, leave their
    number at the end.
    """
    pieces: list[tuple[str, list[int]]] = []
    at, open_ = 0, dict.fromkeys(numbers)
    for sentence in answer.sentences:
        if sentence.citation is None or not 0 <= sentence.citation < len(numbers):
            continue
        number = numbers[sentence.citation]
        # Sentences are stored with single spaces; in the text a line may break within one.
        found = re.compile(r"\s+".join(map(re.escape, sentence.text.split()))).search(text, at)
        if found is None or found.start() == found.end():
            continue
        if pieces and pieces[-1][1] == [number] and not text[at : found.start()].strip():
            pieces[-1] = (pieces[-1][0] + text[at : found.end()], [number])
        else:
            pieces.append((text[at : found.end()], [number]))
        at = found.end()
        open_.pop(number, None)
    rest, last = text[at:], list(open_)
    if not pieces or rest.strip():
        return [*pieces, (rest, last)]
    pieces[-1] = (pieces[-1][0], [*pieces[-1][1], *last])
    return [*pieces, (rest, [])]


def _moment(created: str) -> str:
    """A stored time to the minute, "2026-11-01 09:30 UTC"."""
    return created[:16].replace("T", " ") + " UTC" if created.endswith("+00:00") else created


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "\n".join(_LINE_MARKS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", line)) for line in text.split("\n")).replace(
        "&", "&amp;"
    )


def _lines_kept(text: str) -> str:
    return "  \n".join(line.rstrip() or "\u00a0" for line in text.splitlines()) or "\u00a0"
