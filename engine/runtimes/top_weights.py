"""The weights of the encoder's upper layers: names, shapes, and the way from fp32 to the 8 bits of `top.onnx`.

The encoder is cut in two (packaging/models/encoder_split.py): a trunk that every skill shares, and a top of three
layers. A taught skill changes the top's weights, so the top's file is opened with other bytes in the places that
`top.json` lists. Everything here is numpy; no ONNX library is needed.

Products of a layer, each (inputs, outputs): `qkv` 384 x 1152, `out` 384 x 384, `inner` 384 x 1536, `outer` 1536 x 384.

8 bits with fixed ranges, as in packaging/models/encoder_quantise.py: large channels before `qkv` and `inner` are
divided down (`even`) and the weight rows multiplied up (SmoothQuant, Xiao et al. 2023); the few columns after Gelu that
are far larger than the rest are computed in fp32 beside the product (LLM.int8(), Dettmers et al. 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

WIDTH, INNER_WIDTH, HEADS, LAYERS = 384, 1536, 12, 6
LOWER = 3  # layers of the trunk; the top has the others
FEW = 8  # columns after Gelu that are computed in fp32
PREFIX = 16  # places for a prefix in the wide top
CHANNEL_RANGE, GELU_RANGE = 3.5, 7.0
PRODUCTS = ("qkv", "out", "inner", "outer")
SHAPES = {
    "qkv": (WIDTH, 3 * WIDTH),
    "out": (WIDTH, WIDTH),
    "inner": (WIDTH, INNER_WIDTH),
    "outer": (INNER_WIDTH, WIDTH),
}
NORMS = ("norm1", "norm2")
HIDDEN = -1e9  # added to the score of a place that must not be seen

Array = NDArray[np.float32]
Arrays = dict[str, NDArray[Any]]


class Place(Struct, frozen=True):
    """Where a weight's bytes stand in `top.onnx`; `type` is numpy's name of the number type."""

    at: int
    shape: tuple[int, ...]
    type: str


class Layer(NamedTuple):
    """One layer in fp32: `weights` (inputs, outputs) and `biases` (outputs,) by product, norms by name."""

    weights: dict[str, Array]
    biases: dict[str, Array]
    norms: dict[str, tuple[Array, Array]]


class Ranges(NamedTuple):
    """Lowest and highest value of each channel that goes into a product, float32 (inputs,)."""

    low: Array
    high: Array


def layer_numbers() -> range:
    """The layers of the top."""
    return range(LOWER, LAYERS)


def read_places(table: bytes) -> dict[str, Place]:
    return msgspec.json.decode(table, type=dict[str, Place])


def read_arrays(body: bytes, places: Mapping[str, Place]) -> Arrays:
    """Every weight of a top's file, as views into `body`."""
    return {
        name: np.frombuffer(body, np.dtype(place.type), int(np.prod(place.shape)), place.at).reshape(place.shape)
        for name, place in places.items()
    }


def with_arrays(body: bytes, places: Mapping[str, Place], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The top's file with other weights in their places.

    Raises:
        ValueError: a weight has another shape or type than its place.
    """
    changed = bytearray(body)
    for name, values in arrays.items():
        place = places[name]
        if values.shape != place.shape or values.dtype.str != place.type:
            raise ValueError(f"{name} is {values.dtype.str} {values.shape}, not {place.type} {place.shape}")
        raw = np.ascontiguousarray(values).tobytes()
        changed[place.at : place.at + len(raw)] = raw
    return bytes(changed)


def base_layers(arrays: Mapping[str, NDArray[Any]]) -> dict[int, Layer]:
    """The top's weights in fp32, out of their 8 bits, as every skill starts from them."""
    layers = {}
    for number in layer_numbers():
        at = f"layer.{number}."
        weights = {}
        for name in PRODUCTS:
            values = arrays[f"{at}{name}.bits"].astype(np.float32) * arrays[f"{at}{name}.steps"]
            if name in ("qkv", "inner"):
                values *= arrays[f"{at}{name}.even"][:, None]  # rows were multiplied up by as much
            weights[name] = values
        _put_few_back(weights, arrays, at)
        biases = {name: np.array(arrays[f"{at}{name}.bias"]) for name in PRODUCTS}
        norms = {name: (np.array(arrays[f"{at}{name}.weight"]), np.array(arrays[f"{at}{name}.bias"])) for name in NORMS}
        layers[number] = Layer(weights, biases, norms)
    return layers


def _put_few_back(weights: dict[str, Array], arrays: Mapping[str, NDArray[Any]], at: str) -> None:
    """Rows of `outer` that were taken out for the product in fp32 are the ones without any bit, in the same order."""
    empty = np.flatnonzero(~arrays[at + "outer.bits"].any(axis=1))
    used = np.flatnonzero(arrays[at + "few_in"].any(axis=0))
    weights["outer"][empty[: len(used)]] = arrays[at + "few_out"][used]


def quantised(number: int, layer: Layer, ranges: Mapping[str, Ranges]) -> Arrays:
    """The 8-bit weights of one layer, by their names in the top's file.

    Args:
        number: of the layer, 3 to 5.
        ranges: by product, measured on texts like those that will be asked.
    """
    at = f"layer.{number}."
    found: Arrays = {}
    for name in PRODUCTS:
        weight = layer.weights[name].copy()
        low, high = np.minimum(ranges[name].low, 0), np.maximum(ranges[name].high, 0)
        if name in ("qkv", "inner"):
            divisor = np.maximum(1.0, np.maximum(-low, high) / CHANNEL_RANGE).astype(np.float32)
            weight *= divisor[:, None]
            low, high = low / divisor, high / divisor
            found[f"{at}{name}.even"] = (1.0 / divisor).astype(np.float32)
        elif name == "outer":
            few = _few(np.maximum(-low, high))
            found |= _beside(at, layer, few)
            weight[few] = 0.0
            low, high = np.delete(low, few), np.delete(high, few)
        found |= {f"{at}{name}.{part}": values for part, values in _product(weight, low, high).items()}
        found[f"{at}{name}.bias"] = layer.biases[name].astype(np.float32)
    for name in NORMS:
        found[f"{at}{name}.weight"], found[f"{at}{name}.bias"] = layer.norms[name]
    return found


def _few(largest: Array) -> NDArray[np.int64]:
    above = np.flatnonzero(largest > GELU_RANGE)
    return np.sort(above[np.argsort(-largest[above], kind="stable")[:FEW]])


def _beside(at: str, layer: Layer, few: NDArray[np.int64]) -> Arrays:
    room = FEW - len(few)
    return {
        at + "few_in": np.pad(layer.weights["inner"][:, few], ((0, 0), (0, room))),
        at + "few_bias": np.pad(layer.biases["inner"][few], (0, room)),
        at + "few_out": np.pad(layer.weights["outer"][few], ((0, room), (0, 0))),
    }


def _product(weight: Array, low: Array, high: Array) -> Arrays:
    bottom, top = float(low.min()), float(high.max())
    step = np.float32(max(top - bottom, 1e-6) / 255.0)
    steps = np.maximum(np.abs(weight).max(axis=0), 1e-12).astype(np.float32) / np.float32(127.0)
    return {
        "bits": np.clip(np.rint(weight / steps), -127, 127).astype(np.int8),
        "steps": steps,
        "step": np.asarray([step], dtype=np.float32),
        "zero": np.asarray([np.clip(round(-bottom / float(step)), 0, 255)], dtype=np.uint8),
    }


def wide_shapes(number: int) -> dict[str, tuple[int, ...]]:
    """Names and shapes of the weights that the wide top wants for a layer."""
    at = f"layer.{number}."
    shapes: dict[str, tuple[int, ...]] = {}
    for name, shape in SHAPES.items():
        shapes |= {f"{at}{name}.weight": shape, f"{at}{name}.bias": shape[1:]}
    for name in NORMS:
        shapes |= {f"{at}{name}.weight": (WIDTH,), f"{at}{name}.bias": (WIDTH,)}
    heads = (1, HEADS, PREFIX, WIDTH // HEADS)
    return shapes | {at + "prefix.key": heads, at + "prefix.value": heads, at + "prefix.hidden": (1, 1, 1, PREFIX)}


def wide(number: int, layer: Layer, prefix: tuple[Array, Array] | None) -> dict[str, Array]:
    """The fp32 weights of one layer, by their names in the wide top.

    Args:
        prefix: keys and values, each float32 (places, 384), at most `PREFIX` places; None hides all places.
    """
    at = f"layer.{number}."
    found: dict[str, Array] = {}
    for name in PRODUCTS:
        found |= {f"{at}{name}.weight": layer.weights[name], f"{at}{name}.bias": layer.biases[name]}
    for name in NORMS:
        found[f"{at}{name}.weight"], found[f"{at}{name}.bias"] = layer.norms[name]
    hidden = np.full((1, 1, 1, PREFIX), HIDDEN, dtype=np.float32)
    for part, values in zip(("key", "value"), prefix or (None, None), strict=True):
        full = np.zeros((PREFIX, WIDTH), dtype=np.float32)
        if values is not None:
            full[: len(values)] = values
            hidden[..., : len(values)] = 0.0
        heads = full.reshape(PREFIX, HEADS, WIDTH // HEADS).transpose(1, 0, 2)[None]
        found[f"{at}prefix.{part}"] = np.ascontiguousarray(heads)
    found[at + "prefix.hidden"] = hidden
    return found
