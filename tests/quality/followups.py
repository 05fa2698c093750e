"""Whether questions that lean on earlier ones find their document.

    python tests/quality/followups.py

48 follow-ups of our own (tests/quality/questions/followups.jsonl) over the help centre and the Chinese FAQ: alone, with
the question before them, and as the program reads them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging" / "models")]

from answer_lab import Lab  # noqa: E402
from natural_questions import QUESTIONS, collection_texts, parsed  # noqa: E402

from engine.runtimes.encoder import Encoder, bundled_encoder_folder  # noqa: E402
from engine.serve.chat.followup import context_of  # noqa: E402


def rank_of(lab: Lab, question: str, context: Sequence[str], expected: Sequence[str]) -> int:
    """Rank of the first expected document, 0 if none is found."""
    searcher = lab.searcher
    found = searcher.candidates(searcher.rank(searcher.understand(question, context), "auto"))
    ranked = list(dict.fromkeys(one.doc for one in found))
    return next((rank for rank, doc in enumerate(ranked, 1) if doc in expected), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"The public data sets are not at {options.data}.")
    encoder = Encoder.open(bundled_encoder_folder())
    texts = collection_texts(options.data)
    labs = {name: Lab(encoder.embed).add_files(parsed(texts[name])) for name in ("flat", "tidb")}
    rows = [json.loads(line) for line in (QUESTIONS / "followups.jsonl").read_text(encoding="utf-8").splitlines()]
    ways: dict[str, Callable[[dict[str, Any]], Sequence[str]]] = {
        "alone": lambda row: [],
        "with the question before": lambda row: row["before"][-1:],
        "as the program does": lambda row: context_of(row["question"], row["before"][::-1]),
    }
    for name, context in ways.items():
        for collection in labs:
            some = [row for row in rows if row["collection"] == collection]
            ranks = [rank_of(labs[collection], row["question"], context(row), row["expected"]) for row in some]
            first, third = sum(rank == 1 for rank in ranks), sum(0 < rank <= 3 for rank in ranks)
            mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
            print(f"{name:26} {collection:5} first {first}/{len(ranks)}, in 3 {third}/{len(ranks)}, MRR {mrr:.3f}")


if __name__ == "__main__":
    main()
