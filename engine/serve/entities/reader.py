"""A taught reader of entities, opened from the files of its pack: words and their states in, entities out, with numpy.

Files: `reader.npz` (arrays, never pickled) and `reader.json` (`Settings`). engine/train/entities/files.py writes them.

What a word says for each tag is the sum of two parts. Its hashed features (engine/serve/entities/features.py) have
weights of their own. And its states from the encoder, beside a small vector summed up from the same features, go
through a hidden layer and convolutions over neighbouring words. A linear chain (engine/serve/entities/crf.py) then
chooses the tags.
"""

from __future__ import annotations

import io
import itertools
import math
import threading
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.packs.arrays import check_arrays
from engine.serve.entities.crf import Chain, ScoredSpan, find_spans
from engine.serve.entities.features import Features, Looker
from engine.serve.entities.tags import forbidden_steps, tag_count
from engine.serve.entities.words import FINENESS, Fineness

TASK = "entities"
ARRAYS_FILE, SETTINGS_FILE = "reader.npz", "reader.json"
MOST_LABELS = 500
MOST_BYTES = 64 << 20
MOST_LAYERS = 7
FORMAT = 1
_TOGETHER_FEATURES = 2_000_000  # hashed features summed up at once: about 60 MB

Array = NDArray[np.float32]


class Settings(Struct, frozen=True):
    """What the arrays mean.

    Attributes:
        layers: of the encoder, whose states are used, in order; none for a reader that goes by letters alone.
        longest, usual: words of the texts taught (engine/serve/entities/passages.py).
        slope, offset: a score is 1 / (1 + exp(-(slope * log-odds of the chain's probability + offset))).
    """

    format: int
    labels: tuple[str, ...]
    fineness: Fineness
    layers: tuple[int, ...]
    width: int
    convolutions: int
    longest: int
    usual: int
    slope: float = 1.0
    offset: float = 0.0


class Found(NamedTuple):
    """An entity among the words of a text, with its calibrated score."""

    first: int
    last: int
    label: int
    score: float


class Reader:
    """Weights of a reader and what is needed to use them; any thread may call it.

    Attributes:
        labels: names of what it finds.
        layers: the encoder's layers whose states `read` needs.
    """

    def __init__(self, settings: Settings, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.settings = settings
        self.labels, self.layers, self.fineness = settings.labels, settings.layers, settings.fineness
        self.needs_states = bool(settings.layers)
        self._looking = threading.local()  # what words look like is remembered, in each thread for itself
        self._whole = {name: arrays[name] for name in ("cells", "embedding")}
        self._parts = {name: arrays[name].astype(np.float32) for name in arrays if name not in self._whole}
        steps, starts = forbidden_steps(len(settings.labels))
        self._chain = Chain(
            (self._parts["steps"] + steps).astype(np.float64),
            (self._parts["starts"] + starts).astype(np.float64),
            self._parts["ends"].astype(np.float64),
        )

    def read(self, words: Sequence[Sequence[str]], states: Sequence[NDArray[Any]] | None) -> list[list[Found]]:
        """The entities of each text, in order, none within another.

        Args:
            words: of each text, split with this reader's `fineness`.
            states: (words, width) per text, of the encoder; None where `needs_states` is False.
        Raises:
            PackUnusable: the states are those of another encoder.
        """
        emissions = self.emissions(words, states)
        return [[self._found(one) for one in spans] for spans in find_spans(self._chain, emissions)]

    def blank_states(self, lengths: Sequence[int]) -> list[NDArray[np.float16]] | None:
        """States of nothing, to try the reader with."""
        width = self.settings.width
        return [np.zeros((length, width), np.float16) for length in lengths] if self.needs_states else None

    def emissions(self, words: Sequence[Sequence[str]], states: Sequence[NDArray[Any]] | None) -> list[Array]:
        """What each word says for each tag, float32 (words, tags) per text."""
        lengths = np.fromiter((len(row) for row in words), np.int64, len(words))
        if self.needs_states:
            wanted = [(count, self.settings.width) for count in lengths.tolist()]
            if states is None or [one.shape for one in states] != wanted:
                raise PackUnusable(name="reader", reason="it was taught with another encoder.")
        if not lengths.sum():
            return [np.zeros((0, tag_count(len(self.labels))), np.float32) for _ in words]
        features = self._look(words)
        total = self._summed(features, "cells") + self._parts["out_bias"]
        inputs = [self._summed(features, "embedding")]
        if self.needs_states and states is not None:
            flat = np.concatenate([one for one in states if len(one)]).astype(np.float32)
            inputs.insert(0, (flat - self._parts["state_mean"]) / self._parts["state_scale"])
        hidden = gelu(np.concatenate(inputs, axis=1) @ self._parts["in_weights"] + self._parts["in_bias"])
        starts = np.concatenate([[0], np.cumsum(lengths)])
        for number in range(self.settings.convolutions):
            hidden = hidden + self._convolved(hidden, starts, number)
        total += hidden @ self._parts["out_weights"]
        return [total[begin:end] for begin, end in itertools.pairwise(starts.tolist())]

    def _look(self, words: Sequence[Sequence[str]]) -> Features:
        if not hasattr(self._looking, "looker"):
            self._looking.looker = Looker()
        looker: Looker = self._looking.looker
        return looker.features(words)

    def _summed(self, features: Features, name: str) -> Array:
        """The rows of a table of whole numbers that the features name, summed up per word."""
        table, scale = self._whole[name], self._parts[f"{name}_scale"]
        counts = features.indptr
        found = np.empty((len(counts) - 1, table.shape[1]), dtype=np.float32)
        begin = 0
        while begin < len(found):
            end = int(np.searchsorted(counts, counts[begin] + _TOGETHER_FEATURES, side="right")) - 1
            end = max(begin + 1, min(end, len(found)))
            rows = features.hashes[counts[begin] : counts[end]] % len(table)
            np.add.reduceat(
                table[rows], counts[begin:end] - counts[begin], axis=0, dtype=np.float32, out=found[begin:end]
            )
            begin = end
        return found * scale

    def _convolved(self, hidden: Array, starts: NDArray[np.int64], number: int) -> Array:
        """One convolution over three words; words of other texts count as nothing."""
        weights = self._parts[f"conv{number}_weights"]
        before, after = np.zeros_like(hidden), np.zeros_like(hidden)
        before[1:], after[:-1] = hidden[:-1], hidden[1:]
        begins, ends = starts[:-1], starts[1:]
        filled = ends > begins
        before[begins[filled]] = 0
        after[ends[filled] - 1] = 0
        total = before @ weights[0] + hidden @ weights[1] + after @ weights[2]
        found: Array = gelu(total + self._parts[f"conv{number}_bias"])
        return found

    def _found(self, one: ScoredSpan) -> Found:
        odds = log_odds(one.probability)
        score = 1 / (1 + math.exp(-max(-60.0, min(60.0, self.settings.slope * odds + self.settings.offset))))
        return Found(one.span.first, one.span.last, one.span.label, score)


def log_odds(probability: float) -> float:
    kept = min(max(probability, 1e-7), 1 - 1e-7)
    return math.log(kept / (1 - kept))


def gelu(values: Array) -> Array:
    """x times the normal distribution at x, by the tanh formula that training uses as well.

    Source: Hendrycks and Gimpel 2016.
    """
    inner = np.float32(math.sqrt(2 / math.pi)) * (values + np.float32(0.044715) * values * values * values)
    found: Array = np.float32(0.5) * values * (1 + np.tanh(inner))
    return found


def open_reader(name: str, files: Mapping[str, bytes]) -> Reader:
    """Open a reader.

    Args:
        name: for messages.
        files: bytes by file name.
    Raises:
        PackUnusable: a file is missing, or does not hold what it should.
    """
    for needed in (ARRAYS_FILE, SETTINGS_FILE):
        if needed not in files:
            raise PackUnusable(name=name, reason=f"its file {needed} is missing.")
    if check_arrays(files[ARRAYS_FILE], name, ARRAYS_FILE) > MOST_BYTES:
        raise PackUnusable(name=name, reason=f"its file {ARRAYS_FILE} unpacks to more than {MOST_BYTES >> 20} MB.")
    try:
        settings = msgspec.json.decode(files[SETTINGS_FILE], type=Settings)
        with np.load(io.BytesIO(files[ARRAYS_FILE]), allow_pickle=False) as stored:
            arrays = {key: stored[key] for key in stored.files}
    except (msgspec.MsgspecError, ValueError, KeyError, OSError, EOFError) as error:
        raise PackUnusable(name=name, reason=f"its files are damaged ({error}).") from error
    problem = _about_settings(settings) or _about_arrays(settings, arrays)
    if problem:
        raise PackUnusable(name=name, reason=problem)
    return Reader(settings, arrays)


def _about_settings(settings: Settings) -> str:
    labels = settings.labels
    if settings.format != FORMAT:
        return f"it has format {settings.format}, and this program reads format {FORMAT}."
    if not 1 <= len(labels) <= MOST_LABELS or len(set(labels)) != len(labels) or not all(labels):
        return f"it names {len(labels)} labels."
    if settings.fineness not in FINENESS:
        return "it splits words in a way that this program does not know."
    if len(settings.layers) > MOST_LAYERS or any(not 0 <= layer < MOST_LAYERS for layer in settings.layers):
        return "it asks for layers that the encoder does not have."
    if not 1 <= settings.usual <= settings.longest:
        return "the lengths of its texts make no sense."
    if not 0 <= settings.convolutions <= 8 or not 0 <= settings.width <= 8192:
        return "its sizes make no sense."
    if not (math.isfinite(settings.slope) and math.isfinite(settings.offset)) or settings.slope <= 0:
        return "its calibration is no positive number."
    return ""


def _about_arrays(settings: Settings, arrays: Mapping[str, NDArray[Any]]) -> str:
    shapes = {name: array.shape for name, array in arrays.items()}
    tags = tag_count(len(settings.labels))
    embedding = shapes.get("embedding", (0,))
    hidden = shapes.get("in_bias", (0, 0))
    if len(embedding) != 2 or len(hidden) != 1 or len(shapes.get("cells", ())) != 2:
        return "its arrays have the wrong number of axes."
    states = settings.width if settings.layers else 0
    wanted: dict[str, tuple[int, ...]] = {
        "cells": (shapes["cells"][0], tags),
        "cells_scale": (tags,),
        "embedding": embedding,
        "embedding_scale": (embedding[1],),
        "in_weights": (states + embedding[1], hidden[0]),
        "in_bias": hidden,
        "out_weights": (hidden[0], tags),
        "out_bias": (tags,),
        "steps": (tags, tags),
        "starts": (tags,),
        "ends": (tags,),
    }
    if states:
        wanted |= {"state_mean": (states,), "state_scale": (states,)}
    for number in range(settings.convolutions):
        wanted |= {f"conv{number}_weights": (3, hidden[0], hidden[0]), f"conv{number}_bias": hidden}
    wrong = sorted(name for name in wanted.keys() | shapes.keys() if wanted.get(name) != shapes.get(name))
    if wrong:
        return f"the shape of {wrong[0]} does not fit."
    if 0 in shapes["cells"] or 0 in embedding or 0 in hidden:
        return "its arrays are empty."
    if arrays["cells"].dtype != np.int8 or arrays["embedding"].dtype != np.int8:
        return "its tables are no whole numbers of one byte."
    if any(array.dtype.kind not in "fi" or not np.isfinite(array).all() for array in arrays.values()):
        return "its arrays hold something that is no finite number."
    if states and not (arrays["state_scale"] > 0).all():
        return "its scales are not positive."
    return ""
