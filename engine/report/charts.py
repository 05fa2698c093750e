"""The drawings of a report, each from plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from engine.api.read import RiskPoint
from engine.api.teach import CurvePoint
from engine.report.axes import BLUE, GREEN, GRID, INK, MUTED, ORANGE, PALE, Axis, Plane, axis_for, clipped, shade
from engine.report.blocks import Dot, Figure, Label, Line, Rect, Shape
from engine.report.words import Words

WIDTH = 640.0
MOST_LABELS = 20  # in a matrix; more cannot be read on paper
BINS = 10
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_DEEP_BLUE, _DEEP_ORANGE = (43, 108, 176), (192, 86, 33)
_CURVE_POINTS = 400


class Bin(NamedTuple):
    """A tenth of the texts: their mean score and the share of them that was right."""

    score: float
    right: float
    share: float


def reliability_bins(points: Sequence[RiskPoint], bins: int = BINS) -> list[Bin]:
    """Bins of about equal size from a risk-coverage curve.

    Between two points of the curve lie known shares of texts and of right answers; their scores lie between the two
    thresholds, and the middle is taken for their mean.
    """
    found: list[Bin] = []
    covered = right = mass = weighted = correct = 0.0
    above = 1.0
    for point in points:
        share = point.coverage - covered
        hits = point.coverage * point.precision - right
        mass += share
        weighted += share * (above + point.threshold) / 2
        correct += hits
        covered, right, above = point.coverage, point.coverage * point.precision, point.threshold
        if mass >= 1 / bins - 1e-9 or point is points[-1]:
            found.append(Bin(weighted / mass, min(1.0, max(0.0, correct / mass)), mass))
            mass = weighted = correct = 0.0
    return found


def reliability(points: Sequence[RiskPoint], words: Words) -> Figure | None:
    """Told score against the share that was right; on the diagonal both agree."""
    bins = reliability_bins(points)
    if len(bins) < 2:
        return None
    x = Axis(0, 1, _QUARTERS, True, words("chart_score"))
    plane = Plane(70, 30, 330, 250, x, Axis(0, 1, _QUARTERS, True, words("chart_right")))
    shapes = plane.frame()
    shapes.append(Line((plane.at(0, 0), plane.at(1, 1)), MUTED, 1, True))
    line = tuple(plane.at(one.score, one.right) for one in reversed(bins))
    shapes.append(Line(line, BLUE, 2))
    shapes += [Dot(*spot, 3.5, BLUE) for spot in line]
    shapes.append(Line(((430, 60), (452, 60)), MUTED, 1, True))
    shapes.append(Label(460, 64, words("chart_ideal")))
    shapes += [
        Line(((430, 82), (452, 82)), BLUE, 2),
        Dot(441, 82, 3.5, BLUE),
        Label(460, 86, words("chart_this_skill")),
    ]
    about = words("reliability_about")
    return Figure(WIDTH, 330, tuple(shapes), about)


def risk_coverage(points: Sequence[RiskPoint], mark: RiskPoint | None, words: Words) -> Figure | None:
    """Share of texts answered against the share right of those; `mark` is pointed out."""
    if len(points) < 2:
        return None
    y = axis_for([point.precision for point in points] + [1.0], percent=True, title=words("chart_right_of_answered"))
    plane = Plane(70, 30, 540, 220, Axis(0, 1, _QUARTERS, True, words("chart_answered")), y)
    shapes = plane.frame()
    shapes.append(Line(tuple(plane.at(point.coverage, point.precision) for point in points), BLUE, 2))
    if mark is not None:
        spot = plane.at(mark.coverage, mark.precision)
        shapes.append(Line((spot, plane.at(mark.coverage, y.low)), ORANGE, 1, True))
        shapes.append(Dot(*spot, 4, ORANGE))
        told = words("chart_mark", coverage=words.percent(mark.coverage, 0), precision=words.percent(mark.precision))
        side: Literal["start", "end"] = "end" if mark.coverage > 0.5 else "start"
        beside = spot[0] + (-8 if side == "end" else 8)
        shapes.append(Label(beside, plane.top + plane.height - 10, told, side, ORANGE))
    return Figure(WIDTH, 300, tuple(shapes), words("risk_about"))


def training_curve(points: Sequence[CurvePoint], score_name: str, words: Words) -> Figure | None:
    """Loss while training, and the score on held-out texts where it was measured."""
    if len(points) < 2:
        return None
    step = max(1, -(-len(points) // _CURVE_POINTS))
    losses = [(point.epoch, point.loss) for point in points[::step]]
    scores = [(point.epoch, point.valid_score) for point in points if point.valid_score is not None]
    if losses[-1][0] - losses[0][0] < 1e-9:
        return None
    x = axis_for([epoch for epoch, _ in losses], percent=False, title=words("chart_epoch"))
    half = len(scores) > 1
    width = 250.0 if half else 540.0
    loss = Plane(
        60, 30, width, 180, x, axis_for([0.0, *(one for _, one in losses)], percent=False, title=words("chart_loss"))
    )
    shapes = loss.frame()
    shapes.append(Line(tuple(loss.at(*one) for one in losses), BLUE, 1.5))
    if half:
        y = axis_for([one for _, one in scores], percent=True, title=score_name)
        held = Plane(375, 30, width, 180, x, y)
        shapes += held.frame()
        line = tuple(held.at(*one) for one in scores)
        shapes.append(Line(line, GREEN, 2))
        shapes += [Dot(*spot, 3, GREEN) for spot in line]
    return Figure(WIDTH, 262, tuple(shapes), words("curve_about"))


def shown_labels(confusion: Sequence[Sequence[int]], most: int = MOST_LABELS) -> list[int]:
    """Numbers of the labels that a matrix shows: all, or those with the most confusions, in their order."""
    count = len(confusion)
    if count <= most:
        return list(range(count))
    wrong = [0] * count
    for row, cells in enumerate(confusion):
        for column, cell in enumerate(cells):
            if row != column:
                wrong[row] += cell
                wrong[column] += cell
    return sorted(sorted(range(count), key=lambda number: -wrong[number])[:most])


def confusion_matrix(labels: Sequence[str], confusion: Sequence[Sequence[int]], words: Words) -> Figure | None:
    """True labels in rows, answers in columns; colours are shares of the row: blue right, orange wrong."""
    shown = shown_labels(confusion)
    if len(shown) < 2 or not any(any(row) for row in confusion):
        return None
    side = max(22.0, min(56.0, 440.0 / len(shown)))
    left, top = 150.0, 34.0
    shapes: list[Shape] = [
        Label(left, 14, words("chart_columns"), fill=MUTED),
        Label(0, 14, words("chart_rows"), fill=MUTED),
    ]
    for at, row in enumerate(shown):
        total = max(1, sum(confusion[row]))
        y = top + at * side
        shapes.append(Label(left - 8, y + side / 2 + 4, clipped(f"{at + 1}  {labels[row]}", 24), "end", INK, 10))
        shapes.append(Label(left + at * side + side / 2, top - 5, str(at + 1), "middle", MUTED, 9))
        for place, column in enumerate(shown):
            count = confusion[row][column]
            x = left + place * side
            colour = shade(count / total, _DEEP_BLUE if row == column else _DEEP_ORANGE)
            shapes.append(Rect(x, y, side - 1, side - 1, colour if count else "#f5f6f8"))
            if count:
                ink = "#ffffff" if count / total > 0.55 else INK
                shapes.append(
                    Label(x + (side - 1) / 2, y + side / 2 + 3.5, f"{count}", "middle", ink, 9 if side < 30 else 11)
                )
    height = top + len(shown) * side + 6
    return Figure(max(WIDTH, left + len(shown) * side), height, tuple(shapes), words("confusion_about"))


def intervals(rows: Sequence[tuple[str, float, float, float]], words: Words) -> Figure | None:
    """A dot per row on its 95 % interval: name, value, low, high. No bars: the axis need not begin at zero."""
    if not rows:
        return None
    axis = axis_for([min(low for _, _, low, _ in rows), 1.0], percent=True)
    step = 24.0
    bottom = 8 + step * len(rows)
    plane = Plane(210, 8, 360, step * len(rows), axis, Axis(0, 1, ()))
    shapes: list[Shape] = []
    for tick in axis.ticks:
        x, _ = plane.at(tick, 0)
        shapes.append(Line(((x, 8), (x, bottom)), GRID))
        shapes.append(Label(x, bottom + 14, axis.told(tick), "middle", MUTED, 10))
    for number, (name, value, low, high) in enumerate(rows):
        y = 8 + step * (number + 0.5)
        shapes.append(Label(202, y + 4, clipped(name, 34), "end", INK, 11))
        shapes.append(Line(((plane.at(low, 0)[0], y), (plane.at(high, 0)[0], y)), PALE, 7))
        shapes.append(Dot(plane.at(value, 0)[0], y, 4, BLUE))
        shapes.append(Label(582, y + 4, words.percent(value), fill=INK, size=11))
    return Figure(WIDTH, bottom + 20, tuple(shapes), words("slices_about"))
