"""A search over the settings of a training: optuna proposes, bad trials end early, and the clock ends the search.

The first trial has the measured defaults, so what is found is never worse than they are on the texts that it is
measured on. Everything stays in memory; optuna gets neither a file nor a server.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

WARM_TRIALS = 4  # random ones before the sampler and the pruner have something to go by
MOST_TRIALS = 200


class Range(NamedTuple):
    """What a setting may be. `step` 1 makes it a whole number."""

    low: float
    high: float
    log: bool = False
    step: int | None = None


class Trial(Struct, frozen=True):
    """`score` is the best that was measured; `steps` counts the measurements until it ended or was given up."""

    settings: dict[str, float]
    score: float
    steps: int
    pruned: bool
    seconds: float


class SearchResult(Struct, frozen=True):
    """`settings` of the best trial, and every trial in order."""

    settings: dict[str, float]
    score: float
    trials: tuple[Trial, ...]
    seconds: float


class GivenUp(Exception):
    """Raised by `tell`: the trial is not worth going on with, or the time is over."""


Tell = Callable[[int, float], None]
Run = Callable[[Mapping[str, float], Tell], None]


def search(
    run: Run,
    space: Mapping[str, Range],
    first: Mapping[str, float],
    *,
    seconds: float,
    seed: int,
    on_trial: Callable[[Trial], None] | None = None,
) -> SearchResult:
    """Try settings until the time is over.

    Args:
        run: trains with settings and calls `tell(step, score)` after each pass, higher is better; lets `GivenUp` pass.
        space: the settings and their ranges.
        first: the defaults, tried first and never given up for being bad.
        seconds: no trial starts that would probably not end within, and none goes on for longer.
        seed: for the sampler.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(
        direction="maximize",
        storage=optuna.storages.InMemoryStorage(),
        sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=WARM_TRIALS),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=WARM_TRIALS, n_warmup_steps=1),
    )
    study.enqueue_trial(dict(first))
    began = time.monotonic()
    until = began + seconds
    done: list[Trial] = []
    while len(done) < MOST_TRIALS and _worth_starting(done, until - time.monotonic()):
        trial = study.ask()
        ended = _one(run, trial, space, until, spare=not done)
        state = optuna.trial.TrialState.PRUNED if ended.pruned else optuna.trial.TrialState.COMPLETE
        study.tell(trial, None if ended.pruned else ended.score, state=state)
        done.append(ended)
        if on_trial is not None:
            on_trial(ended)
    best = max(done, key=lambda one: one.score)
    return SearchResult(best.settings, best.score, tuple(done), round(time.monotonic() - began, 2))


def _worth_starting(done: list[Trial], left_s: float) -> bool:
    """The first trial always starts; another one if a typical trial still fits."""
    if not done:
        return True
    typical = sorted(one.seconds for one in done)[len(done) // 2]
    return left_s > typical


def _one(run: Run, trial: Any, space: Mapping[str, Range], until: float, *, spare: bool) -> Trial:
    began = time.monotonic()
    settings = {name: _suggest(trial, name, range_) for name, range_ in space.items()}
    scores: list[float] = []

    def tell(step: int, score: float) -> None:
        scores.append(score)
        trial.report(score, step)
        if time.monotonic() > until or (not spare and trial.should_prune()):
            raise GivenUp

    try:
        run(settings, tell)
    except GivenUp:
        given_up = True
    else:
        given_up = False
    # What was reached before the end counts: training keeps the best pass, not the last.
    best = max(scores, default=float("-inf"))
    return Trial(settings, best, len(scores), given_up, round(time.monotonic() - began, 2))


def _suggest(trial: Any, name: str, range_: Range) -> float:
    if range_.step is not None:
        return float(trial.suggest_int(name, int(range_.low), int(range_.high), step=range_.step, log=range_.log))
    return float(trial.suggest_float(name, range_.low, range_.high, log=range_.log))
