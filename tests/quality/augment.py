"""What weights and changed copies do for small labels: BANKING77 with 38 of 77 labels cut to five texts each.

    python tests/quality/augment.py [seeds, 3 if not given]

Heads over the encoder's vectors, asked on the whole test set, where all labels are equally frequent. Told are the
accuracy on the small labels, on the large ones, and macro F1 over all. Nothing here is a bar.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from reading import Rows, read

from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.train.augment.text import augment
from engine.train.augment.weights import balanced_weights

SMALL, SMALL_LABELS, LARGE = 5, 38, 60
LOOSENESS = 10.0
COPIES = (15, 30, 60)
Figures = tuple[float, float, float]


def unequal(rows: Rows, seed: int) -> tuple[Rows, set[str]]:
    """Rows with `SMALL` texts for some labels and `LARGE` for the others, and which are small."""
    by_label: dict[str, Rows] = defaultdict(list)
    for row in rows:
        by_label[row[1]].append(row)
    chance = random.Random(seed)
    small = set(chance.sample(sorted(by_label), SMALL_LABELS))
    kept = []
    for label in sorted(by_label):
        most = SMALL if label in small else LARGE
        kept += chance.sample(by_label[label], min(most, len(by_label[label])))
    return kept, small


def figures(
    vectors: NDArray[np.float32], truth: NDArray[np.int64], weights: NDArray[np.float32] | None,
    asked: NDArray[np.float32], wanted: NDArray[np.int64], small: NDArray[np.bool_],
) -> Figures:  # fmt: skip
    """Accuracy on small labels, on large ones, and macro F1."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score

    mean = vectors.mean(axis=0)
    scale = np.sqrt(((vectors - mean) ** 2).sum(axis=1).mean())
    model = LogisticRegression(C=LOOSENESS, max_iter=200)
    model.fit((vectors - mean) / scale, truth, sample_weight=None if weights is None else weights[truth])
    answers = model.predict((asked - mean) / scale)
    right = answers == wanted
    return float(right[small].mean()), float(right[~small].mean()), float(f1_score(wanted, answers, average="macro"))


def main(seeds: int) -> int:
    encoder = Encoder.open(bundled_encoder_folder())
    train, test = read("banking77", "train"), read("banking77", "test")
    names = sorted({label for _, label in train})
    numbers = {label: number for number, label in enumerate(names)}
    asked = encoder.embed([text for text, _ in test])
    wanted = np.array([numbers[label] for _, label in test])
    found: dict[str, list[Figures]] = defaultdict(list)
    for seed in range(seeds):
        rows, small_names = unequal(train, seed)
        texts = [text for text, _ in rows]
        truth = np.array([numbers[label] for _, label in rows])
        vectors = encoder.embed(texts)
        small = np.isin(wanted, [numbers[name] for name in small_names])
        alike = np.bincount(truth, minlength=len(names)).max() / np.bincount(truth, minlength=len(names))
        ways: dict[str, NDArray[np.float32] | None] = {
            "plain": None,
            "weights": balanced_weights(truth, len(names)),
            "weights, b = 0.999": balanced_weights(truth, len(names), overlap=0.999),
            "every label alike": (alike / alike[truth].mean()).astype(np.float32),
        }
        for way, weights in ways.items():
            found[way].append(figures(vectors, truth, weights, asked, wanted, small))
        for target in COPIES:
            more, labels = augment(texts, truth.tolist(), target=target, seed=seed)
            both = np.concatenate([vectors, encoder.embed(more)])
            all_truth = np.concatenate([truth, np.array(labels, dtype=np.int64)])
            found[f"copies to {target}"].append(figures(both, all_truth, None, asked, wanted, small))
            if target == COPIES[0]:
                for name in ("weights", "every label alike"):
                    run = figures(both, all_truth, ways[name], asked, wanted, small)
                    found[f"copies to {target} and {name}"].append(run)
    for way, runs in found.items():
        means = [statistics.mean(column) for column in zip(*runs, strict=True)]
        print(f"{way:34s} small labels {means[0]:.1%}  large labels {means[1]:.1%}  macro F1 {means[2]:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
