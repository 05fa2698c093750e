"""How well documents are found and how honest the answers are, on natural questions written for this purpose.

    python tests/quality/retrieval.py [--json FILE]

Four collections: an English help centre (flat_help_kb), health pages (medquad, twelve subjects), guidelines of a shop
(abcd) and a Chinese FAQ (tidb_faq_zh, each entry a document; once more as approved answers). The questions in
tests/quality/questions were written by hand from the titles and first lines of the documents, in other words than
theirs; the unanswerable ones are near the subject or far from it. Questions are split by document
(packaging/models/natural_questions.py): the answer models were fitted on one half, the figures about answers are of
the other. The weights of the search (title, words against meaning) were chosen on part of both, so the recall figures
flatter a little.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging" / "models")]

from natural_questions import Asking, askings, collection_texts  # noqa: E402

from engine import api  # noqa: E402
from engine.host.service import Service  # noqa: E402

SETS = ("flat", "health", "shop", "tidb")
MODES = ("bm25", "dense", "hybrid", "rerank", "auto")
DEPTH = 60


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share. Source: Wilson 1927."""
    z = 1.96
    middle, spread = hits + z * z / 2, z * math.sqrt(hits * (n - hits) / n + z * z / 4)
    return (middle - spread) / (n + z * z), (middle + spread) / (n + z * z)


def show(hits: int, n: int) -> str:
    low, high = wilson(hits, n)
    return f"{hits}/{n} = {hits / n:.1%} ({low:.1%} to {high:.1%})"


def write_collections(data: Path, folder: Path) -> dict[str, list[str]]:
    """One Markdown file per document; returns the files of each collection."""
    texts = collection_texts(data)
    for name, files in texts.items():
        (folder / name).mkdir()
        for key, text in files.items():
            (folder / name / f"{key}.md").write_text(text, encoding="utf-8")
    (folder / "tidbfaq").mkdir()
    with (folder / "tidbfaq" / "faq.jsonl").open("w", encoding="utf-8") as file:
        for text in texts["tidb"].values():
            title, answer = text.removeprefix("# ").split("\n\n", 1)
            file.write(json.dumps({"question": title, "answer": answer.strip()}, ensure_ascii=False) + "\n")
    return {name: [str(folder / name)] for name in (*texts, "tidbfaq")}


def recall(service: Service, collection: str, asked: list[Asking], mode: Any) -> dict[str, float]:
    at3 = at10 = 0
    reciprocal, seconds = 0.0, []
    for one in asked:
        found = service.call(api.SearchPassages(collection, one.text, k=DEPTH, mode=mode))
        seconds.append(found.seconds)
        ranked = list(dict.fromkeys(Path(hit.doc).stem for hit in found.hits))
        rank = next((i for i, doc in enumerate(ranked, 1) if doc in one.expected), None)
        at3 += rank is not None and rank <= 3
        at10 += rank is not None and rank <= 10
        reciprocal += 1 / rank if rank else 0.0
    n = len(asked)
    return {
        "recall@3": at3 / n,
        "recall@10": at10 / n,
        "mrr": reciprocal / n,
        "ms": 1000 * statistics.median(seconds),
        "n": n,
    }


def answers(service: Service, collection: str, asked: list[Asking], verbose: bool) -> dict[str, Any]:
    """Answer every question; `right` counts quotes and approved answers from an expected document."""
    told: dict[str, Any] = {"answered": 0, "right": 0, "refused": 0, "n": len(asked), "ms": 0.0}
    seconds = []
    for one in asked:
        answer = service.call(api.AskQuestion(collection, one.text, keep=False))
        seconds.append(answer.seconds)
        refused = answer.mode == "not_found"
        told["refused"] += refused
        told["answered"] += not refused
        right = not refused and Path(answer.citations[0].doc).stem in one.expected
        told["right"] += right
        if verbose and (refused == bool(one.expected) or not (refused or right)):
            source = Path(answer.citations[0].doc).stem if answer.citations else "-"
            print(f"   {answer.mode} {answer.confidence:.2f} {one.text} -> {source}: {answer.answer[:70]!r}")
    told["ms"] = 1000 * statistics.median(seconds)
    return told


def _sums(told: dict[str, Any]) -> None:
    """The English collections together, and the Chinese one."""
    for language, names in (("English", ("flat", "health", "shop")), ("Chinese", ("tidb",))):
        known = [told[name] for name in names]
        none = [told[f"{name} {kind}"] for name in names for kind in ("near", "far") if f"{name} {kind}" in told]
        answered, right = (sum(one[key] for one in known) for key in ("answered", "right"))
        print(f"\n{language}\n  answerable: answered {show(answered, sum(one['n'] for one in known))}")
        print(f"  of the answered, from an expected document: {show(right, max(1, answered))}")
        refused, n = (sum(one[key] for one in none) for key in ("refused", "n"))
        print(f"  unanswerable: refused {show(refused, n)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--verbose", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"The public data sets are not at {options.data}.")
    report: dict[str, Any] = {"recall": {}, "answers": {}}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        service = Service(folder / "workspace")
        service.call(api.Unlock("a passphrase for measuring", create=True))
        for name, paths in write_collections(options.data, folder).items():
            began = time.monotonic()
            added = service.call(api.AddDocuments(name, tuple(paths)))
            print(f"{name}: {added.passages} passages in {time.monotonic() - began:.1f} s")
        print(f"\n{'collection':10} {'mode':7} {'recall@3':>9} {'recall@10':>9} {'MRR':>6} {'ms':>6}")
        for name in SETS:
            for mode in MODES:
                known = [one for one in askings(name) if one.kind == "known"]
                got = report["recall"][f"{name} {mode}"] = recall(service, name, known, mode)
                shares = f"{got['recall@3']:9.1%} {got['recall@10']:9.1%} {got['mrr']:6.3f}"
                print(f"{name:10} {mode:7} {shares} {got['ms']:6.1f}")
        for name in (*SETS, "tidbfaq"):
            print(f"\n{name}")
            half = [one for one in askings(name.removesuffix("faq")) if one.half == "evaluation"]
            if name == "tidbfaq":  # one file holds every answer, so the document says nothing about being right
                half = [one._replace(expected=("faq",) if one.expected else ()) for one in half]
            got = answers(service, name, [one for one in half if one.kind == "known"], options.verbose)
            report["answers"][name] = got
            print(f"  answerable: answered {show(got['answered'], got['n'])}, median {got['ms']:.0f} ms")
            if name != "tidbfaq":
                print(f"  of the answered, from an expected document: {show(got['right'], max(1, got['answered']))}")
            for kind in ("near", "far"):
                if chosen := [one for one in half if one.kind == kind]:
                    got = report["answers"][f"{name} {kind}"] = answers(service, name, chosen, options.verbose)
                    print(f"  unanswerable, {kind}: refused {show(got['refused'], got['n'])}")
        _sums(report["answers"])
        service.close()
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
