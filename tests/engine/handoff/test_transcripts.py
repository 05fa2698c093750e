"""Conversations as text, Markdown, PDF and JSON: sources numbered, nothing garbled, nothing half written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from markdown_it import MarkdownIt

from engine import api
from engine.errors import DiskFull, FileUnusable, UnknownName
from engine.host.service import Service
from engine.serve.chat.transcript import Transcriber
from engine.store import conversations
from engine.values import Citation, Sentence

FIRST = Citation("/home/me/private/policy.pdf", 4, "Within 30 days.\nWith the receipt.", 3, 30, 1, "Returns")
SECOND = Citation("C:\\private\\faq.csv", None, "Boots count as shoes.", 9, 30, 2, "faq.csv")


def two_sources() -> api.Answer:
    text = "Within 30 days.\nWith the receipt. Boots count as shoes."
    sentences = (
        Sentence("Within 30 days.", True, 0), Sentence("With the receipt.", True, 0),
        Sentence("Boots count as shoes.", True, 1),
    )  # fmt: skip
    return api.Answer(text, "quote", 0.9, (FIRST, SECOND), sentences, 0.1)


def messages(*said: tuple[str, str, api.Answer | None]) -> list[api.ChatMessage]:
    return [
        api.ChatMessage(i, role, text, "2026-11-01T09:30:05+00:00", answer, author="Ann" if role == "person" else "")
        for i, (role, text, answer) in enumerate(said)
    ]


def test_numbers_stand_behind_the_sentences_they_support() -> None:
    one = two_sources()
    again = msgspec.structs.replace(one, answer="Boots count as shoes.", citations=(SECOND,), sentences=())
    talk = messages(
        ("user", "How long?", None), ("assistant", one.answer, one), ("user", "Boots?", None),
        ("assistant", again.answer, again), ("person", "Indeed.", None),
    )  # fmt: skip
    text = Transcriber(talk).text()
    assert "Within 30 days.\nWith the receipt. [1] Boots count as shoes. [2]\n" in text
    assert "Boots count as shoes. [2]\n\nAnswer by Ann (2026-11-01 09:30 UTC)\nIndeed." in text
    assert "[1] Returns (policy.pdf), page 4: “Within 30 days. With the receipt.”" in text
    assert "[2] faq.csv: “Boots count as shoes.”" in text
    assert "[3]" not in text
    assert "private" not in text, "folders are nobody's business"


def test_what_is_near_a_refusal_is_no_source() -> None:
    refused = api.Answer("This is not in your documents.", "not_found", 0.8, (FIRST,), (), 0.1)
    text = Transcriber(messages(("user", "Rotor?", None), ("assistant", refused.answer, refused))).text()
    assert "[1]" not in text
    assert "Sources" not in text


def test_a_source_without_its_sentence_is_numbered_at_the_end() -> None:
    answer = msgspec.structs.replace(two_sources(), sentences=(Sentence("Reworded.", True, 0),))
    text = Transcriber(messages(("user", "?", None), ("assistant", answer.answer, answer))).text()
    assert "Boots count as shoes. [1] [2]\n" in text


def test_the_language_is_that_of_the_conversation() -> None:
    talk = messages(("user", "退货需要几天？", None), ("assistant", "三十天。", None))
    assert Transcriber(talk).text().startswith("提问 (2026-11-01 09:30 UTC)")
    assert Transcriber(talk, "en").text().startswith("Question (")


def test_markdown_shows_texts_as_they_were_said() -> None:
    nasty = "# no heading\n* no list\n1. no number\n<script>alert(1)</script> _a_ `b` [x](http://y) &amp; a|b"
    made = Transcriber(messages(("user", nasty, None))).markdown("Title *one*")
    shown = MarkdownIt().render(made)
    assert shown.count("<h1>") == 1
    for forbidden in ("<script", "<em>", "<code>", "<a ", "<ul>", "<ol>"):
        assert forbidden not in shown, forbidden
    assert "alert(1)&lt;/script&gt; _a_ `b` [x](http://y) &amp;amp; a|b" in shown
    assert shown.count("<br") == 3


@pytest.fixture
def conversation(service: Service) -> int:
    with service.context.store.write() as connection:
        made = conversations.start(connection, "shop", "How long may I return shoes? 鞋子")
        conversations.say(connection, made, "user", "How long may I return shoes? 鞋子")
        conversations.say(connection, made, "assistant", two_sources().answer, two_sources())
        conversations.say(connection, made, "person", "请带上收据。\n" + "long " * 3_000, author="李安")
    return made


def test_the_three_files(service: Service, conversation: int, tmp_path: Path, actions: Any) -> None:
    import pypdfium2

    for name in ("talk.md", "talk.pdf", "talk.json"):
        done = service.call(api.ExportConversation(id=conversation, path=str(tmp_path / name)))
        assert (done.path, done.rows) == (str(tmp_path / name), 3)
    markdown = (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert markdown.startswith("# How long may I return shoes? 鞋子\n")
    assert "With the receipt. \\[1\\]" in markdown
    pdf = pypdfium2.PdfDocument(tmp_path / "talk.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    pdf.close()
    assert len(pages) > 1
    for words in ("How long may I return shoes?", "With the receipt. [1]", "[2] faq.csv", "请带上收据", "李安"):
        assert any(words in page for page in pages), words
    held = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))
    assert (held["form"], held["version"], len(held["messages"])) == ("casemate-conversation", 1, 3)
    assert held["messages"][1]["answer"]["citations"][0]["page"] == 4
    assert held["messages"][2]["author"] == "李安"
    assert actions().count("conversation exported") == 3


def test_a_file_that_cannot_be_written(
    service: Service, conversation: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, reason in (
        (tmp_path / "talk.doc", "is written as"), (tmp_path / "none" / "talk.md", "folder does not exist"),
    ):  # fmt: skip
        with pytest.raises(FileUnusable, match=reason):
            service.call(api.ExportConversation(id=conversation, path=str(path)))
    with pytest.raises(FileUnusable, match=r"ends in \.pdf"):
        service.call(api.ExportConversation(id=conversation, path=str(tmp_path / "talk.md"), format="pdf"))
    with pytest.raises(UnknownName):
        service.call(api.ExportConversation(id=99, path=str(tmp_path / "talk.md")))
    there = tmp_path / "talk.md"
    there.write_text("what stood here", encoding="utf-8")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.report.save.os.fsync", full)
    with pytest.raises(DiskFull):
        service.call(api.ExportConversation(id=conversation, path=str(there)))
    assert there.read_text(encoding="utf-8") == "what stood here"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["talk.md"]


def test_copying_one_answer(service: Service, conversation: int) -> None:
    made = service.call(api.CopyConversation(id=conversation, message=2))
    assert made.text.startswith("Answer (")
    assert "[1] Returns (policy.pdf)" in made.text
    assert "## Sources" in made.markdown
    with pytest.raises(UnknownName):
        service.call(api.CopyConversation(id=conversation, message=9))


def test_an_empty_conversation(service: Service, conversation: int, tmp_path: Path) -> None:
    branched = service.call(api.BranchConversation(message=1))
    assert (branched.messages, branched.question) == (0, "How long may I return shoes? 鞋子")
    for name in ("a.md", "a.pdf", "a.json"):
        assert service.call(api.ExportConversation(id=branched.conversation, path=str(tmp_path / name))).rows == 0
