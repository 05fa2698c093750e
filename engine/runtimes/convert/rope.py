"""Positions: the rotary base and what stretches it, as GGUF values and tables of factors.

Sources: transformers, modeling_rope_utils.py; llama.cpp, llama-model.cpp (which keys it reads).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.runtimes.convert.config import MOST_CONTEXT, Config


class Rope(Struct):
    """`values` are keys behind the architecture's name; `tables` are further tensors."""

    values: dict[str, Any]
    tables: dict[str, NDArray[np.float32]]


def rope_of(config: Config, head: int, stretches: tuple[str, ...], *, local: bool) -> Rope:
    """How positions are turned.

    Args:
        head: width of a head.
        stretches: the kinds of stretching that llama.cpp knows for this family.
        local: layers with a window have a base of their own.
    Raises:
        GgufUnusable: a kind of stretching that cannot be expressed.
    """
    nested = config.part("rope_parameters")
    scaling = nested.part("full_attention") if "full_attention" in nested else nested
    if not scaling.values:
        scaling = config.part("rope_scaling")
    base = scaling.real("rope_theta", config.real("rope_theta", 10_000.0))
    turned = int(head * (scaling if "partial_rotary_factor" in scaling else config).real("partial_rotary_factor", 1.0))
    if not 2 <= turned <= head or turned % 2:
        raise config.folder.bad(f"its config.json turns {turned} of {head} numbers of a head, which cannot be.")
    found = Rope({"rope.dimension_count": turned, "rope.freq_base": base}, {})
    if local:
        own = nested.part("sliding_attention").real("rope_theta", config.real("rope_local_base_freq", 10_000.0))
        found.values["rope.freq_base_swa"] = own
    kind = scaling.text("rope_type", scaling.text("type", "default")).lower()
    kind = "longrope" if kind == "su" else kind
    if kind in ("default", "dynamic"):  # dynamic stretches nothing within the context that is taught
        return found
    if kind not in stretches:
        raise config.folder.bad(
            f"its config.json stretches positions by “{kind}”, which llama.cpp does not do for this family."
        )
    if kind == "linear":
        found.values |= {"rope.scaling.type": "linear", "rope.scaling.factor": scaling.real("factor")}
    elif kind == "yarn":
        _yarn(found, config, scaling)
    elif kind == "llama3":
        found.tables["rope_freqs.weight"] = _llama3(scaling, base, turned)
    else:
        _long(found, config, scaling, turned)
    return found


def _llama3(scaling: Config, base: float, turned: int) -> NDArray[np.float32]:
    """What each frequency is divided by: long waves by the factor, short ones by 1, those between by a mix."""
    factor = scaling.real("factor")
    low, high = scaling.real("low_freq_factor"), scaling.real("high_freq_factor")
    taught = scaling.number("original_max_position_embeddings", MOST_CONTEXT)
    if high <= low:
        raise scaling.folder.bad("its config.json has a high_freq_factor that is not above its low_freq_factor.")
    waves = 2 * math.pi * base ** (np.arange(0, turned, 2) / turned)
    mix = np.clip((taught / waves - low) / (high - low), 0, 1)  # 0 for long waves, 1 for short ones
    return (1 / ((1 - mix) / factor + mix)).astype(np.float32)


def _yarn(found: Rope, config: Config, scaling: Config) -> None:
    for key in ("attention_factor", "mscale", "mscale_all_dim"):
        if key in scaling:
            raise config.folder.bad(
                f"its config.json stretches positions by yarn with “{key}”, which is not supported."
            )
    found.values |= {
        "rope.scaling.type": "yarn",
        "rope.scaling.factor": scaling.real("factor"),
        "rope.scaling.original_context_length": _taught(config, scaling),
        "rope.scaling.yarn_beta_fast": scaling.real("beta_fast", 32.0),
        "rope.scaling.yarn_beta_slow": scaling.real("beta_slow", 1.0),
    }


def _long(found: Rope, config: Config, scaling: Config, turned: int) -> None:
    """Two tables of factors, for contexts up to what was taught first and for longer ones."""
    for key in ("long_mscale", "short_mscale"):
        if key in scaling:
            raise config.folder.bad(f"its config.json stretches positions with “{key}”, which is not supported.")
    taught = _taught(config, scaling)
    stretch = scaling.real("factor", 1.0)
    if "factor" not in scaling:
        stretch = config.number("max_position_embeddings", MOST_CONTEXT) / taught
    louder = math.sqrt(1 + math.log(stretch) / math.log(taught)) if stretch > 1 else 1.0
    found.values |= {
        "rope.scaling.original_context_length": taught,
        "rope.scaling.attn_factor": scaling.real("attention_factor", louder),
    }
    for name in ("long", "short"):
        table = scaling.reals(f"{name}_factor", turned // 2)
        found.tables[f"rope_factors_{name}.weight"] = np.array(table, np.float32)


def _taught(config: Config, scaling: Config) -> int:
    key = "original_max_position_embeddings"
    where = scaling if key in scaling else config
    return where.number(key, MOST_CONTEXT, config.number("max_position_embeddings", MOST_CONTEXT))
