"""The encoder's upper layers in torch, with the parts that are taught: LoRA, AdaLoRA, a prefix, or every weight.

The base weights are those of the 8-bit encoder, brought back to fp32, and the states that come in are those of its
trunk. So what is taught fits what will be served, and no second copy of the encoder has to be shipped.

Sources: Hu et al. 2021 (LoRA); Zhang et al. 2023 (AdaLoRA); Li and Liang 2021 (prefix-tuning).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.runtimes.top_weights import HEADS, NORMS, PRODUCTS, WIDTH

if TYPE_CHECKING:
    from engine.runtimes.top_weights import Layer, Ranges
    from engine.train.encoder.settings import AdaptSettings

HEAD_WIDTH = WIDTH // HEADS
EPSILON = 1e-12
KEPT = "kept"
"""The buffer of a product that says which of its directions are switched on."""


class Product(nn.Module):
    """x W + b with a frozen W, and beside it what is taught: (x A) B times a scale.

    With `sizes` the product in between has a weight per direction (AdaLoRA's singular values), of which the least
    important are set to zero while training.
    """

    weight: Tensor
    bias: Tensor

    def __init__(self, weight: Tensor, bias: Tensor, settings: AdaptSettings, *, taught: bool) -> None:
        super().__init__()
        full = taught and settings.method == "full"
        self._start = weight.clone() if full else weight
        self.weight = nn.Parameter(weight, requires_grad=full)  # (inputs, outputs)
        self.bias = nn.Parameter(bias, requires_grad=full)
        self.down: nn.Parameter | None = None
        self.up: nn.Parameter | None = None
        self.sizes: nn.Parameter | None = None
        self.scale = settings.alpha / settings.rank
        self.drop = settings.adapter_dropout
        self.watched: Ranges | None = None
        self.watching = False
        if taught and settings.method in ("lora", "adalora"):
            inputs, outputs = weight.shape
            self.down = nn.Parameter(torch.randn(inputs, settings.rank) / math.sqrt(inputs))
            self.up = nn.Parameter(torch.zeros(settings.rank, outputs))
            if settings.method == "adalora":
                self.up = nn.Parameter(torch.randn(settings.rank, outputs) / math.sqrt(outputs))
                self.sizes = nn.Parameter(torch.zeros(settings.rank))
                self.register_buffer(KEPT, torch.ones(settings.rank))

    def forward(self, given: Tensor) -> Tensor:
        if self.watching:
            self._watch(given)
        result = F.linear(given, self.weight.t(), self.bias)
        if self.down is None or self.up is None:
            return result
        if self.drop and self.training:
            given = F.dropout(given, self.drop)
        small = given @ self.down
        if self.sizes is not None:
            small = small * (self.sizes * self.get_buffer(KEPT))
        return torch.add(result, small @ self.up, alpha=self.scale)

    def start(self) -> Tensor:
        """The weight before anything was taught."""
        return self._start

    def _watch(self, given: Tensor) -> None:
        """Widen the range of each channel by these values; padding is not given to a watching product."""
        from engine.runtimes.top_weights import Ranges

        flat = given.detach().reshape(-1, given.shape[-1])
        low, high = flat.amin(0).numpy(), flat.amax(0).numpy()
        if self.watched is not None:
            low, high = np.minimum(low, self.watched.low), np.maximum(high, self.watched.high)
        self.watched = Ranges(low, high)


class Block(nn.Module):
    """One layer: attention and the two products after it, each with its norm."""

    def __init__(self, layer: Layer, settings: AdaptSettings, *, taught: bool) -> None:
        super().__init__()
        self.products = nn.ModuleDict(
            {
                name: Product(
                    torch.from_numpy(np.array(layer.weights[name])),
                    torch.from_numpy(np.array(layer.biases[name])),
                    settings,
                    taught=taught,
                )
                for name in PRODUCTS
            }
        )
        full = taught and settings.method == "full"
        self.norms = nn.ParameterDict()
        for name in NORMS:
            for part, values in zip(("weight", "bias"), layer.norms[name], strict=True):
                self.norms[f"{name}_{part}"] = nn.Parameter(torch.from_numpy(np.array(values)), requires_grad=full)
        self.dropout = settings.dropout
        self.key: nn.Parameter | None = None
        self.value: nn.Parameter | None = None
        if taught and settings.method == "prefix":
            places = settings.prefix
            self.key = nn.Parameter(torch.randn(places, WIDTH) * 0.3)
            self.value = nn.Parameter(torch.zeros(places, WIDTH))

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """States float32 (texts, pieces, 384); mask bool (texts, 1, 1, pieces), None where nothing is padded."""
        drop = self.dropout if self.training else 0.0
        texts, pieces, _ = states.shape
        heads = self.products["qkv"](states).view(texts, pieces, 3, HEADS, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
        query, key, value = heads[0], heads[1], heads[2]
        if self.key is not None and self.value is not None:
            key, value = self._before(self.key, key), self._before(self.value, value)
            if mask is not None:
                mask = F.pad(mask, (len(self.key), 0), value=True)
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=drop)
        mixed = self.products["out"](seen.transpose(1, 2).reshape(texts, pieces, WIDTH))
        middle = self._norm("norm1", states + F.dropout(mixed, drop, self.training))
        narrow = self.products["outer"](F.gelu(self.products["inner"](middle)))
        return self._norm("norm2", middle + F.dropout(narrow, drop, self.training))

    def _norm(self, name: str, total: Tensor) -> Tensor:
        weight, bias = self.norms[f"{name}_weight"], self.norms[f"{name}_bias"]
        return F.layer_norm(total, (WIDTH,), weight, bias, EPSILON)

    @staticmethod
    def _before(prefix: Tensor, values: Tensor) -> Tensor:
        own = prefix.view(1, len(prefix), HEADS, HEAD_WIDTH).transpose(1, 2).expand(len(values), -1, -1, -1)
        return torch.cat([own, values], dim=2)


class Top(nn.Module):
    """The upper layers; the last `settings.layers` of them are taught."""

    def __init__(self, base: Mapping[int, Layer], settings: AdaptSettings) -> None:
        super().__init__()
        first = max(base) + 1 - settings.layers
        self.numbers = sorted(base)
        self.settings = settings
        torch.manual_seed(settings.seed)
        self.blocks = nn.ModuleList([Block(base[number], settings, taught=number >= first) for number in self.numbers])

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        for block in self.blocks:
            states = block(states, mask)
        return states

    def products(self) -> Iterator[tuple[str, Product]]:
        """Every product with its name in the encoder, for example “layer.4.qkv”."""
        for number, block in zip(self.numbers, self.blocks, strict=True):
            assert isinstance(block, Block)
            for name in PRODUCTS:
                product = block.products[name]
                assert isinstance(product, Product)
                yield f"layer.{number}.{name}", product

    def taught(self) -> list[nn.Parameter]:
        return [value for value in self.parameters() if value.requires_grad]
