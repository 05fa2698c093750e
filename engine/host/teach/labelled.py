"""Labelled data sets as a training wants them: usable rows, and a valid set without what is taught."""

from __future__ import annotations

from typing import NamedTuple

from engine.api import Control, LintFinding
from engine.dataset.leakage import checkable, leakage
from engine.dataset.lint import lint
from engine.errors import DataUnusable
from engine.host.context import Context
from engine.host.teach.columns import Columns
from engine.store import datasets

SOLVED_BY_MORE = ("one_label", "all_the_same", "many_labels")  # findings that replayed texts put right


class Labelled(NamedTuple):
    """Usable rows of a data set: texts and their labels, as they stand there. `columns` are others with few values
    (`Columns`), for the first of the texts."""

    name: str
    texts: list[str]
    labels: list[str]
    columns: dict[str, list[str]]


def read_labelled(
    ctx: Context, name: str, ctl: Control, *, more_follow: bool = False
) -> tuple[Labelled, tuple[LintFinding, ...]]:
    """Usable rows and what the lint says.

    Args:
        more_follow: other labels come along, so that one alone will do.
    Raises:
        UnknownName, Cancelled.
        DataUnusable: it is of another kind, or the lint found an error.
    """
    rows = []
    columns = Columns()
    for number, row in enumerate(datasets.read_rows(ctx.store, name, "labelled")):
        if number % 500 == 0:
            ctl.report(number, None, "read")
        rows.append({"text": row["text"], "label": row["label"].strip()})
        if _usable(row):
            columns.look(row)
    findings = lint(rows, "labelled")
    if more_follow:
        findings = tuple(finding for finding in findings if finding.code not in SOLVED_BY_MORE)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise DataUnusable(name=name, reason=" ".join(finding.message for finding in errors))
    usable = [row for row in rows if _usable(row)]
    texts, labels = [row["text"] for row in usable], [row["label"] for row in usable]
    return Labelled(name, texts, labels, columns.found()), findings


def read_valid(
    ctx: Context, name: str | None, taught: Labelled, ctl: Control
) -> tuple[Labelled, tuple[LintFinding, ...]]:
    """The labelled texts of a valid set that are neither taught nor nearly taught, and what is to be told of it.

    Args:
        name: None for no valid set, which gives one without texts.
    Raises:
        UnknownName, Cancelled.
        DataUnusable: it is of another kind, or every text of it is taught.
    """
    if name is None:
        return Labelled("", [], [], {}), ()
    rows: list[dict[str, str]] = []
    for number, row in enumerate(datasets.read_rows(ctx.store, name, "labelled")):
        if number % 500 == 0:
            ctl.check()
        if _usable(row):
            rows.append(row)
    texts = [row["text"] for row in rows]
    kept, leaks = checkable(taught.texts, texts)
    ctl.check()
    if not kept:
        raise DataUnusable(name=name, reason="it has no labelled text that is not also taught.")
    findings = list(leakage(leaks, texts, name))
    columns = Columns()
    for place in kept:
        columns.look(rows[place])
    labels = [rows[place]["label"].strip() for place in kept]
    unknown = sorted(set(labels) - set(taught.labels))
    if unknown:
        message = f"{len(unknown):,} labels of {name} are not taught; their texts count as wrong."
        findings.append(LintFinding("unknown_labels", "warning", message, len(unknown), tuple(unknown[:5])))
    return Labelled(name, [texts[place] for place in kept], labels, columns.found()), tuple(findings)


def _usable(row: dict[str, str]) -> bool:
    return bool(row["text"].strip() and row["label"].strip())
