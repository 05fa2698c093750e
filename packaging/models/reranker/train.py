"""Learn the reranker's numbers from what prepare.py wrote, and write the pack with its card.

    python packaging/models/reranker/train.py --work DIR [--out DIR] [--epochs 3]

The right passage has to score higher than the wrong ones beside it (softmax over the candidates of a question). Three
things are learnt: the matrix that turns a piece's state, how much a piece of the question tells, and the weights of the
three parts of the score. One question in ten is held out, by pool and number, and stops the learning at its best.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent.parent)]

from pack_folder import write_pack  # noqa: E402

from engine.serve.chat.rerank import WEIGHTS  # noqa: E402

WIDTH, SPACE = 384, 128
QUESTIONS, CANDIDATES = 16, 10
RATE = 2e-3
SEED = 0
MIX = (20.0, 8.0, 1.5)
"""Weights of likeness, cosine and share of BM25 in the pack. What is learnt of them on the pools trusts words less than
natural questions do; these are the best of seven mixes on the fit half of tests/quality's questions."""


class Model(nn.Module):
    """See engine/serve/chat/rerank.py, which computes the same with numpy."""

    def __init__(self, start: Tensor) -> None:
        super().__init__()
        self.turn = nn.Parameter(start)
        self.tells = nn.Linear(WIDTH, 1)
        nn.init.zeros_(self.tells.weight)
        nn.init.constant_(self.tells.bias, 0.5)
        # As fitted by hand on a few questions of the pools: likeness, cosine, share of BM25.
        self.mix = nn.Parameter(torch.tensor([20.0, 10.0, 2.0]))

    def forward(self, asked: Tensor, asked_mask: Tensor, texts: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """Scores (questions, candidates).

        Args:
            asked: (questions, pieces, 384); texts: (questions, candidates, pieces, 384); masks bool likewise.
            features: (questions, candidates, 2), cosine and share of BM25.
        """
        one = nn.functional.normalize(asked @ self.turn, dim=-1)
        other = nn.functional.normalize(texts @ self.turn, dim=-1)
        alike = torch.einsum("qad,qctd->qcat", one, other)
        met = alike.masked_fill(~mask[:, :, None, :], -1.0).amax(dim=-1)
        weights = nn.functional.softplus(self.tells(asked)[..., 0]) * asked_mask
        late = (met * weights[:, None, :]).sum(-1) / weights.sum(-1, keepdim=True).clamp_min(1e-6)
        return (torch.cat([late[..., None], features], dim=-1) * self.mix).sum(-1)


class Rows:
    """The prepared questions; states are read from the file as they are needed."""

    def __init__(self, work: Path) -> None:
        self.states = np.load(work / "states.npy", mmap_mode="r")
        self.starts = np.load(work / "starts.npy")
        self.rows: list[dict[str, Any]] = json.loads((work / "rows.json").read_text())["rows"]

    def of(self, text: int) -> Any:
        """States of a text without the marks at both ends."""
        return self.states[self.starts[text] + 1 : self.starts[text + 1] - 1]

    def batch(self, rows: list[dict[str, Any]], chooser: np.random.Generator | None) -> tuple[Tensor, ...]:
        """`chooser` draws the wrong passages; without it the first ones are taken."""
        count = min(CANDIDATES, *(len(row["texts"]) for row in rows))
        picks = []
        for row in rows:
            wrong = np.arange(1, len(row["texts"]))
            if chooser is not None:
                wrong = chooser.permutation(wrong)
            picks.append([0, *wrong[: count - 1].tolist()])
        asked, asked_mask = _padded([self.of(row["question"]) for row in rows])
        flat = [self.of(row["texts"][i]) for row, pick in zip(rows, picks, strict=True) for i in pick]
        texts, mask = _padded(flat)
        shape = (len(rows), count, *texts.shape[1:])
        features = torch.tensor(
            [[(row["cosine"][i], row["words"][i]) for i in pick] for row, pick in zip(rows, picks, strict=True)]
        )
        return asked, asked_mask, texts.view(*shape), mask.view(*shape[:3]), features


def _padded(rows: list[Any]) -> tuple[Tensor, Tensor]:
    longest = max(1, *(len(row) for row in rows))
    values = np.zeros((len(rows), longest, WIDTH), dtype=np.float32)
    mask = np.zeros((len(rows), longest), dtype=bool)
    for i, row in enumerate(rows):
        values[i, : len(row)] = row
        mask[i, : max(1, len(row))] = True
    return torch.from_numpy(values), torch.from_numpy(mask)


def started(rows: Rows) -> Tensor:
    """The directions in which states differ most: comparing pieces there is what an untaught encoder can do."""
    sample = np.asarray(rows.states[:: max(1, len(rows.states) // 60_000)], dtype=np.float32)
    _values, directions = np.linalg.eigh(sample.T @ sample / len(sample))
    return torch.from_numpy(np.ascontiguousarray(directions[:, ::-1][:, :SPACE]))


def held_out(row: dict[str, Any]) -> bool:
    return hashlib.sha256(f"{row['pool']}:{row['texts'][0]}".encode()).digest()[0] < 26


def measured(model: Model, rows: Rows, some: list[dict[str, Any]]) -> dict[str, float]:
    """Accuracy and MRR among the candidates, for the whole score and for the two given parts alone."""
    ranks: dict[str, list[float]] = {"all": [], "cosine": [], "words": []}
    with torch.no_grad():
        for start in range(0, len(some), QUESTIONS):
            batch = rows.batch(some[start : start + QUESTIONS], None)
            for name, scores in (("all", model(*batch)), ("cosine", batch[4][..., 0]), ("words", batch[4][..., 1])):
                better = (scores[:, 1:] >= scores[:, :1]).sum(1) + 1
                ranks[name] += better.tolist()
    told = {}
    for name, found in ranks.items():
        told[f"{name}_first"] = float(np.mean([rank == 1 for rank in found]))
        told[f"{name}_mrr"] = float(np.mean([1 / rank for rank in found]))
    return {name: round(value, 4) for name, value in told.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "assets" / "models" / "reranker-en")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--steps", type=int, default=0, help="stop after as many, for a try")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    chooser = np.random.default_rng(SEED)
    rows = Rows(options.work)
    taught = [row for row in rows.rows if not held_out(row) and len(row["texts"]) >= CANDIDATES]
    checked = [row for row in rows.rows if held_out(row) and len(row["texts"]) >= CANDIDATES]
    model = Model(started(rows))
    groups = [
        {"params": [model.turn], "lr": RATE / 4},
        {"params": model.tells.parameters(), "lr": RATE},
        {"params": [model.mix], "lr": RATE * 20},
    ]
    optimizer = torch.optim.Adam(groups)
    per_epoch = len(taught) // QUESTIONS
    total = options.steps or options.epochs * per_epoch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [group["lr"] for group in groups], total_steps=total, pct_start=0.1
    )
    print(f"{len(taught)} questions, {len(checked)} held out; before: {measured(model, rows, checked)}", flush=True)
    began, best, kept = time.monotonic(), 0.0, {}
    # Questions of like length go together: less padding.
    by_length = sorted(taught, key=lambda row: sum(rows.starts[one + 1] - rows.starts[one] for one in row["texts"]))
    batches = [by_length[i : i + QUESTIONS] for i in range(0, len(by_length) - QUESTIONS + 1, QUESTIONS)]
    step = 0
    while step < total:
        for number in chooser.permutation(len(batches)).tolist():
            scores = model(*rows.batch(batches[number], chooser))
            loss = nn.functional.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                print(f"step {step} of {total}, loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)
            if step % max(1, min(250, per_epoch)) == 0 or step == total:
                told = measured(model, rows, checked)
                print(told, [round(one, 2) for one in model.mix.tolist()], flush=True)
                if told["all_mrr"] > best:
                    best = told["all_mrr"]
                    kept = {name: one.detach().clone() for name, one in model.state_dict().items()} | {"told": told}
            if step >= total:
                break
    model.load_state_dict({name: one for name, one in kept.items() if name != "told"} | {"mix": torch.tensor(MIX)})
    kept |= {"mix": torch.tensor(MIX), "told": measured(model, rows, checked)}
    write(options.out, kept, options.work, len(taught), len(checked), time.monotonic() - began)


def write(out: Path, kept: dict[str, Any], work: Path, taught: int, checked: int, seconds: float) -> None:
    """The pack: weights in 8 bits with one step per column, licence, card and manifest."""
    turn = kept["turn"].numpy()
    steps = (np.abs(turn).max(axis=0) / 127.0).astype(np.float32)
    body = io.BytesIO()
    np.savez(
        body, turn=np.rint(turn / steps).astype(np.int8), turn_steps=steps,
        tells=kept["tells.weight"][0].numpy().astype(np.float32),
        tells_bias=kept["tells.bias"][0].numpy().astype(np.float32), mix=kept["mix"].numpy().astype(np.float32),
    )  # fmt: skip
    told = kept["told"]
    pools = json.loads((work / "pools.json").read_text())
    here = Path(__file__).resolve().parent
    rows = "\n".join(f"| {name} | {passages} | {questions} |" for name, (passages, questions, _) in pools.items())
    card = (here / "card.md").read_text(encoding="utf-8").format(
        taught=taught, checked=checked, minutes=f"{seconds / 60:.0f}", pools=rows, **told
    )  # fmt: skip
    files = {
        WEIGHTS: body.getvalue(),
        "README.md": card.encode("utf-8"),
        "NOTICE": (here / "notice.txt").read_bytes(),
        "LICENSE": (here.parent / "apache-2.0.txt").read_bytes(),
    }
    write_pack(
        out, files,
        name="reranker-en", task="reranker", languages=["en"], base="encoder-en",
        licence="Apache-2.0", training_data="Public question sets under open licences, listed in README.md.",
        metrics=told, memory_mb=1, settings={"space": SPACE, "seed": SEED, "questions": taught},
    )  # fmt: skip


if __name__ == "__main__":
    main()
