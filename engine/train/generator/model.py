"""A generator in plain PyTorch, with LoRA on its linear layers: Llama, Qwen 2 and Qwen 3.

Weights stand in the order of the GGUF file, so nothing is permuted on the way in, and what is learned goes into an
adapter for llama.cpp as it is. The base is frozen and may be kept as 16-bit numbers; what is learned, norms and losses
are 32-bit. Source of LoRA: Hu et al. 2021, arXiv 2106.09685.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

from engine.runtimes.gguf.weights import Weights
from engine.train.generator.shape import PRODUCTS, Shape

SCORES_AT_ONCE = 1 << 24
"""Numbers of the table of scores that are made at once: positions times vocabulary."""


class Learned(nn.Module):
    """A frozen linear layer, and beside it x A' B' (alpha / rank): A (rank, inputs), B (outputs, rank), B zero."""

    weight: Tensor
    bias: Tensor | None

    def __init__(self, weight: Tensor, bias: Tensor | None, rank: int, scale: float) -> None:
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        self.register_buffer("bias", bias, persistent=False)
        outputs, inputs = weight.shape
        self.lora_a = nn.Parameter(torch.empty(rank, inputs))
        self.lora_b = nn.Parameter(torch.zeros(outputs, rank))
        self.scale = scale

    def forward(self, x: Tensor) -> Tensor:
        """x (..., inputs) to (..., outputs)."""
        weight = self.weight if self.weight.dtype == x.dtype else self.weight.to(x.dtype)
        bias = None if self.bias is None else self.bias.to(x.dtype)
        added = functional.linear(functional.linear(x, self.lora_a.to(x.dtype)), self.lora_b.to(x.dtype))
        return functional.linear(x, weight, bias) + added * self.scale


class Norm(nn.Module):
    """RMSNorm, computed as 32-bit numbers."""

    weight: Tensor

    def __init__(self, weight: Tensor, epsilon: float) -> None:
        super().__init__()
        self.register_buffer("weight", weight.float(), persistent=False)
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        wide = x.float()
        scaled = wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + self.epsilon)
        return (scaled * self.weight).to(x.dtype)


def turn(x: Tensor, cos: Tensor, sin: Tensor, *, halves: bool) -> Tensor:
    """Rotate pairs of x (rows, heads, positions, head): neighbours, or a number of each half. As 32-bit numbers: with
    16, far positions would be told apart badly."""
    wide = x.float()
    if halves:
        first, second = wide.chunk(2, dim=-1)
        turned = torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)
    else:
        first, second = wide[..., 0::2], wide[..., 1::2]
        turned = torch.stack([first * cos - second * sin, first * sin + second * cos], dim=-1).flatten(-2)
    return turned.to(x.dtype)


class Block(nn.Module):
    """One layer. Names follow the file's."""

    attn_norm: nn.Module
    attn_output: nn.Module
    ffn_norm: nn.Module
    ffn_gate: nn.Module
    ffn_up: nn.Module
    ffn_down: nn.Module

    def __init__(self, shape: Shape, parts: dict[str, nn.Module]) -> None:
        super().__init__()
        self.shape = shape
        for name, part in parts.items():
            self.add_module(name, part)

    def _heads(self, name: str, x: Tensor, heads: int) -> Tensor:
        part: nn.Module = getattr(self, name)
        found: Tensor = part(x).view(*x.shape[:2], heads, self.shape.head)
        norm = getattr(self, f"{name}_norm", None)
        if norm is not None:
            found = norm(found)
        return found.transpose(1, 2)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """x (rows, positions, width) to the same; a position sees itself and those before it."""
        shape = self.shape
        seen = self.attn_norm(x)
        query = turn(self._heads("attn_q", seen, shape.heads), cos, sin, halves=shape.halves)
        key = turn(self._heads("attn_k", seen, shape.kv_heads), cos, sin, halves=shape.halves)
        value = self._heads("attn_v", seen, shape.kv_heads)
        mixed = functional.scaled_dot_product_attention(
            query, key, value, is_causal=True, enable_gqa=shape.kv_heads != shape.heads
        )
        x = x + self.attn_output(mixed.transpose(1, 2).flatten(2))
        seen = self.ffn_norm(x)
        added: Tensor = self.ffn_down(functional.silu(self.ffn_gate(seen)) * self.ffn_up(seen))
        return x + added


class Generator(nn.Module):
    """Tokens in, states or losses out.

    Attributes:
        spare: compute each layer twice instead of keeping its values for the way back.
    """

    embedding: Tensor
    output: Tensor
    factors: Tensor

    def __init__(
        self, shape: Shape, embedding: Tensor, output: Tensor, norm: Norm, factors: Tensor, blocks: list[Block],
        compute: torch.dtype,
    ) -> None:  # fmt: skip
        super().__init__()
        self.shape, self.compute, self.spare = shape, compute, False
        self.register_buffer("embedding", embedding, persistent=False)
        self.register_buffer("output", output, persistent=False)
        self.register_buffer("factors", factors, persistent=False)
        self.output_norm = norm
        self.blk = nn.ModuleList(blocks)

    def _turns(self, positions: int) -> tuple[Tensor, Tensor]:
        """Cosines and sines (positions, head / 2)."""
        device = self.embedding.device
        powers = torch.arange(0, self.shape.head, 2, dtype=torch.float32, device=device) / self.shape.head
        places = torch.arange(positions, dtype=torch.float32, device=device) * self.shape.rope_scale
        angles = torch.outer(places, self.shape.rope_base**-powers / self.factors)
        return angles.cos(), angles.sin()

    def states(self, tokens: Tensor) -> Tensor:
        """Tokens int64 (rows, positions) to normed states (rows, positions, width)."""
        x = functional.embedding(tokens, self.embedding).to(self.compute)
        cos, sin = self._turns(tokens.shape[1])
        for block in self.blk:
            if self.spare and torch.is_grad_enabled():
                x = checkpoint(block, x, cos, sin, use_reentrant=False)
            else:
                x = block(x, cos, sin)
        normed: Tensor = self.output_norm(x)
        return normed

    def logits(self, states: Tensor) -> Tensor:
        """States (..., width) to scores, float32 (..., vocabulary)."""
        return functional.linear(states, self.output.to(states.dtype)).float()

    def losses(self, states: Tensor, targets: Tensor) -> Tensor:
        """Nats of each target, float32 (kept,); the table of scores is never there as a whole.

        Args:
            states: (kept, width); targets: int64 (kept,).
        """
        step = max(1, SCORES_AT_ONCE // self.shape.vocabulary)
        found = []
        for at in range(0, len(targets), step):
            part, wanted = states[at : at + step], targets[at : at + step]
            if torch.is_grad_enabled() and len(targets) > step:
                found.append(checkpoint(self._part_losses, part, wanted, use_reentrant=False))
            else:
                found.append(self._part_losses(part, wanted))
        return torch.cat(found)

    def _part_losses(self, states: Tensor, targets: Tensor) -> Tensor:
        return functional.cross_entropy(self.logits(states), targets, reduction="none")

    def scored(self, states: Tensor, targets: Tensor) -> tuple[float, int]:
        """Nats of all targets together, and how many of them are the likeliest token; see `losses`."""
        step = max(1, SCORES_AT_ONCE // self.shape.vocabulary)
        nats, right = 0.0, 0
        for at in range(0, len(targets), step):
            scores, wanted = self.logits(states[at : at + step]), targets[at : at + step]
            nats += float(functional.cross_entropy(scores, wanted, reduction="none").cpu().double().sum())
            right += int((scores.argmax(-1) == wanted).sum())
        return nats, right

    # --- what is learned ----------------------------------------------------------------------------------------

    def learned(self) -> Iterator[tuple[str, Learned]]:
        """The linear layers by their names in the file, such as blk.0.attn_q."""
        for layer, block in enumerate(self.blk):
            for name in PRODUCTS:
                part = getattr(block, name)
                assert isinstance(part, Learned)
                yield f"blk.{layer}.{name}", part

    def start(self, seed: int) -> None:
        """Fresh LoRA: A as torch starts a linear layer, B zero, so that nothing changes yet."""
        random = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for _name, part in self.learned():
                bound = 1 / math.sqrt(part.lora_a.shape[1])
                fresh = torch.empty(part.lora_a.shape).uniform_(-bound, bound, generator=random)
                part.lora_a.copy_(fresh)
                part.lora_b.zero_()


def open_base(
    shape: Shape,
    weights: Weights,
    *,
    rank: int,
    alpha: float,
    kept: torch.dtype = torch.float32,
    compute: torch.dtype = torch.float32,
    device: str = "cpu",
    on_layer: Callable[[int, int], None] = lambda _done, _all: None,
) -> Generator:
    """Read a base out of its file.

    Args:
        kept: what the frozen weights are kept as.
        compute: what is computed with; norms and losses are float32 in any case.
        on_layer: told how many layers are read, and how many there are; may raise.
    Raises:
        GgufUnusable.
    """

    def read(name: str, dtype: torch.dtype = kept) -> Tensor:
        return torch.from_numpy(weights.read(name)).to(dtype=dtype, device=device)

    def norm(name: str) -> Norm:
        return Norm(read(name, torch.float32), shape.epsilon)

    def block(layer: int) -> Block:
        def bias(name: str) -> Tensor | None:
            full = f"blk.{layer}.{name}.bias"
            return read(full, torch.float32).reshape(-1) if full in weights.places else None

        parts: dict[str, nn.Module] = {
            name: Learned(read(f"blk.{layer}.{name}.weight"), bias(name), rank, alpha / rank) for name in PRODUCTS
        }
        for name in ("attn_norm", "ffn_norm", *(("attn_q_norm", "attn_k_norm") if shape.head_norms else ())):
            parts[name] = norm(f"blk.{layer}.{name}.weight")
        on_layer(layer + 1, shape.layers)
        return Block(shape, parts)

    embedding = read("token_embd.weight")
    output = embedding if shape.tied else read("output.weight")
    if "rope_freqs.weight" in weights.places:
        factors = read("rope_freqs.weight", torch.float32)
    else:
        factors = torch.ones(shape.head // 2, device=device)
    blocks = [block(layer) for layer in range(shape.layers)]
    made = Generator(shape, embedding, output, norm("output_norm.weight"), factors, blocks, compute)
    return made.to(device)


def lora_arrays(model: Generator) -> dict[str, tuple[Any, Any]]:
    """What was learned: layer name to float32 numpy arrays A (rank, inputs) and B (outputs, rank)."""
    return {
        name: (part.lora_a.detach().cpu().float().numpy(), part.lora_b.detach().cpu().float().numpy())
        for name, part in model.learned()
    }


def put_lora(model: Generator, arrays: dict[str, tuple[Any, Any]], scale: float) -> None:
    """Take over what was learned before, of whatever rank, scaled by `scale`. Raises: KeyError."""
    device = model.embedding.device
    for name, part in model.learned():
        a, b = (torch.from_numpy(one).to(device) for one in arrays[name])
        part.lora_a, part.lora_b, part.scale = nn.Parameter(a), nn.Parameter(b), scale
