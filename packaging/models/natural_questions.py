"""The natural questions of tests/quality/questions with the documents they are about, split by document.

Every document belongs to the fit or to the evaluation, for good: a hash of its id and the seed decides. A question
follows its (first) expected document, a question without an answer its own id. Nothing about the evaluation half may
be looked at to choose features, weights or thresholds.
"""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from answer_lab import Lab, articles_of

from engine.ingest.documents.work import ParsedFile, parse_one

QUESTIONS = Path(__file__).resolve().parent.parent.parent / "tests" / "quality" / "questions"
SPLIT_SEED = "casemate-7"
SMALL = 12
"""Documents of the small collection that each question is asked of as well."""
HEALTH = ("Dry Mouth", "Cataract", "Shingles", "Knee Replacement", "Hearing Loss", "Gout", "Balance Problems",
          "Osteoporosis", "Dry Eye", "Glaucoma", "Low Vision", "Urinary Incontinence")  # fmt: skip
SETS = {
    "flat": ("flat_en", "flat_more_en", "none_en", "none_more_en", "flat_fit_en", "none_fit_en"),
    "health": ("health_en", "none_health_en", "none_health_fit_en"),
    "shop": ("shop_en", "none_shop_en", "shop_fit_en", "none_shop_fit_en"),
    "tidb": ("tidb_zh", "tidb_more_zh", "none_zh", "none_more_zh"),
}
"""The files named "fit" came later and belong to the fit half alone, so that the evaluation half stayed what it was."""
Half = Literal["fit", "evaluation"]


class Asking(NamedTuple):
    """A question of one collection; `expected` is empty where no document answers it."""

    collection: str
    text: str
    expected: tuple[str, ...]
    kind: str
    """ "known", "near" (about the collection's subject) or "far"."""
    group: str
    """The expected document, or the question's id: cross-validation keeps a group together."""
    half: Half


def half_of(key: str) -> Half:
    """Which half a document (or an unanswerable question) belongs to."""
    digest = hashlib.sha256(f"{SPLIT_SEED}:{key}".encode()).digest()
    return "fit" if digest[0] % 2 == 0 else "evaluation"


def askings(collection: str) -> list[Asking]:
    """All questions of a collection."""
    found = []
    for name in SETS[collection]:
        for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            expected = tuple(one["expected"])
            group = min(expected) if expected else one["id"]
            kind = one.get("kind", "known")
            found.append(Asking(collection, one["question"], expected, kind, group, half_of(group)))
    return found


def collection_texts(data: Path) -> dict[str, dict[str, str]]:
    """The documents of each collection as Markdown, by id."""
    flat = [row for row in articles_of(data / "flat_help_kb" / "articles.jsonl.gz") if row["lang"] == "en"]
    tidb = articles_of(data / "tidb_faq_zh" / "faq.jsonl.gz")
    rules = articles_of(data / "abcd" / "guidelines.jsonl.gz")
    return {
        "flat": {row["id"]: f"# {row['title']}\n\n{row['text']}\n" for row in flat},
        "health": _health(data),
        "shop": {row["id"]: f"# {row['flow']}: {row['subflow']}\n\n{row['text']}\n" for row in rules},
        "tidb": {row["id"]: f"# {row['question']}\n\n{row['answer']}\n" for row in tidb},
    }


def small_collection(files: Sequence[ParsedFile], one: Asking, size: int = SMALL) -> list[ParsedFile]:
    """A handful of documents with the expected ones among them, as in a small organisation."""
    chooser = random.Random(f"{SPLIT_SEED}:{one.text}")
    wanted = [file for file in files if file.path in one.expected]
    others = [file for file in files if file.path not in one.expected]
    return wanted + chooser.sample(others, min(len(others), size - len(wanted)))


def parsed(texts: dict[str, str]) -> list[ParsedFile]:
    """Markdown texts through the program's own reader."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for key, text in texts.items():
            path = Path(folder) / f"{key}.md"
            path.write_text(text, encoding="utf-8")
            found.append(msgspec.structs.replace(parse_one(0, str(path)), path=key))
    return found


def _health(data: Path) -> dict[str, str]:
    sections: dict[str, list[str]] = defaultdict(list)
    for row in articles_of(data / "medquad" / "SeniorHealth.jsonl.gz"):
        if row["focus"] in HEALTH:
            sections[row["focus"]].append(f"## {row['question']}\n\n{row['answer']}\n")
    return {
        f"health-{focus.lower().replace(' ', '-')}": f"# {focus}\n\n" + "\n".join(parts)
        for focus, parts in sections.items()
    }


def labs(data: Path, embed: Any) -> dict[str, tuple[list[ParsedFile], Lab]]:
    """The files and the whole collection of each set."""
    files = {name: parsed(texts) for name, texts in collection_texts(data).items()}
    return {name: (found, Lab(embed).add_files(found)) for name, found in files.items()}
