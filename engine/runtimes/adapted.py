"""An encoder with a skill's own top: the bundled trunk, and upper layers changed by what was taught.

`adapter.npz` holds what was taught, by product of a layer (“layer.4.qkv” and so on):

- `.down` and `.up`, float16: LoRA; their product is added to the weight.
- `.change` int8 with `.change_steps`: what full fine-tuning changed, one scale per output; with `.bias` and the norms.
- `prefix.key` and `prefix.value`, float16 (places, 384), per layer: keys and values before every text.
- `.low` and `.high`, float32: ranges of what goes into the product, for its 8 bits.
- `wide`, uint8: serve in fp32, because 8 bits lost too much (or because of a prefix).

The changed weights are quantised when a skill is opened, which takes a few hundredths of a second, so a stored skill
stays small and a loaded one costs its 5 MB of weights.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.packs.verify import read_pack
from engine.runtimes.encoder import Encoder, open_session
from engine.runtimes.top_weights import (
    NORMS,
    PREFIX,
    PRODUCTS,
    SHAPES,
    WIDTH,
    Layer,
    Ranges,
    base_layers,
    layer_numbers,
    quantised,
    read_arrays,
    read_places,
    wide,
    with_arrays,
)

ADAPTER_FILE = "adapter.npz"
MOST_ADAPTER_BYTES = 64 << 20
MOST_RANK = 256

Adapter = Mapping[str, NDArray[Any]]


def read_adapter(name: str, body: bytes) -> dict[str, NDArray[Any]]:
    """The arrays of an adapter file, checked: known names, fitting shapes, finite numbers.

    Raises:
        PackUnusable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_ADAPTER_BYTES:
                raise ValueError("it unpacks to too many bytes")
        with np.load(io.BytesIO(body), allow_pickle=False) as stored:
            arrays = {key: np.asarray(stored[key]) for key in stored.files}
    except (ValueError, OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise PackUnusable(name=name, reason=f"its adapter is damaged ({error}).") from error
    problem = _problem(arrays)
    if problem:
        raise PackUnusable(name=name, reason=f"its adapter {problem}.")
    return arrays


def open_adapted(base: Encoder, adapter: Adapter, name: str, *, beside: bool = False) -> Encoder:
    """The encoder of a skill: it shares the trunk of `base`.

    Args:
        beside: its vectors are those of `base` followed by its own, (texts, 768).
    Raises:
        PackUnusable: the bundled encoder is not the one its manifest names, or the top does not load.
    """
    as_wide = is_wide(adapter)
    graph = "wide.onnx" if as_wide else "top.onnx"
    _manifest, files = read_pack(base.trunk.folder, ("top.onnx", "top.json", graph))
    places = read_places(files["top.json"])
    layers = changed_layers(base_layers(read_arrays(files["top.onnx"], places)), adapter)
    try:
        if as_wide:
            weights: dict[str, NDArray[np.float32]] = {}
            for number, layer in layers.items():
                weights |= wide(number, layer, prefix_of(adapter, number))
            session = open_session(files[graph], base.threads, weights)
        else:
            arrays: dict[str, NDArray[Any]] = {}
            for number, layer in layers.items():
                if any(f"layer.{number}.{product}.low" in adapter for product in PRODUCTS):
                    arrays |= quantised(number, layer, ranges_of(adapter, number))
            session = open_session(with_arrays(files[graph], places, arrays), base.threads)
    except Exception as error:  # onnxruntime raises bare Exception subclasses of its own
        raise PackUnusable(name=name, reason=f"its adapter does not load ({error}).") from error
    return Encoder(base.trunk, session, name=name, beside=base if beside else None)


def is_wide(adapter: Adapter) -> bool:
    return bool(adapter.get("wide", np.zeros(1, np.uint8)).any()) or any(".prefix." in key for key in adapter)


def changed_layers(layers: Mapping[int, Layer], adapter: Adapter) -> dict[int, Layer]:
    """The top's fp32 weights with what was taught added."""
    found = {}
    for number, layer in layers.items():
        weights, biases, norms = dict(layer.weights), dict(layer.biases), dict(layer.norms)
        for product in PRODUCTS:
            at = f"layer.{number}.{product}."
            if at + "down" in adapter:
                change = adapter[at + "down"].astype(np.float32) @ adapter[at + "up"].astype(np.float32)
                weights[product] = weights[product] + change
            if at + "change" in adapter:
                weights[product] = weights[product] + adapter[at + "change"] * adapter[at + "change_steps"]
            if at + "bias" in adapter:
                biases[product] = adapter[at + "bias"].astype(np.float32)
        for norm in NORMS:
            at = f"layer.{number}.{norm}."
            if at + "weight" in adapter:
                norms[norm] = (adapter[at + "weight"].astype(np.float32), adapter[at + "bias"].astype(np.float32))
        found[number] = Layer(weights, biases, norms)
    return found


def ranges_of(adapter: Adapter, number: int) -> dict[str, Ranges]:
    """Ranges of what goes into each product of a layer."""
    keys = {product: f"layer.{number}.{product}." for product in PRODUCTS}
    return {product: Ranges(adapter[at + "low"], adapter[at + "high"]) for product, at in keys.items()}


def prefix_of(adapter: Adapter, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
    """Keys and values of a layer's prefix, float32 (places, 384), or None."""
    key = adapter.get(f"layer.{number}.prefix.key")
    if key is None:
        return None
    return key.astype(np.float32), adapter[f"layer.{number}.prefix.value"].astype(np.float32)


def _problem(arrays: Adapter) -> str:
    """Why the arrays are no adapter, or an empty string."""
    numbers = layer_numbers()
    known: dict[str, tuple[int, ...]] = {}
    pairs: list[tuple[str, str]] = []
    for number in numbers:
        for product, (inputs, outputs) in SHAPES.items():
            at = f"layer.{number}.{product}."
            known |= {at + "change": (inputs, outputs), at + "change_steps": (outputs,), at + "bias": (outputs,)}
            known |= {at + "low": (inputs,), at + "high": (inputs,)}
            pairs += [(at + "down", at + "up"), (at + "change", at + "change_steps"), (at + "low", at + "high")]
        for norm in NORMS:
            at = f"layer.{number}.{norm}."
            known |= {at + "weight": (WIDTH,), at + "bias": (WIDTH,)}
            pairs.append((at + "weight", at + "bias"))
        pairs.append((f"layer.{number}.prefix.key", f"layer.{number}.prefix.value"))
    known["wide"] = (1,)
    for key, values in arrays.items():
        if values.dtype.kind not in "fiu":
            return f"holds “{key}”, which is no number"
        if not np.isfinite(values).all():
            return "holds numbers that are not finite"
        if key in known:
            if values.shape != known[key]:
                return f"has a “{key}” of another shape"
            continue
        at, _, part = key.rpartition(".")
        product = at.rpartition(".")[2]
        rows = {"down": 1, "up": 0, "key": 0, "value": 0}.get(part)
        if rows is None or values.ndim != 2 or key not in {one for pair in pairs for one in pair}:
            return f"holds “{key}”, which is not known"
        fixed = WIDTH if product == "prefix" else SHAPES[product][rows if part == "up" else 0]
        fixed = SHAPES[product][1] if part == "up" else fixed
        most = PREFIX if product == "prefix" else MOST_RANK
        if values.shape[1 - rows] != fixed or not 1 <= values.shape[rows] <= most:
            return f"has a “{key}” of another shape"
    for first, second in pairs:
        if (first in arrays) != (second in arrays):
            return f"lacks “{first}” or “{second}”"
    for number in numbers:
        for product in PRODUCTS:
            at = f"layer.{number}.{product}."
            if at + "down" in arrays and arrays[at + "down"].shape[1] != arrays[at + "up"].shape[0]:
                return f"has a “{at}down” that does not fit its “up”"
        present = [f"layer.{number}.{product}.low" in arrays for product in PRODUCTS]
        if any(present) and not all(present):
            return f"lacks ranges of layer {number}"
        if not any(present) and any(key.startswith(f"layer.{number}.") for key in arrays) and not is_wide(arrays):
            return f"lacks ranges of layer {number}"
    return ""
