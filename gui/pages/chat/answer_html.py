"""The text of an answer as rich text: escaped, its paragraphs kept, each sentence followed by its source number."""

from __future__ import annotations

from html import escape

from engine.api import Answer


def paragraphs(text: str) -> str:
    """Escaped text; line ends stay line ends."""
    return escape(text.strip(), quote=False).replace("\r\n", "\n").replace("\n", "<br/>")


def answer_html(answer: Answer, link_colour: str) -> str:
    """Rich text for a QLabel; a link `cite:N` (from 0) stands after each sentence that names a source."""
    if not answer.citations:
        return paragraphs(answer.answer)
    position = 0
    parts: list[str] = []
    for sentence in answer.sentences:
        if sentence.citation is None or not 0 <= sentence.citation < len(answer.citations):
            continue
        found = answer.answer.find(sentence.text, position)
        if found < 0:
            continue
        end = found + len(sentence.text)
        parts.append(_lines(answer.answer[position:end]))
        parts.append(_mark(sentence.citation, link_colour))
        position = end
    parts.append(_lines(answer.answer[position:].rstrip()))
    if position == 0:  # no sentence could be placed: the first source stands for the whole answer
        parts.append(_mark(0, link_colour))
    return "".join(parts)


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\r\n", "\n").replace("\n", "<br/>")


def _mark(citation: int, colour: str) -> str:
    return (
        f'&nbsp;<a href="cite:{citation}" style="color:{colour}; text-decoration:none; font-weight:600">'
        f"[{citation + 1}]</a>"
    )
