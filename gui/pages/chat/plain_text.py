"""An answer as plain text for the clipboard, with its sources where they are asked for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.api import Answer
from engine.values import Citation


def place_of(citation: Citation) -> str:
    """Title and page of a source, as a reader would name it."""
    title = citation.title or citation.doc.replace("\\", "/").rsplit("/", 1)[-1]
    if citation.page is None:
        return title
    translate = QCoreApplication.translate
    return translate("Sources", "{title}, page {page}").format(title=title, page=citation.page)


def with_sources(answer: Answer) -> str:
    """The answer, then its numbered sources with their excerpts."""
    if not answer.citations:
        return answer.answer
    translate = QCoreApplication.translate
    lines = [answer.answer.strip(), "", translate("Sources", "Sources:")]
    for number, citation in enumerate(answer.citations, start=1):
        lines.append(f"[{number}] {place_of(citation)}")
        lines.append(f"    “{' '.join(citation.excerpt.split())}”")
    return "\n".join(lines)
