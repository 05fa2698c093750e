"""The model in PyTorch, llama.cpp and PEFT say the same of the same weights and of what was learned over them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from tiny_bases import ALPHA, RANK, opened, write_base

from engine.errors import PackUnusable
from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.weights import Weights
from engine.train.generator.adapter import about, gguf_adapter, peft_folder, read_adapter, to_halves
from engine.train.generator.merge import merge
from engine.train.generator.model import Generator, lora_arrays, put_lora
from engine.train.generator.shape import Shape
from engine.train.generator.values import MergeSpec

TOKENS = [1, 300, 305, 299, 261, 262, 310, 297, 301, 311, 290, 275, 280, 312, 304, 2, 300, 303]


class Still:
    """A link that nobody listens to."""

    def report(self, *_: Any, **__: Any) -> None: ...

    def check(self) -> None: ...


def learn_something(model: Generator, seed: int = 3) -> None:
    """LoRA that changes every layer."""
    random = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for _name, part in model.learned():
            part.lora_a.normal_(0, 0.1, generator=random)
            part.lora_b.normal_(0, 0.1, generator=random)


def ours(model: Generator, tokens: list[int]) -> np.ndarray:
    with torch.no_grad():
        return model.logits(model.states(torch.tensor([tokens])))[0].numpy()


def theirs(path: Path, tokens: list[int], adapter: Path | None = None) -> np.ndarray:
    """llama.cpp's scores, keys and values kept as 32-bit numbers."""
    llama_cpp = pytest.importorskip("llama_cpp")
    model = llama_cpp.Llama(
        str(path), n_ctx=256, logits_all=True, type_k=0, type_v=0, flash_attn=False, verbose=False, n_threads=2,
        lora_path=str(adapter) if adapter is not None else None,
    )  # fmt: skip
    model.eval(tokens)
    found = np.array(model.scores[: len(tokens)])
    model.close()
    return found


def apart(first: np.ndarray, second: np.ndarray) -> float:
    """The usual difference, as a share of the spread of the scores."""
    return float(np.sqrt(np.square(first - second).mean()) / first.std())


@pytest.mark.parametrize("architecture", ["llama", "qwen2", "qwen3"])
def test_scores_are_those_of_llama_cpp_with_and_without_an_adapter(tmp_path: Path, architecture: str) -> None:
    path = write_base(tmp_path, architecture)
    model, shape = opened(path)
    base = theirs(path, TOKENS)
    assert apart(base, ours(model, TOKENS)) < 1e-4
    learn_something(model)
    learned = ours(model, TOKENS)
    assert apart(base, learned) > 0.1
    body = gguf_adapter(lora_arrays(model), about(shape, ALPHA, RANK, "base", "0" * 64), "learned")
    adapter = tmp_path / "adapter.gguf"
    adapter.write_bytes(body)
    assert apart(theirs(path, TOKENS, adapter), learned) < 1e-4

    again, _ = opened(path)
    told, arrays = read_adapter("learned", body)
    put_lora(again, arrays, told.alpha / told.rank)
    assert np.array_equal(ours(again, TOKENS), learned)

    merged = tmp_path / "merged.gguf"
    merge(MergeSpec(path=str(path), adapter=body, target=str(merged), name="merged", kind="F32"), Still())
    assert apart(theirs(merged, TOKENS), learned) < 1e-4
    merge(MergeSpec(path=str(path), adapter=body, target=str(merged), name="merged", kind="F16"), Still())
    assert apart(theirs(merged, TOKENS), learned) < 0.01
    merge(MergeSpec(path=str(path), adapter=body, target=str(merged), name="merged"), Still())
    packed = theirs(merged, TOKENS)
    assert apart(packed, learned) < 0.1 < apart(packed, base)
    assert merged.stat().st_size < 0.35 * path.stat().st_size


def test_scores_of_a_real_model(stories: Path) -> None:
    model, _ = opened(stories)
    tokens = [1, 403, 407, 261, 378, 432, 400, 286, 262, 411, 268, 414, 419, 273, 282]
    assert apart(theirs(stories, tokens), ours(model, tokens)) < 1e-4


@pytest.mark.parametrize("architecture", ["llama", "qwen2", "qwen3"])
def test_peft_loads_the_folder_and_scores_the_same(tmp_path: Path, architecture: str) -> None:
    """Over a Hugging Face model of the same weights, whose q and k rows turn halves."""
    peft = pytest.importorskip("peft")
    transformers = pytest.importorskip("transformers")
    path = write_base(tmp_path, architecture)
    model, shape = opened(path)
    learn_something(model)
    told = about(shape, ALPHA, RANK, "base", "0" * 64)
    folder = tmp_path / "peft"
    folder.mkdir()
    for name, body in peft_folder(told, lora_arrays(model)).items():
        (folder / name).write_bytes(body)

    named = {"llama": "Llama", "qwen2": "Qwen2", "qwen3": "Qwen3"}[architecture]
    config = getattr(transformers, f"{named}Config")(
        vocab_size=shape.vocabulary, hidden_size=shape.width, intermediate_size=shape.inner,
        num_hidden_layers=shape.layers, num_attention_heads=shape.heads, num_key_value_heads=shape.kv_heads,
        head_dim=shape.head, rms_norm_eps=shape.epsilon, rope_theta=shape.rope_base, tie_word_embeddings=False,
        max_position_embeddings=256,
    )  # fmt: skip
    base = getattr(transformers, f"{named}ForCausalLM")(config).eval()
    base.load_state_dict(hugging_face_weights(path, shape), strict=True)
    tokens = torch.tensor([TOKENS])
    with torch.no_grad():
        plain = base(tokens).logits[0].numpy()
        learned = peft.PeftModel.from_pretrained(base, str(folder)).eval()(tokens).logits[0].numpy()
    assert apart(plain, learned) > 0.1
    assert apart(learned, ours(model, TOKENS)) < 1e-4


def hugging_face_weights(path: Path, shape: Shape) -> dict[str, Any]:
    weights = Weights(read_header(path))
    outside = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}
    inside = {
        "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
        "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
        "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
        "attn_q_norm": "self_attn.q_norm", "attn_k_norm": "self_attn.k_norm",
    }  # fmt: skip
    found = {}
    for name in weights.places:
        numbers = weights.read(name)
        parts = name.split(".")
        if parts[0] != "blk":
            found[f"{outside[parts[0]]}.weight"] = torch.from_numpy(numbers)
            continue
        if not shape.halves and parts[2] in ("attn_q", "attn_k"):
            numbers = to_halves(numbers, shape.heads if parts[2] == "attn_q" else shape.kv_heads)
        found[f"model.layers.{parts[1]}.{inside[parts[2]]}.{parts[3]}"] = torch.from_numpy(numbers.copy())
    return found


def test_an_adapter_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackUnusable, match="cannot be read"):
        read_adapter("x", b"rubbish")
    path = write_base(tmp_path, "llama")
    with pytest.raises(PackUnusable, match="none that was taught here"):
        read_adapter("x", path.read_bytes())
    model, shape = opened(path)
    body = gguf_adapter(lora_arrays(model), about(shape, ALPHA, RANK, "base", "0" * 64), "learned")
    for at in range(40, len(body) - 1, 997):
        with pytest.raises(PackUnusable):
            read_adapter("x", body[:at])
