"""What stands in the header: licence, template, name, special tokens, positions, windows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import peers
import pytest
import tiny_folder

from engine.errors import GgufUnusable
from engine.runtimes.convert.card import licence_of, template_of
from engine.runtimes.convert.config import Config
from engine.runtimes.convert.folder import Folder, folder_name
from engine.runtimes.convert.model import read_model
from engine.runtimes.convert.vocabulary import Vocabulary, name_for, read_vocabulary

LLAMA3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 64}  # fmt: skip
GEMMA = {"model_type": "gemma3_text", "head_dim": 16, "query_pre_attn_scalar": 16}


def folder_with(path: Path, **files: str) -> Folder:
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / name.replace("_", ".", 1)).write_text(text, encoding="utf-8")
    return Folder(path)


@pytest.mark.parametrize(
    ("files", "licence"),
    [
        ({"README_md": "---\nlicense: mit\n---\nlicense: other\n", "LICENSE": "Apache"}, "mit"),
        ({"README_md": "---\nlanguage: en\nlicense: other\nlicense_name: qwen-research\n---\n"}, "qwen-research"),
        ({"README_md": "---\nlicense:\n- apache-2.0\n- mit\n---\n"}, "apache-2.0"),
        ({"README_md": "---\nlicense: 'cc-by-4.0'\r\n---\r\n"}, "cc-by-4.0"),
        ({"README_md": "# A model\nlicense: mit\n", "LICENSE": "\n   # MIT License\n\nCopyright"}, "MIT License"),
        ({"LICENSE_txt": "GEMMA TERMS OF USE\n"}, "GEMMA TERMS OF USE"),
        ({"README_md": "---\nlicense: m\x07it\n---\n"}, "m?it"),
        ({"README_md": "---\nlicense:\n---\n"}, "not stated"),
        ({}, "not stated"),
    ],
)
def test_licences(tmp_path: Path, files: dict[str, str], licence: str) -> None:
    assert licence_of(folder_with(tmp_path / "a", **files)) == licence


def test_templates(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "a")
    assert template_of(folder, {}) == ""
    assert template_of(folder, {"chat_template": "{{ 1 }}"}) == "{{ 1 }}"
    several = [{"name": "tool_use", "template": "t"}, {"name": "default", "template": "d"}]
    assert template_of(folder, {"chat_template": several}) == "d"
    assert template_of(folder, {"chat_template": 7}) == ""
    (folder.path / "chat_template.jinja").write_text("own")
    assert template_of(folder, {"chat_template": "{{ 1 }}"}) == "own"
    (folder.path / "chat_template.jinja").write_text("x" * 300_000)
    with pytest.raises(GgufUnusable, match="300,000 characters"):
        template_of(folder, {})


def test_names() -> None:
    assert folder_name(Path("/x/models--Qwen--Qwen2.5-0.5B/snapshots/0a1b2c")) == "Qwen2.5-0.5B"
    assert folder_name(Path("/x/Qwen2.5-0.5B")) == "Qwen2.5-0.5B"
    # llama.cpp asks a file of this name for Phi 3's tokens, and ends where they are missing
    assert name_for("my-Phi3-copy", Vocabulary({})) == "my-Phi 3-copy"
    assert name_for("desk", Vocabulary({}, strips=True)) == "desk (phi-3)"
    assert name_for("Phi-3-mini", Vocabulary({}, strips=True)) == "Phi-3-mini"


def values_of(tmp_path: Path, **settings: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    tmp_path.mkdir(exist_ok=True)
    model = read_model(Config(Folder(tmp_path), tiny_folder.config(**settings)))
    return model.values, model.tables


def test_positions(tmp_path: Path) -> None:
    old, tables = values_of(tmp_path, rope_theta=5e5, rope_scaling=LLAMA3)
    new, others = values_of(tmp_path, rope_theta=None, rope_parameters={**LLAMA3, "rope_theta": 5e5})
    assert old == new
    table = tables["rope_freqs.weight"]
    assert (table == others["rope_freqs.weight"]).all()
    assert (table[0], table[-1]) == (1, 8)
    assert (np.diff(table) >= 0).all()
    dynamic, none = values_of(tmp_path, rope_scaling={"type": "dynamic", "factor": 2.0})
    assert (dynamic, none) == values_of(tmp_path)
    linear, _ = values_of(tmp_path, rope_scaling={"type": "linear", "factor": 2.0})
    assert linear["rope.scaling.factor"] == 2
    both = {"full_attention": {"rope_theta": 1e6, "rope_type": "linear", "factor": 8.0},
            "sliding_attention": {"rope_theta": 2e4}}  # fmt: skip
    seeing, _ = values_of(tmp_path, **GEMMA, hidden_act="gelu_pytorch_tanh", rope_parameters=both)
    assert (seeing["rope.freq_base"], seeing["rope.freq_base_swa"], seeing["rope.scaling.factor"]) == (1e6, 2e4, 8)


def test_windows(tmp_path: Path) -> None:
    def context(**settings: Any) -> int:
        return int(values_of(tmp_path, **settings)[0]["context_length"])

    assert context() == 512
    assert context(model_type="mistral", sliding_window=100) == 100
    assert context(model_type="mistral", sliding_window=None) == 512
    assert context(model_type="phi3", sliding_window=4096) == 512
    assert context(model_type="qwen2", sliding_window=100) == 512
    assert context(model_type="qwen2", sliding_window=100, use_sliding_window=True) == 100
    full = ["full_attention"] * 2
    assert context(model_type="qwen2", sliding_window=100, use_sliding_window=True, layer_types=full) == 512
    mixed = {**GEMMA, "hidden_act": "gelu", "num_hidden_layers": 4}
    kinds = ["sliding_attention", "full_attention"]
    values, _ = values_of(tmp_path, **mixed, layer_types=kinds * 2)
    assert (values["attention.sliding_window"], values["attention.sliding_window_pattern"]) == (4096, 2)
    with pytest.raises(GgufUnusable, match="no regular order"):
        values_of(tmp_path, **mixed, layer_types=[*kinds, "full_attention", "sliding_attention"])


@pytest.mark.parametrize(
    ("settings", "match"),
    [
        ({**GEMMA, "query_pre_attn_scalar": 20}, "“query_pre_attn_scalar”: 20; llama.cpp takes 16"),
        ({**GEMMA, "use_bidirectional_attention": True}, "in both directions"),
        ({**GEMMA, "attn_logit_softcapping": 5.0}, "attn_logit_softcapping"),
        ({**GEMMA, "model_type": "gemma2", "final_logit_softcapping": None}, "turns “final_logit_softcapping” off"),
        ({"model_type": "gemma", "head_dim": 16, "tie_word_embeddings": False}, "a last matrix of its own"),
    ],
)
def test_what_llama_cpp_computes_otherwise_is_refused(tmp_path: Path, settings: dict[str, Any], match: str) -> None:
    with pytest.raises(GgufUnusable, match=match):
        values_of(tmp_path, hidden_act="gelu", **settings)


def test_special_tokens(tmp_path: Path) -> None:
    def change(_config: dict[str, Any], _tensors: dict[str, Any], tokenizer: dict[str, Any]) -> None:
        for number, text in enumerate(("<a>", "<b>", "▁▁"), 265):
            one = {"id": number, "content": text, "special": number == 265}
            tokenizer["added_tokens"].append(one)
        tokenizer["added_tokens"].append({"id": 999, "content": "<picture>", "special": True})
        single = [{"SpecialToken": {"id": "<a>"}}, {"Sequence": {"id": "A"}}]
        processors = [{"type": "ByteLevel"}, {"type": "TemplateProcessing", "single": single}]
        tokenizer["post_processor"] = {"type": "Sequence", "processors": processors}

    path = tiny_folder.write(tmp_path / "tiny", change=change)
    (path / "generation_config.json").write_text(json.dumps({"eos_token_id": [266, 264, 70]}))
    (path / "special_tokens_map.json").write_text(json.dumps({"bos_token": {"content": "<a>"}}))
    folder = Folder(path)
    config = Config(folder, json.loads((path / "config.json").read_text()))
    values = read_vocabulary(folder, config, tiny_folder.WORDS, template=False).values
    tokens, types = (values[f"tokenizer.ggml.{key}"].value for key in ("tokens", "token_type"))
    assert tokens[264:269] == ["<|end|>", "<a>", "<b>", "  ", "[PAD268]"]
    assert types[263:269] == [1, 3, 3, 4, 4, 5]
    found = {key: values.get(f"tokenizer.ggml.{key}_token_id") for key in ("bos", "eos", "eot", "eom", "padding")}
    assert found == {"bos": 265, "eos": 264, "eot": 266, "eom": 70, "padding": None}
    assert values["tokenizer.ggml.add_bos_token"] is True
    assert values["tokenizer.ggml.add_eos_token"] is False


@pytest.mark.parametrize(
    ("settings", "begins"),
    [
        ({}, True),
        ({"add_bos_token": False}, True),  # this kind goes by the file's own frame
        ({"tokenizer_class": "LlamaTokenizerFast", "add_bos_token": False}, False),
        ({"tokenizer_class": "GemmaTokenizer"}, True),
    ],
)
def test_what_texts_begin_with(tmp_path: Path, settings: dict[str, Any], begins: bool) -> None:
    def change(_config: dict[str, Any], _tensors: dict[str, Any], tokenizer: dict[str, Any]) -> None:
        single = [{"SpecialToken": {"id": "<|end|>"}}, {"Sequence": {"id": "A"}}]
        tokenizer["post_processor"] = {"type": "TemplateProcessing", "single": single}

    path = tiny_folder.write(tmp_path / "tiny", change=change)
    named = {"eos_token": "<|end|>", "bos_token": "<|end|>"}
    (path / "tokenizer_config.json").write_text(json.dumps(named | settings))
    values = read_vocabulary(Folder(path), Config(Folder(path), {}), tiny_folder.WORDS, template=False).values
    assert values["tokenizer.ggml.add_bos_token"] is begins


def test_sentence_pieces_of_another_kind(tmp_path: Path) -> None:
    path = tiny_folder.write(tmp_path / "tiny")
    (path / "tokenizer.json").unlink()
    folder = Folder(path)
    pieces = [("<unk>", 0.0), *((f"<0x{one:02X}>", 0.0) for one in range(256)), ("a", -1.0)]

    def refused(raw: bytes, match: str) -> None:
        (path / "tokenizer.model").write_bytes(raw)
        with pytest.raises(GgufUnusable, match=match):
            read_vocabulary(folder, Config(folder, {}), tiny_folder.WORDS, template=False)

    whole = peers.sentence_bytes(pieces)
    refused(whole + b"\x12\x02\x18\x01", "by likelihood")
    refused(whole + b"\x1a\x05\x12\x03abc", "changes letters before cutting")
    refused(peers.sentence_bytes(pieces[:200]), "no pieces for single bytes")
    refused(whole[:-3], "damaged at byte")
    refused(b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "damaged at byte")
    refused(b"\x0a\x04\x0a\x02\xff\xfe" + whole, "damaged")
