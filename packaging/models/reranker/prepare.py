"""Write what the reranker learns from: the encoder's states of every passage and question, and hard wrong passages.

    python packaging/models/reranker/prepare.py --work DIR [--data DIR] [--corpus DIR]

A question's candidates are the right passage and those of its pool that words and vectors rank highest, which is what
the reranker is given later. Passages of the right one's neighbourhood are left out: they may answer as well. The lower
layers of the encoder stay as they are, so their states (after `LAYER`) are computed once, here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from sources import Pool, pools  # noqa: E402

from engine.language.terms import query_terms, terms  # noqa: E402
from engine.runtimes.encoder import Encoder, bundled_encoder_folder, encoder_batches  # noqa: E402
from engine.serve.chat.rerank import LAYER, MOST_PIECES  # noqa: E402

PER_RANKING = 14
NEIGHBOURHOOD = 3
K1, B = 1.2, 0.75


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    encoder = Encoder.open(bundled_encoder_folder())
    encoder.trunk.tokenizer.enable_truncation(MOST_PIECES)
    found = pools(options.data, options.corpus)
    texts = [f"{title}\n{text}" if title else text for pool in found for title, text in pool.passages]
    first_question = len(texts)
    texts += [pair.question for pool in found for pair in pool.pairs]
    vectors, lengths = write_states(encoder, texts, options.work)
    rows = []
    passage, question = 0, first_question
    for pool in found:
        rows += candidates_of(pool, vectors, passage, question)
        passage += len(pool.passages)
        question += len(pool.pairs)
    (options.work / "rows.json").write_text(json.dumps({"lengths": lengths.tolist(), "rows": rows}))
    told = {pool.name: [len(pool.passages), len(pool.pairs), pool.licence] for pool in found}
    (options.work / "pools.json").write_text(json.dumps(told, indent=2))
    print(f"{first_question} passages, {len(rows)} questions, {lengths.sum()} pieces")


def write_states(encoder: Encoder, texts: list[str], work: Path) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Writes states.npy, float16 (pieces of all texts, 384); returns vectors (texts, 384) and pieces per text."""
    lengths = np.array(encoder_lengths(encoder, texts), dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    states = np.lib.format.open_memmap(
        work / "states.npy", mode="w+", dtype=np.float16, shape=(int(starts[-1]), encoder.dimension)
    )
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    done = 0
    for begin in range(0, len(texts), 2048):
        for rows, ids, mask in encoder_batches(encoder.trunk.tokenizer, texts[begin : begin + 2048]):
            (lower,) = encoder.trunk.states(ids, mask)
            vectors[begin + rows], found = encoder._run(lower, mask, ["embedding", f"states_{LAYER}"])
            for place, row in enumerate((begin + rows).tolist()):
                states[starts[row] : starts[row] + lengths[row]] = found[place, : lengths[row]]
            done += len(rows)
        print(f"{done} of {len(texts)} texts", flush=True)
    states.flush()
    np.save(work / "starts.npy", starts)
    return vectors, lengths


def encoder_lengths(encoder: Encoder, texts: list[str]) -> list[int]:
    return [min(count, MOST_PIECES) for count in encoder.count_pieces(texts)]


def candidates_of(pool: Pool, vectors: NDArray[np.float32], first: int, question: int) -> list[dict[str, object]]:
    """One row per question: candidates (the right one first) as text numbers, with cosine and share of BM25."""
    table = vectors[first : first + len(pool.passages)]
    words = Words(pool)
    rows = []
    for i, pair in enumerate(pool.pairs):
        cosines = table @ vectors[question + i]
        bm25 = words.scores(pair.question)
        order = np.argsort(-cosines)[: PER_RANKING + 2 * NEIGHBOURHOOD + 1].tolist()
        order += np.argsort(-bm25)[: PER_RANKING + 2 * NEIGHBOURHOOD + 1].tolist()
        right = pool.passages[pair.passage][1]
        wrong = [
            one for one in dict.fromkeys(order)
            if abs(one - pair.passage) > NEIGHBOURHOOD and pool.passages[one][1] != right
        ]  # fmt: skip
        if not wrong:
            continue
        chosen = [pair.passage, *wrong[: 2 * PER_RANKING]]
        most = max(float(bm25[chosen].max()), 1e-6)
        rows.append({
            "pool": pool.name, "question": question + i, "texts": [first + one for one in chosen],
            "cosine": [round(float(cosines[one]), 4) for one in chosen],
            "words": [round(float(bm25[one]) / most, 4) for one in chosen],
        })  # fmt: skip
    return rows


class Words:
    """BM25 over a pool, as the store's index does it."""

    def __init__(self, pool: Pool) -> None:
        from scipy.sparse import csr_matrix

        counts = []
        for title, text in pool.passages:
            count = Counter(terms(text))
            for term in terms(title):
                count[term] += 2
            counts.append(count)
        self._known = {term: i for i, term in enumerate(sorted({term for count in counts for term in count}))}
        sizes = np.array([sum(count.values()) for count in counts], dtype=np.float64)
        factors = K1 * (1 - B + B * sizes / max(1.0, sizes.mean()))
        held = Counter(term for count in counts for term in count)
        rows, columns, values = [], [], []
        for row, count in enumerate(counts):
            for term, n in count.items():
                rarity = np.log(1 + (len(counts) - held[term] + 0.5) / (held[term] + 0.5))
                rows.append(row)
                columns.append(self._known[term])
                values.append(rarity * n * (K1 + 1) / (n + factors[row]))
        self._table = csr_matrix((values, (rows, columns)), shape=(len(counts), len(self._known)))

    def scores(self, question: str) -> NDArray[np.float64]:
        asked = np.zeros(len(self._known))
        asked[[self._known[term] for term in query_terms(question) if term in self._known]] = 1.0
        found: NDArray[np.float64] = self._table @ asked
        return found


if __name__ == "__main__":
    main()
