"""What a config means: a model's sizes, the values of its GGUF header, and every tensor that is wanted."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.packs.manifest import printable
from engine.runtimes.convert.config import MOST_CONTEXT, MOST_LAYERS, MOST_WIDTH, MOST_WORDS, Config
from engine.runtimes.convert.families import FAMILIES, WRITES, Family, Place
from engine.runtimes.convert.rope import rope_of


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
