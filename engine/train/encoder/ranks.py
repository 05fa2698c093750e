"""AdaLoRA: start with more directions than wanted, and switch off those that matter least (Zhang et al. 2023).

The importance of a direction is the running mean of |size x gradient of size|; the budget falls from all directions to
half of them between a fifth and three fifths of the training, and stays.
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.train.encoder.layers import KEPT, Product, Top

KEPT_SHARE = 0.5
FALL_BEGINS, FALL_ENDS = 0.2, 0.6
EVERY_STEPS = 10
SMOOTH = 0.85
PENALTY = 0.1  # on directions of a product that are not at right angles


class RankBudget:
    """Shares a budget of directions among all products of a top."""

    def __init__(self, top: Top) -> None:
        self._products: list[Product] = [one for _name, one in top.products() if one.sizes is not None]
        self.importance = [torch.zeros_like(self._sizes(one)) for one in self._products]
        """Of each direction, per product; part of a checkpoint."""

    @staticmethod
    def _sizes(product: Product) -> Tensor:
        assert product.sizes is not None
        return product.sizes.detach()

    def penalty(self) -> Tensor:
        """How far the directions are from right angles, so that their sizes mean something."""
        found = []
        for product in self._products:
            assert product.down is not None
            assert product.up is not None
            for directions in (product.down.t(), product.up):
                unit = directions / directions.norm(dim=1, keepdim=True).clamp_min(1e-6)
                likeness = unit @ unit.t()
                found.append((likeness - torch.eye(len(likeness), device=likeness.device)).square().mean())
        return PENALTY * torch.stack(found).mean()

    def note(self) -> None:
        """Take the gradients of this step into account; called before the optimiser's step."""
        for importance, product in zip(self.importance, self._products, strict=True):
            assert product.sizes is not None
            if product.sizes.grad is not None:
                now = (product.sizes.detach() * product.sizes.grad).abs()
                if bool(now.isfinite().all()):  # a step that is rolled back must not spoil the mean for good
                    importance.mul_(SMOOTH).add_(now, alpha=1 - SMOOTH)

    def prune(self, step: int, total_steps: int) -> None:
        """Switch off what is over the budget of this step; `total_steps` may have become fewer, as time is short."""
        share = step / max(1, total_steps)
        if share < FALL_BEGINS or step % EVERY_STEPS:
            return
        fallen = min(1.0, (share - FALL_BEGINS) / (FALL_ENDS - FALL_BEGINS))
        kept = 1.0 - (1.0 - KEPT_SHARE) * (1.0 - (1.0 - fallen) ** 3)
        every = torch.cat(self.importance)
        count = max(len(self._products), int(kept * len(every)))
        floor = every.topk(count).values[-1]
        with torch.no_grad():
            for importance, product in zip(self.importance, self._products, strict=True):
                product.get_buffer(KEPT).copy_((importance >= floor).float())
