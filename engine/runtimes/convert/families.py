"""The families of models that can be turned into GGUF: what their tensors are called, and what their config means.

A family is a row of a table. Sources: llama.cpp (src/models/*.cpp, llama-arch.cpp) for what it reads, transformers
(models/*/modeling_*.py) for what the numbers mean.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.packs.manifest import printable
from engine.runtimes.convert.config import MOST_CONTEXT, MOST_LAYERS, MOST_WIDTH, MOST_WORDS, Config
from engine.runtimes.convert.rope import rope_of

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


class Model(Struct):
    """What a config means. `sizes` by the names used in `Place.sides`; `values` are keys behind the architecture's
    name; `tables` further tensors; `places` every tensor that is wanted, by the name it has behind the prefix. `tied`
    says whether the last matrix is the first one; None where the config leaves it to the family."""

    family: Family
    words: int
    head: int
    tied: bool | None
    sizes: dict[str, int]
    values: dict[str, Any]
    tables: dict[str, NDArray[np.float32]]
    places: dict[str, Place]


def read_model(config: Config) -> Model:
    """The model that a config describes.

    Raises:
        GgufUnusable: another family, or something in it that llama.cpp computes otherwise.
    """
    kind = config.text("model_type")
    family = FAMILIES.get(kind)
    if family is None:
        known = ", ".join(sorted({"llama", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gemma3", "phi3"}))
        raise config.folder.bad(
            f"its family is “{kind or 'not named'}”; these can be turned into a generator: {known}."
        )
    listed = config.values.get("architectures")
    made = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], str) else WRITES[0]
    if made not in WRITES:
        raise config.folder.bad(f"it is a {printable(made)}, which does not write texts.")
    if "quantization_config" in config:
        how = config.part("quantization_config").text("quant_method", "in its own way")
        raise config.folder.bad(f"its weights are packed already ({how}); take the model as it was before.")
    inner = config.part("text_config") if kind == "gemma3" else config
    inner = Config(config.folder, {**family.defaults, **inner.values})
    return _model(family, kind, inner, config)


def _model(family: Family, kind: str, config: Config, outer: Config) -> Model:
    width = config.number("hidden_size", MOST_WIDTH)
    heads = config.number("num_attention_heads", MOST_WIDTH)
    kv_heads = config.number("num_key_value_heads", heads, heads)
    head = config.number("head_dim", MOST_WIDTH, family.head or width // heads)
    inner = config.number("intermediate_size", MOST_WIDTH * 16)
    layers = config.number("num_hidden_layers", MOST_LAYERS)
    words = config.number("vocab_size", MOST_WORDS)
    if heads % kv_heads or head % 2:
        raise config.folder.bad(
            f"its config.json has {heads} heads of {head} numbers and {kv_heads} of keys, which cannot be."
        )
    act = config.text("hidden_activation") or config.text("hidden_act", family.acts[0])
    if act not in family.acts:
        raise config.folder.bad(f"its config.json names the activation “{act}”; llama.cpp computes {family.acts[0]}.")
    rope = rope_of(config, head, family.stretches, local=family.architecture == "gemma3")
    values = {
        "vocab_size": words,
        "context_length": config.number("max_position_embeddings", MOST_CONTEXT),
        "embedding_length": width,
        "block_count": layers,
        "feed_forward_length": inner,
        "attention.head_count": heads,
        "attention.head_count_kv": kv_heads,
        "attention.key_length": head,
        "attention.value_length": head,
        "attention.layer_norm_rms_epsilon": config.real("rms_norm_eps", 1e-6),
        **rope.values,
    }
    _add_window(values, family, kind, config, layers)
    if family.architecture in ("gemma2", "gemma3"):
        _add_gemma(values, family, config, width, heads, head, layers)
    sizes = {
        "width": width, "words": words, "inner": inner, "inner2": 2 * inner, "head": head, "queries": heads * head,
        "keys": kv_heads * head, "fused": (heads + 2 * kv_heads) * head,
    }  # fmt: skip
    said = outer.values.get("tie_word_embeddings", config.values.get("tie_word_embeddings"))
    tied = said if isinstance(said, bool) else None
    if tied is False and family.architecture in ("gemma", "gemma2"):
        raise config.folder.bad(
            "its config.json has a last matrix of its own, which llama.cpp does not for its family."
        )
    return Model(family, words, head, tied, sizes, values, rope.tables, _places(family, layers))


def _places(family: Family, layers: int) -> dict[str, Place]:
    first = Place("embed_tokens.weight", "token_embd.weight", ("words", "width"))
    found = {first.source: first}
    for number in range(layers):
        for one in family.layer:
            name = f"layers.{number}.{one.source}"
            found[name] = Place(name, f"blk.{number}.{one.target}", one.sides, one.change, one.optional)
    found["norm.weight"] = Place("norm.weight", "output_norm.weight", ("width",), family.norms)
    return found


def _add_window(values: dict[str, Any], family: Family, kind: str, config: Config, layers: int) -> None:
    """A sliding window: expressed for Gemma; for the others the context ends where it would begin to matter."""
    listed = config.values.get("layer_types")
    kinds = listed if isinstance(listed, list) and len(listed) == layers else None
    if "sliding_window" not in config:
        return
    window = config.number("sliding_window", MOST_CONTEXT)
    if family.window == "layers":
        values["attention.sliding_window"] = window
        if kinds is not None:
            values["attention.sliding_window_pattern"] = _pattern(config, kinds)
        elif "sliding_window_pattern" in config:
            values["attention.sliding_window_pattern"] = config.number("sliding_window_pattern", MOST_LAYERS)
        return
    if kind.startswith("qwen") and not config.flag("use_sliding_window", False):
        return
    if kinds is None or "sliding_attention" in kinds:
        values["context_length"] = min(values["context_length"], window)


def _pattern(config: Config, kinds: list[Any]) -> int:
    """Every how many layers one looks at everything."""
    every = kinds.index("full_attention") + 1 if "full_attention" in kinds else len(kinds) + 1
    wanted = ["full_attention" if not (at + 1) % every else "sliding_attention" for at in range(len(kinds))]
    if kinds != wanted:
        raise config.folder.bad("its config.json mixes layers with and without a window in no regular order.")
    return every


def _add_gemma(
    values: dict[str, Any], family: Family, config: Config, width: int, heads: int, head: int, layers: int
) -> None:
    if config.flag("use_bidirectional_attention", False):
        raise config.folder.bad("it reads texts in both directions and writes none.")
    second = family.architecture == "gemma2"
    for key in ("sliding_window", "attn_logit_softcapping", "final_logit_softcapping") if second else ():
        if key not in config and key in config.values:
            raise config.folder.bad(f"its config.json turns “{key}” off; llama.cpp cannot for this family.")
    if second:
        values["attn_logit_softcapping"] = config.real("attn_logit_softcapping", 50.0)
        values["final_logit_softcapping"] = config.real("final_logit_softcapping", 30.0)
    elif "attn_logit_softcapping" in config:
        raise config.folder.bad("its config.json has “attn_logit_softcapping”; llama.cpp has none for this family.")
    elif "final_logit_softcapping" in config:
        values["final_logit_softcapping"] = config.real("final_logit_softcapping")
    # llama.cpp takes the scale of the scores from the size of the model; the largest of both families differ.
    largest = layers == (46 if second else 62)
    scale = config.real("query_pre_attn_scalar", 256.0)
    wanted = width // heads if largest else head
    if not math.isclose(scale, wanted):
        raise config.folder.bad(f"its config.json says “query_pre_attn_scalar”: {scale:g}; llama.cpp takes {wanted}.")
