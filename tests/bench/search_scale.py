"""Time, memory and recall of search in 100,000 and 1,000,000 passages.

    python tests/bench/search_scale.py [--passages 100000] [--keep DIR]

Passages are pieces of public-domain books and of manuals (../shared/corpus), joined anew where there are not enough of
them, so that words are as common and as rare as in real text. Vectors: two thousand real ones of such passages, and
others made of three of these each, a + s (b - c / 2) with s up to 0.8, which lie among them as real ones do. Documents
are written by the store's own functions into an encrypted workspace; only parsing and embedding of every text is left
out.

Recall is that of the ten and fifty truly nearest vectors, found by looking at all of them, among those that the search
by signatures gives.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from engine import api  # noqa: E402
from engine.host.chat import vectors as host_vectors  # noqa: E402
from engine.host.chat.vectors import nearest_of, nearest_passages  # noqa: E402
from engine.host.service import Service  # noqa: E402
from engine.store import documents, passages  # noqa: E402
from engine.store.documents import NewDocument  # noqa: E402
from engine.store.passages import NewPassage, Vectors  # noqa: E402

PER_DOCUMENT = 50
WORDS = 70
BASES = 2000
SPREAD = 0.8
PASSPHRASE = "a passphrase for measuring"


def pieces(corpus: Path) -> Iterator[str]:
    """Stretches of about `WORDS` words."""
    for name in ("en-docs-00", "en-books-00", "en-books-01"):
        with lzma.open(corpus / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
            for line in file:
                found = json.loads(line)["text"].split()
                for start in range(0, len(found) - WORDS, WORDS):
                    yield " ".join(found[start : start + WORDS])


def build(service: Service, corpus: Path, count: int) -> None:
    """Fill the collection "many", one transaction per 20 documents."""
    rng, chooser = np.random.default_rng(0), random.Random(0)
    texts: list[str] = []
    for piece in pieces(corpus):
        texts.append(piece)
        if len(texts) >= count:
            break
    real = len(texts)
    chooser.shuffle(texts)
    bases = service.context.encoder.embed(texts[:BASES])
    store = service.context.store
    for start in range(0, count, 20 * PER_DOCUMENT):
        with store.write() as connection:
            made = documents.ensure_collection(connection, "many")
            for first in range(start, min(start + 20 * PER_DOCUMENT, count), PER_DOCUMENT):
                documents.put(connection, made, _document(first, texts, real, bases, rng, chooser))
        if start % 50_000 == 0:
            print(f"{start:,} passages", flush=True)
    with store.write() as connection:
        documents.purge(connection, made)


def _document(first: int, texts: list[str], real: int, bases: Any, rng: Any, chooser: random.Random) -> NewDocument:
    rows = range(first, first + PER_DOCUMENT)
    own = [texts[row] if row < real else _joined(texts, chooser) for row in rows]
    page, made = "", []
    for text in own:
        made.append(NewPassage(1, len(page), len(page) + len(text), text, ""))
        page += text + "\n\n"
    numbers = np.arange(first, first + PER_DOCUMENT)
    one, other, third = bases[numbers % len(bases)], *bases[rng.integers(0, len(bases), (2, PER_DOCUMENT))]
    share = np.where(numbers < len(bases), 0.0, rng.uniform(0.0, SPREAD, PER_DOCUMENT))[:, None]
    found = one + share * (other - third / 2)
    found = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return NewDocument(
        path=f"/many/{first:07d}.txt", sha256=str(first), title=" ".join(own[0].split()[:4]), format="txt",
        size=len(page), paged=False, pages=[(1, page)], passages=made, vectors=Vectors.quantise(found),
    )  # fmt: skip


def _joined(texts: list[str], chooser: random.Random) -> str:
    one, other = chooser.choice(texts).split(), chooser.choice(texts).split()
    return " ".join(one[: WORDS // 2] + other[WORDS // 2 :])


def questions(corpus: Path, count: int) -> list[str]:
    """Rather long questions of the words of real passages, common ones among them."""
    chooser = random.Random(1)
    found = []
    for i, piece in enumerate(pieces(corpus)):
        if i % 997 == 0:
            words = piece.split()
            start = chooser.randrange(len(words) - 12)
            found.append("What about " + " ".join(words[start : start + chooser.randint(4, 10)]) + "?")
        if len(found) == count:
            break
    return found


def summary(seconds: list[float]) -> str:
    kept = sorted(seconds)
    return f"p50 {1000 * statistics.median(kept):.0f} ms, p95 {1000 * kept[int(0.95 * len(kept))]:.0f} ms"


def recall(service: Service, asked: list[str]) -> dict[str, float]:
    """Share of the truly nearest that are found, and by how much the cosine of those found is lower, on average."""
    hits, lost = {10: 0, 50: 0}, 0.0
    with service.context.store.read() as connection:
        collection = documents.collection(connection, "many")
        for text in asked:
            vector = service.context.encoder.embed([text])[0]
            exact = nearest_of(connection, collection, "passage", passages.vector_blocks, vector, 50, {})
            found = nearest_passages(connection, collection, vector, 50, service.context.cache)
            for depth in hits:
                hits[depth] += len({one for one, _ in exact[:depth]} & {one for one, _ in found})
            lost += sum(a - b for (_, a), (_, b) in zip(exact[:10], found[:10], strict=True)) / 10
    told = {f"recall@{depth}": total / depth / len(asked) for depth, total in hits.items()}
    return told | {"cosine lost in the first 10": lost / len(asked)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--keep", type=Path, help="the workspace; used again where it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        workspace = options.keep or Path(temporary) / "workspace"
        there = workspace.is_dir()
        service = Service(workspace)
        service.call(api.Unlock(PASSPHRASE, create=not there))
        if not there:
            began = time.monotonic()
            build(service, options.corpus, options.passages)
            print(f"stored in {time.monotonic() - began:.0f} s")
            service.close()
            print("run again with --keep to measure in a fresh process" if options.keep else "")
            service = Service(workspace)
            service.call(api.Unlock(PASSPHRASE))
        size = sum(file.stat().st_size for file in workspace.rglob("*") if file.is_file())
        service.context.encoder.embed(["a first text"])
        before = _rss()
        asked = questions(options.corpus, options.questions)
        for mode in ("bm25", "dense", "hybrid", "rerank"):
            began = time.monotonic()
            try:
                service.call(api.SearchPassages("many", "a question that comes first", mode=mode))
            except api_errors():
                continue
            first = time.monotonic() - began
            taken = []
            for text in asked:
                began = time.monotonic()
                service.call(api.SearchPassages("many", text, mode=mode))
                taken.append(time.monotonic() - began)
            print(f"{mode}: {summary(taken)}, first {1000 * first:.0f} ms", flush=True)
        print(f"more memory than before the first search: {_rss() - before:.0f} MB; workspace {size / 1e6:.0f} MB")
        print("signatures looked through, then", host_vectors.LOOKED_AT, "vectors")
        print("recall of the nearest:", {name: round(value, 4) for name, value in recall(service, asked[:20]).items()})
        service.close()


def api_errors() -> type[Exception]:
    from engine.errors import UsageError

    return UsageError


def _rss() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
