"""Settings of a training that adapts the encoder, from what a person chose and from the data's size."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from engine.api import TrainClassifier, TrainEntities
from engine.errors import UsageError
from engine.host.context import Context
from engine.host.read.skills import open_pack, vectors_for
from engine.train.encoder.settings import METHODS, AdaptSettings

LEARNING_RATES = {"lora": 1e-3, "adalora": 2e-3, "prefix": 5e-3, "full": 2e-4}
MOST_STEPS = 2_600  # by default; passes follow from it
LEAST_PASSES, MOST_PASSES = 2, 10
FEW = 2_000  # texts; up to as many are taught against small changes to what goes in
FEW_RADIUS = 0.03  # banking77 with 10 texts per label: a third of a point more, for twice the time of a step


def adapt_settings(request: TrainClassifier | TrainEntities, texts: int, max_seconds: float | None) -> AdaptSettings:
    """What the training loop gets.

    Args:
        texts: how many are taught.
        max_seconds: for the training alone.
    """
    options = request.options
    batch = 32 if texts < 30_000 else 64
    passes = int(np.clip(round(MOST_STEPS * batch / max(1, texts)), LEAST_PASSES, MOST_PASSES))
    settings = AdaptSettings(
        method=request.method,
        epochs=options.epochs or passes,
        batch_texts=batch,
        learning_rate=options.learning_rate or LEARNING_RATES[request.method],
        adversarial=options.adversarial or (FEW_RADIUS if texts <= FEW else 0.0),
        max_seconds=max_seconds,
        seed=request.seed,
        device=request.device,
    )
    layers = options.layers or settings.layers
    rank = options.rank or settings.rank
    if layers > 3:
        raise UsageError(
            reason=f"At most 3 layers can be adapted, and {layers} were asked for: the lower three are shared by all "
            "skills."
        )
    return replace(settings, layers=layers, rank=rank, alpha=2.0 * rank)


def teacher_probabilities(ctx: Context, teacher: str, labels: tuple[str, ...], texts: list[str]) -> bytes:
    """What a larger skill says of the texts, float32 bytes (texts, labels).

    Raises:
        UsageError: it has other labels.
    """
    skill = open_pack(ctx, teacher).skill
    if set(skill.labels) != set(labels):
        raise UsageError(
            reason=f"The teacher {teacher} knows other labels than this data set "
            f"({len(skill.labels)} and {len(labels)})."
        )
    order = [skill.labels.index(label) for label in labels]
    found = skill.probabilities(texts, vectors_for(ctx, skill, texts))
    return np.ascontiguousarray(found[:, order], dtype=np.float32).tobytes()


def adapts(method: str) -> bool:
    """Whether a method teaches the encoder's layers."""
    return method in METHODS
