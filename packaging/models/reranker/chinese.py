"""Word vectors for Chinese, and how much they count when Chinese passages are looked at again; writes reranker-zh.

    python packaging/models/reranker/chinese.py [--out DIR] [--corpus DIR]

Words that stand beside the same words get near vectors (positive
pointwise mutual information within five words, then its strongest directions: Levy and Goldberg 2014, "Neural
word embedding as implicit matrix factorization"). The documentation of TiDB, on whose questions
tests/quality measures, is left out.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from pack_folder import write_pack  # noqa: E402
from prepare import Words  # noqa: E402
from sources import Pair, Pool, cut, lines  # noqa: E402

from engine.language.segment import segmented  # noqa: E402
from engine.serve.chat.rerank_words import WEIGHTS, WordReranker  # noqa: E402

LEFT_OUT = ("pingcap", "poetry")
MOST_CHARACTERS = {"zh-docs-00": 16_000_000, "zh-general-00": 10_000_000}
MOST_WORDS, DIMENSION, WINDOW = 24_000, 112, 5
CANDIDATES = 20
SMOOTHING, SHIFT = 0.75, 1.5
MIX = np.array([0.5, 1.0, 2.0, 3.0], dtype=np.float32)
"""Share of BM25, likeness to the passage, likeness to its headings, cosine of the vectors: the best of some two hundred
mixes on the fit half of the TiDB questions (packaging/models/natural_questions.py). The pools below have no headings
and share their words with the passages; they only tell whether likeness does harm."""


def dictionary(corpus: Path) -> frozenset[str]:
    """Words of two to six characters from CC-CEDICT."""
    found = {row["zh"].strip() for row in lines(corpus / "pairs.jsonl.xz") if row["kind"] == "dict"}
    return frozenset(word for word in found if re.fullmatch(r"[\u4e00-\u9fff]{2,6}", word))


def paragraphs(corpus: Path) -> Iterator[str]:
    for name, most in MOST_CHARACTERS.items():
        taken = 0
        for row in lines(corpus / f"{name}.jsonl.xz"):
            if any(one in row["source"] for one in LEFT_OUT):
                continue
            for part in row["text"].split("\n"):
                if len(part) > 15:
                    taken += len(part)
                    yield part
            if taken > most:
                break


def word_vectors(corpus: Path) -> tuple[list[str], NDArray[np.int64], NDArray[np.float32]]:
    """(words, their counts, unit vectors), commonest word first."""
    from scipy.sparse import coo_matrix, csr_matrix
    from sklearn.utils.extmath import randomized_svd

    known = dictionary(corpus)
    texts = [segmented(part, known) for part in paragraphs(corpus)]
    counted = Counter(word for text in texts for word in text)
    words = [word for word, count in counted.most_common(MOST_WORDS) if count >= 4]
    number = {word: i for i, word in enumerate(words)}
    size = len(words)
    together = csr_matrix((size, size), dtype=np.float32)
    for start in range(0, len(texts), 20_000):
        stream = np.array(
            [
                one
                for text in texts[start : start + 20_000]
                for one in (*(number.get(w, -1) for w in text), *[-1] * WINDOW)
            ],
            dtype=np.int32,
        )
        for apart in range(1, WINDOW + 1):
            left, right = stream[:-apart], stream[apart:]
            both = (left >= 0) & (right >= 0)
            weights = np.full(int(both.sum()), 1.0 / apart, dtype=np.float32)
            together = together + coo_matrix((weights, (left[both], right[both])), shape=(size, size)).tocsr()
    together = (together + together.T).tocoo()
    sums = np.asarray(together.tocsr().sum(axis=1)).ravel()
    context = sums**SMOOTHING
    context /= context.sum()
    told = np.log(together.data / (sums[together.row] * context[together.col])) - np.log(SHIFT)
    kept = told > 0
    table = csr_matrix((told[kept], (together.row[kept], together.col[kept])), shape=(size, size), dtype=np.float32)
    left, strengths, _ = randomized_svd(table, DIMENSION, n_iter=3, random_state=0)
    vectors = left * np.sqrt(strengths)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    print(f"{len(texts)} paragraphs, {size} words, {table.nnz} pairs", flush=True)
    return words, np.array([counted[word] for word in words]), vectors.astype(np.float32)


def pools(corpus: Path, most: int = 700) -> list[Pool]:
    """Questions of help pages and about encyclopedia paragraphs."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in lines(corpus / "instruct.jsonl.xz"):
        if row["lang"] == "zh" and row["kind"] in ("howto", "faq", "qa") and "pingcap" not in row["source"]:
            rows[row["source"]].append(row)
    chooser = random.Random(0)
    made = []
    for source, found in sorted(rows.items()):
        chooser.shuffle(found)
        passages: list[tuple[str, str]] = []
        at: dict[str, int] = {}
        pairs = []
        for row in found[:most]:
            context = str(row.get("context") or "")
            title = context.removeprefix("主题：") if context.startswith("主题：") else ""
            whole = context if row["kind"] == "qa" else row["response"]
            pieces = cut(whole.replace("。", "。 "), 330)[:4]
            pieces.sort(key=lambda piece: row["kind"] == "qa" and row["response"] not in piece)
            if not pieces or len(row["prompt"]) < 5:
                continue
            for piece in pieces:
                if piece not in at:
                    at[piece] = len(passages)
                    passages.append((title, piece))
            pairs.append(Pair(row["prompt"], at[pieces[0]]))
        made.append(Pool(source, "", passages, pairs))
    return made


def features(found: Sequence[Pool], reranker: WordReranker) -> tuple[list[NDArray[np.float32]], list[str]]:
    """Per question the parts of the score of its candidates, the right one first."""
    rows, names = [], []
    for pool in found:
        words = Words(pool)
        for pair in pool.pairs:
            bm25 = words.scores(pair.question)
            order = [one for one in np.argsort(-bm25)[:CANDIDATES].tolist() if one != pair.passage]
            if bm25[pair.passage] <= 0 or not order:
                continue
            chosen = [pair.passage, *order]
            asked = reranker.words(pair.question)
            rows.append(np.array([
                [
                    bm25[one] / max(float(bm25[chosen].max()), 1e-6),
                    reranker.likeness(asked, reranker.words(" ".join(pool.passages[one]))),
                    0.0,  # the pools kept no headings
                    0.0,  # nor vectors
                ]
                for one in chosen
            ], dtype=np.float32))  # fmt: skip
            names.append(pool.name)
    return rows, names


def measured(rows: Sequence[NDArray[np.float32]], mix: NDArray[np.float32]) -> dict[str, float]:
    told = {}
    for name, weights in (("words", np.array([1, 0, 0, 0], np.float32)), ("all", mix)):
        ranks = [1 + int((row[1:] @ weights >= row[0] @ weights).sum()) for row in rows]
        told[f"{name}_first"] = round(float(np.mean([rank == 1 for rank in ranks])), 4)
        told[f"{name}_mrr"] = round(float(np.mean([1 / rank for rank in ranks])), 4)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "assets" / "models" / "reranker-zh")
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    options = parser.parse_args()
    words, counts, vectors = word_vectors(options.corpus)
    reranker = WordReranker(words, counts, vectors, MIX)
    rows, names = features(pools(options.corpus), reranker)
    told = measured(rows, MIX)
    print(f"{len(rows)} questions of {Counter(names)}: {told}")
    write(options.out, words, counts, vectors, told, len(rows))


def write(
    out: Path, words: Sequence[str], counts: NDArray[np.int64], vectors: NDArray[np.float32],
    told: dict[str, float], questions: int,
) -> None:  # fmt: skip
    """The pack; vectors in 8 bits with one step per word."""
    steps = (np.abs(vectors).max(axis=1) / 127.0).astype(np.float32)
    body = io.BytesIO()
    np.savez_compressed(
        body, words=np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        rarity=np.log(counts.sum() / counts).astype(np.float32),
        vectors=np.rint(vectors / steps[:, None]).astype(np.int8), mix=MIX,
    )  # fmt: skip
    here = Path(__file__).resolve().parent
    card = (here / "card_zh.md").read_text(encoding="utf-8").format(words=len(words), questions=questions, **told)
    files = {
        WEIGHTS: body.getvalue(),
        "README.md": card.encode("utf-8"),
        "NOTICE": (here / "notice_zh.txt").read_bytes(),
    }
    write_pack(
        out, files,
        name="reranker-zh", task="reranker", languages=["zh"], base="",
        licence="CC-BY-SA-4.0", training_data="Open Chinese texts and questions, listed in README.md.",
        metrics=told, memory_mb=12, settings={"words": len(words), "dimension": DIMENSION},
    )  # fmt: skip


if __name__ == "__main__":
    main()
