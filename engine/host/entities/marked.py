"""Marked texts of a stored data set, as training and evaluation want them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from engine.api import Control, LintFinding
from engine.dataset.lint import lint
from engine.dataset.spans import Span, apart, decode_spans, inside, trimmed
from engine.errors import DataUnusable
from engine.host.context import Context
from engine.store import datasets


class Marked(NamedTuple):
    """Texts and their entities, none of which overlap."""

    name: str
    texts: list[str]
    spans: list[list[Span]]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(sorted({span.label for row in self.spans for span in row}))


def read_marked(ctx: Context, name: str, ctl: Control) -> tuple[Marked, tuple[LintFinding, ...]]:
    """All texts of a data set, and what the lint says of them.

    Raises:
        UnknownName, Cancelled.
        DataUnusable: it is of another kind, or the lint found an error in it.
    """
    rows = []
    for number, row in enumerate(datasets.read_rows(ctx.store, name, "entities")):
        if number % 500 == 0:
            ctl.report(number, None, "read")
        rows.append(row)
    findings = lint(rows, "entities")
    errors = [finding.message for finding in findings if finding.severity == "error"]
    if errors:
        raise DataUnusable(name=name, reason=" ".join(errors))
    ctl.check()
    return usable(name, rows), findings


def usable(name: str, rows: list[dict[str, str]]) -> Marked:
    """Rows with text; spans without the spaces around them, and of those that overlap the longer one."""
    texts, spans = [], []
    for row in rows:
        text = row["text"]
        if not text.strip():
            continue
        found = [span for span in decode_spans(row.get("spans", "")) or [] if inside(span, text)]
        tight = [one for one in (trimmed(span, text) for span in found) if one is not None]
        texts.append(text)
        spans.append(apart(tight))
    return Marked(name, texts, spans)


def chosen(marked: Marked, rows: Iterable[int]) -> Marked:
    """The texts in these rows."""
    kept = list(rows)
    return Marked(marked.name, [marked.texts[row] for row in kept], [marked.spans[row] for row in kept])
