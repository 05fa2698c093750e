"""The model: Llama (RMSNorm, rotary positions, SwiGLU, grouped-query attention, tied embeddings) in plain PyTorch.

Rotary positions turn neighbouring pairs (0, 1), (2, 3), ... as llama.cpp does for its "llama" architecture, so weights
go into a GGUF as they are; Hugging Face's Llama turns halves and needs its q and k rows permuted. Attention is
PyTorch's fused one. Packed texts are not masked from each other: they end with a token that says so, and the mask would
cost the fused kernel.
"""

from __future__ import annotations

import math

import torch
from generator.shapes import Shape
from torch import Tensor, nn
from torch.nn import functional

Cache = list[tuple[Tensor, Tensor]]
"""Keys and values of the earlier positions of each layer, (rows, kv_heads, positions, head)."""


def rotations(shape: Shape, positions: int, device: torch.device | None = None) -> Tensor:
    """Cosines and sines, float32 (2, positions, head / 2)."""
    powers = torch.arange(0, shape.head, 2, dtype=torch.float32, device=device) / shape.head
    angles = torch.outer(torch.arange(positions, dtype=torch.float32, device=device), shape.rope_base**-powers)
    return torch.stack([angles.cos(), angles.sin()])


def turn(x: Tensor, table: Tensor) -> Tensor:
    """Rotate pairs of x (rows, heads, positions, head) by table (2, positions, head / 2)."""
    cos, sin = table[0].to(x.dtype), table[1].to(x.dtype)
    even, odd = x.unflatten(-1, (-1, 2)).unbind(-1)  # slices with a step would be filled with zeros on the way back
    return torch.stack([even * cos - odd * sin, even * sin + odd * cos], dim=-1).flatten(-2)


class Norm(nn.Module):
    """RMSNorm, computed in float32."""

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        wide = x.float()
        scaled = wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + self.epsilon)
        kind = x.device.type
        # Rounded once here, not by each matrix that reads it.
        out = torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else x.dtype
        return (scaled * self.weight.float()).to(out)


class Layer(nn.Module):
    """One block. Names follow GGUF's: attn_q, attn_k, attn_v, attn_output, ffn_gate, ffn_up, ffn_down."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        keys = shape.kv_heads * shape.head
        self.attn_norm = Norm(shape.width, shape.norm_epsilon)
        self.attn_q = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_k = nn.Linear(shape.width, keys, bias=False)
        self.attn_v = nn.Linear(shape.width, keys, bias=False)
        self.attn_output = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_norm = Norm(shape.width, shape.norm_epsilon)
        self.ffn_gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.ffn_down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(
        self, x: Tensor, table: Tensor, past: tuple[Tensor, Tensor] | None = None, mask: Tensor | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (rows, positions, width) to the same, and the keys and values up to here."""
        shape = self.shape
        rows, positions, _ = x.shape
        seen = self.attn_norm(x)
        query = self.attn_q(seen).view(rows, positions, shape.heads, shape.head).transpose(1, 2)
        key = self.attn_k(seen).view(rows, positions, shape.kv_heads, shape.head).transpose(1, 2)
        value = self.attn_v(seen).view(rows, positions, shape.kv_heads, shape.head).transpose(1, 2)
        query, key = turn(query, table), turn(key, table)
        if past is not None:
            key, value = torch.cat([past[0], key], dim=2), torch.cat([past[1], value], dim=2)
        mixed = functional.scaled_dot_product_attention(
            query,
            key,
            value,
            attn_mask=mask,
            is_causal=mask is None and positions > 1,
            enable_gqa=shape.kv_heads != shape.heads,
        )
        x = x + self.attn_output(mixed.transpose(1, 2).reshape(rows, positions, shape.width))
        seen = self.ffn_norm(x)
        x = x + self.ffn_down(functional.silu(self.ffn_gate(seen)) * self.ffn_up(seen))
        return x, (key, value)


class Llama(nn.Module):
    """Tokens in, states or logits out. The embedding is also the output matrix."""

    def __init__(self, shape: Shape, seed: int = 0) -> None:
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList([Layer(shape) for _ in range(shape.layers)])
        self.output_norm = Norm(shape.width, shape.norm_epsilon)
        self.register_buffer("table", rotations(shape, shape.context), persistent=False)
        self._start(seed)

    def _start(self, seed: int) -> None:
        """Normal with 0.02 for the embedding and 1/sqrt(inputs) scaled down with depth for what adds to the stream."""
        generator = torch.Generator().manual_seed(seed)
        for name, weight in self.named_parameters():
            if weight.dim() < 2:
                continue
            spread = 0.02 if name.startswith("token_embd") else 0.6 / math.sqrt(weight.shape[1])
            if name.endswith(("attn_output.weight", "ffn_down.weight")):
                spread /= math.sqrt(2 * self.shape.layers)
            with torch.no_grad():
                weight.normal_(0.0, spread, generator=generator)

    def states(self, tokens: Tensor) -> Tensor:
        """Tokens int64 (rows, positions) to normed states (rows, positions, width)."""
        x = self.token_embd(tokens)
        table: Tensor = self.table[:, : tokens.shape[1]]  # type: ignore[index]
        for layer in self.blk:
            x, _ = layer(x, table)
        normed: Tensor = self.output_norm(x)
        return normed

    def forward(self, tokens: Tensor) -> Tensor:
        """Logits (rows, positions, vocabulary)."""
        return functional.linear(self.states(tokens), self.token_embd.weight)

    def step(self, tokens: Tensor, past: Cache | None, offset: Tensor, mask: Tensor | None) -> tuple[Tensor, Cache]:
        """For writing: states of the new positions, and the cache with them.

        Args:
            tokens: (rows, new). past: of the earlier positions, or None.
            offset: position of each new token, int64 (new,), the same for all rows.
            mask: bool (rows, 1, new, earlier + new), True where a position may look; None means plain causal.
        """
        x = self.token_embd(tokens)
        table: Tensor = self.table[:, offset]  # type: ignore[index]
        cache: Cache = []
        for number, layer in enumerate(self.blk):
            x, kept = layer(x, table, past[number] if past else None, mask)
            cache.append(kept)
        return self.output_norm(x), cache


def token_losses(states: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy of each kept position, float32 (kept,).

    Args:
        states: (kept, width); weight: (vocabulary, width); targets: int64 (kept,).
    """
    return functional.cross_entropy(functional.linear(states, weight).float(), targets, reduction="none")
