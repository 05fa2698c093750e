"""The report's sections on how the skill was taught and on the version before it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.api.read import ClassifierTrained
from engine.report import charts
from engine.report.blocks import Block, Bullets, Heading, Paragraph, Table
from engine.report.facts import Facts
from engine.report.words import Words

MOST_VERSIONS = 6


def how(facts: Facts, words: Words) -> Iterator[Block]:
    trained = facts.trained
    values = trained.metrics
    rows = [
        (words("fact_dataset"), facts.dataset or "–"),
        (words("fact_valid"), facts.valid_dataset or words("fact_valid_held_out")),
        (
            words("fact_texts"),
            f"{words.count(int(values.get('n_train', 0)))} / {words.count(int(values.get('n_valid', 0)))}",
        ),
        (words("fact_method"), words.known(f"method_{trained.method}", trained.method)),
        (words("fact_rounds"), words.count(trained.epochs)),
        (words("fact_time"), words("fact_seconds", seconds=f"{trained.seconds:,.1f}")),
    ]
    if trained.peak_mb:
        rows.append((words("fact_memory"), f"{trained.peak_mb:,.0f} MB"))
    rows.append((words("fact_size"), f"{trained.adapter_bytes / 1e6:.2f} MB"))
    if facts.seed is not None:
        rows.append((words("fact_seed"), str(facts.seed)))
    rows += _shrunk(trained.quantisation, words)
    yield Heading(words("training_title"))
    yield Table(("", ""), tuple(rows), wide=1)
    score = "chart_valid_accuracy" if isinstance(trained, ClassifierTrained) else "chart_valid_f1"
    figure = charts.training_curve(trained.curve, words(score), words)
    if figure is not None:
        yield figure
        yield Paragraph(figure.about, "note")
    if isinstance(trained, ClassifierTrained) and {"before", "after"} <= trained.forgetting.keys():
        before, after = trained.forgetting["before"], trained.forgetting["after"]
        yield Paragraph(
            words(
                "forgetting",
                before=words.percent(before), after=words.percent(after), difference=words.points(after - before),
            )
        )  # fmt: skip
    if trained.notes:
        yield Paragraph(words("notes_title"))
        yield Bullets(tuple(map(words.note, trained.notes)))


def _shrunk(quantisation: dict[str, float], words: Words) -> list[tuple[str, str]]:
    """The line about int8; only skills with weights of their own in the encoder have one."""
    if not {"fp32", "int8"} <= quantisation.keys():
        return []
    told = {key: words.percent(quantisation[key]) for key in ("fp32", "int8")}
    key = "fact_fp32_kept" if quantisation.get("used_fp32") else "fact_int8_value"
    return [(words("fact_int8"), words(key, **told))]


def comparison(facts: Facts, words: Words) -> Iterator[Block]:
    trained, verdict = facts.trained, facts.comparison
    yield Heading(words("comparison_title"))
    texts = int(verdict.get("texts", 0))
    if texts == 0:
        yield Paragraph(words("comparison_none"))
    else:
        told = words(
            "comparison_text",
            texts=words.count(texts),
            champion=words.count(int(verdict.get("champion_right", 0))),
            challenger=words.count(int(verdict.get("challenger_right", 0))),
        )
        if verdict.get("promote", 1.0):
            end = words("comparison_promoted")
        else:
            end = words("comparison_kept", chance=f"{verdict.get('chance', 0.0):.3f}")
        yield Paragraph(words.joined(told, end))
    if not facts.earlier:
        return
    classifier = isinstance(trained, ClassifierTrained)
    score = "accuracy" if classifier else "f1"
    headers = ["column_version", "column_method", "column_accuracy" if classifier else "tile_f1"]
    headers += ["tile_macro_f1", "column_ece"]

    def row(version: str, method: str, values: dict[str, float]) -> tuple[str, ...]:
        return (
            version,
            method,
            words.percent(values[score]) if score in values else "–",
            f"{values['macro_f1']:.3f}" if "macro_f1" in values else "–",
            words.percent(values["ece"]) if "ece" in values else "–",
        )

    rows = [row(words("this_version", version=trained.version), trained.method, trained.metrics)]
    rows += [row(str(one.version), one.method, one.metrics) for one in facts.earlier[:MOST_VERSIONS]]
    yield Paragraph(words("comparison_table"))
    yield Table(tuple(words(key) for key in headers), tuple(rows), numeric=(2, 3, 4))
