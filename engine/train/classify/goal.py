"""What a classifier learns on top of the encoder's states: a linear head over the pooled vector."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.train.encoder.layers import Top
from engine.train.encoder.states import Batch, States

SHARPNESS = 12.0  # the head starts as class means, this long: far from sure, so that the layers learn as well
LOSS_SHARE = 1e-3  # of the loss in the score: among equal accuracies the surer weights are kept
LOOK_TEXTS = 64


def pooled(states: Tensor, mask: Tensor) -> Tensor:
    """Mean of the real pieces, brought to length one, float32 (texts, 384)."""
    return F.normalize((states * mask[..., None]).sum(1), dim=-1)


class ClassifierGoal:
    """Cross entropy with the options of a training.

    Args:
        vectors: float32 (taught texts, 384) of the encoder as it is, by which the head starts as class means.
        truth: int64 (texts,) label numbers of all texts; -1 where the label is not taught.
        taught, checked: row numbers.
        weights: float32 (labels,) or None.
        teacher: float32 (texts, labels) probabilities of a larger skill, or None.
    """

    def __init__(
        self,
        vectors: NDArray[np.float32],
        truth: NDArray[np.int64],
        label_count: int,
        taught: NDArray[np.int64],
        checked: NDArray[np.int64],
        *,
        smoothing: float = 0.0,
        weights: NDArray[np.float32] | None = None,
        teacher: NDArray[np.float32] | None = None,
        device: str = "cpu",
    ) -> None:
        self.mean = torch.from_numpy(vectors.mean(axis=0)).to(device)
        head = nn.Linear(vectors.shape[1], label_count)
        centred = vectors - vectors.mean(axis=0)
        starts = np.zeros((label_count, vectors.shape[1]), dtype=np.float32)
        np.add.at(starts, truth[taught], centred)
        starts /= np.maximum(np.linalg.norm(starts, axis=1, keepdims=True), 1e-9)
        with torch.no_grad():
            head.weight.copy_(torch.from_numpy(SHARPNESS * starts))
            head.bias.zero_()
        self.head: nn.Module = head.to(device)
        self._truth = torch.from_numpy(truth).to(device)
        self._checked = checked
        self._smoothing = smoothing
        self._weights = None if weights is None else torch.from_numpy(weights).to(device)
        self._teacher = None if teacher is None else torch.from_numpy(teacher).to(device)

    def logits(self, states: Tensor, mask: Tensor) -> Tensor:
        found: Tensor = self.head(pooled(states, mask) - self.mean)
        return found

    def loss(self, states: Tensor, batch: Batch) -> Tensor:
        logits = self.logits(states, batch.mask)
        rows = torch.from_numpy(batch.rows).to(logits.device)
        loss = F.cross_entropy(logits, self._truth[rows], self._weights, label_smoothing=self._smoothing)
        if self._teacher is not None:
            wanted = self._teacher[rows]
            loss = 0.5 * loss + 0.5 * F.kl_div(F.log_softmax(logits, dim=-1), wanted, reduction="batchmean")
        return loss

    def score(self, top: Top, states: States) -> float:
        """Accuracy on the checked texts, less a thousandth of their loss."""
        right = total = 0
        surprise = 0.0
        for batch in states.in_order(self._checked, LOOK_TEXTS):
            logits = self.logits(top(batch.states, batch.attention), batch.mask)
            truth = self._truth[torch.from_numpy(batch.rows).to(logits.device)]
            right += int((logits.argmax(-1) == truth).sum())
            known = truth >= 0
            surprise += float(F.cross_entropy(logits[known], truth[known], reduction="sum")) if known.any() else 0.0
            total += len(truth)
        return (right - LOSS_SHARE * surprise) / max(1, total)
