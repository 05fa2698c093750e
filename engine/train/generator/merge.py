"""A base and an adapter as one file: W + (alpha / rank) B A, packed as the person likes. Runs in a worker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.jobs.child import Link
from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.kinds import STRING, TENSOR_KINDS, U32
from engine.runtimes.gguf.quantise import BLOCK, quantise
from engine.runtimes.gguf.values import read_values
from engine.runtimes.gguf.weights import Weights
from engine.runtimes.gguf.writer import GgufWriter, Planned, Typed
from engine.train.generator.adapter import read_adapter
from engine.train.generator.shape import shape_of
from engine.train.generator.values import Merged, MergeSpec

KINDS = {"F32": 0, "F16": 1, "Q8_0": 8}
FILE_KINDS = {"F32": 0, "F16": 1, "Q8_0": 7}


def merge(spec: MergeSpec, link: Link) -> Merged:
    """Write the merged file.

    Raises:
        GgufUnusable: the base has weights that cannot be turned back into numbers. PackUnusable: the adapter is none.
        Cancelled.
    """
    header = read_header(Path(spec.path))
    shape_of(header)
    weights = Weights(header)
    weights.check_kinds()
    about, arrays = read_adapter(spec.name, spec.adapter)
    changed = {f"{layer}.weight": pair for layer, pair in arrays.items()}
    values = read_values(header)
    values["general.name"] = Typed(STRING, spec.name)
    values["general.file_type"] = Typed(U32, FILE_KINDS[spec.kind])
    planned = [Planned(name, weights.shape(name), _kind(spec.kind, name, weights)) for name in weights.places]
    with GgufWriter(Path(spec.target), values, planned) as writer:
        for done, one in enumerate(planned):
            link.report(done, len(planned), "merge")
            if one.name not in changed and one.kind == weights.places[one.name].kind:
                writer.add(weights.raw(one.name))
                continue
            numbers = weights.read(one.name)
            if one.name in changed:
                a, b = changed[one.name]
                numbers = numbers + np.float32(about.alpha / about.rank) * (b @ a)
            writer.add(_packed(one.kind, numbers))
    return Merged(Path(spec.target).stat().st_size, len(changed))


def _kind(asked: str, name: str, weights: Weights) -> int:
    """Norms and biases stay as they are; so do rows that do not fit into blocks, as 16-bit numbers."""
    place = weights.places[name]
    if len(place.shape) < 2 or (TENSOR_KINDS[place.kind][0] == "F32" and place.shape[1] == 1):
        return place.kind
    return KINDS["F16"] if asked == "Q8_0" and place.shape[0] % BLOCK else KINDS[asked]


def _packed(kind: int, numbers: NDArray[np.float32]) -> NDArray[np.generic]:
    if kind == KINDS["Q8_0"]:
        return quantise(numbers)
    return numbers.astype("<f2") if kind == KINDS["F16"] else numbers
