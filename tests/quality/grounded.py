"""How good answers are that a generator phrased, beside the quotes that stand without one.

    python tests/quality/grounded.py --pack generator-en [--data ../shared/data] [--questions 100] [--both-halves]
        [--out answers.jsonl]

Asks held-out questions (the evaluation half; no generator of ours has read either half, but the judge that refuses was
fitted on the other one) of the help centre and of the shop's guidelines once without and once with
the generator. Told are the rungs, how many of the written sentences the passages hold, how often an answer cites a
document that was written down as answering, how much of the best quote's content words it says, and the time. Whether
an answer is helpful is for people to say: `--out` writes both answers of each question, one line per question.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging" / "models")]

import msgspec  # noqa: E402
from natural_questions import Asking, askings, collection_texts  # noqa: E402

from engine import api  # noqa: E402
from engine.host.chat import grounding  # noqa: E402
from engine.host.service import Service  # noqa: E402
from engine.language.terms import normalise, query_terms, terms  # noqa: E402
from engine.serve.chat.grounded import Kept  # noqa: E402
from engine.values import Citation  # noqa: E402

COLLECTIONS = ("flat", "shop")
SEED = "casemate-grounded-1"


def held_out(count: int, *, both: bool) -> list[Asking]:
    """Answerable questions of the evaluation half or of both, the same on every run."""
    found = [
        one for name in COLLECTIONS for one in askings(name) if (both or one.half == "evaluation") and one.expected
    ]
    return random.Random(SEED).sample(found, min(count, len(found)))


def fill(service: Service, data: Path, folder: Path) -> None:
    texts = collection_texts(data)
    for name in COLLECTIONS:
        place = folder / name
        place.mkdir(parents=True)
        for key, text in texts[name].items():
            (place / f"{key}.md").write_text(text, encoding="utf-8")
        service.call(api.AddDocuments(collection=name, paths=(str(place),)))


def ask(service: Service, one: Asking, pack: str) -> tuple[api.Answer, float]:
    began = time.perf_counter()
    request = api.AskQuestion(collection=one.collection, question=one.text, keep=False, pack=pack)
    answer: api.Answer = service.call(request)
    return answer, time.perf_counter() - began


def _copied(sentence: str, places: Sequence[Citation]) -> bool:
    """Whether a sentence stands in a cited place, but for capitals, white space and its full stop."""
    wanted = "".join(normalise(sentence).split()).rstrip(".!?")
    return any(wanted in "".join(normalise(place.excerpt).split()) for place in places)


def cites(answer: api.Answer, one: Asking) -> bool:
    named = {Path(place.doc).stem for place in answer.citations}
    return answer.mode != "not_found" and bool(named & set(one.expected))


def measure(service: Service, pack: str, questions: list[Asking]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    written: list[tuple[str, Kept]] = []
    plain_check = grounding.checked_answer

    def watched(*args: Any) -> Kept:
        kept = plain_check(*args)
        written.append((args[1], kept))
        return kept

    grounding.checked_answer = watched
    rows: list[dict[str, Any]] = []
    try:
        for one in questions:
            quote, quote_s = ask(service, one, "")
            before = len(written)
            answer, answer_s = ask(service, one, pack)
            said, kept = written[-1] if len(written) > before else ("", None)
            copied = sum(_copied(one.text, answer.citations) for one in answer.sentences)
            wanted, words = set(query_terms(quote.answer)), set(terms(answer.answer))
            rows.append(
                {
                    "collection": one.collection, "question": one.text, "expected": list(one.expected),
                    "quote_mode": quote.mode, "quote": quote.answer, "quote_right": cites(quote, one),
                    "mode": answer.mode, "answer": answer.answer, "right": cites(answer, one), "written": said,
                    "sentences": kept.written if kept else 0, "held": kept.held if kept else 0,
                    "shown": len(answer.sentences), "copied": copied,
                    "why": kept.why if kept else "not written", "reason": answer.reason,
                    "says_of_quote": round(len(wanted & words) / max(1, len(wanted)), 3),
                    "quote_s": round(quote_s, 3), "answer_s": round(answer_s, 3),
                }
            )  # fmt: skip
    finally:
        grounding.checked_answer = plain_check
    asked = [row for row in rows if row["quote_mode"] == "quote"]
    generated = [row for row in asked if row["mode"] == "generated"]
    figures: dict[str, Any] = {
        "questions": len(rows),
        "without a generator": dict(Counter(row["quote_mode"] for row in rows)),
        "with it": dict(Counter(row["mode"] for row in rows)),
        "why the quote stayed": dict(Counter(row["why"] or "-" for row in asked if row["mode"] != "generated")),
        "sentences written": sum(row["sentences"] for row in asked),
        "sentences held": sum(row["held"] for row in asked),
        "sentences shown, of these letter by letter in a cited place": [
            sum(row["shown"] for row in generated),
            sum(row["copied"] for row in generated),
        ],
        "generated, of these from an expected document": [sum(row["right"] for row in generated), len(generated)],
        "the same questions quoted": [sum(row["quote_right"] for row in generated), len(generated)],
    }
    if generated:
        figures["median share of the quote's words"] = statistics.median(row["says_of_quote"] for row in generated)
        figures["median seconds"] = statistics.median(row["answer_s"] for row in generated)
    return figures, rows


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--pack", required=True, help="a generator that is here, or a GGUF file")
    reader.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    reader.add_argument("--questions", type=int, default=100)
    reader.add_argument("--both-halves", action="store_true")
    reader.add_argument("--out", type=Path)
    options = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pack = options.pack
        if pack.endswith(".gguf"):
            os.environ["CASEMATE_MODELS"] = str(Path(folder) / "models")
        service = Service(Path(folder) / "workspace")
        try:
            service.call(api.Unlock(passphrase="measured in a folder of its own", create=True))
            if pack.endswith(".gguf"):
                service.call(api.ImportModel(path=pack, name="measured"))
                pack = "measured"
            fill(service, options.data, Path(folder) / "texts")
            figures, rows = measure(service, pack, held_out(options.questions, both=options.both_halves))
        finally:
            service.close()
    if options.out:
        options.out.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
