"""A small Hugging Face folder made with numpy alone: a Llama of random weights with a byte-level tokenizer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

WORDS, WIDTH, INNER, HEADS = 320, 64, 96, 4
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
PAIRS = ("t h", "th e", "Ġ the", "a n", "an d", "Ġ and", "e r", "o n")


def alphabet() -> list[str]:
    """The characters that GPT-2 writes for bytes."""
    own = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = iter(range(256, 512))
    return [chr(byte) if byte in own else chr(next(rest)) for byte in range(256)]


def config(**more: Any) -> dict[str, Any]:
    return {
        "model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": WORDS, "hidden_size": WIDTH,
        "intermediate_size": INNER, "num_hidden_layers": 2, "num_attention_heads": HEADS, "num_key_value_heads": 2,
        "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu",
        "auto_map": {"AutoModelForCausalLM": "modeling_mine.Mine"}, **more,
    }  # fmt: skip


def tensors() -> dict[str, Any]:
    random = np.random.default_rng(1)

    def one(*shape: int) -> Any:
        return (random.normal(size=shape) * 0.1).astype(np.float32)

    found = {"model.embed_tokens.weight": one(WORDS, WIDTH), "model.norm.weight": one(WIDTH) + 1,
             "lm_head.weight": one(WORDS, WIDTH)}  # fmt: skip
    for number in range(2):
        before = f"model.layers.{number}."
        shapes = {
            "self_attn.q_proj": (WIDTH, WIDTH), "self_attn.k_proj": (WIDTH // 2, WIDTH),
            "self_attn.v_proj": (WIDTH // 2, WIDTH), "self_attn.o_proj": (WIDTH, WIDTH),
            "mlp.gate_proj": (INNER, WIDTH), "mlp.up_proj": (INNER, WIDTH), "mlp.down_proj": (WIDTH, INNER),
        }  # fmt: skip
        found |= {f"{before}{name}.weight": one(*shape) for name, shape in shapes.items()}
        found |= {f"{before}{name}.weight": one(WIDTH) + 1 for name in ("input_layernorm", "post_attention_layernorm")}
    return found


def tokenizer() -> dict[str, Any]:
    pieces = [*alphabet(), *(pair.replace(" ", "") for pair in PAIRS)]
    return {
        "version": "1.0",
        "added_tokens": [{"id": len(pieces), "content": "<|end|>", "special": True, "normalized": False,
                          "single_word": False, "lstrip": False, "rstrip": False}],
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
                  "vocab": {text: number for number, text in enumerate(pieces)}, "merges": list(PAIRS)},
    }  # fmt: skip


def write(
    path: Path,
    settings: dict[str, Any] | None = None,
    change: Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], None] | None = None,
) -> Path:
    """Write a folder.

    Args:
        settings: further entries of the config.
        change: may alter config, tensors and tokenizer before they are written.
    """
    path.mkdir(parents=True)
    parts = config(**(settings or {})), tensors(), tokenizer()
    if change is not None:
        change(*parts)
    (path / "config.json").write_text(json.dumps(parts[0]))
    save_file({name: np.ascontiguousarray(one) for name, one in parts[1].items()}, path / "model.safetensors")
    (path / "tokenizer.json").write_text(json.dumps(parts[2]))
    (path / "tokenizer_config.json").write_text(json.dumps({"eos_token": "<|end|>"}))
    return path
