"""Whole vocabularies that are in use, put into tokenizer.json as their makers have them, and through the conversion."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_folder

from engine import api
from engine.host.service import Service
from engine.runtimes.gguf.header import Header, read_header

SHARED = Path(__file__).resolve().parents[4] / "shared" / "models" / "gguf-vocab-only"
CONTROL, USER_DEFINED = 3, 4

pytestmark = pytest.mark.usefixtures("llama", "models_folder")


def texts_of(header: Header, key: str) -> list[str]:
    place, found = header.arrays[key], []
    raw, at = Path(header.path).read_bytes(), place.start
    for _ in range(place.count):
        (length,) = struct.unpack_from("<Q", raw, at)
        found.append(raw[at + 8 : at + 8 + length].decode())
        at += 8 + length
    return found


def numbers_of(header: Header, key: str, form: str) -> list[float]:
    place = header.arrays[key]
    return np.frombuffer(Path(header.path).read_bytes(), form, place.count, place.start).tolist()


def folder_of(path: Path, tokenizer: dict[str, Any], settings: dict[str, Any], words: int) -> Path:
    def change(config: dict[str, Any], tensors: dict[str, Any], parts: dict[str, Any]) -> None:
        config["vocab_size"] = words
        for name in ("model.embed_tokens.weight", "lm_head.weight"):
            tensors[name] = np.random.default_rng(0).normal(size=(words, tiny_folder.WIDTH)).astype(np.float16)
        parts.clear()
        parts.update(tokenizer)

    folder = tiny_folder.write(path, change=change)
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return folder


def added(text: str, number: int, *, special: bool) -> dict[str, Any]:
    return {"id": number, "content": text, "special": special, "normalized": False, "single_word": False,
            "lstrip": False, "rstrip": False}  # fmt: skip


def take_in(service: Service, folder: Path, models_folder: Path) -> tuple[dict[str, Any], Header]:
    service.call(api.ImportModel(path=str(folder)))
    kept = models_folder / folder.name
    return json.loads((kept / "manifest.json").read_text())["details"], read_header(kept / "model.gguf")


@pytest.mark.parametrize("name", ["llama-spm", "phi-3"])
def test_sentence_pieces(service: Service, tmp_path: Path, models_folder: Path, name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the public model files (../shared/models) are not beside this checkout")
    theirs = read_header(SHARED / f"ggml-vocab-{name}.gguf")
    texts = texts_of(theirs, "tokenizer.ggml.tokens")
    types = numbers_of(theirs, "tokenizer.ggml.token_type", "<i4")
    scores = dict(zip(texts, numbers_of(theirs, "tokenizer.ggml.scores", "<f4"), strict=True))
    base = texts[:32000]
    vocab = {text: number for number, text in enumerate(base)}
    pairs = []
    for text in base[259:]:
        local = [(text[:at], text[at:]) for at in range(1, len(text)) if text[:at] in vocab and text[at:] in vocab]
        pairs += [(scores[text], *pair) for pair in sorted(local, key=lambda pair: (vocab[pair[0]], vocab[pair[1]]))]
    pairs.sort(key=lambda one: (one[0], len(one[1]), len(one[2])), reverse=True)  # as transformers lists them
    tokenizer = {
        "version": "1.0",
        "added_tokens": [added(text, number, special=types[number] != USER_DEFINED)
                         for number, text in enumerate(texts)
                         if number < 3 or types[number] in (CONTROL, USER_DEFINED)],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
        "pre_tokenizer": None, "post_processor": None,
        "decoder": {"type": "Fuse"},
        "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": True, "byte_fallback": True, "vocab": vocab,
                  "merges": [f"{left} {right}" for _, left, right in pairs]},
    }  # fmt: skip
    settings = {"tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "bos_token": "<s>", "eos_token": "</s>"}
    folder = folder_of(tmp_path / name, tokenizer, settings, len(texts))
    details, ours = take_in(service, folder, models_folder)
    assert details["tokens_differ"] == []
    assert texts_of(ours, "tokenizer.ggml.tokens") == texts
    assert [int(one) for one in numbers_of(ours, "tokenizer.ggml.token_type", "<i4")][3:32000] == types[3:32000]
    assert ours.values["tokenizer.ggml.add_bos_token"] is True


def test_gpt_2s_bytes(service: Service, tmp_path: Path, models_folder: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the public model files (../shared/models) are not beside this checkout")
    theirs = read_header(SHARED / "ggml-vocab-gpt-2.gguf")
    texts, merges = (texts_of(theirs, f"tokenizer.ggml.{key}") for key in ("tokens", "merges"))
    tokenizer = tiny_folder.tokenizer()
    tokenizer["model"] |= {"vocab": {text: number for number, text in enumerate(texts)}, "merges": merges}
    tokenizer["added_tokens"] = [added("<|endoftext|>", 50256, special=True)]
    settings = {"bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>"}
    folder = folder_of(tmp_path / "gpt-2", tokenizer, settings, len(texts))
    details, ours = take_in(service, folder, models_folder)
    assert details["tokens_differ"] == []
    assert texts_of(ours, "tokenizer.ggml.tokens") == texts
    assert texts_of(ours, "tokenizer.ggml.merges") == merges
    assert ours.values["tokenizer.ggml.pre"] == "gpt-2"
