"""Stage 1: documents, rows and held-out parts as plain files under the work folder.

    python packaging/models/generator/prepare.py --work DIR [--corpus DIR] [--data DIR] [--books-mb 40]

Writes `text/GROUP.jsonl` (documents to learn from), `heldout/SOURCE.jsonl` (one document in 200 of each source, by the
hash of its text; at most HELD_OUT_BYTES), `rows.jsonl` and `rows-heldout.jsonl` (tuning rows, `rows.py`), and
`sources.json` (bytes, documents and licence of each source). A file of the corpus that is not there is left out and
said so. Documents are shuffled by the seed. Nothing of a held-out document reaches the rest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from generator import questions, rows, sources

HELD_OUT_ONE_IN = 200
HELD_OUT_BYTES = 200_000
INSTRUCT_KINDS = ("faq", "howto", "definition", "explain", "summary", "title", "qa", "instruction", "math", "trivia")
TRIVIA_ONE_IN = 4
ECHOES_OF_A_PAGE = 4
ECHOES_PER_ROW = 0.6
_LEFTOVER = re.compile(r"!INCLUDE ?\[[^\]]*\](?:\([^)]*\))?")


def hashed(text: str) -> int:
    """A number that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def held_out(text: str) -> bool:
    return hashed(text) % HELD_OUT_ONE_IN == 0


def clean(text: str) -> str:
    """Text without what the corpus' cleaning left of include directives."""
    return _LEFTOVER.sub("the product", text).replace("\u00a0", " ").strip()


def _write(path: Path, documents: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    new.replace(path)


def read_documents(corpus: Path, books_bytes: int) -> Iterable[tuple[str, str, str]]:
    """(group, source, text) of the English part of the corpus; of old books a share spread over all of them."""
    sizes = {name: (corpus / name).stat().st_size for name in sources.CORPUS_FILES if (corpus / name).exists()}
    for name in sources.CORPUS_FILES:
        if name not in sizes:
            print(f"{corpus / name} is not there and is left out", flush=True)
            continue
        kept_share = 1.0
        if "books" in name:
            books = sum(size for other, size in sizes.items() if "books" in other)
            kept_share = min(1.0, books_bytes / (books * 3.65))
        for record in sources.read_lines(corpus / name):
            source, text = record["source"], clean(record["text"])
            sources.licence_of(source)
            group = sources.group_of(source)
            if group == "books" and hashed(text[:200]) % 1000 >= kept_share * 1000:
                continue
            yield group, source, text


def instruct_text(record: dict[str, Any]) -> str:
    """An instruction record as a page of plain text."""
    context = record.get("context", "")
    return "\n\n".join(part for part in (clean(context), clean(record["prompt"]), clean(record["response"])) if part)


def echoes(documents: Sequence[Mapping[str, Any]], count: int, r: random.Random) -> list[dict[str, Any]]:
    """Passages followed by some of their own sentences in another order, which can only be told by looking back.

    To copy from what stands before is the whole of a grounded answer, and running text teaches it late.
    """
    made: list[dict[str, Any]] = []
    order = list(documents)
    r.shuffle(order)
    for document in order:
        for passage in rows.passages_of(document["text"])[:ECHOES_OF_A_PAGE]:
            told = [sentence for sentence in questions.split(passage) if len(sentence.split()) > 3]
            if len(told) < 2:
                continue
            said = r.sample(told, min(len(told), r.randint(2, 5)))
            made.append({"source": document["source"], "group": "echo", "text": "\n".join([passage, "", *said])})
            if len(made) == count:
                return made
    return made


def prepare(work: Path, corpus: Path, data: Path | None, *, books_mb: float, rows_limit: int, seed: int) -> None:
    """Write everything that the later stages read. Done already: nothing happens."""
    done = work / "sources.json"
    if done.exists():
        print("prepare: done already", flush=True)
        return
    groups: dict[str, list[dict[str, Any]]] = {}
    aside: dict[str, list[dict[str, Any]]] = {}
    aside_bytes: Counter[str] = Counter()
    amount: Counter[tuple[str, str]] = Counter()
    pages: Counter[tuple[str, str]] = Counter()

    def take(group: str, source: str, text: str) -> None:
        if held_out(text) and aside_bytes[source] < HELD_OUT_BYTES:
            aside_bytes[source] += len(text.encode())
            aside.setdefault(source, []).append({"source": source, "group": group, "text": text})
            return
        groups.setdefault(group, []).append({"source": source, "group": group, "text": text})
        amount[group, source] += len(text.encode())
        pages[group, source] += 1

    for group, source, text in read_documents(corpus, int(books_mb * 1e6)):
        take(group, source, text)
    instruct: list[dict[str, Any]] = []
    if (corpus / sources.INSTRUCT_FILE).exists():
        for record in sources.read_lines(corpus / sources.INSTRUCT_FILE):
            if record["lang"] != "en" or record["kind"] not in INSTRUCT_KINDS:
                continue
            sources.licence_of(record["source"])
            if record["kind"] == "trivia" and hashed(record["prompt"]) % TRIVIA_ONE_IN:
                continue
            instruct.append(record)
            if record["kind"] != "qa":  # its contexts are in the rows
                take("instruct", record["source"], instruct_text(record))
    made, made_aside = rows.make_all(
        [document for name in ("help", "textbooks", "software") for document in groups.get(name, [])],
        [page for pages in aside.values() for page in pages if page["group"] in ("help", "textbooks")],
        instruct,
        data,
        limit=rows_limit,
        seed=seed,
    )
    chooser = random.Random(seed)
    told = [document for name in ("help", "textbooks") for document in groups.get(name, [])]
    groups["echo"] = echoes(told, int(rows_limit * ECHOES_PER_ROW), random.Random(seed + 4))
    for group, documents in sorted(groups.items()):
        chooser.shuffle(documents)
        _write(work / "text" / f"{group}.jsonl", documents)
    for source, documents in sorted(aside.items()):
        _write(work / "heldout" / f"{source.replace('/', '--')}.jsonl", documents)
    _write(work / "rows.jsonl", made)
    _write(work / "rows-heldout.jsonl", made_aside)
    listed = []
    for (group, source), size in sorted(amount.items()):
        licence = sources.licence_of(source)
        listed.append(
            {"group": group, "source": source, "licence": licence, "bytes": size, "documents": pages[group, source]}
        )
    if data is not None:
        for name, licence in sources.DATA_SETS.items():
            count = sum(row["source"] == name for row in made)
            if count:
                size = sum(len(row["user"]) + len(row["answer"]) for row in made if row["source"] == name)
                listed.append({"group": "rows", "source": name, "licence": licence, "bytes": size, "documents": count})
    kinds = dict(sorted(Counter(row["kind"] for row in made).items()))
    new = done.with_suffix(".new")
    new.write_text(json.dumps({"seed": seed, "sources": listed, "rows": len(made), "row_kinds": kinds,
                               "rows_held_out": len(made_aside)}, indent=1))  # fmt: skip
    new.replace(done)
    print(f"prepare: {len(listed)} sources, {sum(amount.values()) / 1e6:.1f} MB, {len(made)} rows {kinds}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--books-mb", type=float, default=40.0)
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    prepare(
        options.work,
        options.corpus,
        options.data,
        books_mb=options.books_mb,
        rows_limit=options.rows,
        seed=options.seed,
    )


if __name__ == "__main__":
    main()
