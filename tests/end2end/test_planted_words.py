"""Nothing private is on the disk in the clear: words planted in documents, labels, questions, items and events are
looked for in every file that the program can have written, while it runs and after it has ended."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import api
from engine.host.service import Service

ROOT = Path(__file__).resolve().parents[2]
PLANTED = {
    "document": "quixotrel",
    "faq": "zwembadkaart",
    "label": "vlinderstrik",
    "text": "hottentottens",
    "question": "papegaaiduik",
    "item": "kroketmachine",
    "person": "mevrouwbrandnetel",
    "collection": "tuinkabouter",
    "passphrase": "stroopwafelfabriek",
}
IN_CHINESE = "独角鲸飞毯"


class Desk:
    """Runs commands as separate processes whose every writable place is under one folder."""

    def __init__(self, places: Path) -> None:
        self.places = places
        self.places.mkdir()
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        for name in (
            "TMPDIR",
            "TEMP",
            "TMP",
            "HOME",
            "XDG_DATA_HOME",
            "XDG_CACHE_HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
        ):
            folder = places / name.lower()
            folder.mkdir()
            self.env[name] = str(folder)
        self.env |= {"CASEMATE_PASSPHRASE": PLANTED["passphrase"], "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *words: str, ends: int = 0) -> str:
        command = [
            sys.executable,
            str(ROOT / "main.py"),
            "--workspace",
            str(self.places / "workspace"),
            "--json",
            *words,
        ]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, env=self.env, **pipes) as process:
            while process.poll() is None:
                self.look_for_planted_words()
                try:
                    out, err = process.communicate(timeout=0.25)
                    break
                except subprocess.TimeoutExpired:
                    continue
            else:
                out, err = process.communicate()
        assert process.returncode == ends, err + out
        self.look_for_planted_words()
        return out

    def look_for_planted_words(self) -> None:
        words = [*PLANTED.values(), IN_CHINESE]
        patterns = [form for word in words for form in (word.encode(), word.encode("utf-16-le"))]
        patterns.append(IN_CHINESE.encode("gb18030"))
        for file in self.places.rglob("*"):
            try:
                data = file.read_bytes().lower() if file.is_file() else b""
            except OSError:
                continue  # gone meanwhile
            for pattern in patterns:
                assert pattern not in data, f"{pattern!r} lies in the clear in {file}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "places")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The person's own files, outside the places that are searched."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "policy.md").write_text(
        f"# Returns\n\nA {PLANTED['document']} may be returned within 30 days with its receipt.\n\n"
        f"{IN_CHINESE}可以退货。\n",
        encoding="utf-8",
    )
    table(folder / "faq.csv", ["question", "answer"], [[f"Where is my {PLANTED['faq']}?", "It is at the desk."]])
    rows = [[f"please send my {PLANTED['text']} number {i} today", PLANTED["label"]] for i in range(12)]
    rows += [[f"the invoice of month {i} is wrong by some euros", "billing"] for i in range(12)]
    table(folder / "labelled.csv", ["text", "label"], rows)
    items = [[f"i{i}", f"{PLANTED['item']} model {i}", f"a {PLANTED['item']} in colour {i}"] for i in range(12)]
    table(folder / "items.csv", ["item", "title", "text"], items)
    people = [f"{PLANTED['person']}{number}" for number in range(9)]
    events = [[name, f"i{(u * 3 + k) % 12}", "purchase"] for u, name in enumerate(people) for k in range(5)]
    table(folder / "events.csv", ["user", "item", "type"], events)
    return folder


def table(file: Path, header: list[str], rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([header, *rows])


def test_no_planted_word_is_on_the_disk(desk: Desk, sources: Path) -> None:
    collection = PLANTED["collection"]
    desk.run("kb", "add", "--collection", collection, str(sources / "policy.md"), str(sources / "faq.csv"))
    answer = desk.run("chat", "ask", "--collection", collection, f"May I return a {PLANTED['document']}?")
    assert PLANTED["document"] in answer, "the word did reach the store"
    refused = desk.run("chat", "ask", "--collection", collection, f"What about the {PLANTED['question']}?")
    waiting = str(json.loads(refused)["handoff"])
    desk.run(
        "chat", "answer", waiting, f"Ask for {PLANTED['text']}.", "--owner", PLANTED["person"], "--intent", "animals"
    )
    assert PLANTED["text"] in desk.run("chat", "answers", "list", "--query", PLANTED["text"])
    desk.run("chat", "figures")
    desk.run("data", "import", str(sources / "labelled.csv"), "--name", "mail", "--kind", "labelled")
    desk.run("train", "classify", "--dataset", "mail", "--pack", "desk")
    labelled = desk.run("classify", "--pack", "desk", f"where is my {PLANTED['text']}")
    assert PLANTED["label"] in labelled
    desk.run("data", "import", str(sources / "items.csv"), "--name", "goods", "--kind", "items")
    desk.run("data", "import", str(sources / "events.csv"), "--name", "sales", "--kind", "events")
    desk.run("recommend", "fit", "--items", "goods", "--events", "sales", "--pack", "shop")
    assert PLANTED["item"] in desk.run("recommend", "top", "--pack", "shop", "--user", f"{PLANTED['person']}1")
    desk.run("vault", "backup", str(desk.places / "backup.casemate"))
    desk.run("audit", "export", str(desk.places / "audit.jsonl"))
    desk.run("vault", "verify")
    outside = [
        path for path in desk.places.rglob("*") if path.is_file() and desk.places / "workspace" not in path.parents
    ]
    assert {path.name for path in outside} == {"backup.casemate", "audit.jsonl"}, "nothing else is written anywhere"


def test_the_search_itself_finds_a_planted_word(desk: Desk) -> None:
    (desk.places / "leak.bin").write_bytes(b"\0\1" + PLANTED["label"].encode("utf-16-le"))
    with pytest.raises(AssertionError, match=r"leak\.bin"):
        desk.look_for_planted_words()


def test_what_is_deleted_is_gone_from_the_unlocked_file_too(service: Service) -> None:
    """Conversation, hand-off, approved answer and kept vectors: after deleting them no word is left in any page."""
    words = [PLANTED[name].encode() for name in ("question", "document", "person", "item", "text", "faq")]
    question, answer = f"Where is my {PLANTED['question']}?", f"In the {PLANTED['document']}."
    asked = service.call(_ask_of(service, question))
    service.call(api.RateMessage(message=asked.message, rating=-1))
    (item,) = service.call(api.ListHandoffs()).handoffs
    service.call(
        api.AnswerHandoff(
            id=item.id, answer=answer, owner=PLANTED["person"], question=f"{PLANTED['item']}?", expires="2999-01-01"
        )
    )
    branched = service.call(api.BranchConversation(message=asked.message))
    other = service.call(
        api.HandOver(message=_ask_again(service, branched.conversation).message, reason=PLANTED["text"])
    )
    service.call(api.GetChatFigures())
    there = _pages(service)
    assert all(word in there for word in words)
    service.call(api.DismissHandoff(id=other.handoff.id, reason=PLANTED["text"]))
    for conversation in service.call(api.ListConversations()).conversations:
        service.call(api.DeleteConversation(id=conversation.id))
    for one in service.call(api.ListAnswers()).answers:
        service.call(api.DeleteAnswer(id=one.id))
    left = _pages(service)
    for word in words:
        assert word not in left, word


def _ask_of(service: Service, question: str) -> api.AskQuestion:
    service.call(api.SaveAnswer(collection="shop", question="Opening hours?", answer="Nine to six."))
    return api.AskQuestion(collection="shop", question=question)


def _ask_again(service: Service, conversation: int) -> api.Answer:
    asked = api.AskQuestion(collection="", question=f"And the {PLANTED['faq']}?", conversation=conversation)
    answer: api.Answer = service.call(asked)
    return answer


def _pages(service: Service) -> bytes:
    """Every page of the workspace, decrypted, those that are free among them."""
    with service.context.store.read() as connection:
        return connection.serialize("main").lower()
