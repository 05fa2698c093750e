"""Approved answers that people write: variants, expiry at midnight UTC, replacing, and no trace after deletion."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import api
from engine.errors import InputError, UnknownName, UsageError
from engine.host.chat.searching import Searcher
from engine.host.service import Service
from engine.store import answers, approved, documents
from engine.store.approved import OwnAnswer
from engine.store.passages import Vectors

DIMENSION = 16


def vectors(texts: list[str]) -> Vectors:
    rows = [np.random.default_rng(zlib.crc32(text.encode())).normal(size=DIMENSION) for text in texts]
    made = np.array(rows, dtype=np.float32)
    return Vectors.quantise(made / np.linalg.norm(made, axis=1, keepdims=True))


def add(connection: Any, collection: int, new: OwnAnswer) -> int:
    return approved.add(connection, collection, new, vectors(new.questions))


def embed(texts: Any) -> Any:
    made = vectors(list(texts))
    return made.data * made.scales[:, None]


def found(connection: Any, question: str) -> list[str]:
    searcher = Searcher(connection, documents.collection(connection, "shop"), embed, {})
    return [one.answer for one in searcher.faq(searcher.understand(question))]


@pytest.fixture
def shop(connection: Any) -> int:
    return documents.ensure_collection(connection, "shop")


def test_every_way_to_put_the_question_finds_the_answer(connection: Any, shop: int) -> None:
    new = OwnAnswer(
        "Where is my parcel?", "On its way.", "Ann", "", ("Track a delivery", "我的包裹在哪里", "where is MY parcel?")
    )
    number = add(connection, shop, new)
    add(connection, shop, OwnAnswer("Do you sell boats?", "No boats."))
    for question in ("Where is my parcel?", "track delivery", "我的包裹在哪里"):
        assert found(connection, question)[0] == "On its way.", question
    (listed,) = approved.find(connection, shop, "parcel", "", 10)
    assert (listed.id, listed.variants, listed.owner) == (number, ("Track a delivery", "我的包裹在哪里"), "Ann")
    assert approved.find(connection, shop, "包裹", "", 10) == [listed]
    assert documents.collection(connection, "shop").answers == 2, "variants are no answers of their own"
    assert approved.get(connection, number + 1).id == number, "a variant leads to its answer"


def test_an_answer_is_used_to_the_end_of_its_last_day(
    connection: Any, shop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = ["2026-12-31"]
    for module in (answers, approved):
        monkeypatch.setattr(module, "today", lambda: day[0])
    add(connection, shop, OwnAnswer("Is there a winter sale?", "Yes, in all shops.", expires="2026-12-31"))
    add(connection, shop, OwnAnswer("Is there a summer sale?", "In July."))
    cache: dict[tuple[Any, ...], Any] = {}

    def ask() -> set[str]:
        searcher = Searcher(connection, documents.collection(connection, "shop"), embed, cache)
        return {one.answer for one in searcher.faq(searcher.understand("Is there a winter sale?"))}

    assert ask() == {"Yes, in all shops.", "In July."}
    assert ask() == {"Yes, in all shops.", "In July."}, "now out of the cached vectors"
    version = documents.collection(connection, "shop").version
    assert approved.counts(connection, shop) == (2, 0)
    day[0] = "2027-01-01"
    assert ask() == {"In July."}
    assert documents.collection(connection, "shop").version != version
    assert approved.counts(connection, shop) == (1, 1)
    assert [one.answer for one in approved.find(connection, shop, "", "expired", 9)] == ["Yes, in all shops."]
    assert [one.answer for one in approved.find(connection, shop, "", "current", 9)] == ["In July."]
    # It comes back with a later day, and the number of changes and of expired ones together tell every state apart.
    versions = {version, documents.collection(connection, "shop").version}
    (expired,) = approved.find(connection, shop, "", "expired", 9)
    again = OwnAnswer(expired.question, expired.answer, expires="2027-02-01")
    approved.change(connection, expired.id, again, vectors(again.questions))
    assert ask() == {"Yes, in all shops.", "In July."}
    assert documents.collection(connection, "shop").version not in versions


def test_many_expired_answers_do_not_crowd_out_the_current_one(
    connection: Any, shop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(60):
        add(connection, shop, OwnAnswer(f"Is the sale on {i}?", f"Old {i}.", expires="2026-01-01"))
    add(connection, shop, OwnAnswer("Is the sale on, of boots and of shoes and of hats?", "The new one."))
    assert found(connection, "Is the sale on?") == ["The new one."]


def test_words_of_many_variants_still_count_for_the_answer(connection: Any, shop: int) -> None:
    variants = tuple(
        f"Where is the parcel number {word}?" for word in ["one", "two", "three", "four", "five", "six", "seven"]
    )
    add(connection, shop, OwnAnswer("Where is the parcel?", "On its way.", variants=variants))
    searcher = Searcher(connection, documents.collection(connection, "shop"), embed, {})
    asked = searcher.understand("where is the parcel of number nine")
    assert asked.faq_weights["parcel"] > 0
    assert asked.faq_weights["nine"] > asked.faq_weights["parcel"]


def test_a_change_leaves_nothing_of_what_stood_there(connection: Any, shop: int) -> None:
    number = add(connection, shop, OwnAnswer("Where is the quixotrel?", "Vlinderstrik.", variants=("zwembadkaart",)))
    new = OwnAnswer("Where is the parcel?", "Here.")
    approved.change(connection, number, new, vectors(new.questions))
    assert approved.get(connection, number).variants == ()
    assert answers.search_words(connection, shop, ["quixotrel"], 5) == []
    assert answers.search_words(connection, shop, ["zwembadkaart"], 5) == []
    approved.delete(connection, number)
    assert found(connection, "Where is the parcel?") == []
    for table in ("answers", "own_answer_vectors"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    dump = connection.serialize("main").lower()
    for word in (b"quixotrel", b"vlinderstrik", b"zwembadkaart", b"parcel"):
        assert word not in dump


def test_a_collection_takes_its_answers_along(connection: Any, shop: int) -> None:
    add(connection, shop, OwnAnswer("Where?", "Here.", variants=("In which place?",)))
    with connection:
        documents.remove_collection(connection, shop)
    assert connection.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM own_answer_vectors").fetchone() == (0,)


# --- through the door -----------------------------------------------------------------------------------------


def test_saving_changing_and_deleting(service: Service, tmp_path: Path) -> None:
    saved = service.call(
        api.SaveAnswer(
            collection="shop", question="Where is my parcel?", answer="On its way.", owner="Ann",
            variants=("Track a delivery", " "),
        )
    ).saved  # fmt: skip
    assert (saved.collection, saved.variants, saved.expired, saved.file) == ("shop", ("Track a delivery",), False, "")
    assert saved.created[:10] == answers.today()
    told = service.call(api.AskQuestion(collection="shop", question="Where is my parcel?"))
    assert (told.mode, told.answer) == ("template", "On its way.")
    with pytest.raises(InputError, match=f"Answer {saved.id} of shop has this question"):
        service.call(api.SaveAnswer(collection="shop", question="track a DELIVERY", answer="No."))
    changed = service.call(
        api.SaveAnswer(
            collection="", id=saved.id, question="Where is my parcel?", answer="Delivered.", expires="2999-12-31"
        )
    ).saved
    assert (changed.id, changed.answer, changed.expires, changed.variants) == (saved.id, "Delivered.", "2999-12-31", ())
    assert service.call(api.AskQuestion(collection="shop", question="Where is my parcel?")).answer == "Delivered."
    with pytest.raises(UsageError, match="stands in the collection shop"):
        service.call(api.SaveAnswer(collection="other", id=saved.id, question="Q", answer="A"))
    service.call(api.DeleteAnswer(id=saved.id))
    assert service.call(api.ListAnswers(collection="shop")).answers == ()
    assert service.call(api.AskQuestion(collection="shop", question="Where is my parcel?")).mode == "not_found"
    for request in (api.DeleteAnswer(id=saved.id), api.SaveAnswer(collection="", id=999, question="Q", answer="A")):
        with pytest.raises(UnknownName):
            service.call(request)
    with pytest.raises(UnknownName):
        service.call(api.ListAnswers(collection="nowhere"))


def test_answers_of_files_are_listed_but_changed_in_their_file(service: Service, tmp_path: Path) -> None:
    table = tmp_path / "faq.csv"
    table.write_text("question,answer\nDo you ship to France?,Yes.\n", encoding="utf-8")
    service.call(api.AddDocuments(collection="shop", paths=(str(table),)))
    (listed,) = service.call(api.ListAnswers(collection="shop")).answers
    assert (listed.question, listed.file, listed.line) == ("Do you ship to France?", str(table), 2)
    for request in (
        api.DeleteAnswer(id=listed.id),
        api.SaveAnswer(collection="", id=listed.id, question="Q", answer="A"),
    ):
        with pytest.raises(InputError, match=r"faq\.csv, line 2"):
            service.call(request)


def test_answering_anew_takes_the_place_of_what_expired(
    service: Service, talk: Any, said: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = service.call(
        api.SaveAnswer(
            collection="shop", question="Is there a sale?", answer="Until May.", owner="Ann", expires=answers.today(),
            variants=("Any discounts?",),
        )
    ).saved  # fmt: skip
    other = service.call(api.SaveAnswer(collection="shop", question="Opening hours?", answer="Nine to six.")).saved
    for module in (answers, approved):
        monkeypatch.setattr(module, "today", lambda: "2999-01-01")
    assert service.call(api.ListAnswers(collection="shop", state="expired")).answers[0].id == first.id
    refused = service.call(api.AskQuestion(collection="shop", question="is there a SALE?"))
    assert refused.mode == "not_found"
    (item,) = service.call(api.ListHandoffs()).handoffs
    done = service.call(api.AnswerHandoff(id=item.id, answer="Until June.", owner="Bob", question="Sales this year?"))
    now = {one.id: one for one in service.call(api.ListAnswers(collection="shop")).answers}
    assert set(now) == {first.id, other.id}
    assert done.handoff.answer_id == first.id
    assert (now[first.id].question, now[first.id].answer, now[first.id].owner) == (
        "Sales this year?",
        "Until June.",
        "Bob",
    )
    assert now[first.id].variants == ("is there a SALE?", "Any discounts?")
    for question in ("Is there a sale?", "Any discounts?", "Sales this year?"):
        assert service.call(api.AskQuestion(collection="shop", question=question)).answer == "Until June."


def test_a_variant_moves_to_the_answer_that_a_person_gave_it(service: Service, talk: Any, said: Any) -> None:
    stays = service.call(
        api.SaveAnswer(collection="shop", question="Where are you?", answer="In Ghent.", variants=("Can I visit?",))
    ).saved
    _, (_, message) = talk(("Can I visit?", said(mode="template", text="In Ghent.")))
    service.call(api.RateMessage(message=message, rating=-1))
    (item,) = service.call(api.ListHandoffs()).handoffs
    service.call(api.AnswerHandoff(id=item.id, answer="By appointment."))
    now = {one.question: one for one in service.call(api.ListAnswers(collection="shop")).answers}
    assert (now["Where are you?"].id, now["Where are you?"].variants) == (stays.id, ())
    assert now["Can I visit?"].answer == "By appointment."


def test_an_exported_collection_has_them(service: Service, tmp_path: Path, ask: Callable[..., Any]) -> None:
    service.call(
        api.SaveAnswer(collection="shop", question="Where?", answer="Here.", owner="Ann", variants=("Whither?",))
    )
    file = tmp_path / "shop.jsonl"
    service.call(api.ExportCollection(collection="shop", path=str(file)))
    assert '"question":"Where?","answer":"Here."' in file.read_text(encoding="utf-8")
