"""Summaries, other tones and drafts: what the original does not hold is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from speaking_gguf import speaking

from engine import api
from engine.errors import UsageError
from engine.host.service import Service
from engine.runtimes.encoder import bundled_encoder_folder
from engine.serve.chat.support import support_file

pytestmark = [
    pytest.mark.usefixtures("llama"),
    pytest.mark.skipif(
        not all(one.exists() for one in (bundled_encoder_folder() / "trunk.onnx", support_file())),
        reason="the bundled models are not built",
    ),
]
TEXT = (
    "Orders placed before noon leave our warehouse on the same day. Delivery inside the country takes two to three "
    "days. Express delivery costs 9 euros and arrives on the next working day."
)
EXPRESS = "Express delivery costs 9 euros."
UNWORN = "You may send unworn shoes back within 30 days."
WORN = "You may not send worn shoes back."


def speaker(service: Service, folder: Path, *pieces: str, context: int = 4096) -> None:
    service.call(api.ImportModel(path=str(speaking(folder / "speaker.gguf", pieces, context=context)), name="speaker"))


@pytest.fixture
def document(service: Service, tmp_path: Path) -> int:
    """A document in the collection "shop"; returns its id."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "shipping.txt").write_text(TEXT, encoding="utf-8")
    service.call(api.AddDocuments(collection="shop", paths=(str(folder),)))
    (collection,) = service.call(api.ListCollections()).collections
    return int(collection.files[0].id)


def test_a_summary_shows_what_the_text_holds(service: Service, tmp_path: Path) -> None:
    speaker(service, tmp_path, EXPRESS, "Returns are free.", "Delivery takes two to three days.")
    found: api.Phrased = service.call(api.Summarise(text=TEXT))
    assert found.text == f"{EXPRESS} Delivery takes two to three days."
    assert (found.generated, found.held, found.written, found.citations) == (True, 2, 3, ())


def test_a_summary_of_a_document_says_where_each_sentence_stands(
    service: Service, tmp_path: Path, document: int
) -> None:
    speaker(service, tmp_path, EXPRESS, "Delivery takes two to three days.")
    found: api.Phrased = service.call(api.Summarise(document_id=document))
    assert found.held == 2
    page: api.DocumentPage = service.call(api.GetPage(document, 1))
    for one in found.sentences:
        assert one.citation is not None
        place = found.citations[one.citation]
        assert page.text[place.start : place.end] == place.excerpt
        assert "deliver" in place.excerpt.lower()


def test_otherwise_its_first_sentence_is_quoted(service: Service, tmp_path: Path, document: int) -> None:
    speaker(service, tmp_path, "Once upon a time there was a girl.")
    found: api.Phrased = service.call(api.Summarise(document_id=document))
    assert found.text == "Orders placed before noon leave our warehouse on the same day."
    assert (found.generated, found.held, found.written) == (False, 0, 1)


def test_a_conversation_is_summarised(service: Service, tmp_path: Path, document: int) -> None:
    asked: api.Answer = service.call(
        api.AskQuestion(collection="shop", question="How much does express delivery cost?")
    )
    speaker(service, tmp_path, EXPRESS, "The customer was angry.")
    found: api.Phrased = service.call(api.Summarise(conversation=asked.conversation))
    assert found.text == EXPRESS


def test_a_long_text_is_read_piece_by_piece_also_by_a_model_of_little_room(service: Service, tmp_path: Path) -> None:
    lines = [f"Shelf {number} holds the parcels of street {number}." for number in range(10, 70)]
    speaker(service, tmp_path, "Nothing of this.", context=1024)
    found: api.Phrased = service.call(api.Summarise(text=" ".join(lines)))
    assert len(found.sentences) > 2
    assert all(one.text in lines for one in found.sentences)


@pytest.mark.parametrize(
    ("tone", "original", "piece", "expected"),
    [
        ("short", TEXT, EXPRESS, EXPRESS),
        ("short", TEXT, "Express delivery costs 8 euros.", TEXT),
        ("formal", UNWORN, "Within 30 days you may send unworn shoes back.", None),
        ("formal", UNWORN, "You may send unworn shoes back.", UNWORN),
        ("friendly", WORN, "You may send worn shoes back.", WORN),
    ],
)
def test_another_tone_says_the_same_or_nothing_changes(
    service: Service, tmp_path: Path, tone: api.Tone, original: str, piece: str, expected: str | None
) -> None:
    speaker(service, tmp_path, piece)
    found: api.Phrased = service.call(api.Rewrite(text=original, tone=tone))
    assert (found.text, found.generated) == (expected or piece, expected != original)


def test_a_draft_answers_from_the_documents_and_stores_nothing(service: Service, tmp_path: Path, document: int) -> None:
    speaker(service, tmp_path, EXPRESS)
    question = "How much does express delivery cost?"
    for tone in ("", "friendly"):
        found: api.Phrased = service.call(api.DraftReply(collection="shop", message=question, tone=tone))
        assert found.text == EXPRESS
        assert found.citations[found.sentences[0].citation or 0].doc.endswith("shipping.txt")
    none: api.Phrased = service.call(api.DraftReply(collection="shop", message="Who is the king of Norway?"))
    assert (none.text, none.generated) == ("", False)
    assert service.call(api.ListConversations()).conversations == ()


def test_what_cannot_be_asked_is_told(service: Service, tmp_path: Path) -> None:
    speaker(service, tmp_path, "Text.")
    with pytest.raises(UsageError, match="Give one of"):
        service.call(api.Summarise())
    with pytest.raises(UsageError, match="Give one of"):
        service.call(api.Summarise(text="A text.", conversation=1))
    with pytest.raises(UsageError, match="tone"):
        service.call(api.Rewrite(text="A text.", tone="rude"))
    with pytest.raises(UsageError, match="characters"):
        service.call(api.Rewrite(text=" ", tone="short"))
    with pytest.raises(UsageError, match="the most is"):
        service.call(api.Summarise(text="A sentence of words. " * 12_000))
