"""Where the lists are good and where not: parts of the people and of the items, and what else was measured."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from engine.api import SliceMetrics
from gui.text.shares import percent

_HISTORY = re.compile(r"history (\d+)(?:-(\d+)|\+)")


def slice_name(key: str) -> str:
    """A part as people call it."""
    translate = QCoreApplication.translate
    names = {
        "new items": translate("Recommend", "Items that nobody had chosen"),
        "rare items": translate("Recommend", "Items that few had chosen"),
        "best-known items": translate("Recommend", "The best-known items"),
        "other items": translate("Recommend", "All other items"),
        "new people": translate("Recommend", "People that it does not know"),
    }
    if key in names:
        return names[key]
    found = _HISTORY.fullmatch(key)
    if found is None:
        return key
    low, high = found.groups()
    if high is None:
        return translate("Recommend", "People with {low} choices or more").format(low=low)
    return translate("Recommend", "People with {low} to {high} choices").format(low=low, high=high)


def slice_rows(
    slices: Mapping[str, SliceMetrics], beside: Mapping[str, SliceMetrics]
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Heads and rows of a table; `beside` are the parts of the best simple method, where it was measured."""
    translate = QCoreApplication.translate
    heads: tuple[str, ...] = (
        translate("Recommend", "Part"), translate("Recommend", "People"), "NDCG@10", "Recall@10",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = [
        (slice_name(key), one.users, one.ndcg_10, one.recall_10) for key, one in slices.items()
    ]
    if beside:
        heads = (*heads, translate("Recommend", "Simple method"))
        rows = [
            (*cells, beside[key].ndcg_10 if key in beside else "–") for key, cells in zip(slices, rows, strict=True)
        ]
    return heads, rows


def further_figures(
    interval: tuple[float, float], mrr: float, novelty: float, diversity: float, popularity_bias: float
) -> str:
    """What else was measured, in words; empty where it was not."""
    if not any((*interval, mrr, novelty, diversity)):
        return ""
    translate = QCoreApplication.translate
    return "\n".join(
        (
            translate("Recommend", "NDCG@10 lies between {low} and {high} with 95 % certainty.").format(
                low=f"{interval[0]:.3f}", high=f"{interval[1]:.3f}"
            ),
            translate("Recommend", "MRR {mrr}: 1 would be a hidden choice at the top of every list.").format(
                mrr=f"{mrr:.3f}"
            ),
            translate("Recommend", "Typically a listed item was chosen by {share} of the people; listed items are "
                      "{times} times as popular as what people choose.").format(
                share=percent(2**-novelty, 1), times=f"{popularity_bias:.1f}"
            ),
            translate("Recommend", "Variety within a list: {share}.").format(share=percent(diversity, 0)),
        )
    )  # fmt: skip
