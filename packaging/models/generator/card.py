"""Stage 8: the pack that ships, with a card that says how it was made.

    python packaging/models/generator/card.py --work DIR --out DIR [--shape cpu]

Copies the GGUF file and writes README.md (the card), NOTICE (credit for every source), and manifest.json (hashes and
figures, as every bundled pack has). Everything is read from what the stages wrote; nothing is claimed from memory.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator import checkpoints, quantise, shapes, wording

DISTILLED = "Distilled from a larger teacher trained on the same texts."
NOT_DISTILLED = "No teacher was trained; nothing was distilled."
STAGES = ("pretrain-teacher", "tune-teacher", "pretrain-student", "tune-student", "distil-student")


def stages_done(work: Path) -> list[dict[str, Any]]:
    """Steps, tokens, seconds and last loss of each stage that ran."""
    found = []
    for name in STAGES:
        loaded = checkpoints.load_newest(work / name)
        if loaded is not None:
            state = loaded[1]
            found.append(
                {
                    "stage": name,
                    "steps": state["step"],
                    "tokens": state["tokens"],
                    "seconds": round(state["seconds"]),
                    "loss": None if state["loss"] != state["loss"] else round(state["loss"], 3),
                    "rollbacks": state["rollbacks"],
                }
            )
    return found


def card(work: Path, plan: shapes.Plan, device: str) -> str:
    """The card as Markdown."""
    shape, made = plan.student, json.loads((work / "sources.json").read_text())
    report = json.loads((work / "quantise.json").read_text())
    stages = stages_done(work)
    told = [f"| {s['stage']} | {s['steps']:,} | {s['tokens']:,} | {s['seconds']:,} | {s['loss']} |" for s in stages]
    texts = [
        f"| {s['source']} | {s['group']} | {s['licence']} | {s['bytes'] / 1e6:.2f} | {s['documents']:,} |"
        for s in made["sources"]
    ]
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in made["row_kinds"].items())
    figures = (work / "evaluate.md").read_text() if (work / "evaluate.md").exists() else "Not measured.\n"
    baseline = ""
    if (work / "evaluate.json").exists():
        measured = json.loads((work / "evaluate.json").read_text())
        baseline = (
            f"\nThe baseline is the stage `{measured['baseline_stage']}`.\n" if "baseline_stage" in measured else ""
        )
    distilled = any(s["stage"] == "distil-student" for s in stages)
    agreed = report["file_against_llama_cpp"]
    return f"""# {quantise.NAME}

A small English language model that answers questions from passages and cites them. Trained from nothing by Casemate;
no weights and no texts of others' models are in it. Llama, {shape.parameters / 1e6:.1f} million
parameters: width {shape.width}, {shape.layers} layers, {shape.heads} heads ({shape.kv_heads} for keys and values),
hidden {shape.hidden}, context {shape.context}, {shape.vocabulary} pieces.
File: `{quantise.FILE}`, Q8_0, {report["bytes"] / 2**20:.1f} MiB.

## How to ask
Turns as in ChatML (the template is in the file). System: "{wording.INSTRUCTIONS["answer"]}"
User: `Passages:`, then `[1] text`, `[2] text` with an empty line between, then `Question: ...`. The answer is made of
sentences, each followed by the number of its passage; or, word for word: "{wording.REFUSAL}"
It also knows (system line): {"; ".join(f'"{text}"' for name, text in wording.INSTRUCTIONS.items() if name != "answer")}

## How it was made
On {device}. {DISTILLED if distilled else NOT_DISTILLED}

| stage | steps | tokens read | seconds | loss at the end |
| --- | ---: | ---: | ---: | ---: |
{chr(10).join(told)}

{made["rows"]:,} tuning rows: {kinds}. Page rows are questions made by rules from sentences of the texts below; invented
rows have made-up names and numbers; in about one row of five the right passage is missing and the answer is the
refusal.

## Figures
Measured on the quantised file, with texts and questions it never read, without checking of its sentences.
{baseline}
{figures}
Checkpoint against file: {report["checkpoint_against_file"]["distance"]:.5f} nats apart, same best token in \
{100 * report["checkpoint_against_file"]["same_best"]:.1f} % of places. \
{f"File against llama.cpp: {agreed['distance']:.5f} nats, {100 * agreed['same_best']:.1f} %." if agreed else ""}

## Limits
It read a few million to a few hundred million words, thousands of times fewer than large models: it knows little of the
world, and what it says without passages is not to be trusted. It copies sentences better than it joins them, and it can
cite the wrong passage. Casemate checks every sentence against its passage before showing it. Old books and public pages
carry views of their time. English alone.

## Texts
| source | group | licence | MB | documents or rows |
| --- | --- | --- | ---: | ---: |
{chr(10).join(texts)}
"""


def notice(made: dict[str, Any]) -> str:
    """Credit for every source."""
    out = [
        f"{quantise.NAME}",
        "",
        "The weights were learnt from the texts below by Casemate and are offered under CC BY-SA 4.0.",
        "No text is in the file.",
        "",
    ]
    for entry in sorted({(s["source"], s["licence"]) for s in made["sources"]}):
        out.append(f"- {entry[0]}: {entry[1]}")
    return "\n".join(out) + "\n"


def run(work: Path, plan: shapes.Plan, out: Path, device: str) -> None:
    """Write the pack into `out`, beside what may be there already: files of the same name are replaced."""
    made = json.loads((work / "sources.json").read_text())
    new = out.with_name(f".{out.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    shutil.copyfile(work / quantise.FILE, new / quantise.FILE)
    (new / "README.md").write_text(card(work, plan, device))
    (new / "NOTICE").write_text(notice(made))
    metrics: dict[str, Any] = {"parameters": plan.student.parameters, "stages": stages_done(work)}
    if (work / "evaluate.json").exists():
        report = json.loads((work / "evaluate.json").read_text())["model"]
        metrics |= report["grounded"]["all"]
        metrics["perplexity_per_byte"] = report["perplexity_per_byte"].get("all")
        metrics["replies_perplexity_per_byte"] = report["replies_perplexity_per_byte"]
    files = {}
    for path in sorted(new.iterdir()):
        content = path.read_bytes()
        files[path.name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    manifest = {
        "format": 1,
        "name": quantise.NAME,
        "task": "generator",
        "version": 1,
        "languages": ["en"],
        "base": "",
        "licence": "CC-BY-SA-4.0",
        "training_data": "Open English texts, listed in README.md; no data of Casemate's users.",
        "metrics": metrics,
        "memory_mb": round((work / quantise.FILE).stat().st_size / 2**20 + 40),
        "settings": {"context": plan.student.context, "file": quantise.FILE},
        "files": files,
    }
    (new / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    new.rename(out)
    print(f"card: {out}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shape", choices=sorted(shapes.TABLE), default="cpu")
    parser.add_argument("--made-on", default="")
    options = parser.parse_args()
    device = options.made_on
    if not device and (options.work / "run.json").exists():
        device = json.loads((options.work / "run.json").read_text()).get("device", "")
    run(options.work, shapes.TABLE[options.shape], options.out, device or "an unnamed machine")


if __name__ == "__main__":
    main()
