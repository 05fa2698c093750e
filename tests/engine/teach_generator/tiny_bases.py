"""Tiny models with 32-bit random weights, and how they are opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from tiny_gguf import F32, TENSOR_F32, U32, llama_tensors, llama_values, pack

from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.weights import Weights
from engine.train.generator.model import Generator, open_base
from engine.train.generator.shape import Shape, shape_of

RANK, ALPHA = 4, 12.0


def full(tensors: dict[str, Any], seed: int = 5) -> dict[str, Any]:
    """The same shapes with 32-bit weights, so that nothing is rounded on the way."""
    random = np.random.default_rng(seed)
    made = {}
    for name, (shape, kind, body) in tensors.items():
        if kind != TENSOR_F32:
            numbers = random.standard_normal(tuple(reversed(shape)), np.float32) / np.sqrt(shape[0])
            body = numbers.astype("<f4").tobytes()
        made[name] = (shape, TENSOR_F32, body)
    return made


def write_base(folder: Path, architecture: str) -> Path:
    """A tiny model with random weights: llama, qwen2 (biases), or qwen3 (norms of heads, which are wide)."""
    values = llama_values()
    tensors = full(llama_tensors(values))
    random = np.random.default_rng(9)
    if architecture != "llama":
        values = {key.replace("llama.", f"{architecture}."): value for key, value in values.items()}
        values["general.architecture"] = (8, architecture)
        values[f"{architecture}.rope.freq_base"] = (F32, 50_000.0)
    for layer in range(2):
        for part, width in (("attn_q", 64), ("attn_k", 32), ("attn_v", 32)):
            if architecture == "qwen2":
                bias = random.standard_normal(width).astype("<f4")
                tensors[f"blk.{layer}.{part}.bias"] = ((width,), TENSOR_F32, bias.tobytes())
        if architecture == "qwen3":
            values["qwen3.attention.key_length"] = values["qwen3.attention.value_length"] = (U32, 32)
            values["qwen3.rope.dimension_count"] = (U32, 32)
            for part, rows in (("attn_q", 128), ("attn_k", 64), ("attn_v", 64)):
                numbers = random.standard_normal((rows, 64)).astype("<f4") / 8
                tensors[f"blk.{layer}.{part}.weight"] = ((64, rows), TENSOR_F32, numbers.tobytes())
            numbers = random.standard_normal((64, 128)).astype("<f4") / 11
            tensors[f"blk.{layer}.attn_output.weight"] = ((128, 64), TENSOR_F32, numbers.tobytes())
            for part in ("attn_q_norm", "attn_k_norm"):
                norm = (1 + 0.3 * random.standard_normal(32)).astype("<f4")
                tensors[f"blk.{layer}.{part}.weight"] = ((32,), TENSOR_F32, norm.tobytes())
    path = folder / f"{architecture}.gguf"
    path.write_bytes(pack(values, tensors))
    return path


def opened(path: Path, *, rank: int = RANK, alpha: float = ALPHA) -> tuple[Generator, Shape]:
    header = read_header(path)
    shape = shape_of(header)
    model = open_base(shape, Weights(header), rank=rank, alpha=alpha)
    model.start(0)
    return model, shape
