"""What a report is written from: a version's manifest, and the versions before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from engine.api.entities import EntitiesTrained
from engine.api.read import ClassifierTrained
from engine.errors import PackUnusable

Trained = ClassifierTrained | EntitiesTrained
_KINDS: dict[str, type[ClassifierTrained] | type[EntitiesTrained]] = {
    "classify": ClassifierTrained,
    "entities": EntitiesTrained,
}


class Earlier(Struct, frozen=True):
    """A version's own figures, for the comparison."""

    version: int
    method: str
    metrics: dict[str, float]


class Facts(Struct, frozen=True):
    """`promises`: (precision, score from which it is promised), lowest precision first. `comparison`: of the training,
    with the version then in use: promote, texts, champion_right, challenger_right, chance."""

    trained: Trained
    created: str
    in_use: bool
    dataset: str
    valid_dataset: str | None = None
    seed: int | None = None
    features: str = ""
    imported: bool = False
    comparison: dict[str, float] = {}
    earlier: tuple[Earlier, ...] = ()
    promises: tuple[tuple[float, float], ...] = ()


def trained_of(name: str, task: str, manifest: Mapping[str, Any]) -> Trained:
    """The training's result, as the manifest keeps it.

    Raises:
        PackUnusable: the model is of another task, keeps no report, or a damaged one.
    """
    kind = _KINDS.get(task)
    if kind is None:
        what = {"recommend": "recommender", "encoder": "encoder"}.get(task, f"model for “{task}”")
        raise PackUnusable(
            name=name,
            reason=f"it is a {what}, and reports are written for classifiers and readers of entities; "
            "its figures stand on its model card.",
        )
    report = manifest.get("report")
    if not isinstance(report, dict) or not report:
        raise PackUnusable(name=name, reason="it keeps no training report.")
    try:
        return msgspec.convert(report, kind)
    except msgspec.ValidationError as error:
        raise PackUnusable(name=name, reason=f"its training report is damaged ({error}).") from error


def numbers(values: Any) -> dict[str, float]:
    """The finite numbers of a mapping."""
    if not isinstance(values, Mapping):
        return {}
    return {str(key): float(value) for key, value in values.items() if isinstance(value, int | float)}
