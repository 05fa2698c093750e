"""BANKING77 with labels bought one batch at a time, against labels of texts taken at random.

    python tests/quality/active.py

The training set is the pool; 77 texts first and then 50 at a time, each batch chosen with the head taught on the
labels bought so far (frozen vectors). Both sides are tested with heads chosen and taught as `train classify` does.
Figure: with at most 600 labels at least the test accuracy of 1,000 random labels, means of three seeds each. Exit
code 1 where it is not reached.
"""

from __future__ import annotations

import statistics
import sys

import numpy as np
from numpy.typing import NDArray
from reading import read

from engine.dataset.split import group_texts, make_folds
from engine.feedback.choose_texts import choose_texts
from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.train.classify.calibrate import probabilities
from engine.train.classify.choose import Choice, choose
from engine.train.classify.features import candidates, cells_for, learn_scaling, make_features, only
from engine.train.classify.head import fit_head

SEEDS = range(3)
FIRST, BATCH, MOST, RANDOM = 77, 50, 600, 1_000
SHOWN = (77, 177, 277, 377, 427, 477, 527, 577, 600)

Rows = NDArray[np.int64]


class Bench:
    """The pool and the test set, embedded once. Labels of the pool are looked at only for rows that were bought."""

    def __init__(self) -> None:
        train, test = read("banking77", "train"), read("banking77", "test")
        names = {label: number for number, label in enumerate(sorted({label for _, label in train}))}
        encoder = Encoder.open(bundled_encoder_folder())
        self.texts, self.test_texts = [text for text, _ in train], [text for text, _ in test]
        self.truth = np.array([names[label] for _, label in train])
        self.test_truth = np.array([names[label] for _, label in test])
        self.vectors, self.test_vectors = encoder.embed(self.texts), encoder.embed(self.test_texts)

    def answers(
        self, bought: Rows, texts: list[str], vectors: NDArray[np.float32], *, full: bool
    ) -> tuple[Rows, NDArray[np.float32]]:
        """Labels bought so far, and probabilities of each of them for texts.

        Args:
            full: choose features and penalty on folds; otherwise the penalty that is tried first, vectors alone.
        """
        seen, truth = np.unique(self.truth[bought], return_inverse=True)
        taught = [self.texts[row] for row in bought.tolist()]
        scaling, features = learn_scaling(taught, self.vectors[bought], cells_for(len(seen)) if full else 0)
        choice = Choice("encoder", 10.0, 0.0)
        if full:
            folds = make_folds(truth, group_texts(taught))
            choice = choose(features, truth, len(seen), folds, candidates(1.0, len(seen)), lambda _: None, lambda: True)
        head = fit_head(
            only(features, choice.features), truth, len(seen), looseness=choice.looseness, balance=choice.balance
        )
        asked = only(make_features(texts if full else [], vectors, scaling), choice.features)
        return seen, probabilities(head.logits(asked), 1.0)

    def accuracy(self, bought: Rows) -> float:
        seen, scores = self.answers(bought, self.test_texts, self.test_vectors, full=True)
        return float((seen[scores.argmax(axis=1)] == self.test_truth).mean())

    def active(self, seed: int) -> dict[int, float]:
        """Test accuracy by labels bought."""
        bought = choose_texts(self.vectors, FIRST, known=np.zeros(0, dtype=np.int64), seed=seed).rows
        found = {len(bought): self.accuracy(bought)}
        while len(bought) < MOST:
            _, scores = self.answers(bought, self.texts, self.vectors, full=False)
            count = min(BATCH, MOST - len(bought))
            chosen = choose_texts(
                self.vectors, count, known=bought, probabilities=scores, labelled=len(bought), seed=seed
            )
            bought = np.concatenate([bought, chosen.rows])
            assert len(set(bought.tolist())) == len(bought)
            if len(bought) in SHOWN:
                found[len(bought)] = self.accuracy(bought)
        return found


def main() -> int:
    bench = Bench()
    chance = []
    for seed in SEEDS:
        order = np.random.default_rng(seed).permutation(len(bench.texts))
        chance.append([bench.accuracy(order[:count]) for count in (MOST, RANDOM)])
        print(f"random {seed}  {MOST} labels {chance[-1][0]:.2%}  {RANDOM} labels {chance[-1][1]:.2%}", flush=True)
    target = statistics.mean(one[1] for one in chance)
    print(f"random mean  {MOST} labels {statistics.mean(one[0] for one in chance):.2%}  {RANDOM} labels {target:.2%}")
    runs = []
    for seed in SEEDS:
        runs.append(bench.active(seed))
        print(f"active {seed}  " + "  ".join(f"{count}: {share:.2%}" for count, share in runs[-1].items()), flush=True)
    means = {count: statistics.mean(run[count] for run in runs) for count in runs[0]}
    print("active mean  " + "  ".join(f"{count}: {share:.2%}" for count, share in means.items()))
    enough = min((count for count, share in means.items() if share >= target), default=None)
    print(f"{enough} labels reach it" if enough else "failed: not reached")
    return enough is None


if __name__ == "__main__":
    sys.exit(main())
