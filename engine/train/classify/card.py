"""The model card of a taught skill: what it was taught, how good it is, and what it cannot do. Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from engine.api import ClassifierTrained, TrainClassifier
from engine.train.classify.champion import Verdict
from engine.train.classify.spec import Taught

_FEATURES = {
    "encoder": "vectors of the bundled English encoder",
    "lexical": "words and character pieces alone, because the encoder does not know the script or they did better",
    "both": "vectors of the bundled English encoder together with words and character pieces",
}
ADAPTED = {"lora": "LoRA", "adalora": "AdaLoRA", "prefix": "prefix-tuning", "full": "full fine-tuning"}
_WEAKEST = 5


def write_card(request: TrainClassifier, result: ClassifierTrained, taught: Taught, verdict: Verdict) -> str:
    """The card's text; `result` and `taught` are of the same training."""
    return "\n".join(_lines(request, result, taught, verdict)) + "\n"


def _lines(request: TrainClassifier, result: ClassifierTrained, taught: Taught, verdict: Verdict) -> Iterator[str]:
    values = result.metrics
    counted = int(values["n_valid"])
    yield f"Labels texts with one of {len(result.labels)} labels. It learned on this machine and holds no text."
    yield ""
    yield "## Data"
    yield ""
    yield f"- data set: {request.dataset}, {int(values['n_train']):,} texts, seed {request.seed}"
    yield f"- features: {_FEATURES[taught.features]}"
    yield f"- method: {_method(result.method, taught)}"
    yield f"- checked on: {_checked(request, result, taught, counted)}"
    if taught.unchecked_labels:
        yield f"- not checked, for want of a second text: {', '.join(taught.unchecked_labels)}"
    yield ""
    if counted:
        yield from _measures(result, counted)
        yield from _parts(result)
    else:
        yield "Nothing was measured: every labelled text was needed to describe its label."
        yield ""
    yield "## Limits"
    yield ""
    yield "- It answers with one of its labels even where none fits; ask for a precision to let it abstain."
    yield "- The numbers hold for texts like those it was taught; other sources, times or languages need a new check."
    if taught.features == "encoder":
        yield "- It reads English; texts in scripts that the encoder does not know are not understood."
    if counted and counted < 200:
        yield f"- {counted} texts are few to measure with; the intervals above are wide for that reason."
    if result.method == "zero":
        yield "- It knows the labels' names only, and works where names say what the texts are about."
    yield ""
    yield "## Comparison with the version in use before"
    yield ""
    yield _comparison(verdict)


def _method(method: str, taught: Taught) -> str:
    if method == "zero":
        return "nearest label description (zero-shot)"
    if method in ADAPTED:
        passes = f"{taught.passes:.1f}"
        return f"{ADAPTED[method]} of the encoder's upper layers, {passes} passes, beside a logistic regression"
    balance = ", small labels weighted up" if taught.balance else ""
    return f"logistic regression, C = {taught.looseness:g}{balance}, {taught.rounds} rounds of L-BFGS"


def _checked(request: TrainClassifier, result: ClassifierTrained, taught: Taught, counted: int) -> str:
    if taught.checked == "valid set":
        return f"{counted:,} texts of {request.valid_dataset}, none of them taught; thresholds come from folds"
    if result.method == "zero":
        return f"all {counted:,} texts, of which nothing but the temperature was learned"
    if result.method in ADAPTED:
        return f"{counted:,} held-out texts, answered before any of them was learned"
    return (
        f"{counted:,} texts held out in {taught.folds} of 5 folds, each answered by a head taught on the other four; "
        "the head that is kept was then taught on all texts. Features and penalty were chosen on the same folds for "
        "small data, which flatters the numbers slightly"
    )


def _measures(result: ClassifierTrained, counted: int) -> Iterator[str]:
    values = result.metrics
    yield "## Measured"
    yield ""
    yield "| measure | value |"
    yield "| --- | --- |"
    low, high = values["accuracy_low"], values["accuracy_high"]
    yield f"| accuracy | {values['accuracy']:.1%} (95 % interval {low:.1%} to {high:.1%}, {counted:,} texts) |"
    yield f"| macro F1 | {values['macro_f1']:.3f} |"
    yield f"| calibration error (15 bins) | {values['ece']:.3f}, before calibration {values['ece_before']:.3f} |"
    if "auc" in values:
        yield f"| AUC | {values['auc']:.3f} |"
    if result.out_of_scope is not None:
        scope = result.out_of_scope
        if result.method in ADAPTED:
            yield (
                f"| texts of no label, estimated with a head (labels left out in turn, {scope.texts:,} texts) | AUROC "
                f"{scope.auroc:.3f}; {scope.turned_away:.1%} turned away where 95 % of the known ones are kept |"
            )
        else:
            yield (
                f"| texts of no label (labels left out in turn, {scope.texts:,} texts) | AUROC {scope.auroc:.3f}; "
                f"{scope.turned_away:.1%} turned away where 95 % of the known ones are kept |"
            )
    if {"fp32", "int8"} <= result.quantisation.keys():
        shrunk = result.quantisation
        kept = "; fp32 was kept" if shrunk.get("used_fp32") else ""
        yield f"| accuracy as int8 | {shrunk['int8']:.1%}, in fp32 {shrunk['fp32']:.1%}{kept} |"
    if {"before", "after"} <= result.forgetting.keys():
        yield (
            f"| labels known before | {result.forgetting['after']:.1%} right, before this training "
            f"{result.forgetting['before']:.1%} |"
        )
    yield ""
    weak = sorted((one for one in result.per_label if one.support), key=lambda one: one.f1)[:_WEAKEST]
    yield "Weakest labels: " + "; ".join(f"{one.label} (F1 {one.f1:.2f}, {one.support} texts)" for one in weak)
    yield ""


def _parts(result: ClassifierTrained) -> Iterator[str]:
    """Slices and changed texts, and what was decided on the way."""
    # The card goes along with an exported skill, and values of a column are data; the report has those.
    slices = [one for one in result.slices if one.column in ("length", "language")]
    if slices:
        yield "| part of the held-out texts | texts | accuracy (95 % interval) |"
        yield "| --- | ---: | --- |"
        for one in slices:
            interval = f"{one.accuracy_low:.1%} to {one.accuracy_high:.1%}"
            yield f"| {one.column}: {one.value} | {one.texts:,} | {one.accuracy:.1%} ({interval}) |"
        yield ""
    if result.robustness:
        yield "| texts changed by | texts | accuracy before | after | same answer |"
        yield "| --- | ---: | ---: | ---: | ---: |"
        for change in result.robustness:
            # A negation may change what is right, so accuracy after it says nothing.
            judged = change.change != "negation"
            before, after = (f"{share:.1%}" if judged else "-" for share in (change.accuracy, change.accuracy_changed))
            yield f"| {change.change} | {change.texts:,} | {before} | {after} | {change.kept:.1%} |"
        yield ""
    if result.notes:
        yield "## Decided on the way"
        yield ""
        yield from (f"- {note}" for note in result.notes)
        yield ""


def _comparison(verdict: Verdict) -> str:
    if verdict.texts == 0:
        return "There was none, or no text was at hand that both could be asked."
    told = (
        f"On {verdict.texts:,} texts that neither was taught, the version before was right {verdict.champion_right:,} "
        f"times and this one {verdict.challenger_right:,} times"
    )
    if verdict.promote:
        return f"{told}; this version was put to use."
    return f"{told}, which is worse than chance explains (p = {verdict.chance:.3f}); this version was not put to use."
