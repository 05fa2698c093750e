"""The files of a taught skill; `engine/serve/classify/skill.py` says what each holds and opens them again."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.dataset.lint import folded_text
from engine.train.classify.calibrate import Level, threshold_for
from engine.train.classify.features import Scaling
from engine.train.classify.head import Head

if TYPE_CHECKING:
    from engine.train.classify.adapt import AdaptedPart

HEAD_FILE, LABELS_FILE, CALIBRATION_FILE = "head.npz", "labels.json", "calibration.json"
HELD_OUT_FILE = "held_out.npz"
ADAPTER_FILE = "adapter.npz"
ADAPTER_FILES = (HEAD_FILE, LABELS_FILE, CALIBRATION_FILE, ADAPTER_FILE)
PROMISES = (*(round(0.5 + step / 200, 3) for step in range(100)), 0.998, 0.999)  # 0.5, 0.505 … 0.995, …


def skill_files(
    labels: Sequence[str],
    scaling: Scaling,
    head: Head,
    temperature: float,
    table: Sequence[Level],
    adapted: AdaptedPart | None = None,
    languages: Sequence[str] = ("en",),
) -> dict[str, bytes]:
    """Bytes by file name. Large matrices are kept with half precision (11 bits), which moves scores by less than
    a thousandth; the held-out numbers were measured before that."""
    arrays = _head_arrays(scaling, head)
    if adapted is not None:
        arrays = _mixed_arrays(arrays, adapted)
    files = {
        HEAD_FILE: _npz(arrays),
        LABELS_FILE: msgspec.json.encode(list(labels)),
        CALIBRATION_FILE: calibration_file(temperature, table, languages),
    }
    return files if adapted is None else files | {ADAPTER_FILE: adapted.adapter}


def _head_arrays(scaling: Scaling, head: Head) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {"bias": head.bias}
    if head.dense_weights is not None and scaling.mean is not None:
        arrays["mean"] = scaling.mean
        arrays["scale"] = np.asarray([scaling.scale], dtype=np.float32)
        turned = head.dense_weights if scaling.axes is None else scaling.axes @ head.dense_weights
        arrays["dense_weights"] = _half(turned)
    if head.sparse_weights is not None and scaling.rarities is not None:
        arrays["rarities"] = _half(scaling.rarities)
        loudness = np.float32(1.0 if head.dense_weights is None else scaling.loudness)
        arrays["sparse_weights"] = _half(head.sparse_weights * loudness)
    return arrays


def _mixed_arrays(head: dict[str, NDArray[Any]], adapted: AdaptedPart) -> dict[str, NDArray[Any]]:
    """The head's arrays times its share, and those of the adapted part behind them."""
    mean, weights = adapted.mean, adapted.weights
    bias: NDArray[Any] = adapted.bias
    arrays: dict[str, NDArray[Any]] = {}
    if adapted.head_scale > 0:
        factor = np.float32(adapted.head_scale)
        bias = bias + factor * head["bias"]
        if "dense_weights" in head:
            mean = np.concatenate([head["mean"], mean])
            own = head["dense_weights"].astype(np.float32) * (factor / head["scale"][0])
            weights = np.concatenate([own, weights])
        if "sparse_weights" in head:
            arrays["rarities"] = head["rarities"]
            arrays["sparse_weights"] = _half(head["sparse_weights"].astype(np.float32) * factor)
    return arrays | {"bias": bias.astype(np.float32), "mean": mean, "dense_weights": _half(weights)}


def calibration_file(temperature: float, table: Sequence[Level], languages: Sequence[str] = ("en",)) -> bytes:
    promises = []
    for precision in PROMISES:
        threshold = threshold_for(precision, list(table))
        if threshold is not None:
            # Scores are shown rounded down to six digits (engine/serve/classify/answers.py), so thresholds are too.
            promises.append((precision, min(math.floor(threshold * 1e6) / 1e6, 0.999999)))
    return msgspec.json.encode(
        {
            "temperature": temperature,
            "held_out": table[-1].texts if table else 0,
            "levels": [(level.threshold, level.texts, level.correct) for level in table],
            "promises": promises,
            "languages": list(languages),
        }
    )


def digests(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Eight bytes per text by which a later version finds the texts again; no text is kept."""
    return np.fromiter(
        (
            int.from_bytes(hashlib.blake2b(folded_text(text).encode("utf-8", "replace"), digest_size=8).digest(), "big")
            for text in texts
        ),
        np.uint64,
        len(texts),
    )


def held_out_file(
    taught: NDArray[np.uint64], held: NDArray[np.uint64], truth: NDArray[np.int64], answers: NDArray[np.int64]
) -> bytes:
    """What champion and challenger are compared on: digests of all texts taught, and of those held out with
    their true label and the answer given, as numbers into the skill's labels."""
    return _npz({"taught": taught, "held": held, "truth": truth.astype(np.int32), "answers": answers.astype(np.int32)})


def _half(values: NDArray[np.float32]) -> NDArray[np.float16]:
    largest = float(np.finfo(np.float16).max)
    return np.clip(values, -largest, largest).astype(np.float16)


def _npz(arrays: dict[str, NDArray[Any]]) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()
