"""Every family as transformers computes it, out of the file that was made of its folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import peers
import pytest

from engine.runtimes.convert.folder import Folder
from engine.runtimes.convert.shards import Shards
from engine.runtimes.gguf.facts import read_facts
from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.weights import Weights

WINDOW = {"mistral": 64}
"""Where llama.cpp, which knows no window for a family, stops being exact; the file's context ends there."""


def compared(root: Path, name: str, kind: str) -> tuple[np.ndarray, np.ndarray]:
    theirs = np.load(root / f"{name}.npz")["logits"]
    ours = np.load(root / f"{name}.{kind}.llama.npz")["logits"]
    assert ours.shape == theirs.shape
    assert len(theirs) > 90
    return theirs[: WINDOW.get(name)], ours[: WINDOW.get(name)]


@pytest.mark.parametrize("name", peers.CASES)
def test_full_numbers_give_the_same_scores(opened: Path, name: str) -> None:
    theirs, ours = compared(opened, name, "F32")
    assert theirs.std() > 0.8
    # ggml takes the activation of the Gemmas from a table of 16-bit numbers
    assert np.abs(theirs - ours).max() < (0.01 if name.startswith("gemma") else 1e-4)


@pytest.mark.parametrize("name", peers.CASES)
def test_q8_0_stays_near(opened: Path, name: str) -> None:
    theirs, ours = compared(opened, name, "Q8_0")
    assert np.abs(theirs - ours).mean() < 0.06 * theirs.std()
    assert (theirs.argmax(1) == ours.argmax(1)).mean() > 0.8


@pytest.mark.parametrize("name", [name for name in peers.CASES if name != "mistral"])
def test_texts_are_cut_into_the_same_tokens(opened: Path, name: str) -> None:
    theirs = json.loads((opened / f"{name}.json").read_text())["texts"]
    ours = json.loads((opened / f"{name}.Q8_0.llama.json").read_text())["texts"]
    assert ours == theirs


@pytest.mark.parametrize("name", ["mistral", "qwen2"])
def test_conversations_are_cut_into_the_same_tokens(opened: Path, name: str) -> None:
    theirs = json.loads((opened / f"{name}.json").read_text())["chat"]
    ours = json.loads((opened / f"{name}.Q8_0.llama.json").read_text())["chat"]
    assert len(theirs) > 20
    assert ours == theirs


@pytest.mark.parametrize("name", peers.CASES)
def test_the_header_says_what_the_config_says(opened: Path, name: str) -> None:
    facts = read_facts(opened / f"{name}.Q8_0.gguf")
    config = json.loads((opened / name / "config.json").read_text())
    config = config.get("text_config", config)
    assert (facts.layers, facts.heads, facts.embedding) == (
        config["num_hidden_layers"], config["num_attention_heads"], config["hidden_size"],
    )  # fmt: skip
    assert facts.vocabulary == peers.WORDS
    assert facts.context_length == {"mistral": 64, "phi3": 200, "phi4": 512}.get(name, 256)
    assert facts.quantisation == "Q8_0"
    assert facts.licence == "not stated"
    assert bool(facts.template) == (name in ("mistral", "qwen2"))


def test_matrices_are_q8_0_norms_full_and_odd_rows_half(opened: Path) -> None:
    kinds = {one.name: one.kind for one in read_header(opened / "llama-odd.Q8_0.gguf").tensors}
    assert kinds["blk.0.attn_norm.weight"] == 0
    assert kinds["token_embd.weight"] == 1  # rows of 48
    kinds = {one.name: one.kind for one in read_header(opened / "llama2.Q8_0.gguf").tensors}
    assert {kind for name, kind in kinds.items() if "norm" not in name} == {8}
    assert "output.weight" not in kinds  # tied


def test_shards_hold_what_the_file_holds(opened: Path) -> None:
    assert len(list((opened / "qwen3").glob("model-*.safetensors"))) > 2
    weights = Weights(read_header(opened / "qwen3.F32.gguf"))
    with Shards(Folder(opened / "qwen3")) as shards:
        one = shards.tensors["model.layers.2.mlp.down_proj.weight"]
        assert (weights.read("blk.2.ffn_down.weight") == shards.rows(one, 0, one.shape[0])).all()
        assert (weights.read("blk.2.ffn_down.weight")[10:13] == shards.rows(one, 10, 3)).all()
