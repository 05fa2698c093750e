"""Muon for the matrices of the layers, AdamW for embeddings and norms.

Muon takes a step of momentum (Nesterov) and replaces it by the nearest half-orthogonal matrix, found by five rounds of
a fifth-degree polynomial (Newton-Schulz). Source: Keller Jordan and others, "Muon: an optimizer for hidden layers",
2024; the scaling 0.2 * sqrt(larger side) that makes one rate serve both: Liu and others, "Muon is scalable for LLM
training", 2025, section 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonal(step: Tensor, rounds: int = 5, half: bool = False) -> Tensor:
    """The matrix with the same singular vectors and singular values near 1 (0.7 to 1.2). (n, m) or (k, n, m).

    `half` computes in bfloat16, which the polynomial forgives.
    """
    a, b, c = COEFFICIENTS
    x = step.bfloat16() if half else step.float()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(rounds):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    found: Tensor = (x.mT if tall else x).to(step.dtype)
    return found


class Muon(torch.optim.Optimizer):
    """Matrices of one shape are stacked, so that their Newton-Schulz rounds are a few large products."""

    def __init__(
        self, matrices: Iterable[Tensor], rate: float, momentum: float = 0.95, decay: float = 0.1, half: bool = False
    ) -> None:
        super().__init__(list(matrices), {"lr": rate, "momentum": momentum, "decay": decay})
        self.half = half

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override] # noqa: ARG002
        for group in self.param_groups:
            alike: dict[tuple[int, ...], list[Tensor]] = {}
            for weight in group["params"]:
                if weight.grad is not None:
                    alike.setdefault(tuple(weight.shape), []).append(weight)
            for shape, weights in alike.items():
                steps = []
                for weight in weights:
                    state = self.state[weight]
                    if "momentum" not in state:
                        state["momentum"] = torch.zeros_like(weight)
                    kept: Tensor = state["momentum"]
                    gradient = weight.grad
                    assert gradient is not None
                    kept.lerp_(gradient, 1 - group["momentum"])
                    steps.append(gradient.lerp(kept, group["momentum"]))
                size = 0.2 * max(shape) ** 0.5
                for weight, turned in zip(weights, orthogonal(torch.stack(steps), half=self.half), strict=True):
                    weight.mul_(1 - group["lr"] * group["decay"])
                    weight.add_(turned, alpha=-group["lr"] * size)


def optimisers(model: nn.Module, rate: float, fused: bool = False, half: bool = False) -> list[torch.optim.Optimizer]:
    """Muon over the matrices inside the layers, AdamW over the rest (norms without decay)."""
    matrices = [weight for name, weight in model.named_parameters() if weight.dim() == 2 and name.startswith("blk.")]
    tables = [weight for name, weight in model.named_parameters() if weight.dim() == 2 and not name.startswith("blk.")]
    scales = [weight for weight in model.parameters() if weight.dim() < 2]
    adam = torch.optim.AdamW(
        [{"params": tables, "weight_decay": 0.01}, {"params": scales, "weight_decay": 0.0}],
        lr=rate,
        betas=(0.9, 0.95),
        eps=1e-10,
        fused=fused,
    )
    return [Muon(matrices, rate, half=half), adam]
