"""A taught skill, opened from the files of its pack: texts and vectors in, probabilities out, with numpy alone.

Files: `head.npz` (arrays, never pickled), `labels.json` (list of names), `calibration.json` (temperature and levels),
and for a skill that adapted the encoder's upper layers `adapter.npz` (engine/runtimes/adapted.py). The vectors of such
a skill are those of its own top, or those of the unchanged encoder followed by its own.
`engine/train/classify/files.py` writes them.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.language.lexical import lexical_counts
from engine.language.rarity import weighted
from engine.runtimes.adapted import ADAPTER_FILE, read_adapter
from engine.runtimes.top_weights import WIDTH

if TYPE_CHECKING:
    from engine.runtimes.encoder import Encoder

TASK = "classify"
HEAD_FILE, LABELS_FILE, CALIBRATION_FILE = "head.npz", "labels.json", "calibration.json"
MOST_LABELS = 10_000
MOST_HEAD_BYTES = 256 << 20
_CHUNK_CELLS = 8_000_000  # of rows times labels held at once for lexical features
NOBODY = 1.0  # a threshold that no score reaches

Array = NDArray[np.float32]


class Calibration(Struct, frozen=True):
    """`levels`: (threshold, held-out texts at or above it, right ones among them), highest threshold first;
    `promises`: (precision, threshold from which it is promised), lowest precision first; see
    engine/train/classify/calibrate.py."""

    temperature: float = 1.0
    held_out: int = 0
    levels: tuple[tuple[float, int, int], ...] = ()
    promises: tuple[tuple[float, float], ...] = ()
    languages: tuple[str, ...] = ("en",)
    """What its encoders read of what it was taught: "en", "zh" (engine/language/reads.py)."""


class Promise(NamedTuple):
    """`threshold` is `NOBODY` where the asked-for precision cannot be promised; `best` is what can be."""

    threshold: float
    kept: bool
    best: float


class Skill:
    """Weights of a head and what is needed to use them.

    Attributes:
        labels: names, in the order of the columns.
        uses_encoder: whether `logits` needs the encoder's vectors.
        adapter: arrays of the skill's own top until `encoder` has it, or None.
        beside: whether the vectors of the unchanged encoder stand before those of the own top.
        encoder: the encoder with the skill's own top, once somebody has opened it.
    """

    def __init__(
        self,
        labels: tuple[str, ...],
        arrays: Mapping[str, Array],
        calibration: Calibration,
        adapter: Mapping[str, NDArray[Any]] | None = None,
    ) -> None:
        self.labels = labels
        self.calibration = calibration
        self._mean = arrays.get("mean")
        self._scale = float(arrays["scale"][0]) if "scale" in arrays else 1.0
        self._dense = arrays.get("dense_weights")
        self._sparse = arrays.get("sparse_weights")
        self._rarities = arrays.get("rarities")
        self._bias = arrays["bias"]
        self.uses_encoder = self._dense is not None
        self.uses_lexical = self._sparse is not None
        self.adapter = adapter
        self.beside = adapter is not None and self._dense is not None and len(self._dense) == 2 * WIDTH
        self.encoder: Encoder | None = None

    def logits(self, texts: Sequence[str], vectors: Array | None) -> Array:
        """Scores before the softmax, float32 (texts, labels).

        Args:
            vectors: float32 (texts, dimension) of the encoder; None where `uses_encoder` is False.
        """
        total: Array = np.repeat(self._bias[None, :], len(texts), axis=0)
        if self._dense is not None and self._mean is not None:
            if vectors is None or vectors.shape[1] != len(self._mean):
                raise PackUnusable(name="skill", reason="it was taught with another encoder.")
            total += ((vectors - self._mean) / np.float32(self._scale)) @ self._dense
        if self._sparse is not None and self._rarities is not None:
            step = max(1, _CHUNK_CELLS // (200 * len(self.labels)))
            for begin in range(0, len(texts), step):
                total[begin : begin + step] += self._lexical(texts[begin : begin + step])
        return total

    def _lexical(self, texts: Sequence[str]) -> Array:
        assert self._sparse is not None
        assert self._rarities is not None
        counts = weighted(lexical_counts(texts, len(self._rarities)), self._rarities)
        total: Array = np.zeros((len(texts), len(self.labels)), dtype=np.float32)
        for row, (begin, end) in enumerate(zip(counts.indptr, counts.indptr[1:], strict=False)):
            if end > begin:
                rows = self._sparse[counts.indices[begin:end]].astype(np.float32)
                total[row] = counts.values[begin:end] @ rows
        return total

    def adapted_head(self, width: int) -> tuple[Array, Array, Array]:
        """What stands on the skill's own top: mean (width,), weights (width, labels), bias (labels,)."""
        assert self._dense is not None
        assert self._mean is not None
        return self._mean[-width:], self._dense[-width:] / np.float32(self._scale), self._bias

    def probabilities(self, texts: Sequence[str], vectors: Array | None) -> Array:
        """Calibrated probabilities, float32 (texts, labels), rows adding up to one."""
        scaled = self.logits(texts, vectors) / np.float32(self.calibration.temperature)
        scaled -= scaled.max(axis=1, keepdims=True)
        np.exp(scaled, out=scaled)
        scaled /= scaled.sum(axis=1, keepdims=True)
        return scaled

    def promise(self, precision: float) -> Promise:
        """The score from which held-out texts promise this precision (0..1)."""
        best = max((reached for reached, _ in self.calibration.promises), default=0.0)
        if precision <= 0:
            return Promise(0.0, True, best)
        fitting = [threshold for reached, threshold in self.calibration.promises if reached >= precision - 1e-9]
        return Promise(min(fitting), True, best) if fitting else Promise(NOBODY, False, best)


def open_skill(name: str, files: Mapping[str, bytes]) -> Skill:
    """Open a skill.

    Args:
        name: for messages.
        files: bytes by file name.
    Raises:
        PackUnusable: a file is missing, or does not hold what it should.
    """
    for needed in (HEAD_FILE, LABELS_FILE, CALIBRATION_FILE):
        if needed not in files:
            raise PackUnusable(name=name, reason=f"its file {needed} is missing.")
    try:
        labels = msgspec.json.decode(files[LABELS_FILE], type=tuple[str, ...])
        calibration = msgspec.json.decode(files[CALIBRATION_FILE], type=Calibration)
        arrays = _arrays(files[HEAD_FILE])
    except (msgspec.MsgspecError, ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise PackUnusable(name=name, reason=f"its files are damaged ({error}).") from error
    problem = _problem(labels, arrays, calibration)
    if problem:
        raise PackUnusable(name=name, reason=problem)
    adapter = read_adapter(name, files[ADAPTER_FILE]) if ADAPTER_FILE in files else None
    if adapter is not None and "dense_weights" not in arrays:
        raise PackUnusable(name=name, reason="it has an adapter and nothing that uses it.")
    return Skill(labels, arrays, calibration, adapter)


def _arrays(body: bytes) -> dict[str, Array]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_HEAD_BYTES:
            raise ValueError("head.npz unpacks to too many bytes")
    with np.load(io.BytesIO(body), allow_pickle=False) as stored:
        return {key: _opened(key, stored[key]) for key in stored.files}


def _opened(key: str, values: NDArray[Any]) -> NDArray[Any]:
    """Single precision; the many lexical weights, of which a text needs few, stay in half."""
    kept = np.float16 if key == "sparse_weights" and values.dtype == np.float16 else np.float32
    return np.asarray(values, dtype=kept)


def _problem(labels: tuple[str, ...], arrays: Mapping[str, Array], calibration: Calibration) -> str:
    count = len(labels)
    if not 2 <= count <= MOST_LABELS or len(set(labels)) != count:
        return f"it names {count} labels."
    if not math.isfinite(calibration.temperature) or calibration.temperature <= 0:
        return "its temperature is no positive number."
    shapes = {key: value.shape for key, value in arrays.items()}
    if shapes.get("bias") != (count,):
        return "its head does not fit its labels."
    if any(not np.isfinite(value).all() for value in arrays.values()):
        return "its head holds numbers that are not finite."
    pairs = (("mean", "dense_weights"), ("rarities", "sparse_weights"))
    for inputs, weights in pairs:
        if (inputs in shapes) != (weights in shapes):
            return f"its head lacks {inputs} or {weights}."
        if weights in shapes and shapes[weights] != (*shapes[inputs], count):
            return f"the shape of {weights} does not fit."
    if not any(weights in shapes for _, weights in pairs):
        return "its head has no weights."
    if "scale" in arrays and (shapes["scale"] != (1,) or arrays["scale"][0] <= 0):
        return "its scale is no positive number."
    return ""
