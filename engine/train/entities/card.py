"""The model card of a reader of entities: what it was taught, how good it is, and what it cannot do. Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.api import EntitiesTrained, TrainEntities
from engine.train.entities.work import TaughtEntities

_LETTERS = "a tagger over letters and neighbouring words alone"
_METHODS = {
    "head": "a tagger over the states of the bundled English encoder, which stays as it is, and over letters",
    "lora": "upper layers of the bundled encoder adapted with LoRA, taught together with the tagger",
    "adalora": "upper layers of the bundled encoder adapted with AdaLoRA, taught together with the tagger",
    "prefix": "a prefix before the upper layers of the bundled encoder, taught together with the tagger",
    "full": "upper layers of the bundled encoder taught in full, together with the tagger",
}


def write_card(
    request: TrainEntities, result: EntitiesTrained, taught: TaughtEntities, verdict: Mapping[str, Any]
) -> str:
    """The card's text; `result` and `taught` are of the same training, `verdict` compares with the version before."""
    return "\n".join(_lines(request, result, taught, verdict)) + "\n"


def _lines(
    request: TrainEntities, result: EntitiesTrained, taught: TaughtEntities, verdict: Mapping[str, Any]
) -> Iterator[str]:
    values = result.metrics
    texts = int(values["n_valid"])
    few = len(result.labels)
    yield (
        f"Finds entities of {few} {'label' if few == 1 else 'labels'} in texts: {', '.join(result.labels)}. It learned "
        "on this machine and holds no text."
    )
    yield ""
    yield "## Data"
    yield ""
    yield f"- data set: {request.dataset}, {int(values['n_train']):,} texts taught, seed {request.seed}"
    yield f"- method: {_METHODS[result.method] if taught.layers else _LETTERS}"
    where = f"{texts:,} texts of {request.valid_dataset}" if request.valid_dataset else f"{texts:,} texts held out"
    yield f"- checked on: {where}, none of them taught or used to say when to stop"
    yield ""
    yield "## Measured"
    yield ""
    yield "An entity is right if its first character, its last character and its label are right."
    yield ""
    yield "| measure | value |"
    yield "| --- | --- |"
    yield f"| F1 | {values['f1']:.1%} (95 % interval {values['f1_low']:.1%} to {values['f1_high']:.1%}) |"
    yield f"| precision, recall | {values['precision']:.1%}, {values['recall']:.1%} |"
    yield f"| macro F1 | {values['macro_f1']:.3f} |"
    yield f"| calibration error of scores | {values['ece']:.3f} |"
    if "int8" in result.quantisation:
        shrunk = result.quantisation
        kept = "; fp32 was kept" if shrunk.get("used_fp32") else ""
        yield f"| F1 as int8 | {shrunk['int8']:.1%}, in fp32 {shrunk['fp32']:.1%}{kept} |"
    yield ""
    yield "| label | precision | recall | F1 | entities |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for one in sorted(result.per_label, key=lambda report: -report.support):
        label = " ".join(one.label.replace("|", "/").split())
        yield f"| {label} | {one.precision:.1%} | {one.recall:.1%} | {one.f1:.1%} | {one.support:,} |"
    yield ""
    if result.notes:
        yield "## Decided on the way"
        yield ""
        yield from (f"- {note}" for note in result.notes)
        yield ""
    yield "## Limits"
    yield ""
    yield "- Entities do not overlap: of two that would, one is found."
    yield "- The numbers hold for texts like those it was taught; other sources, times or languages need a new check."
    if taught.layers:
        yield "- The bundled encoder reads English; in other languages letters and neighbouring words have to do."
    if texts < 200:
        yield f"- {texts} texts are few to measure with; the interval above is wide for that reason."
    yield ""
    yield "## Comparison with the version in use before"
    yield ""
    yield _comparison(verdict)


def _comparison(verdict: Mapping[str, Any]) -> str:
    if not verdict["texts"]:
        return "There was none, or no text was at hand that both could be asked."
    told = (
        f"On {verdict['texts']:,} texts that neither was taught, the version before reached F1 "
        f"{verdict['champion_f1']:.1%} and this one {verdict['challenger_f1']:.1%}"
    )
    if verdict["promote"]:
        return f"{told}; this version was put to use."
    chance = f"p = {verdict['chance']:.3f}"
    return f"{told}, which is worse than chance explains ({chance}); this version was not put to use."
