"""How hits and the figures of the retrieval meter look on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import api
from engine.cli.output import table


def meter(r: api.RetrievalMeter) -> str:
    """A row per mode; the bounds in brackets are those of 95 %."""

    def share(told: dict[str, float], name: str) -> str:
        return f"{told[name]:.1%} ({told[name + '_low']:.0%} to {told[name + '_high']:.0%})"

    rows = [
        (
            f"{mode} *" if mode == r.chosen else mode,
            *(share(told, f"recall@{depth}") for depth in (1, 3, 10)),
            f"{told['mrr']:.3f} ({told['mrr_low']:.2f} to {told['mrr_high']:.2f})",
            f"{told['ms']:.0f} ms",
        )
        for mode, told in r.modes.items()
    ]
    source = "made from the collection's headings and FAQ" if r.derived else "of the file"
    text = f"{r.questions} questions {source}.\n"
    text += table(["mode", "first", "first 3", "first 10", "MRR", "time"], rows)
    text += f"\n* is what auto means for {r.collection}. {r.reason}"
    if r.derived:
        text += "\nSuch questions share their words with the passages; your own questions tell more (--questions)."
    if r.rejected:
        text += f"\n{len(r.rejected)} lines were left out; line {r.rejected[0].line}: {r.rejected[0].reason}."
    return text


SHOWN: dict[type, Callable[[Any], str]] = {api.RetrievalMeter: meter}
