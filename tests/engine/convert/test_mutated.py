"""Folders with bytes changed at random: taken or refused with a sentence, never another error, never for long."""

from __future__ import annotations

import json
import random
import time
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import peers
import pytest
import tiny_folder
from quiet_link import Quiet

from engine.errors import GgufUnusable
from engine.runtimes.convert.work import ConvertSpec, convert_folder

ROUNDS = 150
VALUES = [b"null", b"-1", b"1e400", b"99999999999999999999", b'"x"', b"[]", b"{}", b"true", b"0", b"[[[[]]]]", b"1.5"]


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, taken out, doubled, or a JSON value put in another's place."""
    kind = chance.randrange(4)
    body = bytearray(raw)
    at = chance.randrange(len(body))
    if kind == 0:
        for _ in range(chance.randrange(1, 6)):
            body[chance.randrange(len(body))] = chance.randrange(256)
    elif kind == 1:
        del body[at : at + chance.randrange(1, 40)]
    elif kind == 2:
        body[at:at] = body[at : at + chance.randrange(1, 200)]
    else:
        places = [place for place in range(len(body) - 1) if body[place : place + 1] in (b":", b",")]
        start = chance.choice(places) if places else 0
        end = next((p for p in range(start + 1, len(body)) if body[p : p + 1] in (b",", b"}", b"]")), len(body))
        body[start + 1 : end] = chance.choice(VALUES)
    return bytes(body)


def changed_value(raw: bytes, chance: random.Random) -> bytes:
    """Something else in the place of a random value, however deep it lies."""
    whole = json.loads(raw)
    place: Any = whole
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = chance.choice(keys)
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.3:
            place[key] = chance.choice(
                [None, -1, 10**20, "x", [], {}, True, 0, [[]], {"type": []}, [1, 2], "\ud800", 1.5]
            )
            return json.dumps(whole).encode()
        place = inner


def spm_folder(path: Path) -> Path:
    """A folder with SentencePiece's file alone."""
    listed = [("<unk>", 0.0), ("<s>", 0.0), ("</s>", 0.0), *((f"<0x{one:02X}>", 0.0) for one in range(256))]
    listed += [(text, -float(number)) for number, text in enumerate(("▁t", "he", "▁the", *"▁thedsk"))]
    folder = tiny_folder.write(path)
    (folder / "tokenizer.json").unlink()
    (folder / "tokenizer.model").write_bytes(peers.sentence_bytes(listed))
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"eos_token": {"content": "</s>"}, "added_tokens_decoder": {"280": {"content": "<|x|>"}}})
    )
    return folder


def rich_folder(path: Path) -> Path:
    """A folder with something in every place that is read."""

    def change(config: dict[str, Any], _tensors: dict[str, Any], tokenizer: dict[str, Any]) -> None:
        config |= {"rope_scaling": {"rope_type": "linear", "factor": 2.0}, "eos_token_id": [264], "head_dim": 16,
                   "sliding_window": None, "tie_word_embeddings": False}  # fmt: skip
        level = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": False}
        cut = {"type": "Split", "pattern": {"Regex": tiny_folder.GPT2}, "behavior": "Isolated", "invert": False}
        tokenizer["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [cut, level]}
        single = [{"SpecialToken": {"id": "<|end|>"}}, {"Sequence": {"id": "A"}}]
        processors = [{"type": "TemplateProcessing", "single": single}]
        tokenizer["post_processor"] = {"type": "Sequence", "processors": processors}
        tokenizer["normalizer"] = {"type": "Sequence", "normalizers": [{"type": "NFC"}]}

    folder = tiny_folder.write(path, change=change)
    template = [{"name": "default", "template": "{{ 1 }}"}, {"name": "other", "template": "x"}]
    settings = {
        "eos_token": {"content": "<|end|>"}, "chat_template": template, "add_bos_token": True,
        "tokenizer_class": "LlamaTokenizer", "added_tokens_decoder": {"264": {"content": "<|end|>", "special": True}},
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return folder


def short_header(folder: Path) -> bytes:
    raw = (folder / "model.safetensors").read_bytes()
    return raw[: 8 + int.from_bytes(raw[:8], "little")]


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "tokenizer_config.json", "tokenizer.model",
                                  "model.safetensors"])  # fmt: skip
def test_mutated_files(tmp_path: Path, name: str) -> None:
    chance = random.Random(7)
    folder = (spm_folder if name == "tokenizer.model" else rich_folder)(tmp_path / "tiny")
    whole = (folder / name).read_bytes()
    head = short_header(folder) if name == "model.safetensors" else whole
    refused = 0
    for _ in range(ROUNDS):
        other = changed_value if name.endswith(".json") and chance.random() < 0.5 else mutated
        changed = other(head, chance)
        (folder / name).write_bytes(changed + whole[len(head) :])
        began = time.perf_counter()
        said = str(folder)
        try:
            convert_folder(ConvertSpec(str(folder), str(tmp_path / "x.gguf"), "x"), Quiet())
        except GgufUnusable as error:
            refused += 1
            said = str(error)
        assert str(folder) in said
        assert not (tmp_path / "x.gguf.new").exists()
        assert time.perf_counter() - began < 2
    assert refused > ROUNDS // 5


def test_memory_does_not_grow_with_the_weights(tmp_path: Path) -> None:
    words = 40_000

    def change(config: dict[str, Any], tensors: dict[str, Any], _tokenizer: dict[str, Any]) -> None:
        config |= {"vocab_size": words, "hidden_size": 512, "num_attention_heads": 32, "num_hidden_layers": 1}
        tensors.clear()
        for name in ("model.embed_tokens.weight", "lm_head.weight"):
            tensors[name] = np.ones((words, 512), np.float32)  # 82 MB each
        tensors |= {f"model.{name}norm.weight": np.ones(512, np.float32)
                    for name in ("", "layers.0.input_layer", "layers.0.post_attention_layer")}  # fmt: skip
        for name, rows in {"q": 512, "k": 32, "v": 32, "o": 512}.items():
            tensors[f"model.layers.0.self_attn.{name}_proj.weight"] = np.ones((rows, 512), np.float32)
        for name, shape in {"gate": (96, 512), "up": (96, 512), "down": (512, 96)}.items():
            tensors[f"model.layers.0.mlp.{name}_proj.weight"] = np.ones(shape, np.float32)

    folder = tiny_folder.write(tmp_path / "tiny", change=change)
    tracemalloc.start()
    try:
        convert_folder(ConvertSpec(str(folder), str(tmp_path / "x.gguf"), "x"), Quiet())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30e6
