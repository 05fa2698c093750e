"""How results about entities look to a person on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import api
from engine.cli.output import table


def _labels(rows: Any) -> str:
    return table(
        ["label", "precision", "recall", "f1", "entities"],
        [(o.label, o.precision, o.recall, o.f1, o.support) for o in rows],
    )


def _trained(r: api.EntitiesTrained) -> str:
    m = r.metrics
    lines = [
        f"{r.pack} version {r.version} ({r.method}), trained in {r.seconds:.1f} s, {r.adapter_bytes / 1e6:.2f} MB.",
        f"On held-out texts: F1 {m['f1']:.1%} (95 % interval {m['f1_low']:.1%} to {m['f1_high']:.1%}), precision "
        f"{m['precision']:.1%}, recall {m['recall']:.1%}, calibration error {m['ece']:.3f}.",
        "It is now in use." if r.promoted else "It did worse than the version in use, which stays.",
    ]
    return "\n".join(lines) + "\n\n" + _labels(r.per_label)


def _found(r: api.EntitiesFound) -> str:
    rows = [
        (number, one.start, one.end, one.label, one.score, one.text)
        for number, text in enumerate(r.results, 1)
        for one in text.entities
    ]
    return table(["text", "start", "end", "label", "score", "entity"], rows) if rows else "No entities were found."


def _file(r: api.FileExtracted) -> str:
    text = f"{r.entities:,} entities in {r.rows:,} rows, in {r.seconds:.1f} s: {r.output}"
    if not r.rejected_count:
        return text
    listed = "\n".join(f"  line {one.line}: {one.reason}" for one in r.rejected[:20])
    return f"{text}\n{r.rejected_count:,} rows were refused:\n{listed}"


def _evaluated(r: api.EntitiesEvaluated) -> str:
    head = (
        f"{r.n:,} texts: F1 {r.f1:.1%}, precision {r.precision:.1%}, recall {r.recall:.1%}, macro F1 {r.macro_f1:.3f}, "
        f"calibration error {r.ece:.3f}."
    )
    return head + taught(r.taught) + "\n\n" + _labels(r.per_label)


def taught(count: int) -> str:
    """A line for a measurement on texts that were taught; nothing where there are none."""
    return f"\n{count:,} of these texts were taught to it: on them it answers from memory." if count else ""


SHOWN: dict[type, Callable[[Any], str]] = {
    api.EntitiesTrained: _trained,
    api.EntitiesFound: _found,
    api.FileExtracted: _file,
    api.EntitiesEvaluated: _evaluated,
}
