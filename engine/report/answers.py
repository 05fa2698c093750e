"""The report's sections on answers and their scores: what to leave to the skill, calibration, labels, mix-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.api.entities import EntityReport
from engine.api.read import ClassifierTrained, LabelReport, RiskPoint
from engine.report import charts
from engine.report.blocks import Block, Heading, Paragraph, Table
from engine.report.words import Words

WANTED = (0.9, 0.95, 0.98, 0.99, 0.995)
MOST_LABELS, MOST_PAIRS = 120, 15


def reached(points: Sequence[RiskPoint], precision: float) -> RiskPoint | None:
    """The point of the curve that answers most texts at this precision or better."""
    fitting = [point for point in points if point.precision >= precision - 1e-9]
    return max(fitting, key=lambda point: point.coverage) if fitting else None


def dial(points: Sequence[RiskPoint]) -> tuple[float, RiskPoint] | None:
    """The precision to speak of first: 99 %, or where hardly any text is answered so, the next lower one."""
    found = [(wanted, point) for wanted in (0.99, 0.98, 0.95, 0.9, 0.8) if (point := reached(points, wanted))]
    useful = [pair for pair in found if pair[1].coverage >= 0.1]
    return useful[0] if useful else found[-1] if found else None


def risk(trained: ClassifierTrained, promises: Sequence[tuple[float, float]], words: Words) -> Iterator[Block]:
    points = trained.risk_coverage
    if not points:
        return
    yield Heading(words("risk_title"))
    best = dial(points)
    if best is not None:
        wanted, point = best
        yield Paragraph(
            words("risk_dial", precision=words.percent(wanted, 0), coverage=words.percent(point.coverage, 0)), "key"
        )
    yield Paragraph(words("risk_intro"))
    figure = charts.risk_coverage(points, best[1] if best else None, words)
    if figure is not None:
        yield figure
    rows = []
    for wanted in WANTED:
        point_at = reached(points, wanted)
        promised = [threshold for precision, threshold in promises if precision >= wanted - 1e-9]
        told = words("risk_promise_from", score=f"{min(promised):.3f}") if promised else words("risk_promise_none")
        if point_at is None:
            rows.append((words.percent(wanted), words("risk_unreached"), "", "", told))
        else:
            covered = point_at.coverage
            rows.append(
                (
                    words.percent(wanted), words.percent(covered), words.percent(1 - covered),
                    f"{point_at.threshold:.3f}", told,
                )
            )  # fmt: skip
    headers = [words(key) for key in ("risk_precision", "risk_coverage", "risk_person", "risk_score", "risk_promise")]
    if promises:
        yield Table(tuple(headers), tuple(rows), numeric=(0, 1, 2, 3))
        yield Paragraph(words("risk_promise_note"), "note")
    else:
        yield Table(tuple(headers[:4]), tuple(row[:4] for row in rows), numeric=(0, 1, 2, 3))


def calibration(trained: ClassifierTrained, words: Words) -> Iterator[Block]:
    values = trained.metrics
    if "ece" not in values:
        return
    yield Heading(words("calibration_title"))
    before = words.percent(values["ece_before"]) if "ece_before" in values else "–"
    yield Paragraph(words("calibration_text", ece=words.percent(values["ece"]), before=before))
    figure = charts.reliability(trained.risk_coverage, words)
    if figure is not None:
        yield figure
        yield Paragraph(figure.about, "note")


def labels(rows: Sequence[LabelReport | EntityReport], unit: str, words: Words) -> Iterator[Block]:
    if not rows:
        return
    yield Heading(words("labels_title"))
    yield Paragraph(words("labels_text"))
    order = sorted(rows, key=lambda one: (one.support == 0, one.f1))
    shown = order[:MOST_LABELS]
    keys = ("column_label", "column_precision", "column_recall", "column_f1", unit)
    yield Table(
        tuple(words(key) for key in keys),
        tuple(
            (
                one.label,
                words.percent(one.precision),
                words.percent(one.recall),
                f"{one.f1:.3f}",
                words.count(one.support),
            )
            if one.support
            else (one.label, "–", "–", "–", "0")
            for one in shown
        ),
        numeric=(1, 2, 3, 4),
        wide=0,
    )
    if len(order) > len(shown):
        yield Paragraph(words("labels_cut", more=len(order) - len(shown)), "note")


def confusion(trained: ClassifierTrained, words: Words) -> Iterator[Block]:
    matrix, names = trained.confusion, trained.labels
    if len(matrix) != len(names) or any(len(row) != len(names) for row in matrix):
        return
    figure = charts.confusion_matrix(names, matrix, words)
    if figure is None:
        return
    yield Heading(words("confusion_title"))
    yield Paragraph(figure.about)
    shown = len(charts.shown_labels(matrix))
    if shown < len(names):
        yield Paragraph(words("confusion_cut", shown=shown, labels=words.count(len(names))), "note")
    yield figure
    pairs = sorted(
        (
            (count, row, column)
            for row, cells in enumerate(matrix)
            for column, count in enumerate(cells)
            if row != column and count
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )[:MOST_PAIRS]
    if pairs:
        yield Paragraph(words("confusion_pairs"))
        keys = ("column_true", "column_answer", "column_times", "column_of_label")
        yield Table(
            tuple(words(key) for key in keys),
            tuple(
                (names[row], names[column], words.count(count), words.percent(count / sum(matrix[row])))
                for count, row, column in pairs
            ),
            numeric=(2, 3),
        )
