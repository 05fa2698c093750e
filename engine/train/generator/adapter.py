"""What was learned as an adapter: a GGUF file that llama.cpp loads over the base, and a PEFT folder.

The GGUF file has the order of the base's own file, which is that of training. Hugging Face's Llama turns the halves of
a head against each other where the GGUF file turns neighbours, so its rows of B for q and k are put in that order;
Qwen's are the same in both. Sources: llama.cpp src/llama-adapter.cpp and convert_hf_to_gguf.py (`permute`).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.errors import GgufUnusable, PackUnusable
from engine.runtimes.gguf.header import Header, read_header
from engine.runtimes.gguf.kinds import F32
from engine.runtimes.gguf.values import read_values
from engine.runtimes.gguf.weights import Weights
from engine.runtimes.gguf.writer import Planned, Typed, header_bytes
from engine.runtimes.handed_file import readable
from engine.train.generator.shape import HALVES, PRODUCTS, Shape

ADAPTER_FILE = "adapter.gguf"
F32_TENSOR = 0
MODULES = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
"""Hugging Face's names of the linear layers."""

Arrays = dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]
"""Layer name, such as blk.0.attn_q, to A (rank, inputs) and B (outputs, rank)."""


class About(Struct, frozen=True):
    """What an adapter is for and how it is scaled (alpha / rank)."""

    architecture: str
    alpha: float
    rank: int
    heads: int
    kv_heads: int
    base: str
    base_sha256: str


def about(shape: Shape, alpha: float, rank: int, base: str, sha256: str) -> About:
    return About(shape.architecture, alpha, rank, shape.heads, shape.kv_heads, base, sha256)


def gguf_adapter(arrays: Arrays, told: About, name: str) -> bytes:
    """The adapter as a GGUF file."""
    values = {
        "general.type": "adapter",
        "general.architecture": told.architecture,
        "general.name": name,
        "adapter.type": "lora",
        "adapter.lora.alpha": Typed(F32, told.alpha),
        "casemate.base.name": told.base,
        "casemate.base.sha256": told.base_sha256,
        "casemate.base.head_count": told.heads,
        "casemate.base.head_count_kv": told.kv_heads,
    }
    tensors = [
        (f"{layer}.weight.lora_{letter}", np.ascontiguousarray(array, "<f4"))
        for layer, pair in arrays.items()
        for letter, array in zip("ab", pair, strict=True)
    ]
    planned = [Planned(name, array.shape, F32_TENSOR) for name, array in tensors]
    parts = [header_bytes(values, planned)]
    for _, array in tensors:
        body = array.tobytes()
        parts += [body, bytes(-len(body) % 32)]
    return b"".join(parts)


def read_adapter(name: str, body: bytes) -> tuple[About, Arrays]:
    """An adapter that may come from a stranger.

    Raises:
        PackUnusable: it is none that was taught here.
    """
    try:
        with readable(body) as path:
            header = read_header(Path(path))
            return _read(name, header)
    except GgufUnusable as error:
        raise PackUnusable(name=name, reason=f"its adapter cannot be read: {error.details['reason']}") from error


def _read(name: str, header: Header) -> tuple[About, Arrays]:
    values = {key: typed.value for key, typed in read_values(header).items()}
    weights = Weights(header)
    weights.check_kinds()
    arrays: Arrays = {}
    for full in weights.places:
        layer, _, letter = full.partition(".weight.lora_")
        if letter == "a":
            other = f"{layer}.weight.lora_b"
            if layer.split(".")[-1] not in PRODUCTS or other not in weights.places:
                raise PackUnusable(name=name, reason=f"its adapter has a part {full} that is not known here.")
            arrays[layer] = weights.read(full), weights.read(other)
    ranks = {(a.shape[0], b.shape[1]) for a, b in arrays.values() if a.ndim == b.ndim == 2}
    numbers = [values.get(f"casemate.base.{key}") for key in ("head_count", "head_count_kv")]
    alpha, architecture = values.get("adapter.lora.alpha"), values.get("general.architecture")
    if len(ranks) != 1 or len(set(*ranks)) != 1 or not all(isinstance(one, int) and one > 0 for one in numbers):
        raise PackUnusable(name=name, reason="its adapter is none that was taught here.")
    if architecture not in HALVES or not isinstance(alpha, float) or not 0 < alpha < 1e6:
        raise PackUnusable(name=name, reason="its adapter is for another kind of model.")
    told = About(
        architecture=architecture,
        alpha=alpha,
        rank=next(iter(ranks))[0],
        heads=int(numbers[0] or 0),
        kv_heads=int(numbers[1] or 0),
        base=str(values.get("casemate.base.name", "")),
        base_sha256=str(values.get("casemate.base.sha256", "")),
    )
    return told, arrays


def to_halves(rows: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Rows of q or k that turn neighbours, in the order that turns halves; as llama.cpp's converter, backwards."""
    return rows.reshape(heads, -1, 2, *rows.shape[1:]).swapaxes(1, 2).reshape(rows.shape)


def peft_folder(told: About, arrays: Arrays) -> dict[str, bytes]:
    """The files of a folder that PEFT loads over the Hugging Face model of the same weights."""
    from safetensors.numpy import save

    permuted = {"attn_q": told.heads, "attn_k": told.kv_heads} if not HALVES[told.architecture] else {}
    tensors = {}
    for layer, (a, b) in arrays.items():
        _, number, part = layer.split(".")
        module = f"base_model.model.model.layers.{number}.{MODULES[part]}"
        tensors[f"{module}.lora_A.weight"] = a
        rows = to_halves(b, permuted[part]) if part in permuted else b
        tensors[f"{module}.lora_B.weight"] = np.ascontiguousarray(rows)
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": told.base,
        "r": told.rank,
        "lora_alpha": told.alpha if told.alpha % 1 else int(told.alpha),
        "lora_dropout": 0.0,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
        "target_modules": sorted(name.rpartition(".")[2] for name in MODULES.values()),
    }
    return {
        "adapter_config.json": json.dumps(config, indent=1).encode(),
        "adapter_model.safetensors": save(tensors),
    }
