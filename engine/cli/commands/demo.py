"""`demo`: the main job on the bundled samples, in a throwaway workspace."""

from __future__ import annotations

import argparse
import dataclasses
import secrets
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from engine import api
from engine.cli.commands.base import add
from engine.cli.session import Globals, Session
from engine.errors import UsageError
from engine.samples import SampleSet, samples

TOP = 5
LEAST_RIGHT = 0.6
"""Of the sample questions; `right` and `wrong` tell how many and which. The demo shows that the program works on this
machine; how well it answers is measured in tests/quality."""
TIMES_CHANCE = 3


def _demo(args: argparse.Namespace, session: Session) -> Any:
    if args.headless:
        return run_headless(args.language, session.options)
    if args.open_window is None:
        raise UsageError(reason="There is no window here; add --headless.")
    return args.open_window(session.options.workspace, True)


def run_headless(language: str, options: Globals) -> dict[str, Any]:
    """Index and ask, teach and read, learn and recommend; every result is the engine's own."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casemate-demo-") as folder:
        session = Session(dataclasses.replace(options, workspace=Path(folder) / "workspace"))
        try:
            session.service.call(api.Unlock(passphrase=secrets.token_urlsafe(24), create=True))
            found = samples(language)
            parts = {"chat": _chat, "classify": _classify, "recommend": _recommend}
            report: dict[str, Any] = {name: _timed(part, session, found) for name, part in parts.items()}
        finally:
            session.close()
    ok = all(part["ok"] for part in report.values())
    return {**report, "ok": ok, "language": language, "seconds": round(time.monotonic() - began, 2)}


def _timed(part: Any, session: Session, found: SampleSet) -> dict[str, Any]:
    began = time.monotonic()
    result = part(session, found)
    return {"ok": result.pop("ok"), "seconds": round(time.monotonic() - began, 2), **result}


class SampleQuestion(Struct, frozen=True):
    """`doc` is the file that answers, below the organisation's folder; None where none does."""

    id: str
    question: str
    doc: str | None


def _chat(session: Session, found: SampleSet) -> dict[str, Any]:
    """Every sample question of the shop: is it answered from the right file, and refused where no file answers?"""
    shop = found.shop
    added = session.call(api.AddDocuments(collection="shop", paths=tuple(map(str, shop.documents))))
    lines = shop.questions.read_bytes().splitlines()
    questions = [msgspec.json.decode(line, type=SampleQuestion) for line in lines if line.strip()]
    answers = []
    for sample in questions:
        answer = session.call(api.AskQuestion(collection="shop", question=sample.question, keep=False))
        sources = {Path(citation.doc) for citation in answer.citations}
        if sample.doc is None:
            right = answer.mode == "not_found"
        else:
            right = answer.mode != "not_found" and shop.folder / sample.doc in sources
        answers.append(
            {"expected": sample.doc, "right": right, "question": sample.question, **msgspec.to_builtins(answer)}
        )
    good = [answer for answer in answers if answer["right"]]
    return {
        "ok": len(good) >= LEAST_RIGHT * len(answers),
        "passages": added.passages,
        "questions": len(answers),
        "right": len(good),
        "result": next((answer for answer in good if answer["expected"]), answers[0]),
        "refused": next((answer for answer in good if not answer["expected"]), None),
        "wrong": [answer["question"] for answer in answers if not answer["right"]],
    }


def _classify(session: Session, found: SampleSet) -> dict[str, Any]:
    """Teach the topics of the messages, and read texts that the model has not seen."""
    session.call(api.ImportData(path=str(found.shop.table("labelled").path), name="messages", kind="labelled"))
    trained = session.call(api.TrainClassifier(dataset="messages", pack="topics", method="head"))
    read = session.call(api.Classify(pack="topics", texts=UNSEEN[found.language]))
    return {
        "ok": trained.metrics["accuracy"] >= TIMES_CHANCE / len(trained.labels) and trained.promoted,
        "method": trained.method,
        "metrics": trained.metrics,
        "labels": trained.labels,
        "result": msgspec.to_builtins(read.results),
    }


def _recommend(session: Session, found: SampleSet) -> dict[str, Any]:
    session.call(api.ImportData(path=str(found.shop.table("items").path), name="catalogue", kind="items"))
    session.call(api.ImportData(path=str(found.shop.table("events").path), name="purchases", kind="events"))
    fitted = session.call(api.FitRecommender(items="catalogue", events="purchases", pack="taste"))
    person = session.call(api.ListPeople(pack="taste", limit=1)).entries[0][0]
    ranked = session.call(api.RecommendTop(pack="taste", user=person, k=TOP))
    return {
        "ok": len(ranked.items) == TOP and all(item.reason for item in ranked.items),
        "users": fitted.users,
        "items": fitted.items,
        "events": fitted.events,
        "metrics": msgspec.to_builtins(fitted.metrics),
        "user": person,
        "result": msgspec.to_builtins(ranked.items),
    }


UNSEEN = {
    "en": (
        "The courier says it was delivered on Tuesday but nothing is here.",
        "I'd like my money back for the boots, they leak.",
        "Do these trousers come in a longer leg?",
    ),
    "zh": (
        "快递显示已经签收，可是我根本没有收到。",
        "鞋子漏水，我想退货退款。",
        "这条裤子有加长款吗？",
    ),
}


def register(commands: Any) -> None:
    parser = add(commands, "demo", "the samples in a throwaway workspace", _demo)
    parser.add_argument(
        "--headless", action="store_true", help="run the main job without a window and print what came out"
    )
    parser.add_argument("--language", choices=tuple(UNSEEN), default="en")
