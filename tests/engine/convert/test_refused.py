"""Folders that are wrong, made to do harm, or of another kind: refused with what and where, and nothing is left."""

from __future__ import annotations

import json
import os
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_folder
from quiet_link import Quiet

from engine.errors import Cancelled, FileMissing, GgufUnusable
from engine.runtimes.convert.work import Converted, ConvertSpec, convert_folder

Change = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], None]


def convert(folder: Path, link: Quiet | None = None) -> Converted:
    target = folder.with_name("out.gguf")
    try:
        return convert_folder(ConvertSpec(str(folder), str(target), "tiny"), link or Quiet())
    except BaseException:
        assert [one.name for one in folder.parent.iterdir()] == [folder.name]
        raise


def refused(folder: Path, match: str) -> None:
    with pytest.raises(GgufUnusable, match=match) as caught:
        convert(folder)
    assert str(folder) in str(caught.value)
    assert str(caught.value).rstrip().endswith(".")


def test_the_folder_itself_is_sound(tmp_path: Path, link: Quiet) -> None:
    made = convert(tiny_folder.write(tmp_path / "tiny"), link)
    assert made.tensors == 21
    assert link.sent[0].bytes == (tmp_path / "out.gguf").stat().st_size
    assert link.reports[-1][2] == "convert the weights"


CONFIGS: list[tuple[dict[str, Any], str]] = [
    ({"model_type": "mamba"}, "its family is “mamba”"),
    ({"model_type": None}, "not named"),
    ({"architectures": ["LlamaForSequenceClassification"]}, "LlamaForSequenceClassification, which does not write"),
    ({"quantization_config": {"quant_method": "gptq"}}, r"packed already \(gptq\)"),
    ({"hidden_size": "64"}, "no whole number “hidden_size”"),
    ({"hidden_size": 0}, "“hidden_size”: 0"),
    ({"num_hidden_layers": 10**9}, "“num_hidden_layers”: 1,000,000,000"),
    ({"num_key_value_heads": 3}, "4 heads of 16 numbers and 3 of keys"),
    ({"vocab_size": 1 << 40}, "vocab_size"),
    ({"rms_norm_eps": "tiny"}, "no number “rms_norm_eps”"),
    ({"rope_theta": float("inf")}, "config.json cannot be read"),
    ({"rope_theta": -1.0}, "“rope_theta”: -1"),
    ({"hidden_act": "relu"}, "the activation “relu”"),
    ({"rope_scaling": {"rope_type": "longrope", "short_factor": [], "long_factor": []}}, "by “longrope”"),
    ({"rope_scaling": {"rope_type": "spiral"}}, "by “spiral”"),
    ({"rope_scaling": {"rope_type": "linear"}}, "no number “factor”"),
    ({"rope_scaling": [1]}, "“rope_scaling” that is no object"),
    ({"hidden_size": 128}, "is 320 x 64; its config.json says 320 x 128"),
    ({"num_hidden_layers": 3}, "no tensor “layers.2."),
    ({"num_hidden_layers": 1}, "“model.layers.1.*” has no place"),
    ({"vocab_size": 264}, "is 320 x 64; its config.json says 264 x 64"),
]


@pytest.mark.parametrize(("settings", "match"), CONFIGS)
def test_configs(tmp_path: Path, settings: dict[str, Any], match: str) -> None:
    refused(tiny_folder.write(tmp_path / "tiny", settings), match)


def _tokenizer(part: str, **values: Any) -> Change:
    def change(_config: dict[str, Any], _tensors: dict[str, Any], tokenizer: dict[str, Any]) -> None:
        place = tokenizer if part == "" else tokenizer[part]
        place.update(values)

    return change


def _few_words(config: dict[str, Any], tensors: dict[str, Any], _tokenizer: dict[str, Any]) -> None:
    config["vocab_size"] = 200
    for name in ("model.embed_tokens.weight", "lm_head.weight"):
        tensors[name] = tensors[name][:200]


def _without(name: str) -> Change:
    return lambda _config, tensors, _tokenizer: tensors.pop(name)


def _with(name: str, value: Any) -> Change:
    return lambda _config, tensors, _tokenizer: tensors.update({name: value})


def _untied(config: dict[str, Any], tensors: dict[str, Any], _tokenizer: dict[str, Any]) -> None:
    config["tie_word_embeddings"] = False
    del tensors["lm_head.weight"]


SPLIT = {"type": "Sequence", "pretokenizers": [
    {"type": "Split", "pattern": {"Regex": r"\w+|\W+"}, "behavior": "Isolated", "invert": False},
    {"type": "ByteLevel", "add_prefix_space": False, "use_regex": False},
]}  # fmt: skip
BERT = {"type": "BertPreTokenizer"}
CHANGES: list[tuple[Change, str]] = [
    (_tokenizer("model", type="Unigram", vocab=[["a", -1.0]]), "of the kind Unigram; BPE is read"),
    (_tokenizer("model", type="WordPiece"), "WordPiece"),
    (_tokenizer("model", vocab={"a": "b"}), r"tokenizer.json cannot be read as what it should be \(.*int"),
    (_tokenizer("model", vocab={"a": 0, "b": 0}), "the token “b” a number that cannot be"),
    (_tokenizer("model", vocab={"a": -1}), "a number that cannot be"),
    (_tokenizer("model", vocab={}), "no tokens"),
    (_tokenizer("model", merges=["abc"]), "the rule of joining 'abc'"),
    (_tokenizer("model", merges=[["a", "b", "c"]]), "the rule of joining"),
    (_tokenizer("", pre_tokenizer=SPLIT), r"no name for \(“\\w\+"),
    (_tokenizer("", pre_tokenizer=BERT), "cuts texts by BertPreTokenizer"),
    (_tokenizer("", normalizer={"type": "Lowercase"}), "changes texts by Lowercase"),
    (_tokenizer("", pre_tokenizer=None, decoder=None), "is not byte-level either"),
    (_tokenizer("model", vocab={"a": 0, "b": 1, "x" * 5000: 2}), "more than 4,096 bytes"),
    (_tokenizer("", added_tokens=[{"id": 300, "content": "the"}]), "the token “the” twice"),
    (_tokenizer("", added_tokens=[]), "token that ends a text"),
    (_few_words, "token of number 263, and the model 200 vectors"),
    (_without("model.norm.weight"), "no tensor “norm.weight”"),
    (_untied, "no tensor “lm_head.weight”"),
    (_with("model.layers.0.self_attn.q_proj.lora_A", np.ones((2, 2), np.float32)), "lora_A” has no place"),
    (_with("model.norm.weight", np.full(64, np.nan, np.float32)), "“model.norm.weight” holds numbers that are none"),
    (_with("lm_head.weight", np.full((320, 64), np.inf, np.float32)), "“lm_head.weight” holds numbers"),
    (_with("model.norm.weight", np.ones(64, np.int8)), "of the kind I8"),
    (_with("model.norm.weight", np.ones((8, 8), np.float32)), "is 8 x 8; its config.json says 64"),
]


@pytest.mark.parametrize(("change", "match"), CHANGES)
def test_tokenizers_and_weights(tmp_path: Path, change: Change, match: str) -> None:
    refused(tiny_folder.write(tmp_path / "tiny", change=change), match)


def header(path: Path, entries: object, body: int = 64, claimed: int | None = None) -> None:
    raw = entries if isinstance(entries, bytes) else json.dumps(entries).encode()
    path.write_bytes(struct.pack("<Q", len(raw) if claimed is None else claimed) + raw + bytes(body))


def entry(first: int, last: int, shape: tuple[int, ...] = (8,), kind: str = "F32") -> dict[str, Any]:
    return {"dtype": kind, "shape": list(shape), "data_offsets": [first, last]}


HEADERS: list[tuple[object, int | None, str]] = [
    ({}, 1 << 62, "cut short: its header claims 4,611,686,018,427,387,904"),
    ({}, 3000, "cut short"),
    (b"[1, 2]", None, "cannot be read"),
    (b"{" * 30, None, "cannot be read"),
    (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, None, "cannot be read"),
    (b"\xff\xfe{}", None, "cannot be read"),
    ({"a": entry(0, 4096)}, None, "ends at byte 4,096 of the weights, which have 64"),
    ({"a": entry(-4, 28)}, None, "begins at -4"),
    ({"a": entry(40, 8)}, None, "begins at 40 and ends at 8"),
    ({"a": entry(0, 32), "b": entry(16, 48)}, None, "“b” in model.safetensors lies on another"),
    ({"a": entry(0, 32, (1 << 40, 1 << 40))}, None, "numbers of F32, and has 32 bytes"),
    ({"a": entry(0, 32, (-8,))}, None, "an impossible shape"),
    ({"a": entry(0, 32, (1,) * 9)}, None, "an impossible shape"),
    ({"a": {"dtype": "F32", "shape": [2.5], "data_offsets": [0, 32]}}, None, "cannot be read"),
    ({"a": {"dtype": "F32", "shape": [8], "data_offsets": [0]}}, None, "cannot be read"),
    ({str(number): entry(0, 0, (0,)) for number in range(32_769)}, None, "has 32,769 tensors"),
]


@pytest.mark.parametrize(("entries", "claimed", "match"), HEADERS)
def test_headers_of_weights(tmp_path: Path, entries: object, claimed: int | None, match: str) -> None:
    folder = tiny_folder.write(tmp_path / "tiny")
    header(folder / "model.safetensors", entries, claimed=claimed)
    began = time.perf_counter()
    refused(folder, match)
    assert time.perf_counter() - began < 2


def test_a_header_longer_than_any_is_not_read(tmp_path: Path) -> None:
    folder = tiny_folder.write(tmp_path / "tiny")
    with (folder / "model.safetensors").open("wb") as file:
        file.write(struct.pack("<Q", 1 << 30))
        file.truncate(2 << 30)
    refused(folder, "a header of 1,073,741,824 bytes")


def test_every_cut_of_a_file_of_weights_is_found(tmp_path: Path) -> None:
    folder = tiny_folder.write(tmp_path / "tiny")
    whole = (folder / "model.safetensors").read_bytes()
    for length in (0, 4, 8, 100, 3000, len(whole) // 2, len(whole) - 1):
        (folder / "model.safetensors").write_bytes(whole[:length])
        refused(folder, "cut short|ends at byte|cannot be read")


def test_files_that_are_missing_or_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        convert_folder(ConvertSpec(str(tmp_path / "none"), str(tmp_path / "x.gguf"), "x"), Quiet())  # type: ignore[arg-type]
    folder = tiny_folder.write(tmp_path / "tiny")
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").unlink()
    refused(folder, "holds no weights")
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04cos\nsystem\n.")
    refused(folder, r"pickled Python \(pytorch_model.bin\), which can run a stranger's code")
    (folder / "a.safetensors").write_bytes(weights)
    convert_folder(
        ConvertSpec(str(folder), str(tmp_path / "x.gguf"), "x"), Quiet()
    )  # the pickle beside it is no matter
    (tmp_path / "x.gguf").unlink()
    (folder / "b.safetensors").write_bytes(weights)
    refused(folder, "2 safetensors files and no model.safetensors.index.json")
    (folder / "b.safetensors").unlink()
    (folder / "adapter_config.json").write_text("{}")
    refused(folder, "it is an adapter")
    (folder / "adapter_config.json").unlink()
    (folder / "tokenizer.json").rename(folder / "vocab.json")
    refused(folder, "in a form that is not read")
    (folder / "vocab.json").unlink()
    refused(folder, "brings no tokenizer")
    (folder / "config.json").write_text("{nothing")
    refused(folder, "config.json cannot be read")
    (folder / "config.json").write_bytes(b" " * (5 << 20))
    refused(folder, "5,242,880 bytes, and the most")
    (folder / "config.json").unlink()
    refused(folder, "no config.json")


@pytest.mark.parametrize(
    ("index", "match"),
    [
        ({"weight_map": {"a": "../../secret.safetensors"}}, "no safetensors file beside it"),
        ({"weight_map": {"a": "pytorch_model.bin"}}, "no safetensors file beside it"),
        ({"weight_map": {"a": "model-2.safetensors"}}, "model-2.safetensors is missing"),
        ({"weight_map": {"a": 1}}, "no “weight_map”"),
        ({"weight_map": {"model.other.weight": "model.safetensors"}}, "holds “model.other.weight”; it does not"),
    ],
)
def test_indexes(tmp_path: Path, index: dict[str, Any], match: str) -> None:
    folder = tiny_folder.write(tmp_path / "tiny")
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    refused(folder, match)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_files_place_does_not_wait(tmp_path: Path) -> None:
    folder = tiny_folder.write(tmp_path / "tiny")
    (folder / "config.json").unlink()
    os.mkfifo(folder / "config.json")
    began = time.perf_counter()
    refused(folder, "config.json")
    assert time.perf_counter() - began < 2


def test_code_in_the_folder_is_never_run(tmp_path: Path) -> None:
    folder = tiny_folder.write(tmp_path / "tiny")
    (folder / "modeling_mine.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    convert(folder)
    assert not (tmp_path / "ran").exists()


def test_a_cancel_leaves_nothing(tmp_path: Path) -> None:
    class Stopped(Quiet):
        def report(self, done: int, total: int | None, stage: str, note: str = "") -> None:
            if stage == "convert the weights":
                raise Cancelled

    folder = tiny_folder.write(tmp_path / "tiny")
    with pytest.raises(Cancelled):
        convert(folder, Stopped())
