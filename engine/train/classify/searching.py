"""Task "search_training": good settings for one training, found by trying them within a time.

For methods that adapt the encoder: learning rate, rank, passes and smoothing. For a head: its penalty and how much
small labels count. The first fifth of the texts, on which the training will be reported, is left aside; the second
fifth says how good a trial is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.dataset.split import sample_rows
from engine.train.classify.features import candidates, cells_for, learn_scaling, only
from engine.train.classify.folds import folds_of
from engine.train.classify.head import fit_head
from engine.train.classify.spec import TeachSpec
from engine.train.encoder.checkpoint import Checkpoint
from engine.train.search import Range, SearchResult, Tell, Trial, search

__all__ = ["SearchResult", "SearchSpec", "Trial", "search_training"]

REPORTED_FOLD, ASKED_FOLD = 0, 1
MOST_TAUGHT, MOST_ASKED = 4_000, 2_000  # texts in one trial: the more trials, the better the settings
MOST_PASSES = 12
HEAD_STEPS = (0.5, 1.0)  # shares of the texts after which a head's trial is looked at


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None: ...

    def send(self, item: Checkpoint) -> None: ...

    def check(self) -> None: ...


class SearchSpec(Struct, frozen=True):
    """`spec` is the training that settings are looked for; its own are tried first. `seconds` for all of the search;
    `fixed` names settings that are not to be changed."""

    spec: TeachSpec
    seconds: float
    fixed: tuple[str, ...] = ()


def search_training(given: SearchSpec, link: Link) -> SearchResult:
    """Look for settings; see the module's text.

    Returns:
        `settings` with learning_rate, rank, epochs and smoothing, or with looseness and balance for a head.
    Raises:
        DeviceMissing, Cancelled.
    """
    spec = given.spec
    truth = np.asarray(spec.truth, dtype=np.int64)
    folds = folds_of(spec)
    asked = np.flatnonzero(folds.fold_of == ASKED_FOLD)
    taught = np.flatnonzero((folds.fold_of != ASKED_FOLD) & (folds.fold_of != REPORTED_FOLD))
    taught = taught[sample_rows(truth[taught], MOST_TAUGHT, seed=spec.seed, least=2)]
    asked = asked[sample_rows(truth[asked], MOST_ASKED, seed=spec.seed)]
    trials: list[Trial] = []

    def told(trial: Trial) -> None:
        trials.append(trial)
        best = max(one.score for one in trials)
        link.report(len(trials), None, "search", values={"trials": float(len(trials)), "valid_score": best})

    link.report(0, None, "search")
    if spec.adapt is None:
        run, space, first = _heads(spec, truth, taught, asked, link)
    else:
        run, space, first = _layers(spec, truth, taught, asked, link)
    fixed = {name: first[name] for name in given.fixed if name in first}

    def whole(settings: Mapping[str, float], tell: Tell) -> None:
        run({**settings, **fixed}, tell)

    free = {name: range_ for name, range_ in space.items() if name not in fixed}
    found = search(
        whole, free, {name: first[name] for name in free}, seconds=given.seconds, seed=spec.seed, on_trial=told
    )
    return replace(found, settings={**found.settings, **fixed})


def _heads(
    spec: TeachSpec, truth: NDArray[np.int64], taught: NDArray[np.int64], asked: NDArray[np.int64], link: Link
) -> Any:
    vectors = np.frombuffer(spec.vectors, np.float32).reshape(-1, spec.dimension) if spec.vectors else None
    chosen = candidates(spec.known_share if vectors is not None else 0.0, len(spec.labels))[0]
    _, features = learn_scaling(spec.texts, vectors if chosen != "lexical" else None, cells_for(len(spec.labels)))
    blocks = only(features, chosen)
    order = np.random.default_rng(spec.seed).permutation(taught)

    def run(settings: Mapping[str, float], tell: Tell) -> None:
        for step, share in enumerate(HEAD_STEPS):
            rows = order[: max(2, round(share * len(order)))]
            head = fit_head(
                blocks.take(rows), truth[rows], len(spec.labels), looseness=settings["looseness"],
                balance=settings["balance"], on_round=link.check,
            )  # fmt: skip
            right = head.logits(blocks.take(asked)).argmax(axis=1) == truth[asked]
            tell(step, float(right.mean()))

    space = {"looseness": Range(0.3, 300.0, log=True), "balance": Range(0.0, 1.0)}
    return run, space, {"looseness": 10.0, "balance": 0.0}


def _layers(
    spec: TeachSpec, truth: NDArray[np.int64], taught: NDArray[np.int64], asked: NDArray[np.int64], link: Link
) -> Any:
    import torch

    from engine.runtimes.encoder import Encoder
    from engine.runtimes.threads import usable_threads
    from engine.runtimes.top_weights import base_layers, read_arrays, read_places
    from engine.train.augment.weights import balanced_weights
    from engine.train.classify.adapt import trunk_states
    from engine.train.classify.goal import ClassifierGoal
    from engine.train.encoder.device import choose_device
    from engine.train.encoder.layers import Top
    from engine.train.encoder.loop import train

    assert spec.adapt is not None
    torch.set_num_threads(usable_threads(spec.threads or None))
    device = choose_device(spec.adapt.device)
    folder = Path(spec.encoder_folder)
    encoder = Encoder.open(folder, threads=spec.threads or None)
    rows = np.concatenate([taught, asked])
    vectors = np.frombuffer(spec.vectors, np.float32).reshape(-1, spec.dimension)
    states = trunk_states(encoder, [spec.texts[row] for row in rows.tolist()], link, device)
    base = base_layers(read_arrays((folder / "top.onnx").read_bytes(), read_places((folder / "top.json").read_bytes())))
    places, held = np.arange(len(taught)), len(taught) + np.arange(len(asked))
    weights = balanced_weights(truth, len(spec.labels)) if spec.balance else None

    class Watched(ClassifierGoal):
        """Tells the search what every look has found."""

        def __init__(self, smoothing: float, tell: Tell) -> None:
            super().__init__(
                vectors[taught], truth[rows], len(spec.labels), places, held, smoothing=smoothing, weights=weights,
                device=device,
            )  # fmt: skip
            self._tell, self._looks = tell, 0

        def score(self, top: Any, states: Any) -> float:
            found = super().score(top, states)
            self._looks += 1
            self._tell(self._looks, found)
            return found

    def run(settings: Mapping[str, float], tell: Tell) -> None:
        assert spec.adapt is not None
        rank = int(settings["rank"])
        adapt = replace(
            spec.adapt, device=device, learning_rate=settings["learning_rate"], rank=rank, alpha=2.0 * rank,
            epochs=int(settings["epochs"]), max_seconds=None, checkpoint_s=float("inf"),
        )  # fmt: skip
        train(Top(base, adapt), Watched(settings["smoothing"], tell), states, places, adapt, _Quiet(link), watch=True)

    own = spec.adapt
    space = {
        "learning_rate": Range(own.learning_rate / 8, own.learning_rate * 4, log=True),
        "rank": Range(4, 32, step=4),
        "epochs": Range(2, MOST_PASSES, step=1),
        "smoothing": Range(0.0, 0.3),
    }
    first = {
        "learning_rate": own.learning_rate,
        "rank": float(min(32, max(4, 4 * round(own.rank / 4)))),
        "epochs": float(min(MOST_PASSES, max(2, own.epochs))),
        "smoothing": min(0.3, spec.smoothing),
    }
    return run, space, first


class _Quiet:
    """A link that only hears a stop: a trial's steps are nobody's concern."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._told = 0

    @property
    def held_s(self) -> float:
        return float(getattr(self._link, "held_s", 0.0))

    def report(self, *_: object, **__: object) -> None:
        self._told += 1
        self._link.report(self._told, None, "search trial")

    def send(self, _item: object) -> None:
        """Trials keep no checkpoints."""

    def check(self) -> None:
        self._link.check()
