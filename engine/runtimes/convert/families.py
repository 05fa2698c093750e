"""The families of models that can be turned into GGUF, each a row of a table: what their tensors are called.

Sources: llama.cpp (src/models/*.cpp, llama-arch.cpp) for what it reads, transformers (models/*/modeling_*.py) for what
the numbers mean.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

TURN, PLUS_ONE = "turn", "plus one"


class Place(Struct, frozen=True):
    """Where a tensor goes. `sides` name sizes, rows first; `change` is TURN (rows of each head in llama.cpp's order),
    PLUS_ONE (norms that are kept less one) or empty."""

    source: str
    target: str
    sides: tuple[str, ...]
    change: str = ""
    optional: bool = False


class Family(Struct, frozen=True):
    """`tied` says whether the last matrix is the first one where the config says nothing; `window` what a sliding
    window does: "cut" the context to it, since llama.cpp looks at everything, or "layers" it is expressed."""

    architecture: str
    layer: tuple[Place, ...]
    stretches: tuple[str, ...] = ("linear",)
    tied: bool = False
    acts: tuple[str, ...] = ("silu",)
    norms: str = ""
    window: str = "cut"
    head: int = 0
    defaults: dict[str, Any] = {}


def _weights(*rows: tuple[str, str, str, str]) -> tuple[Place, ...]:
    return tuple(
        Place(f"{source}.weight", f"{target}.weight", (*out.split(),), change) for source, target, out, change in rows
    )


def _biases(*rows: tuple[str, str, str, str]) -> tuple[Place, ...]:
    return tuple(Place(f"{s}.bias", f"{t}.bias", (side,), change, optional=True) for s, t, side, change in rows)


def _attention(turn: str = "") -> tuple[Place, ...]:
    return _weights(
        ("self_attn.q_proj", "attn_q", "queries width", turn),
        ("self_attn.k_proj", "attn_k", "keys width", turn),
        ("self_attn.v_proj", "attn_v", "keys width", ""),
        ("self_attn.o_proj", "attn_output", "width queries", ""),
    ) + _biases(
        ("self_attn.q_proj", "attn_q", "queries", turn),
        ("self_attn.k_proj", "attn_k", "keys", turn),
        ("self_attn.v_proj", "attn_v", "keys", ""),
    )


_INNER = _weights(
    ("mlp.gate_proj", "ffn_gate", "inner width", ""),
    ("mlp.up_proj", "ffn_up", "inner width", ""),
    ("mlp.down_proj", "ffn_down", "width inner", ""),
)
_INNER_BIASES = _biases(
    ("self_attn.o_proj", "attn_output", "width", ""),
    ("mlp.gate_proj", "ffn_gate", "inner", ""),
    ("mlp.up_proj", "ffn_up", "inner", ""),
    ("mlp.down_proj", "ffn_down", "width", ""),
)
_NORMS = _weights(
    ("input_layernorm", "attn_norm", "width", ""),
    ("post_attention_layernorm", "ffn_norm", "width", ""),
)
_NORMS_LESS_ONE = tuple(Place(one.source, one.target, one.sides, PLUS_ONE) for one in _NORMS)
_FOUR_NORMS = _weights(
    ("input_layernorm", "attn_norm", "width", PLUS_ONE),
    ("post_attention_layernorm", "post_attention_norm", "width", PLUS_ONE),
    ("pre_feedforward_layernorm", "ffn_norm", "width", PLUS_ONE),
    ("post_feedforward_layernorm", "post_ffw_norm", "width", PLUS_ONE),
)


def _head_norms(change: str) -> tuple[Place, ...]:
    return _weights(
        ("self_attn.q_norm", "attn_q_norm", "head", change), ("self_attn.k_norm", "attn_k_norm", "head", change)
    )


_FUSED = _weights(
    ("self_attn.qkv_proj", "attn_qkv", "fused width", ""),
    ("self_attn.o_proj", "attn_output", "width queries", ""),
    ("mlp.gate_up_proj", "ffn_up", "inner2 width", ""),
    ("mlp.down_proj", "ffn_down", "width inner", ""),
)
_GELU = ("gelu_pytorch_tanh", "gelu")  # Gemma's "gelu" always meant the approximation by tanh
_LLAMA = Family("llama", _NORMS + _attention(TURN) + _INNER + _INNER_BIASES, ("linear", "llama3", "yarn"))
_GEMMA_2 = Family(
    "gemma2", _FOUR_NORMS + _attention() + _INNER, (), tied=True, acts=_GELU, norms=PLUS_ONE, window="layers", head=256,
    defaults={"sliding_window": 4096},
)  # fmt: skip
_GEMMA_3 = Family(
    "gemma3", _FOUR_NORMS + _attention() + _head_norms(PLUS_ONE) + _INNER, ("linear",), tied=True, acts=_GELU,
    norms=PLUS_ONE, window="layers", head=256,
    defaults={
        "vocab_size": 262_208, "num_attention_heads": 8, "num_key_value_heads": 4, "rms_norm_eps": 1e-6,
        "max_position_embeddings": 131_072, "rope_theta": 1e6, "sliding_window": 4096,
    },
)  # fmt: skip
FAMILIES = {
    "llama": _LLAMA,
    "mistral": _LLAMA,
    "qwen2": Family("qwen2", _NORMS + _attention() + _INNER, ("linear", "yarn")),
    "qwen3": Family("qwen3", _NORMS + _attention() + _head_norms("") + _INNER, ("linear", "yarn"), head=128),
    "gemma": Family("gemma", _NORMS_LESS_ONE + _attention() + _INNER, (), True, _GELU, PLUS_ONE, head=256),
    "gemma2": _GEMMA_2,
    "gemma3_text": _GEMMA_3,
    "gemma3": _GEMMA_3,
    "phi3": Family("phi3", _NORMS + _FUSED, ("longrope",)),
}
"""By the config's `model_type`."""
WRITES = (
    "LlamaForCausalLM", "LLaMAForCausalLM", "MistralForCausalLM", "Qwen2ForCausalLM", "Qwen3ForCausalLM",
    "GemmaForCausalLM", "Gemma2ForCausalLM", "Gemma3ForCausalLM", "Gemma3ForConditionalGeneration", "Phi3ForCausalLM",
)  # fmt: skip
PREFIXES = ("model.language_model.", "language_model.model.", "model.")
HEADS = ("lm_head.weight", "language_model.lm_head.weight")
LEFT_OUT = ("vision_tower.", "multi_modal_projector.", "model.vision_tower.", "model.multi_modal_projector.")
"""What looks at pictures; texts are written without it."""
