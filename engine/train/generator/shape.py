"""The shape of a generator that can be taught: what its header says, or why it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from engine.errors import GgufUnusable
from engine.runtimes.gguf.header import Header

HALVES = {"llama": False, "qwen2": True, "qwen3": True}
"""Architectures that can be taught, and whether their rotary positions turn a head's halves against each other or its
neighbours."""
PRODUCTS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
"""Linear layers of a block, by their names in the file."""
_BLOCK = re.compile(r"blk\.(\d+)\.(\w+)\.(weight|bias)")
_NORMS = ("attn_norm", "ffn_norm")
_HEAD_NORMS = ("attn_q_norm", "attn_k_norm")
_OUTSIDE = {"token_embd.weight", "output_norm.weight", "output.weight", "rope_freqs.weight"}


class Shape(Struct, frozen=True):
    """`head` is the width of one head, `inner` of the feed-forward part; `tied` means that the tokens' vectors are the
    output matrix too."""

    architecture: str
    layers: int
    width: int
    heads: int
    kv_heads: int
    head: int
    inner: int
    vocabulary: int
    context: int
    rope_base: float
    rope_scale: float
    epsilon: float
    tied: bool
    head_norms: bool

    @property
    def halves(self) -> bool:
        return HALVES[self.architecture]

    def product(self, name: str) -> tuple[int, int]:
        """(outputs, inputs) of a linear layer."""
        queries, keys = self.heads * self.head, self.kv_heads * self.head
        return {
            "attn_q": (queries, self.width),
            "attn_k": (keys, self.width),
            "attn_v": (keys, self.width),
            "attn_output": (self.width, queries),
            "ffn_gate": (self.inner, self.width),
            "ffn_up": (self.inner, self.width),
            "ffn_down": (self.width, self.inner),
        }[name]

    @property
    def block_numbers(self) -> int:
        """Weights of one block's linear layers."""
        return sum(rows * columns for rows, columns in map(self.product, PRODUCTS))

    @property
    def table_numbers(self) -> int:
        """Weights of the tokens' vectors and, where it is another, of the output matrix."""
        return self.vocabulary * self.width * (1 if self.tied else 2)

    def lora_numbers(self, rank: int) -> int:
        return self.layers * rank * sum(sum(self.product(name)) for name in PRODUCTS)


def shape_of(header: Header) -> Shape:
    """The shape of a file whose facts were checked (engine/runtimes/gguf/facts.py).

    Raises:
        GgufUnusable: it has parts that cannot be taught here.
    """
    values, tensors = header.values, {one.name: one.shape for one in header.tensors}
    architecture = str(values.get("general.architecture", ""))

    def bad(reason: str) -> GgufUnusable:
        return GgufUnusable(path=header.path, reason=f"it cannot be taught or merged: {reason}")

    if architecture not in HALVES:
        raise bad(f"its architecture is {architecture}, and {', '.join(HALVES)} are supported.")

    def number(key: str, default: float | None = None) -> float:
        found = values.get(f"{architecture}.{key}", default)
        if isinstance(found, bool) or not isinstance(found, int | float) or found <= 0:
            raise bad(f"its header has no usable number “{architecture}.{key}”.")
        return found

    if values.get(f"{architecture}.expert_count", 0):
        raise bad("it is a mixture of experts.")
    width, heads = int(number("embedding_length")), int(number("attention.head_count"))
    head = int(number("attention.key_length", width // heads))
    if values.get(f"{architecture}.attention.value_length", head) != head:
        raise bad("its keys and values differ in width.")
    if values.get(f"{architecture}.rope.dimension_count", head) != head or head % 2:
        raise bad("its positions turn a part of each head alone.")
    scaling = values.get(f"{architecture}.rope.scaling.type", "none")
    if scaling not in ("none", "linear"):
        raise bad(f"its positions are scaled by the method {scaling}.")
    factor = number("rope.scaling.factor", 1.0) if scaling == "linear" else 1.0
    shape = Shape(
        architecture=architecture,
        layers=int(number("block_count")),
        width=width,
        heads=heads,
        kv_heads=int(number("attention.head_count_kv", heads)),
        head=head,
        inner=int(number("feed_forward_length")),
        vocabulary=tensors["token_embd.weight"][1],
        context=int(number("context_length")),
        rope_base=number("rope.freq_base", 10_000.0),
        rope_scale=1.0 / factor,
        epsilon=number("attention.layer_norm_rms_epsilon"),
        tied="output.weight" not in tensors,
        head_norms="blk.0.attn_q_norm.weight" in tensors,
    )
    if shape.heads % shape.kv_heads:
        raise bad(f"its {shape.heads} heads do not share {shape.kv_heads} heads of keys evenly.")
    _check_tensors(shape, tensors, bad)
    return shape


def _check_tensors(shape: Shape, tensors: dict[str, tuple[int, ...]], bad: Callable[[str], GgufUnusable]) -> None:
    for layer in range(shape.layers):
        for name in (*PRODUCTS, *_NORMS, *(_HEAD_NORMS if shape.head_norms else ())):
            full = f"blk.{layer}.{name}.weight"
            if full not in tensors:
                raise bad(f"its tensor {full} is missing.")
            if name in PRODUCTS and tensors[full] != tuple(reversed(shape.product(name))):
                raise bad(f"its tensor {full} has another shape than its header says.")
    for full in tensors:
        found = _BLOCK.fullmatch(full)
        part = found.group(2) if found is not None else ""
        known = part in PRODUCTS or (part in (*_NORMS, *_HEAD_NORMS) and full.endswith(".weight"))
        if full not in _OUTSIDE and not known:
            raise bad(f"it has a part that is not known here ({full}).")
