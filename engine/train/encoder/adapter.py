"""What was taught as arrays: small, in half precision, with the ranges that its 8 bits need."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.runtimes.top_weights import NORMS
from engine.train.encoder.layers import Block, Product, Top
from engine.train.encoder.states import States

RANGE_TEXTS = 400

Arrays = dict[str, NDArray[Any]]


def adapter_arrays(top: Top, states: States, rows: NDArray[np.int64], *, wide: bool = False) -> Arrays:
    """What `engine/runtimes/adapted.py` opens.

    Args:
        rows: texts to measure ranges on; at most `RANGE_TEXTS` of them are used.
        wide: serve in fp32.
    """
    top.eval().to("cpu")
    watch_ranges(top, states, rows)
    arrays: Arrays = {}
    for name, product in top.products():
        arrays |= _taught(name, product)
        assert product.watched is not None
        arrays |= {f"{name}.low": product.watched.low, f"{name}.high": product.watched.high}
    for number, block in zip(top.numbers, top.blocks, strict=True):
        assert isinstance(block, Block)
        if block.key is not None and block.value is not None:
            arrays[f"layer.{number}.prefix.key"] = _half(block.key)
            arrays[f"layer.{number}.prefix.value"] = _half(block.value)
        if block.norms["norm1_weight"].requires_grad:
            for norm in NORMS:
                for part in ("weight", "bias"):
                    arrays[f"layer.{number}.{norm}.{part}"] = block.norms[f"{norm}_{part}"].detach().numpy().copy()
    if wide:
        arrays["wide"] = np.ones(1, dtype=np.uint8)
    return arrays


def watch_ranges(top: Top, states: States, rows: NDArray[np.int64]) -> None:
    """Let texts pass one by one, so that no padding widens a range."""
    chosen = rows[np.linspace(0, len(rows) - 1, min(RANGE_TEXTS, len(rows))).astype(np.int64)]
    for _name, product in top.products():
        product.watching, product.watched = True, None
    try:
        with torch.no_grad():
            for row in chosen:
                top(states.batch(np.asarray([row])).states.to("cpu"), None)
    finally:
        for _name, product in top.products():
            product.watching = False


def adapter_file(arrays: Arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _taught(name: str, product: Product) -> Arrays:
    if product.down is not None and product.up is not None:
        down, up = product.down.detach(), product.up.detach() * product.scale
        if product.sizes is not None:
            kept = product.get_buffer("kept").bool()
            down, up = down[:, kept] * product.sizes.detach()[kept], up[kept]
            if not bool(kept.any()):
                down, up = torch.zeros(len(down), 1), torch.zeros(1, up.shape[1])
        return {f"{name}.down": _half(down), f"{name}.up": _half(up)}
    if product.weight.requires_grad:
        change = (product.weight.detach() - product.start()).numpy()
        steps = np.maximum(np.abs(change).max(axis=0), 1e-12).astype(np.float32) / np.float32(127.0)
        return {
            f"{name}.change": np.rint(change / steps).astype(np.int8),
            f"{name}.change_steps": steps,
            f"{name}.bias": product.bias.detach().numpy().copy(),
        }
    return {}


def _half(values: torch.Tensor) -> NDArray[np.float16]:
    return values.detach().numpy().astype(np.float16)
