"""From a version's facts to the document that is written."""

from __future__ import annotations

from collections.abc import Iterator

from engine.api.entities import EntitiesTrained
from engine.api.read import ClassifierTrained
from engine.report import answers, quality, training
from engine.report.blocks import Block, Document, Heading, Paragraph, Tile, Tiles
from engine.report.facts import Facts, Trained
from engine.report.words import Words

FEW_TEXTS = 200


def compose(facts: Facts, language: str) -> Document:
    """The report of a version.

    Raises:
        UsageError: a language other than English or Chinese.
    """
    words = Words(language)
    trained = facts.trained
    state = words("in_use" if facts.in_use else "not_in_use")
    return Document(
        title=words("title", pack=trained.pack),
        subtitle=words("subtitle", version=trained.version, created=words.moment(facts.created), state=state),
        language=words.code,
        blocks=tuple(_blocks(facts, words)),
        footer=words("footer", pack=trained.pack, version=trained.version),
    )


def _blocks(facts: Facts, words: Words) -> Iterator[Block]:
    trained = facts.trained
    if _quotes(trained):
        yield Paragraph(words("private", dataset=facts.dataset), "warning")
    if facts.imported:
        yield Paragraph(words("imported"), "warning")
    yield Heading(words("summary_title"))
    if isinstance(trained, ClassifierTrained):
        yield from _classifier(trained, facts, words)
    else:
        yield from _entities(trained, words)
    yield from training.comparison(facts, words)
    yield from training.how(facts, words)
    yield from quality.mistakes(trained, words)
    yield from quality.findings(trained, words)
    yield from quality.limits(facts, words)


def _quotes(trained: Trained) -> bool:
    """Whether the report shows texts of the data set."""
    return bool(trained.mistakes) or any(finding.examples for finding in trained.lint)


def _classifier(trained: ClassifierTrained, facts: Facts, words: Words) -> Iterator[Block]:
    values = trained.metrics
    counted = int(values.get("n_valid", 0))
    if not counted:
        yield Paragraph(words("summary_unmeasured"), "key")
        return
    accuracy = values.get("accuracy", 0.0)
    told = words.percent(accuracy)
    yield Paragraph(
        words("summary_classify", labels=words.count(len(trained.labels)), texts=words.count(counted), accuracy=told)
    )
    tiles = [
        Tile(
            told,
            words("tile_accuracy"),
            words(
                "tile_interval",
                low=words.percent(values.get("accuracy_low", 0.0)),
                high=words.percent(values.get("accuracy_high", 1.0)),
            ),
        ),
        Tile(f"{values.get('macro_f1', 0.0):.3f}", words("tile_macro_f1"), words("tile_macro_detail")),
        Tile(
            words.percent(values.get("ece", 0.0)),
            words("tile_ece"),
            words("tile_ece_detail", before=words.percent(values["ece_before"])) if "ece_before" in values else "",
        ),
    ]
    if "auc" in values:
        tiles.append(Tile(f"{values['auc']:.3f}", words("tile_auc"), words("tile_auc_detail")))
    yield Tiles(tuple(tiles))
    if counted < FEW_TEXTS:
        yield Paragraph(words("few_texts", texts=counted), "note")
    yield from answers.risk(trained, facts.promises, words)
    yield from answers.calibration(trained, words)
    yield from answers.labels(trained.per_label, "column_texts", words)
    yield from answers.confusion(trained, words)
    yield from quality.slices(trained, words)
    yield from quality.robustness(trained, words)
    yield from quality.out_of_scope(trained, words)


def _entities(trained: EntitiesTrained, words: Words) -> Iterator[Block]:
    values = trained.metrics
    counted = int(values.get("n_valid", 0))
    if not counted:
        yield Paragraph(words("summary_unmeasured"), "key")
        return
    yield Paragraph(words("summary_entities", labels=len(trained.labels), texts=words.count(counted)))
    low, high = values.get("f1_low"), values.get("f1_high")
    told = words("tile_interval", low=words.percent(low), high=words.percent(high)) if low is not None and high else ""
    tiles = [
        Tile(words.percent(values.get("f1", 0.0)), words("tile_f1"), told),
        Tile(words.percent(values.get("precision", 0.0)), words("tile_precision")),
        Tile(words.percent(values.get("recall", 0.0)), words("tile_recall")),
    ]
    if "ece" in values:
        tiles.append(Tile(words.percent(values["ece"]), words("tile_ece")))
    yield Tiles(tuple(tiles))
    if counted < FEW_TEXTS:
        yield Paragraph(words("few_texts", texts=counted), "note")
    yield from answers.labels(trained.per_label, "column_entities", words)
