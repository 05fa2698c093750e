"""Implicit-feedback matrix factorisation (iALS), by the `implicit` library, and its form as item-to-item weights.

As a model of its own, people and items are vectors and a score is their product. In the blend it takes part as the
weights that it gives to somebody who chose item i alone: with M = (Y'Y + l I)^-1 that is
    w(i -> j) = alpha * y_j' M y_i / (1 + (alpha - 1) * y_i' M y_i),
so that it adds up over a history and can be explained like everything else.
Source: Hu, Koren and Volinsky 2008; Rendle et al. 2021, "Revisiting the performance of iALS".
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.train.recommend.neighbours import Dense, build

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

KEEP = 50


class FactorSetting(Struct, frozen=True):
    """`alpha`: confidence in an event, that in no event being 1."""

    factors: int = 64
    alpha: float = 10.0
    regularization: float = 0.1
    iterations: int = 12


@dataclass(frozen=True)
class Factors:
    """float32: people (users, factors) and items (items, factors)."""

    people: Dense
    items: Dense
    setting: FactorSetting

    def scores(self, people: NDArray[np.int64]) -> Dense:
        """(people, items)."""
        return np.asarray(self.people[people] @ self.items.T, np.float32)

    def table(self, check: Callable[[], None], keep: int = KEEP) -> csr_matrix:
        """The `keep` largest positive weights of each target; row = source, column = target."""
        y, alpha = self.items, np.float32(self.setting.alpha)
        gram = y.T.astype(np.float64) @ y + self.setting.regularization * np.eye(y.shape[1])
        through = np.asarray(np.linalg.solve(gram, y.T.astype(np.float64)).T, np.float32)
        own = np.einsum("if,if->i", through, y)
        sources = through * (alpha / (1 + (alpha - 1) * np.maximum(own, 0)))[:, None]
        return build(len(y), keep, lambda part: np.asarray(y[part] @ sources.T, np.float32), check)


def fit_factors(
    user_items: csr_matrix, setting: FactorSetting, check: Callable[[], None], *, seed: int = 0, threads: int = 0
) -> Factors:
    """Fit; the same data, setting and number of threads give the same factors.

    Args:
        user_items: float32, (users, items), more than 0 where something was chosen.
        threads: 0 takes what the machine has.
    """
    from implicit.cpu import als  # type: ignore[import-untyped]
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
    from tqdm import tqdm  # type: ignore[import-untyped]

    # Its progress bar, though off, would make a lock between processes, which a worker that ends at once leaves behind.
    tqdm.set_lock(threading.RLock())
    factors = min(setting.factors, max(2, min(user_items.shape) - 1))
    # Its own threads and those of the algebra library would fight each other for the same cores.
    with threadpool_limits(1, "blas"):
        model: Any = als.AlternatingLeastSquares(
            factors=factors, alpha=setting.alpha, regularization=setting.regularization,
            iterations=setting.iterations, random_state=seed, num_threads=threads, use_native=True,
        )  # fmt: skip
        model.fit(user_items.astype(np.float32), show_progress=False, callback=lambda *_: check())
    return Factors(np.asarray(model.user_factors), np.asarray(model.item_factors), setting)
