"""Stage 7: how good the model is, on what it never read.

    python packaging/models/generator/evaluate.py --work DIR [--shape cpu] [--device auto] [--baseline STAGE]

Perplexity per byte of held-out text by source and of replies to three kinds of requests that no training row has;
and answers to held-out grounded questions, written without checking and without sampling:

- supported: every word of meaning and every number of the answer is in the passages;
- key fact: at least 80 % of the words of meaning and all numbers of the wanted sentence are in the answer;
- cited: the number after the wanted sentence is that of its passage;
- refusals: share of unanswerable questions refused, and of answerable ones refused wrongly.

The weights are those of the GGUF file where it is written (what ships is what is measured), else of the newest stage.
Writes evaluate.json and evaluate.md.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np
import torch
from generator import machine, quantise, questions, shapes, tune, wording
from generator.model import Llama, token_losses
from generator.tokenizer import lines
from generator.write import write
from tokenizers import Tokenizer
from torch import Tensor

WINDOWS = 24
"""Windows of held-out text per source."""
REPLIES = 100
ANSWER_TOKENS = 160
AT_ONCE = 12
CITATION = re.compile(r"\s*\[(\d+)\]")
_NUMBER = re.compile(r"\d[\d.,:]*\d|\d")


@torch.no_grad()
def losses_of(model: Llama, tokens: Tensor) -> Tensor:
    """Losses (nats) of all tokens but the first, float32 (rows, positions - 1)."""
    states = model.states(tokens[:, :-1])
    losses = token_losses(states.flatten(0, 1), model.token_embd.weight, tokens[:, 1:].flatten())
    return losses.view(tokens.shape[0], -1)


def per_byte(nats: float, size: int) -> float:
    """Perplexity per byte."""
    return math.exp(nats / max(1, size))


def held_out_perplexity(model: Llama, tokenizer: Tokenizer, work: Path, length: int) -> dict[str, float]:
    """Perplexity per byte by source, and "all" over every source alike."""
    device = model.token_embd.weight.device
    found: dict[str, float] = {}
    for path in sorted((work / "tokens").glob("heldout-*.bin")):
        tokens = np.fromfile(path, np.uint16).astype(np.int64)
        size = min(length, len(tokens) - 1)
        windows = min(WINDOWS, len(tokens) // (size + 1))
        if size < 32 or not windows:
            continue
        rows = tokens[: windows * (size + 1)].reshape(windows, size + 1)
        nats = sum(float(losses_of(model, torch.from_numpy(row[None]).to(device)).sum()) for row in rows)
        told = sum(len(tokenizer.decode(row[1:].tolist(), skip_special_tokens=True).encode()) for row in rows)
        found[path.stem.removeprefix("heldout-").replace("--", "/")] = round(per_byte(nats, told), 4)
    if found:
        found["all"] = round(math.exp(sum(math.log(value) for value in found.values()) / len(found)), 4)
    return found


def reply_perplexity(model: Llama, tokenizer: Tokenizer, rows: list[dict[str, Any]]) -> float | None:
    """Perplexity per byte of the answers of held-out customer-service replies."""
    device = model.token_embd.weight.device
    nats, size = 0.0, 0
    for row in [row for row in rows if row["kind"] == "reply"][:REPLIES]:
        before = tokenizer.encode(wording.prompt(row["system"], row["user"]), add_special_tokens=False).ids
        after = tokenizer.encode(row["answer"] + wording.END_OF_TURN, add_special_tokens=False).ids
        tokens = torch.tensor([before + after], device=device)
        if tokens.shape[1] <= model.shape.context:
            nats += float(losses_of(model, tokens)[0, -len(after) :].sum())
            size += len(row["answer"].encode())
    return round(per_byte(nats, size), 4) if size else None


def supported(answer: str, passages: str) -> bool:
    """True where every word of meaning and every number of the answer is in the passages."""
    plain = CITATION.sub("", answer)
    held, numbers = set(questions.words(passages)), set(_NUMBER.findall(passages))
    return all(word in held for word in questions.content(plain)) and all(n in numbers for n in _NUMBER.findall(plain))


def has_key(answer: str, key: str) -> bool:
    """True where the first wanted sentence's numbers and 80 % of its words of meaning are in the answer."""
    wanted = questions.split(key)[0] if key else ""
    said, words = set(questions.words(answer)), questions.content(wanted)
    numbers = set(_NUMBER.findall(CITATION.sub("", answer)))
    met = sum(word in said for word in words) >= 0.8 * len(words)
    return met and all(number in numbers for number in _NUMBER.findall(wanted))


def cited_right(answer: str, wanted: str) -> bool:
    """True where the first citation is the first of the wanted answer."""
    own, right = CITATION.search(answer), CITATION.search(wanted)
    return own is not None and right is not None and own[1] == right[1]


def grounded_answers(model: Llama, tokenizer: Tokenizer, rows: list[dict[str, Any]], most: int) -> dict[str, Any]:
    """Shares over held-out questions by kind, and some answers to look at."""
    asked = [row for row in rows if row["kind"].split("-")[0] in ("page", "record", "medical", "invented")]
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in asked:
        kinds[row["kind"]].append(row)
    answerable = [kind for kind in kinds if not kind.endswith("-refused")]
    each = max(1, round(most * 0.75 / max(1, len(answerable))))
    chosen = [row for kind in sorted(kinds) for row in kinds[kind][: each if kind in answerable else max(1, each // 3)]]
    stop = tokenizer.token_to_id(wording.END_OF_TURN)
    prompts = [
        tokenizer.encode(wording.prompt(row["system"], row["user"]), add_special_tokens=False).ids for row in chosen
    ]
    order = [n for n in sorted(range(len(chosen)), key=lambda n: len(prompts[n]))
             if len(prompts[n]) + ANSWER_TOKENS <= model.shape.context]  # fmt: skip
    answers: dict[int, str] = {}
    for start in range(0, len(order), AT_ONCE):
        part = order[start : start + AT_ONCE]
        for number, tokens in zip(part, write(model, [prompts[n] for n in part], stop, ANSWER_TOKENS), strict=True):
            answers[number] = tokenizer.decode(tokens, skip_special_tokens=False).strip()
    tally: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    shown = []
    for number, answer in sorted(answers.items()):
        row = chosen[number]
        refusable = row["kind"].endswith("-refused")
        refused = answer == wording.REFUSAL
        counts = tally[row["kind"]]
        counts["asked"] += 1
        counts["refused"] += refused
        if not refused:
            counts["answered"] += 1
            counts["supported"] += supported(answer, row["user"])
        if not refusable:
            counts["key fact"] += has_key(answer, row["key"])
            counts["cited"] += cited_right(answer, row["answer"])
        if number % max(1, len(chosen) // 12) == 0:
            question = row["user"].rsplit("Question: ", 1)[-1]
            shown.append({"kind": row["kind"], "question": question, "wanted": row["answer"], "answer": answer})
    return {"by_kind": {kind: dict(counts) for kind, counts in tally.items()}, "all": _shares(tally), "examples": shown}


def _shares(tally: dict[str, dict[str, int]]) -> dict[str, float | int]:
    yes = {kind: counts for kind, counts in tally.items() if not kind.endswith("-refused")}
    no = {kind: counts for kind, counts in tally.items() if kind.endswith("-refused")}

    def total(part: dict[str, dict[str, int]], name: str) -> int:
        return sum(counts.get(name, 0) for counts in part.values())

    answerable, unanswerable = max(1, total(yes, "asked")), max(1, total(no, "asked"))
    return {
        "questions": total(tally, "asked"),
        "supported": round(total(tally, "supported") / max(1, total(tally, "answered")), 4),
        "key_fact": round(total(yes, "key fact") / answerable, 4),
        "cited_right": round(total(yes, "cited") / answerable, 4),
        "refused_rightly": round(total(no, "refused") / unanswerable, 4),
        "refused_wrongly": round(total(yes, "refused") / answerable, 4),
    }


def measure(model: Llama, work: Path, plan: shapes.Plan) -> dict[str, Any]:
    """All figures of one model."""
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    rows = list(lines(work / "rows-heldout.jsonl"))
    return {
        "perplexity_per_byte": held_out_perplexity(model, tokenizer, work, plan.length),
        "replies_perplexity_per_byte": reply_perplexity(model, tokenizer, rows),
        "grounded": grounded_answers(model, tokenizer, rows, plan.questions),
    }


def as_text(report: dict[str, Any]) -> str:
    """Tables in Markdown."""
    names = [name for name in ("model", "baseline") if name in report]
    out = ["| figure | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]

    def line(title: str, values: list[Any]) -> None:
        out.append(f"| {title} | " + " | ".join("-" if value is None else str(value) for value in values) + " |")

    for title, key in (
        ("held-out questions", "questions"),
        ("answers fully supported by the passages", "supported"),
        ("answers with the key fact", "key_fact"),
        ("right passage cited", "cited_right"),
        ("unanswerable questions refused", "refused_rightly"),
        ("answerable questions refused", "refused_wrongly"),
    ):
        line(title, [report[name]["grounded"]["all"][key] for name in names])
    line("replies, perplexity per byte", [report[name]["replies_perplexity_per_byte"] for name in names])
    for source in report["model"]["perplexity_per_byte"]:
        line(f"{source}, perplexity per byte", [report[name]["perplexity_per_byte"].get(source) for name in names])
    return "\n".join(out) + "\n"


def default_baseline(work: Path, used: str) -> str | None:
    """What the model is compared with: the student tuned without a teacher where the model had one, else the model
    before tuning."""
    for name in ("tune-student", "pretrain-student"):
        if name != used and list((work / name).glob("step-*")):
            return name
    return None


def run(work: Path, plan: shapes.Plan, where: machine.Machine, baseline: str | None = None) -> dict[str, Any]:
    """Measure, write evaluate.json and evaluate.md, and return the report."""
    started = time.monotonic()
    used = quantise.newest_stage(work).name
    path = work / quantise.FILE
    if path.exists():
        model, _ = quantise.read_model(path)
        used = json.loads((work / "quantise.json").read_text())["from"]
    else:
        model = Llama(plan.student)
        model.load_state_dict(tune.weights_of(work / used))
    report: dict[str, Any] = {
        "stage": used,
        "from_gguf": path.exists(),
        "model": measure(model.to(where.device), work, plan),
    }
    baseline = baseline or default_baseline(work, used)
    if baseline is not None:
        other = Llama(plan.student)
        other.load_state_dict(tune.weights_of(work / baseline))
        report["baseline_stage"] = baseline
        report["baseline"] = measure(other.to(where.device), work, plan)
    report["seconds"] = round(time.monotonic() - started, 1)
    (work / "evaluate.json").write_text(json.dumps(report, indent=1, ensure_ascii=False))
    (work / "evaluate.md").write_text(as_text(report))
    print(as_text(report), flush=True)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--shape", choices=sorted(shapes.TABLE), default="cpu")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--baseline")
    options = parser.parse_args()
    run(options.work, shapes.TABLE[options.shape], machine.choose(options.device), options.baseline)


if __name__ == "__main__":
    main()
