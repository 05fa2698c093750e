"""The report's sections on parts of the data, changes of writing, strangers, mistakes, the data itself and limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.api.read import ADAPTING, ClassifierTrained, SliceScore
from engine.report import charts
from engine.report.blocks import Block, Bullets, Heading, Paragraph, Table
from engine.report.facts import Facts, Trained
from engine.report.words import Words

TEXT_CHARACTERS = 300
MOST_MISTAKES = 20
MOST_NAMED = 10


def slices(trained: ClassifierTrained, words: Words) -> Iterator[Block]:
    if not trained.slices:
        return
    yield Heading(words("slices_title"))
    yield Paragraph(words("slices_text"))
    for column in dict.fromkeys(one.column for one in trained.slices):
        own = [one for one in trained.slices if one.column == column]
        yield Paragraph(words.known(f"slice_{column}", words("slice_column", column=column)))
        rows = [
            (
                words("slice_texts", value=_slice_name(one, words), texts=words.count(one.texts)),
                one.accuracy, one.accuracy_low, one.accuracy_high,
            )
            for one in own
        ]  # fmt: skip
        figure = charts.intervals(rows, words)
        if figure is not None:
            yield figure
    yield Paragraph(words("slices_about"), "note")


def _slice_name(one: SliceScore, words: Words) -> str:
    if one.column == "length":
        third, _, span = one.value.partition(" ")
        return f"{words.known(f'length_{third}', third)} {span.replace('-', '–')}".strip()
    if one.column == "language":
        return words.known(f"language_{one.value}", one.value)
    return one.value


def robustness(trained: ClassifierTrained, words: Words) -> Iterator[Block]:
    if not trained.robustness:
        return
    yield Heading(words("robust_title"))
    yield Paragraph(words("robust_text"))
    rows = []
    notes: list[str] = []
    for one in trained.robustness:
        judged = one.change != "negation"
        rows.append(
            (
                words.known(f"change_{one.change}", one.change),
                words.count(one.texts),
                words.percent(one.accuracy) if judged else "–",
                f"{words.percent(one.accuracy_changed)} ({words.points(one.accuracy_changed - one.accuracy)})"
                if judged
                else "–",
                words.percent(one.kept),
            )
        )
        if one.change == "negation":
            notes.append(words("robust_negation"))
    keys = ("column_change", "column_texts", "column_before", "column_after", "column_kept")
    yield Table(tuple(words(key) for key in keys), tuple(rows), numeric=(1, 2, 3, 4), wide=0)
    people = [one for one in trained.robustness if one.change in ("names", "gender")]
    if people:
        texts = sum(one.texts for one in people)
        changed = sum(round(one.texts * (1 - one.kept)) for one in people)
        notes.append(words("robust_people", changed=words.count(changed), texts=words.count(texts)))
    for note in notes:
        yield Paragraph(note, "note")


def out_of_scope(trained: ClassifierTrained, words: Words) -> Iterator[Block]:
    found = trained.out_of_scope
    if found is None:
        return
    yield Heading(words("scope_title"))
    yield Paragraph(words("scope_text"))
    estimated = trained.method in ADAPTING
    turned = words.percent(found.turned_away)
    lines = [
        words("scope_auroc", auroc=words.percent(found.auroc), texts=words.count(found.texts)),
        # A threshold of the head is none for the scores of the adapted skill.
        words("scope_turned_about", turned=turned)
        if estimated
        else words("scope_turned", turned=turned, threshold=f"{found.threshold:.3f}"),
    ]
    if found.left_out:
        shown = [*found.left_out[:MOST_NAMED], *(["…"] if len(found.left_out) > MOST_NAMED else [])]
        lines.append(words("scope_left_out", labels=words.listed(shown)))
    yield Bullets(tuple(lines))
    if estimated:
        yield Paragraph(words("scope_estimate"), "note")


def mistakes(trained: Trained, words: Words) -> Iterator[Block]:
    if not trained.metrics.get("n_valid"):
        return
    yield Heading(words("mistakes_title"))
    if not trained.mistakes:
        yield Paragraph(words("mistakes_none"))
        return
    yield Paragraph(words("mistakes_text"))
    shown = trained.mistakes[:MOST_MISTAKES]
    entities = not isinstance(trained, ClassifierTrained)
    keys = ["column_text", *(["column_place"] if entities else []), "column_true", "column_answer", "column_score"]
    yield Table(
        tuple(words(key) for key in keys),
        tuple(_mistake(one, words, entities=entities) for one in shown),
        numeric=(len(keys) - 1,),
        wide=0,
    )


def _mistake(one: dict[str, Any], words: Words, *, entities: bool) -> tuple[str, ...]:
    text = str(one.get("text", ""))
    place: tuple[str, ...] = ()
    if entities:
        start, end = one.get("start"), one.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            place = (f"“{text[start:end]}” ({start}–{end})",)
        else:
            place = ("–",)
    empty = words("nothing_there" if entities else "no_label")
    score = one.get("score")
    told = words.percent(float(score)) if isinstance(score, int | float) else "–"
    shown = text if len(text) <= TEXT_CHARACTERS else text[: TEXT_CHARACTERS - 1] + "…"
    return (shown, *place, str(one.get("label") or empty), str(one.get("predicted") or empty), told)


def findings(trained: Trained, words: Words) -> Iterator[Block]:
    yield Heading(words("lint_title"))
    if not trained.lint:
        yield Paragraph(words("lint_none"))
        return
    yield Table(
        tuple(words(key) for key in ("column_severity", "column_finding", "column_examples")),
        tuple(
            (
                words.known(f"severity_{one.severity}", one.severity),
                words.finding(one.code, one.count, one.message),
                words.listed([f"“{example}”" for example in one.examples]),
            )
            for one in trained.lint
        ),
        wide=2,
    )


def limits(facts: Facts, words: Words) -> Iterator[Block]:
    trained = facts.trained
    lines = []
    if isinstance(trained, ClassifierTrained):
        lines.append(words("limit_always"))
        lines.append(words("limit_texts"))
        if trained.method == "zero":
            lines.append(words("limit_zero"))
        negation = next((one for one in trained.robustness if one.change == "negation"), None)
        if negation is not None and negation.kept > 0.5:
            lines.append(words("limit_negation", kept=words.percent(negation.kept, 0)))
    else:
        lines += [words("limit_entities"), words("limit_texts")]
    if facts.features in ("encoder", "adapter"):
        lines.append(words("limit_english"))
    lines.append(words("limit_machine"))
    yield Heading(words("limits_title"))
    yield Bullets(tuple(lines))
