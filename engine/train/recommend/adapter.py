"""Learn the adapter of the encoder on behaviour (engine/serve/recommend/adapter.py), by contrast.

Of a person some chosen items are drawn, up to `CHOSEN` as the history and one as what came next (the latest where the
order is known, otherwise any). The unit mean of the history's corrected vectors has to be nearer to the next item's
than to those of the other people in the batch. How often an item is chosen is taken off its score (log-q correction),
so that the correction learns what goes together and not what is popular: it is for items that nobody chose yet.
Source: Yi and others, "Sampling-bias-corrected neural modeling for large corpus item recommendations", RecSys 2019;
the low-rank form: Hu and others, "LoRA", 2021.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.serve.recommend.adapter import TextAdapter
from engine.train.recommend.neighbours import Dense

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

RANK = 32
CHOSEN = 12
BATCH = 256
STEPS = 400
PASSES = 8
"""Over the events, at most."""
RATE = 2e-3
DECAY = 0.02
TEMPERATURE = 0.07
LEAST_PEOPLE, LEAST_EVENTS = 50, 2000


def learn_adapter(user_items: csr_matrix, vectors: Dense, seed: int, check: Callable[[], None]) -> TextAdapter | None:
    """Learn on the given events; None where fewer than `LEAST_PEOPLE` chose two items that have texts, or there are
    fewer than `LEAST_EVENTS`.

    Args:
        user_items: float32, (users, items), strengths above 0.
        vectors: float32, (items, dimension), rows of length one, or zero without a text.
    """
    if user_items.nnz < LEAST_EVENTS:
        return None
    import torch

    items = np.flatnonzero(vectors.any(axis=1))
    matrix = user_items[:, items]
    people = np.flatnonzero(np.diff(matrix.indptr) > 1)
    if len(people) < LEAST_PEOPLE or matrix.nnz < LEAST_EVENTS:
        return None
    steps = min(STEPS, PASSES * matrix.nnz // BATCH)
    texts = torch.from_numpy(np.ascontiguousarray(vectors[items], np.float32))
    counts = np.bincount(matrix.indices, minlength=len(items)).astype(np.float64)
    frequency = torch.from_numpy(np.log(np.maximum(counts / counts.sum(), 1e-9)).astype(np.float32))
    rng = np.random.default_rng(seed)
    start = torch.Generator().manual_seed(seed)
    down = torch.randn(texts.shape[1], RANK, generator=start) / texts.shape[1] ** 0.5
    up = torch.zeros(RANK, texts.shape[1])
    weights = [down.requires_grad_(), up.requires_grad_()]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=DECAY)

    def corrected(x: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.normalize(x + (x @ down) @ up, dim=-1)

    for step in range(steps):
        check()
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 20, 2 * (steps - step) / steps)
        batch = rng.choice(people, min(BATCH, len(people)), replace=False)
        history, shown, following, also = _draw(matrix, batch, rng)
        seen = corrected(texts[torch.from_numpy(history)]) * torch.from_numpy(shown)[:, :, None]
        person = torch.nn.functional.normalize(seen.sum(dim=1), dim=-1)
        target = torch.from_numpy(following)
        scores = person @ corrected(texts[target]).T / TEMPERATURE - frequency[target]
        scores = scores.masked_fill(torch.from_numpy(also), -1e9)
        loss = torch.nn.functional.cross_entropy(scores, torch.arange(len(batch)))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return TextAdapter(down.detach().numpy(), up.detach().numpy())


def _draw(
    matrix: csr_matrix, people: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64], NDArray[np.bool_]]:
    """Of each person a history (people, CHOSEN) with 1 where a place is filled, and one further item; and (people,
    people) where somebody chose the further item of another as well, which is no wrong answer then."""
    history = np.zeros((len(people), CHOSEN), np.int64)
    shown = np.zeros((len(people), CHOSEN), np.float32)
    following = np.empty(len(people), np.int64)
    for row, person in enumerate(people):
        own = matrix.indices[matrix.indptr[person] : matrix.indptr[person + 1]]
        drawn = rng.choice(own, min(len(own), CHOSEN + 1), replace=False)
        following[row] = drawn[0]
        history[row, : len(drawn) - 1] = drawn[1:]
        shown[row, : len(drawn) - 1] = 1
    also = np.empty((len(people), len(people)), np.bool_)
    for row, person in enumerate(people):
        also[row] = np.isin(following, matrix.indices[matrix.indptr[person] : matrix.indptr[person + 1]])
    np.fill_diagonal(also, False)
    return history, shown, following, also
