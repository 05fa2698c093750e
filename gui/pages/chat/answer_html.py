"""The text of an answer as rich text: escaped, its paragraphs kept, each sentence followed by its source number."""

from __future__ import annotations

from html import escape

from engine.api import Answer


def paragraphs(text: str) -> str:
    """Escaped text; line ends stay line ends."""
    return escape(text.strip(), quote=False).replace("\r\n", "\n").replace("\n", "<br/>")


def answer_html(answer: Answer, link_colour: str) -> str:
    """Rich text for a QLabel; a link `cite:N` (from 0) stands where the words taken from a source end."""
    if not answer.citations:
        return paragraphs(answer.answer)
    placed = _placed(answer)
    if not placed and not answer.citations[0].document_id:
        return paragraphs(answer.answer)
    if not placed:  # no sentence could be found again: the first source stands for the whole answer
        return _lines(answer.answer.rstrip()) + _mark(0, link_colour)
    parts: list[str] = []
    position = 0
    for number, (end, citation) in enumerate(placed):
        if number + 1 < len(placed) and placed[number + 1][1] == citation:
            continue  # one number for sentences in a row that come from the same place
        parts += [_lines(answer.answer[position:end]), _mark(citation, link_colour)]
        position = end
    parts.append(_lines(answer.answer[position:].rstrip()))
    return "".join(parts)


def _placed(answer: Answer) -> list[tuple[int, int]]:
    """(end in the answer, citation) of every sentence that names a source, in order."""
    position = 0
    placed: list[tuple[int, int]] = []
    for sentence in answer.sentences:
        if sentence.citation is None or not 0 <= sentence.citation < len(answer.citations):
            continue
        if not answer.citations[sentence.citation].document_id:
            continue  # a person's approved answer stands in no document
        found = answer.answer.find(sentence.text, position)
        if found >= 0:
            position = found + len(sentence.text)
            placed.append((position, sentence.citation))
    return placed


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\r\n", "\n").replace("\n", "<br/>")


def _mark(citation: int, colour: str) -> str:
    return (
        f'&nbsp;<a href="cite:{citation}" style="color:{colour}; text-decoration:none; font-weight:600">'
        f"[{citation + 1}]</a>"
    )
