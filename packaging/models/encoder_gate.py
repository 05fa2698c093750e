"""Does the int8 encoder still say what the fp32 one says? Measured with the program's own encoder class.

Compares vectors on general sentences and, where the public data is present, on BANKING77, with the accuracy of a
logistic regression on both.
"""

from __future__ import annotations

import csv
import gzip
import importlib.metadata
import math
from pathlib import Path
from typing import Any

import numpy as np

LEAST_COSINE_MEAN = 0.997
LEAST_COSINE = 0.985
LEAST_COSINE_ALONE = 0.9999
MOST_ACCURACY_LOST = 0.005

SENTENCES = [
    "My parcel has not arrived and the tracking page shows nothing new since Monday.",
    "Patient reports chest pain radiating to the left arm since this morning.",
    "How do I change the delivery address of an order that was already paid?",
    "The invoice lists the same item twice; please refund one of them.",
    "Take one tablet twice a day with food, and stop if a rash appears.",
    "Shares fell three percent after the company lowered its forecast.",
    "ok",
    "",
    "Stainless steel kettle, 1.7 litres, keeps warm, automatic switch-off.",
    "Lamp does not turn on although the bulb is new and the socket has power. " * 12,
]


def compare(source: Path, pack: Path, banking: Path) -> dict[str, Any]:
    """Cosines and, with data, accuracies: names and rounded numbers."""
    from engine.runtimes.encoder import Encoder

    int8 = Encoder.open(pack)
    texts = list(SENTENCES)
    data = {part: _rows(banking / f"{part}.csv.gz") for part in ("train", "test")} if banking.is_dir() else {}
    texts += [text for part in data.values() for text, _label in part]
    ours = int8.embed(texts)
    theirs = _fp32(source, texts)
    cosines = (ours * theirs).sum(axis=1)
    alone = np.concatenate([int8.embed([text]) for text in texts[:: max(1, len(texts) // 300)]])
    together = ours[:: max(1, len(texts) // 300)]
    found: dict[str, Any] = {
        "texts": len(texts),
        "cosine_mean": round(float(cosines.mean()), 5),
        "cosine_min": round(float(cosines.min()), 5),
        "cosine_alone_min": round(float((alone * together).sum(axis=1).min()), 5),
        "onnxruntime": importlib.metadata.version("onnxruntime"),
    }
    if data:
        split = len(SENTENCES) + len(data["train"])
        labels = [label for part in ("train", "test") for _text, label in data[part]]
        for name, vectors in (("int8", ours), ("fp32", theirs)):
            low, share, high = _accuracy(vectors[len(SENTENCES) :], labels, split - len(SENTENCES))
            found |= {f"banking77_{name}": share, f"banking77_{name}_low": low, f"banking77_{name}_high": high}
        found["banking77_delta"] = round(found["banking77_int8"] - found["banking77_fp32"], 5)
    return found


def failures(metrics: dict[str, Any]) -> list[str]:
    """What the gate does not let through, as phrases."""
    found = []
    if metrics["cosine_mean"] < LEAST_COSINE_MEAN:
        found.append(f"the mean cosine to fp32 is {metrics['cosine_mean']}, below {LEAST_COSINE_MEAN}")
    if metrics["cosine_min"] < LEAST_COSINE:
        found.append(f"the lowest cosine to fp32 is {metrics['cosine_min']}, below {LEAST_COSINE}")
    if metrics["cosine_alone_min"] < LEAST_COSINE_ALONE:
        found.append(f"a text's vector depends on its neighbours (cosine {metrics['cosine_alone_min']})")
    if metrics.get("banking77_delta", 0.0) < -MOST_ACCURACY_LOST:
        found.append(f"BANKING77 loses {-metrics['banking77_delta']:.4f}, more than {MOST_ACCURACY_LOST}")
    return found


def _rows(path: Path) -> list[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file)]


def _fp32(source: Path, texts: list[str]) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(source), device="cpu")
    return np.asarray(model.encode(texts, normalize_embeddings=True, batch_size=64), dtype=np.float32)


def _accuracy(vectors: np.ndarray, labels: list[str], split: int) -> tuple[float, float, float]:
    """Lower end, share right and upper end (95 %, Wilson) of a logistic regression's answers on the test part."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=30.0, max_iter=120).fit(vectors[:split], labels[:split])
    right = float(model.score(vectors[split:], labels[split:]))
    count, z = len(labels) - split, 1.96
    middle = (right + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(right * (1 - right) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return round(middle - half, 4), round(right, 5), round(middle + half, 4)
