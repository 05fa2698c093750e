"""What a training request may say, before anything is read: times, names and fine points within their bounds."""

from __future__ import annotations

import math

from engine.api import TrainClassifier, TrainEntities
from engine.errors import UsageError

RANKS, LAYERS, EPOCHS = (1, 64), (1, 6), (1, 1_000)
MOST_SMOOTHING, MOST_RADIUS, MOST_RATE = 0.5, 10.0, 1.0
SEEDS = (0, 2**32 - 1)  # what numpy and torch both take


def check_fields(request: TrainClassifier | TrainEntities) -> None:
    """Refuse values that no training can follow.

    Raises:
        UsageError: names the value and its bounds.
    """
    minutes, options = request.max_minutes, request.options
    if not request.pack.strip():
        raise UsageError(reason="The skill needs a name.")
    if minutes is not None and not (math.isfinite(minutes) and minutes > 0):
        raise UsageError(reason=f"The time allowed must be more than 0 minutes; {minutes:g} was given.")
    if not (math.isfinite(options.search_minutes) and options.search_minutes >= 0):
        raise UsageError(reason=f"The time for the search must be 0 minutes or more; {options.search_minutes:g} given.")
    _whole("seed", request.seed, SEEDS)
    _whole("rank", options.rank, RANKS)
    _whole("number of layers", options.layers, LAYERS)
    _whole("number of epochs", options.epochs, EPOCHS)
    if options.learning_rate is not None and not 0 < options.learning_rate <= MOST_RATE:
        raise UsageError(
            reason=f"The learning rate must lie between 0 and {MOST_RATE:g}; {options.learning_rate:g} was given."
        )
    if not 0 <= options.label_smoothing <= MOST_SMOOTHING:
        raise UsageError(
            reason=f"The label smoothing must lie between 0 and {MOST_SMOOTHING:g}; {options.label_smoothing:g} given."
        )
    if not 0 <= options.adversarial <= MOST_RADIUS:
        raise UsageError(
            reason=f"The radius of adversarial training must lie between 0 and {MOST_RADIUS:g}; "
            f"{options.adversarial:g} was given."
        )


def _whole(name: str, value: int | None, bounds: tuple[int, int]) -> None:
    least, most = bounds
    if value is not None and not least <= value <= most:
        raise UsageError(reason=f"The {name} must lie between {least} and {most:,}; {value} was given.")
