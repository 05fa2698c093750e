"""A writer of small GGUF files, of our own, so that every clone can test the reader: sound ones and wrong ones."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np

U32, I32, F32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
TENSOR_F32, TENSOR_Q8_0 = 0, 8
ALIGNMENT = 32
CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def text(value: str | bytes) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return struct.pack("<Q", len(raw)) + raw


def value(kind: int, content: Any) -> bytes:
    if kind == STRING:
        return text(content)
    return struct.pack({U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}[kind], content)


def array(kind: int, entries: Any) -> bytes:
    if kind == STRING:
        body = b"".join(text(one) for one in entries)
    else:
        body = np.asarray(entries, {U32: "<u4", I32: "<i4", F32: "<f4"}[kind]).tobytes()
    return struct.pack("<IQ", kind, len(entries)) + body


def quantised(numbers: np.ndarray) -> bytes:
    """Q8_0: blocks of 32 numbers, a 16-bit scale before each."""
    blocks = numbers.reshape(-1, 32).astype(np.float32)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / 127
    whole = np.round(blocks / np.where(scale == 0, 1, scale)).astype(np.int8)
    return np.concatenate([scale.astype("<f2").view(np.uint8), whole.view(np.uint8)], axis=1).tobytes()


def pack(
    values: dict[str, tuple[int, Any]], tensors: dict[str, tuple[tuple[int, ...], int, bytes]], version: int = 3
) -> bytes:
    """A file's bytes. A value of kind (ARRAY, kind) is a list; a tensor is its shape, fastest first, kind, bytes."""
    out = [b"GGUF", struct.pack("<IQQ", version, len(tensors), len(values))]
    for key, (kind, content) in values.items():
        if isinstance(kind, tuple):
            out.append(text(key) + struct.pack("<I", ARRAY) + array(kind[1], content))
        else:
            out.append(text(key) + struct.pack("<I", kind) + value(kind, content))
    offset = 0
    for name, (shape, kind, body) in tensors.items():
        out.append(text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape))
        out.append(struct.pack("<IQ", kind, offset))
        offset += -(-len(body) // ALIGNMENT) * ALIGNMENT
    head = b"".join(out)
    parts = [head, bytes(-len(head) % ALIGNMENT)]
    for _shape, _kind, body in tensors.values():
        parts += [body, bytes(-len(body) % ALIGNMENT)]
    return b"".join(parts)


def vocabulary() -> tuple[list[str], list[float], list[int]]:
    """A SentencePiece-like vocabulary: unknown, begin, end, two marks of a conversation, every byte, some words."""
    tokens = ["<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"]
    kinds = [2, 3, 3, 3, 3]
    tokens += [f"<0x{byte:02X}>" for byte in range(256)]
    kinds += [6] * 256
    words = ["▁"] + [chr(code) for code in range(97, 123)]
    words += ["▁the", "▁a", "▁desk", "▁refund", "▁you", "▁is", "ing", "er", "▁and", "▁to", ".", ",", "▁in"]
    tokens += words
    kinds += [1] * len(words)
    more = 320 - len(tokens)
    tokens += [f"▁w{number}" for number in range(more)]
    kinds += [1] * more
    return tokens, [-float(at) for at in range(len(tokens))], kinds


def llama_values(
    *, width: int = 64, layers: int = 2, heads: int = 4, kv_heads: int = 2, inner: int = 128, context: int = 256,
    template: str = "", name: str = "Tiny Desk", tokens: list[str] | None = None, size: int | None = None,
) -> dict[str, tuple[Any, Any]]:  # fmt: skip
    found, scores, kinds = vocabulary()
    if size is not None:
        found = found + [f"▁x{number}" for number in range(size - len(found))]
        scores = [-float(at) for at in range(size)]
        kinds = kinds + [1] * (size - len(kinds))
    values: dict[str, tuple[Any, Any]] = {
        "general.architecture": (STRING, "llama"),
        "general.name": (STRING, name),
        "general.license": (STRING, "apache-2.0"),
        "general.file_type": (U32, 7),
        "llama.context_length": (U32, context),
        "llama.embedding_length": (U32, width),
        "llama.block_count": (U32, layers),
        "llama.feed_forward_length": (U32, inner),
        "llama.attention.head_count": (U32, heads),
        "llama.attention.head_count_kv": (U32, kv_heads),
        "llama.attention.layer_norm_rms_epsilon": (F32, 1e-5),
        "llama.rope.dimension_count": (U32, width // heads),
        "tokenizer.ggml.model": (STRING, "llama"),
        "tokenizer.ggml.tokens": ((ARRAY, STRING), tokens or found),
        "tokenizer.ggml.scores": ((ARRAY, F32), scores),
        "tokenizer.ggml.token_type": ((ARRAY, I32), kinds),
        "tokenizer.ggml.bos_token_id": (U32, 1),
        "tokenizer.ggml.eos_token_id": (U32, 2),
        "tokenizer.ggml.unknown_token_id": (U32, 0),
        "tokenizer.ggml.add_bos_token": (BOOL, True),
        "tokenizer.ggml.add_space_prefix": (BOOL, True),
    }
    if template:
        values["tokenizer.chat_template"] = (STRING, template)
    return values


def llama_tensors(values: dict[str, tuple[Any, Any]], seed: int = 7) -> dict[str, tuple[tuple[int, ...], int, bytes]]:
    """Random weights in Q8_0 that fit the values."""
    random = np.random.default_rng(seed)
    width, layers = values["llama.embedding_length"][1], values["llama.block_count"][1]
    inner, size = values["llama.feed_forward_length"][1], len(values["tokenizer.ggml.tokens"][1])
    narrow = width // values["llama.attention.head_count"][1] * values["llama.attention.head_count_kv"][1]

    def matrix(columns: int, rows: int) -> tuple[tuple[int, ...], int, bytes]:
        numbers = random.standard_normal((rows, columns), np.float32) / np.sqrt(columns)
        return (columns, rows), TENSOR_Q8_0, quantised(numbers)

    ones = ((width,), TENSOR_F32, np.ones(width, "<f4").tobytes())
    tensors = {
        "token_embd.weight": matrix(width, size),
        "output_norm.weight": ones,
        "output.weight": matrix(width, size),
    }
    for layer in range(layers):
        tensors |= {
            f"blk.{layer}.attn_norm.weight": ones,
            f"blk.{layer}.attn_q.weight": matrix(width, width),
            f"blk.{layer}.attn_k.weight": matrix(width, narrow),
            f"blk.{layer}.attn_v.weight": matrix(width, narrow),
            f"blk.{layer}.attn_output.weight": matrix(width, width),
            f"blk.{layer}.ffn_norm.weight": ones,
            f"blk.{layer}.ffn_gate.weight": matrix(width, inner),
            f"blk.{layer}.ffn_up.weight": matrix(width, inner),
            f"blk.{layer}.ffn_down.weight": matrix(inner, width),
        }
    return tensors


def tiny(path: Path, **changes: Any) -> Path:
    """A sound generator of a few hundred KB with random weights; it writes nonsense."""
    values = llama_values(**changes)
    path.write_bytes(pack(values, llama_tensors(values)))
    return path
