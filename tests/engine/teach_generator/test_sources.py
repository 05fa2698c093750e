"""Where conversations come from: questions with answers, passages, turns of one conversation, JSON, and the desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_gguf import CHATML, tiny

from engine import api
from engine.errors import DataUnusable, UnknownName
from engine.host.service import Service
from engine.host.teach.talks import mark_of, read_talks
from engine.jobs.control import JobControl
from engine.runtimes.gguf.template import Turn
from engine.serve.chat.grounded import INSTRUCTION


@pytest.fixture
def tiny_named(llama: None, service: Service, tmp_path: Path) -> Service:
    service.call(api.ImportModel(path=str(tiny(tmp_path / "tiny.gguf", template=CHATML)), name="tiny"))
    return service


def take(service: Service, tmp_path: Path, name: str, kind: str, rows: list[dict[str, object]]) -> None:
    path = tmp_path / f"{name}.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    service.call(api.ImportData(path=str(path), name=name, kind=kind))


def test_questions_passages_and_conversations_of_rows(tiny_named: Service, tmp_path: Path) -> None:
    service = tiny_named
    rows: list[dict[str, object]] = [
        {"question": "How long?", "answer": "Two days. [1]", "passages": ["It takes two days.", "Ask us."]},
        {"question": "Hello", "answer": "Good day.", "conversation": "c1", "system": "Be kind."},
        {"question": "Alone", "answer": "Yes."},
        {"question": "And now?", "answer": "Now too.", "conversation": "c1"},
        {"question": "Hello", "answer": "Good day.", "conversation": "c2", "system": "Be kind."},
        {"question": "alone", "answer": " yes. "},
    ]
    take(service, tmp_path, "rows", "faq", rows)
    talks = read_talks(service.context, "rows", "tiny", JobControl())
    assert [len(one.turns) for one in talks] == [3, 2, 5, 3]
    grounded, alone, together, _ = talks
    assert grounded.passages == ("It takes two days.", "Ask us.")
    assert grounded.turns[0] == Turn("system", INSTRUCTION)
    assert grounded.turns[1].content == "Passages:\n[1] It takes two days.\n\n[2] Ask us.\n\nQuestion: How long?"
    assert alone.turns == (Turn("user", "Alone"), Turn("assistant", "Yes."))
    assert [turn.content for turn in together.turns] == ["Be kind.", "Hello", "Good day.", "And now?", "Now too."]
    assert mark_of(talks) == mark_of(list(talks))
    assert mark_of(talks) != mark_of(talks[1:])


def test_conversations_as_json(tiny_named: Service, tmp_path: Path) -> None:
    service = tiny_named
    one = [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Good day."}]
    two = {"messages": [{"role": "user", "content": "A"}, {"role": "assistant", "content": "B"}]}
    take(service, tmp_path, "talks", "texts", [{"text": json.dumps(one)}, {"text": json.dumps(two)}])
    talks = read_talks(service.context, "talks", "tiny", JobControl())
    assert [one.turns for one in talks] == [
        (Turn("user", "Hi"), Turn("assistant", "Good day.")),
        (Turn("user", "A"), Turn("assistant", "B")),
    ]


def test_what_the_desk_approved_said_and_rated(tiny_named: Service, tmp_path: Path) -> None:
    service = tiny_named
    page = tmp_path / "returns.md"
    page.write_text("# Returns\n\nParcels may be sent back within thirty days of their arrival.\n", encoding="utf-8")
    service.call(api.AddDocuments(collection="shop", paths=(str(page),)))
    service.call(
        api.SaveAnswer(
            collection="shop", question="Do you ship to Malta?", answer="Yes, within a week.",
            variants=("Is Malta served?",),
        )
    )  # fmt: skip
    service.call(
        api.SaveAnswer(collection="shop", question="Old rule?", answer="No longer.", expires="2999-01-01")
    )  # fmt: skip
    with service.context.store.write() as connection:
        connection.execute("UPDATE answers SET expires = '2020-01-01' WHERE expires <> ''")
    first = service.call(api.AskQuestion(collection="shop", question="When may parcels be sent back?"))
    service.call(api.AskQuestion("shop", "And from where may parcels be sent back?", first.conversation))
    ids = [one.id for one in service.call(api.GetConversation(first.conversation)).messages if one.role == "assistant"]
    service.call(api.RateMessage(ids[1], 1))

    def asked(dataset: str) -> list[tuple[Turn, ...]]:
        return [one.turns for one in read_talks(service.context, dataset, "tiny", JobControl())]

    found = asked("approved")
    assert (Turn("user", "Do you ship to Malta?"), Turn("assistant", "Yes, within a week.")) in found
    assert (Turn("user", "Is Malta served?"), Turn("assistant", "Yes, within a week.")) in found
    assert not any("No longer" in turn.content for turns in found for turn in turns)
    (rated,) = [one for one in read_talks(service.context, "approved", "tiny", JobControl()) if len(one.turns) == 4]
    assert rated.last_only  # nobody rated the first answer
    assert rated.turns[2].content == "And from where may parcels be sent back?"
    assert asked("approved:shop") == found
    with pytest.raises(UnknownName):
        asked("approved:nowhere")
    take(service, tmp_path, "approved", "labelled", [{"text": "a", "label": "b"}])
    with pytest.raises(DataUnusable, match="it holds labelled"):  # a data set of that name goes first
        asked("approved")
