"""Data sets of items and events as a recommender learns from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import Control
from engine.errors import DataUnusable
from engine.host.context import Context
from engine.host.read.reading import reading_of
from engine.ingest.kinds import value_means
from engine.serve.recommend.facts import ItemFacts, read_facts
from engine.store import datasets
from engine.train.recommend.interactions import Interactions, collect

CHECK_EVERY_ROWS = 2000
TEXT_MAX_CHARS = 2000
EXTRA_MAX_CHARS = 200
KNOWN_SHARE_NEEDED = 0.9
"""Below it the encoder does not know the language of the texts, and hashed words and characters serve better."""
NO_WORDS = ("item", "title", "text", "price", "image", "available", "valid_from", "valid_until")


class Catalogue(NamedTuple):
    """Items in stored order, each id once. `texts`: everything in words that is known about an item."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    warnings: tuple[str, ...]
    facts: ItemFacts | None = None


def read_catalogue(ctx: Context, name: str, ctl: Control) -> Catalogue:
    """Read a data set of items.

    Raises:
        UnknownName, DataUnusable.
    """
    total = datasets.info(ctx.store, name).rows
    rows: dict[str, dict[str, str]] = {}
    twice = 0
    for row in _watched(datasets.read_rows(ctx.store, name, "items"), total, ctl, "items"):
        item = row.get("item", "").strip()
        if not item:
            continue
        twice += item in rows
        rows[item] = row  # of an item that came again, the place stays and the last row counts
    if not rows:
        raise DataUnusable(name=name, reason="it has no items.")
    extra = _word_columns(list(rows.values()))
    warnings = (f"{twice} items occur more than once; the last row of each was used.",) if twice else ()
    return Catalogue(
        tuple(rows), tuple(row.get("title", "").strip() for row in rows.values()),
        tuple(_text(row, extra) for row in rows.values()), warnings,
        read_facts(rows.values(), {item: place for place, item in enumerate(rows)}),
    )  # fmt: skip


def read_events(
    ctx: Context, name: str, catalogue: Catalogue, ctl: Control, weights: Mapping[str, float] | None = None
) -> Interactions:
    """Read a data set of events, clean and merge them.

    Args:
        weights: type -> weight, where a person wants others than usual.
    Raises:
        UnknownName, DataUnusable: no event is about any of the items.
    """
    total = datasets.info(ctx.store, name).rows
    index = {item: place for place, item in enumerate(catalogue.ids)}
    means = value_means(datasets.find(ctx.store, name).mapping.get("value", ""))
    rows = _watched(datasets.read_rows(ctx.store, name, "events"), total, ctl, "events")
    found = collect(rows, index, weights=weights, value_means=means)
    if found.events == 0:
        examples = ", ".join(found.missing_ids) or "none"
        raise DataUnusable(
            name=name,
            reason=f"none of its {total:,} events is about an item of the item list (items in it: {examples}).",
        )
    return found


def text_vectors(ctx: Context, catalogue: Catalogue, ctl: Control) -> tuple[NDArray[np.float32] | None, str]:
    """Vectors of the items' texts and what made them: the encoders, or hashed words where they do not know them.

    Returns:
        float32, (items, dimension), a zero row for an item without text; None when no item has one.
    """
    places = [place for place, text in enumerate(catalogue.texts) if text]
    if not places:
        return None, "none"
    texts = [catalogue.texts[place] for place in places]
    sample = texts[:: max(1, len(texts) // 500)]
    reading = reading_of(ctx, sample)
    if reading.mostly_chinese or reading.known_share >= KNOWN_SHARE_NEEDED:
        ctl.report(0, len(texts), "texts")
        found = ctx.bilingual.embed(texts, on_batch=lambda done, total: ctl.report(done, total, "texts"))
        kind = "encoder"
    else:
        from engine.language.lexical import lexical_vectors

        parts = []
        for start in range(0, len(texts), CHECK_EVERY_ROWS):
            ctl.report(start, len(texts), "texts")
            parts.append(lexical_vectors(texts[start : start + CHECK_EVERY_ROWS]))
        found, kind = np.concatenate(parts), "lexical"
    vectors = np.zeros((len(catalogue.texts), found.shape[1]), np.float32)
    vectors[places] = found
    return vectors, kind


def _text(row: dict[str, str], extra: tuple[str, ...]) -> str:
    parts = [row.get("title", "").strip(), *(row.get(name, "").strip()[:EXTRA_MAX_CHARS] for name in extra)]
    parts.append(row.get("text", "").strip()[:TEXT_MAX_CHARS])
    return ". ".join(part for part in parts if part)


def texts_of(rows: list[dict[str, str]]) -> tuple[str, ...]:
    """Everything in words that rows of items say, as it is learned from."""
    extra = _word_columns(rows)
    return tuple(_text(row, extra) for row in rows)


def _word_columns(rows: list[dict[str, str]]) -> tuple[str, ...]:
    """Further columns that say something in words (author, brand, category), not numbers, codes or addresses."""
    sample = rows[:: max(1, len(rows) // 500)]
    found = []
    for name in rows[0]:
        if name in NO_WORDS:
            continue
        values = [row.get(name, "").strip() for row in sample]
        worded = [value for value in values if _is_words(value)]
        if len(worded) >= len(sample) / 2 and len(set(worded)) > 1:
            found.append(name)
    return tuple(found)


def _is_words(value: str) -> bool:
    letters = sum(char.isalpha() for char in value)
    return letters > 3 * sum(char.isdigit() for char in value) and letters >= 2 and "://" not in value


def _watched(rows: Iterable[dict[str, str]], total: int, ctl: Control, stage: str) -> Iterator[dict[str, str]]:
    for done, row in enumerate(rows):
        if done % CHECK_EVERY_ROWS == 0:
            ctl.report(done, total, stage)
        yield row
