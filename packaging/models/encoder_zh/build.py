"""Makes encoder-zh, which reads Chinese into the space of the bundled English encoder.

    python packaging/models/encoder_zh/build.py [--corpus DIR] [--work DIR] [--out DIR] [--device auto|cpu|cuda]

A text is the normalised sum of its tokens' vectors (engine/runtimes/word_encoder.py). They are learnt from
translations: the sum over the Chinese side should come near to the English encoder's vector of the English side
(cosine), and nearer than to those of a thousand other texts (contrastive, both ways).
Same seed, same corpus: same file on one machine.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from pack_folder import write_pack  # noqa: E402
from pairs import Pair, read_pairs, teacher_vectors, tokens_of, vocabulary_lists  # noqa: E402

from engine.runtimes.word_encoder import KINDS, WEIGHTS, Vocabulary, WordEncoder, packed  # noqa: E402

BATCH, EPOCHS, RATE = 1024, 6, 3e-3
SHARPNESS = 20.0
NEARNESS = 5.0
"""Weight of the cosine beside the contrast."""
SEED = 7
Tokens = list[NDArray[np.int64]]


def first_rows(tokens: Tokens, teacher: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """A token's mean over the texts that it is in, short texts counting more, by its rarity: float32 (size, 384)."""
    sums = np.zeros((size, teacher.shape[1]), dtype=np.float32)
    shares, texts = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
    for found, vector in zip(tokens, teacher - teacher.mean(axis=0), strict=True):
        if len(found):
            np.add.at(sums, found, vector / len(found))
            np.add.at(shares, found, 1.0 / len(found))
            texts[np.unique(found)] += 1
    rarity = np.log(len(tokens) / np.maximum(texts, 1.0))
    rows: NDArray[np.float32] = sums / (shares + 0.3)[:, None] * (rarity / 10.0)[:, None]
    return rows


class Table(nn.Module):
    """What is learnt: `rows` (size, 384), `start` (384,)."""

    def __init__(self, rows: NDArray[np.float32], mean: NDArray[np.float32]) -> None:
        super().__init__()
        self.rows = nn.EmbeddingBag(*rows.shape, mode="sum", sparse=True)
        self.rows.weight.data.copy_(torch.from_numpy(rows))
        self.start = nn.Parameter(torch.from_numpy(0.5 * mean))

    def forward(self, tokens: Tensor, offsets: Tensor) -> Tensor:
        return functional.normalize(self.rows(tokens, offsets) + self.start, dim=1)


def bags(tokens: Tokens, device: torch.device) -> tuple[Tensor, Tensor]:
    lengths = [len(one) for one in tokens]
    offsets = np.concatenate([[0], np.cumsum(lengths[:-1])]).astype(np.int64)
    return torch.from_numpy(np.concatenate(tokens)).to(device), torch.from_numpy(offsets).to(device)


def train(tokens: Tokens, teacher: NDArray[np.float32], size: int, device: torch.device) -> Table:
    """The table after EPOCHS, with a rate that falls to zero."""
    torch.manual_seed(SEED)
    table = Table(first_rows(tokens, teacher, size), teacher.mean(axis=0)).to(device)
    wanted = functional.normalize(torch.from_numpy(teacher), dim=1).to(device)
    sparse = torch.optim.SparseAdam([table.rows.weight], lr=RATE)
    dense = torch.optim.Adam([table.start], lr=RATE / 3)
    chooser = np.random.default_rng(SEED)
    usable = np.flatnonzero([len(one) > 0 for one in tokens])
    steps, step = EPOCHS * (len(usable) // BATCH), 0
    for epoch in range(EPOCHS):
        began, losses = time.monotonic(), []
        order = chooser.permutation(usable)
        for start in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            share = 1.0 - step / steps
            for optimiser, rate in ((sparse, RATE), (dense, RATE / 3)):
                for group in optimiser.param_groups:
                    group["lr"] = rate * share
                optimiser.zero_grad()
            found, right = table(*bags([tokens[row] for row in chosen], device)), wanted[chosen]
            scores, places = SHARPNESS * found @ right.T, torch.arange(BATCH, device=device)
            contrast = functional.cross_entropy(scores, places) + functional.cross_entropy(scores.T, places)
            loss = NEARNESS * (1.0 - (found * right).sum(dim=1)).mean() + 0.5 * contrast
            loss.backward()  # type: ignore[no-untyped-call]
            sparse.step()
            dense.step()
            losses.append(float(loss.detach()))
            step += 1
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.monotonic() - began:.0f} s", flush=True)
    return table


def shipped(
    table: Table, lists: tuple[list[str], list[str], list[str]], used: frozenset[str]
) -> tuple[WordEncoder, tuple[list[str], list[str], list[str]]]:
    """The encoder of the words in `used`, each number in 4 bits, and its token lists."""
    words, characters, pairs = lists
    numbers = [row for row, word in enumerate(words) if word in used]
    numbers += range(len(words), len(words) + len(characters) + len(pairs))
    rows = table.rows.weight.detach().cpu().numpy()[numbers]
    steps = np.maximum(np.abs(rows).max(axis=1) / 7.0, 1e-8).astype(np.float32)
    start = table.start.detach().cpu().numpy().astype(np.float32)
    kept = ([word for word in words if word in used], characters, pairs)
    values = np.rint(rows / steps[:, None]).astype(np.int8)
    return WordEncoder(Vocabulary(*kept), packed(values), steps, start), kept


def measured(encoder: WordEncoder, pairs: list[Pair], teacher: NDArray[np.float32]) -> dict[str, float]:
    """On held-out pairs: mean cosine to the teacher, and how often the translation is the nearest of all of them."""
    found = encoder.embed([pair.chinese for pair in pairs])
    right = teacher / np.linalg.norm(teacher, axis=1, keepdims=True)
    scores = found @ right.T
    rows = np.arange(len(pairs))
    told = {"cosine": float(np.diagonal(scores).mean()), "held_out": float(len(pairs))}
    for name, table in (("to_english_first", scores), ("to_chinese_first", scores.T)):
        told[name] = float((table.argmax(axis=1) == rows).mean())
    return {name: round(value, 4) for name, value in told.items()}


def write(
    out: Path, encoder: WordEncoder, lists: tuple[list[str], list[str], list[str]], told: dict[str, float], pairs: int
) -> None:
    """The pack."""
    body = io.BytesIO()
    np.savez_compressed(
        body,
        rows=encoder.rows,
        steps=encoder.steps,
        start=encoder.start,
        **{kind: np.frombuffer("\n".join(one).encode(), np.uint8) for kind, one in zip(KINDS, lists, strict=True)},
    )
    here = Path(__file__).resolve().parent
    counts = {kind: len(one) for kind, one in zip(KINDS, lists, strict=True)}
    card = (here / "card.md").read_text(encoding="utf-8").format(total=pairs, **counts, **told)
    files = {WEIGHTS: body.getvalue(), "README.md": card.encode(), "NOTICE": (here / "notice.txt").read_bytes()}
    write_pack(
        out, files,
        name="encoder-zh", task="encoder", languages=["zh"], base="encoder-en",
        licence="CC-BY-SA-4.0", training_data="Open translations, listed in NOTICE.",
        metrics=told, memory_mb=30, settings=counts,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "encoder-zh", help="keeps the teacher's vectors")
    parser.add_argument("--out", type=Path, default=ROOT / "assets" / "models" / "encoder-zh")
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda"))
    options = parser.parse_args()
    cuda = options.device == "cuda" or (options.device == "auto" and torch.cuda.is_available())
    device = torch.device("cuda" if cuda else "cpu")
    pairs = read_pairs(options.corpus)
    teacher = teacher_vectors(pairs, options.work / "teacher.npy")
    *found, used = vocabulary_lists(options.corpus, pairs)
    lists = (found[0], found[1], found[2])
    vocabulary = Vocabulary(*lists)
    print(f"{len(pairs)} pairs; {[len(one) for one in lists]} tokens", flush=True)
    taught = [row for row, pair in enumerate(pairs) if not pair.held_out]
    held = [row for row, pair in enumerate(pairs) if pair.held_out]
    tokens = tokens_of(vocabulary, [pairs[row].chinese for row in taught])
    table = train(tokens, teacher[taught], len(vocabulary), device)
    encoder, kept = shipped(table, lists, used)
    told = measured(encoder, [pairs[row] for row in held], teacher[held])
    print(told)
    write(options.out, encoder, kept, told, len(taught))


if __name__ == "__main__":
    main()
