"""Stage 6: the GGUF file, Q8_0 matrices and F32 norms, and proof that it says what the checkpoint says.

    python packaging/models/generator/quantise.py --work DIR [--shape cpu] [--from STAGE]

Takes distil-student where it is, else tune-student. The file is checked here: read again, its weights put into the
model, and the logits of held-out text compared (`logits_agree`); where llama_cpp is installed its logits and its token
ids are compared as well.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import torch
from generator import gguf, shapes, tune, wording
from generator.model import Llama
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

NAME = "generator-en"
FILE = "generator-en-q8_0.gguf"
CONTROL, NORMAL = 3, 1
WORST_MEAN = 0.05
"""Largest allowed mean distance of log-probabilities between checkpoint and file (nats)."""
HARD_TEXTS = (
    "Order 4,812.50 was sent on 03/05/2024; it's the customer's 2nd (of 3).",
    "  two  spaces\n\n\nthree lines\t tab\r\nend ",
    "naïve café – “quotes” … 退款需要五天。 😀 e\u0301",
    "don't DON'T we'll I'D 100% C++ foo_bar() https://example.org/a?b=c&d=1",
    "",
    " ",
    "\n",
    "a",
)


def newest_stage(work: Path) -> Path:
    """The last stage that has a student."""
    for name in ("distil-student", "tune-student", "pretrain-student"):
        if list((work / name).glob("step-*")):
            return work / name
    raise FileNotFoundError(f"{work} holds no trained student")


def tokenizer_metadata(tokenizer: Tokenizer) -> dict[str, Any]:
    """What llama.cpp needs to cut text as the tokenizer does."""
    model = json.loads(tokenizer.to_str())["model"]
    pieces = sorted(model["vocab"], key=model["vocab"].__getitem__)
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in model["merges"]]
    return {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "qwen2",
        "tokenizer.ggml.tokens": pieces,
        "tokenizer.ggml.token_type": gguf.Typed(
            gguf.INT32, [CONTROL if p in wording.SPECIALS else NORMAL for p in pieces]
        ),
        "tokenizer.ggml.merges": gguf.Typed(gguf.STRING, merges),
        "tokenizer.ggml.bos_token_id": pieces.index(wording.END_OF_TEXT),
        "tokenizer.ggml.eos_token_id": pieces.index(wording.END_OF_TURN),
        "tokenizer.ggml.eot_token_id": pieces.index(wording.END_OF_TURN),
        "tokenizer.ggml.padding_token_id": pieces.index(wording.PAD),
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.ggml.add_eos_token": False,
        "tokenizer.chat_template": wording.TEMPLATE,
    }


def metadata(shape: shapes.Shape, tokenizer: Tokenizer, sources: list[dict[str, Any]]) -> dict[str, Any]:
    """All entries of the file."""
    licences = sorted({entry["licence"] for entry in sources})
    return {
        "general.architecture": "llama",
        "general.type": "model",
        "general.name": NAME,
        "general.author": "Casemate",
        "general.description": "Answers questions from passages with citations; English. Trained from scratch.",
        "general.license": "cc-by-sa-4.0",
        "general.license.name": "CC BY-SA 4.0; texts under: " + "; ".join(licences),
        "general.languages": ["en"],
        "general.file_type": 7,
        "general.quantization_version": 2,
        "general.alignment": gguf.ALIGNMENT,
        "general.dataset.count": len(sources),
        "casemate.sources": [f"{entry['source']} ({entry['licence']})" for entry in sources] or ["none"],
        "casemate.refusal": wording.REFUSAL,
        **{f"casemate.instruction.{name}": text for name, text in wording.INSTRUCTIONS.items()},
        "llama.vocab_size": shape.vocabulary,
        "llama.context_length": shape.context,
        "llama.embedding_length": shape.width,
        "llama.block_count": shape.layers,
        "llama.feed_forward_length": shape.hidden,
        "llama.attention.head_count": shape.heads,
        "llama.attention.head_count_kv": shape.kv_heads,
        "llama.attention.layer_norm_rms_epsilon": shape.norm_epsilon,
        "llama.rope.dimension_count": shape.head,
        "llama.rope.freq_base": shape.rope_base,
        **tokenizer_metadata(tokenizer),
    }


def write_model(path: Path, weights: dict[str, Tensor], entries: dict[str, Any]) -> None:
    """The file: matrices as Q8_0, norms as F32. Without an output matrix llama.cpp uses the embedding, as we do."""
    tensors: dict[str, tuple[int, NDArray[Any]]] = {}
    for name, weight in weights.items():
        array = weight.detach().float().cpu().numpy()
        tensors[name] = (gguf.Q8_0, gguf.quantise(array)) if array.ndim == 2 else (gguf.F32, array)
    gguf.write(path, entries, tensors)


def read_model(path: Path) -> tuple[Llama, dict[str, Any]]:
    """The model in a file written here, with dequantised weights, and its metadata."""
    entries, tensors = gguf.read(path)
    shape = shapes.Shape(
        entries["llama.vocab_size"],
        entries["llama.embedding_length"],
        entries["llama.block_count"],
        entries["llama.attention.head_count"],
        entries["llama.attention.head_count_kv"],
        entries["llama.feed_forward_length"],
        entries["llama.context_length"],
        entries["llama.rope.freq_base"],
    )
    model = Llama(shape)
    model.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in tensors.items()})
    return model.eval(), entries


@torch.no_grad()
def logits_agree(one: Llama, other: Llama, tokens: Tensor) -> dict[str, float]:
    """Mean Kullback-Leibler distance (nats) and share of positions with the same best token."""
    first, second = one(tokens).log_softmax(-1), other(tokens).log_softmax(-1)
    distance = (first.exp() * (first - second)).sum(-1).mean()
    same = (first.argmax(-1) == second.argmax(-1)).float().mean()
    return {"distance": float(distance), "same_best": float(same)}


@torch.no_grad()
def llama_agrees(path: Path, model: Llama, tokenizer: Tokenizer, tokens: list[int]) -> dict[str, float] | None:
    """The same against llama.cpp, and whether token ids are equal over HARD_TEXTS; None where it is not installed."""
    try:
        import llama_cpp  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    runner = llama_cpp.Llama(str(path), n_ctx=512, logits_all=True, verbose=False, n_threads=2)
    for text in HARD_TEXTS:
        theirs = runner.tokenize(text.encode(), add_bos=False, special=False)
        ours = tokenizer.encode(text, add_special_tokens=False).ids
        if list(theirs) != ours:
            raise ValueError(f"llama.cpp cuts {text!r} into {list(theirs)}, the tokenizer into {ours}")
    runner.eval(tokens)
    other = torch.from_numpy(np.array(runner.scores[: len(tokens)], np.float32)).log_softmax(-1)
    runner.close()
    exact = model(torch.tensor([tokens]))[0].log_softmax(-1)
    distance = float((exact.exp() * (exact - other)).sum(-1).mean())
    return {"distance": distance, "same_best": float((exact.argmax(-1) == other.argmax(-1)).float().mean())}


def held_out_tokens(work: Path, count: int) -> list[int]:
    """Tokens of held-out text, for comparing."""
    rows = np.memmap(work / "tokens" / "tune-heldout.bin", np.uint16, "r")
    return [int(token) for token in rows[:count]]


def run(work: Path, plan: shapes.Plan, stage: str | None = None) -> Path:
    """Write and check work/FILE; the report goes to work/quantise.json.

    Raises:
        ValueError: the file says something else than the checkpoint.
    """
    folder = work / stage if stage else newest_stage(work)
    weights = tune.weights_of(folder)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    sources = json.loads((work / "sources.json").read_text())["sources"] if (work / "sources.json").exists() else []
    path = work / FILE
    write_model(path, weights, metadata(plan.student, tokenizer, sources))
    exact = Llama(plan.student)
    exact.load_state_dict(weights)
    again, _ = read_model(path)
    tokens = held_out_tokens(work, min(256, plan.student.context))
    ours = logits_agree(exact.eval(), again, torch.tensor([tokens]))
    if ours["distance"] > WORST_MEAN:
        raise ValueError(f"the file's log-probabilities are {ours['distance']:.4f} nats away from the checkpoint's")
    theirs = llama_agrees(path, again, tokenizer, tokens)
    if theirs is not None and theirs["distance"] > WORST_MEAN:
        raise ValueError(f"llama.cpp's log-probabilities are {theirs['distance']:.4f} nats away from the file's")
    report = {
        "from": folder.name,
        "bytes": path.stat().st_size,
        "checkpoint_against_file": ours,
        "file_against_llama_cpp": theirs,
    }
    (work / "quantise.json").write_text(json.dumps(report, indent=1))
    print(f"quantise: {report}", flush=True)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--shape", choices=sorted(shapes.TABLE), default="cpu")
    parser.add_argument("--from", dest="stage")
    options = parser.parse_args()
    run(options.work, shapes.TABLE[options.shape], options.stage)


if __name__ == "__main__":
    main()
