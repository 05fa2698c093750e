"""Zero-shot: a text belongs to the label whose description is nearest, before anything was taught.

The skill is a head like any other: its weights are the labels' vectors times a scale. Scale and temperature are one
number here, so the weights keep `SCALE` and the temperature is fitted where labelled texts are at hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.train.classify.features import Scaling
from engine.train.classify.head import Head

SCALE = 20.0


def zero_head(label_vectors: NDArray[np.float32]) -> tuple[Scaling, Head]:
    """The head for labels' vectors, float32 (labels, dimension), rows of length one."""
    dimension, count = label_vectors.shape[1], len(label_vectors)
    scaling = Scaling(np.zeros(dimension, dtype=np.float32), 1.0, None)
    weights = np.ascontiguousarray(np.float32(SCALE) * label_vectors.T)
    return scaling, Head(weights, None, np.zeros(count, dtype=np.float32), 0)


def descriptions(labels: Sequence[str], texts: Mapping[str, Sequence[str]]) -> list[str]:
    """What stands for each label: where every label has exactly one text, that text is taken for its description."""
    if all(len(texts.get(label, ())) == 1 for label in labels):
        return [f"{label}: {texts[label][0]}" for label in labels]
    return list(labels)
