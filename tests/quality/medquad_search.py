"""Whether answers are found for health questions that name their subject in other words.

    python tests/quality/medquad_search.py [--json FILE]

The answers of MedQuAD (every part, of the subjects that nothing was taught on: packaging/models/reranker/sources.py)
are indexed without their questions, one document each, its title the subject. The questions are written anew by rules
that were made for this alone: the sentence is turned ("What are the treatments for X?" becomes "How do doctors deal
with X?"), and X becomes one of its synonyms from the set; where there is none, its most telling word is left out.

Printed: recall@10 and MRR of each mode with 95 % bounds, and how much auto is above the best single mode (words alone,
vectors alone), with the bounds of that difference from resampled questions.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging" / "models" / "reranker")]

from sources import taught  # noqa: E402

from engine import api  # noqa: E402
from engine.host.service import Service  # noqa: E402
from engine.serve.chat.meter import Ranks, figures  # noqa: E402
from engine.serve.chat.rerank import folder_of  # noqa: E402

PARTS = ("CDC", "CancerGov", "GARD", "GHR", "MPlusHealthTopics", "NHLBI", "SeniorHealth")
TURNED = {
    "What are the treatments for": "How do doctors deal with {}?",
    "What are the symptoms of": "How does somebody with {} feel?",
    "What causes": "Where does {} come from?",
    "How to diagnose": "By what do doctors recognise {}?",
    "How to prevent": "What keeps {} away?",
    "Who is at risk for": "Which people get {}?",
    "What is the outlook for": "What are the chances with {}?",
    "What are the stages of": "How is the spread of {} described?",
    "Is ": "Do parents hand down {}?",
    "How many people are affected by": "What share of people has {}?",
    "What are the genetic changes related to": "Which gene is changed in {}?",
    "What is (are)": "Please explain {}.",
}


class Case(NamedTuple):
    id: str
    question: str
    changed: str


def rows_of(data: Path, most: int) -> list[dict[str, Any]]:
    """Answers of subjects that were not taught, whole subjects, drawn with a fixed seed."""
    rows = []
    for part in PARTS:
        with gzip.open(data / "medquad" / f"{part}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows += [row for row in map(json.loads, file) if part == "SeniorHealth" or not taught(row["focus"])]
    subjects = sorted({row["focus"] for row in rows})
    random.Random(7).shuffle(subjects)
    by_subject: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_subject.setdefault(row["focus"], []).append(row)
    chosen: list[dict[str, Any]] = []
    for subject in subjects:
        if len(chosen) >= most:
            break
        chosen += by_subject[subject]
    return chosen


def rewritten(row: dict[str, Any]) -> Case | None:
    """The question in other words, or None where no rule fits it."""
    turned = next((TURNED[opening] for opening in TURNED if row["question"].startswith(opening)), None)
    if turned is None or row["focus"].lower() not in row["question"].lower():
        return None
    chooser = random.Random(f"casemate-held-out:{row['id']}")
    held = set(_words(row["focus"]))
    others = [one for one in row["synonyms"] or [] if not set(_words(one)) >= held and 2 < len(one) < 80]
    if others:
        return Case(row["id"], turned.format(chooser.choice(others)), "synonym")
    words = row["focus"].split()
    if len(words) < 2:
        return None
    dropped = max(words, key=len)
    return Case(row["id"], turned.format(" ".join(word for word in words if word != dropped)), "dropped")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--answers", type=int, default=2500)
    parser.add_argument("--questions", type=int, default=600)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"The public data sets are not at {options.data}.")
    rows = rows_of(options.data, options.answers)
    cases = [case for row in rows if (case := rewritten(row))]
    random.Random(11).shuffle(cases)
    cases = cases[: options.questions]
    modes = ["bm25", "dense", "hybrid", *(["rerank"] if folder_of("en").is_dir() else []), "auto"]
    ranks: dict[str, list[int]] = {mode: [] for mode in modes}
    seconds: dict[str, list[float]] = {mode: [] for mode in modes}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "answers"
        folder.mkdir()
        for row in rows:
            (folder / f"{row['id']}.md").write_text(f"# {row['focus']}\n\n{row['answer']}\n", encoding="utf-8")
        service = Service(Path(temporary) / "workspace")
        service.call(api.Unlock("a passphrase for measuring", create=True))
        added = service.call(api.AddDocuments("health", (str(folder),)))
        print(f"{len(rows)} answers, {added.passages} passages; {len(cases)} questions, "
              f"{sum(case.changed == 'synonym' for case in cases)} with a synonym")  # fmt: skip
        for case in cases:
            for mode in modes:
                began = time.monotonic()
                found = service.call(api.SearchPassages("health", case.question, k=40, mode=mode, collapse=False))
                seconds[mode].append(time.monotonic() - began)
                ranked = list(dict.fromkeys(Path(hit.doc).stem for hit in found.hits))
                ranks[mode].append(ranked.index(case.id) + 1 if case.id in ranked else 0)
        service.close()
    report = {mode: figures(Ranks(tuple(ranks[mode]), tuple(seconds[mode]))) for mode in modes}
    for mode, told in report.items():
        print(f"{mode:7} recall@3 {told['recall@3']:.1%}, recall@10 {told['recall@10']:.1%} "
              f"({told['recall@10_low']:.1%} to {told['recall@10_high']:.1%}), MRR {told['mrr']:.3f}, "
              f"{told['ms']:.0f} ms")  # fmt: skip
    best = max(("bm25", "dense"), key=lambda mode: report[mode]["recall@10"])
    gain = np.array([(0 < a <= 10) - (0 < b <= 10) for a, b in zip(ranks["auto"], ranks[best], strict=True)], float)
    drawn = gain[np.random.default_rng(0).integers(0, len(gain), (4000, len(gain)))].mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    print(f"auto above {best}: {100 * gain.mean():+.1f} points ({100 * low:+.1f} to {100 * high:+.1f})")
    if options.json:
        report["gain"] = {"over": best, "points": 100 * gain.mean(), "low": 100 * low, "high": 100 * high}
        options.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
