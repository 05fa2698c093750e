"""What is wrong or doubtful in a data set, before anything is learned from it.

One pass over the rows. What is found is told with counts and at most five examples, shortened, with personal data
covered. The checks stand in modules of their own: texts, labels, repeats (duplicates and conflicts), entities, tables;
`leakage.py` compares with a valid set, `noise.py` finds wrong labels by what models say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from engine.api import LintFinding
from engine.dataset.entities import entity_findings
from engine.dataset.folding import folded_text
from engine.dataset.labels import label_findings
from engine.dataset.repeats import Repeats
from engine.dataset.tables import event_findings, faq_findings, item_findings
from engine.dataset.texts import Texts
from engine.values import DatasetKind

__all__ = ["folded_text", "lint", "worst_first"]

_ORDER = {"error": 0, "warning": 1, "note": 2}
Rows = Iterable[Mapping[str, str]]


def lint(rows: Rows, kind: DatasetKind, value_means: str = "") -> tuple[LintFinding, ...]:
    """Look through the rows of a data set.

    Args:
        rows: canonical fields; read once, in order.
        value_means: of events, see `engine.dataset.events.clean_events`.
    Returns:
        Findings, errors first. An "error" is what training on these rows would refuse.
    """
    found: Iterator[LintFinding] = iter(())
    if kind in ("labelled", "texts"):
        found = _texts(rows, labelled=kind == "labelled")
    elif kind == "entities":
        found = entity_findings(rows)
    elif kind == "faq":
        found = faq_findings(rows)
    elif kind == "items":
        found = item_findings(rows)
    elif kind == "events":
        found = event_findings(rows, value_means)
    return worst_first(found)


def worst_first(findings: Iterable[LintFinding]) -> tuple[LintFinding, ...]:
    """Errors, then warnings, then notes; otherwise in their order."""
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))


def _texts(rows: Rows, *, labelled: bool) -> Iterator[LintFinding]:
    texts, repeats = Texts(), Repeats()
    labels: Counter[str] = Counter()
    for row in rows:
        texts.look(row, ("text",))
        text, label = row.get("text", ""), row.get("label", "") if labelled else ""
        labels[label] += 1
        if text.strip():
            repeats.look(text, label)
        else:
            texts.empty.add(label or "(no text)")
    yield from texts.findings()
    yield from repeats.findings()
    if labelled and texts.rows:
        yield from label_findings(labels, texts.rows)
