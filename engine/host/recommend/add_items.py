"""New items into a recommender without learning anew: by their texts they can be recommended at once.

They join the item data set first, so that the next learning knows them, and then the version in use, in place.
"""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.api import Control, ItemsAdded
from engine.dataset.chunks import CHUNK_ROWS, pack, unpack
from engine.errors import FileUnusable, PackUnusable, UnknownName
from engine.host.context import Context
from engine.host.recommend.around import embedder, items_of
from engine.host.recommend.data import texts_of
from engine.host.recommend.opened import dropped, opened
from engine.ingest.import_table import Chunk, Imported, ImportSpec, path_bytes
from engine.serve.recommend.model import ADDED, ITEMS, TASK, RecommendModel, added_file, read_added
from engine.serve.recommend.newcomers import merged, newcomers
from engine.store import datasets, packs

MEMORY_MB = 2048.0
WARM, COLD = 0.05, 1.0
"""Shares of text where a pack does not tell its own."""


def add_items(ctx: Context, name: str, path: str, ctl: Control) -> ItemsAdded:
    """Take the new items of a table.

    Raises:
        UnknownName, FileMissing, FileUnusable, ColumnsUnknown.
        PackUnusable: the pack was learned before texts were kept in it, or from items without texts.
    """
    began = time.monotonic()
    model = opened(ctx, name)
    if model.vectors is None:
        raise PackUnusable(
            name=name, reason="it holds no texts of items, so that new ones cannot be placed; learn it anew with them."
        )
    rows: dict[str, dict[str, str]] = {}
    known: set[str] = set()

    def take(chunk: Chunk) -> None:
        part = unpack(chunk.data)
        for cells in part.rows:
            row = dict(zip(part.columns, cells, strict=True))
            item = row.get("item", "").strip()
            if item in model.item_index:
                known.add(item)
            elif item:
                rows[item] = row

    spec = ImportSpec(path_bytes(path), "items", {})
    outcome: Imported = ctx.workers.run(
        "import_table", spec, ctl, title=Path(path).name, memory_mb=MEMORY_MB, on_item=take
    )
    if not rows and not known:
        raise FileUnusable(path=path, reason="it has no items.")
    warnings = list(outcome.warnings)
    if rows:
        vectors = _vectors(ctx, model, list(rows.values()), ctl)
        silent = int((~vectors.any(axis=1)).sum())
        if silent:
            warnings.append(f"Without a text, so that nothing leads to them yet: {silent:,} items.")
        if not _keep_rows(ctx, items_of(ctx, name), list(rows.values()), outcome, Path(path).name):
            warnings.append("The item data set of this recommender is gone: the new items are in the model alone.")
        _keep_items(ctx, model, rows, vectors, ctl)
    version = packs.current_version(ctx.store, name, TASK)
    return ItemsAdded(
        pack=name, version=version, added=len(rows), known=len(known), items=len(model.item_ids) + len(rows),
        rejected_count=outcome.rejected_count, rejected=outcome.rejected,
        seconds=round(time.monotonic() - began, 3), warnings=tuple(warnings),
    )  # fmt: skip


def _vectors(ctx: Context, model: RecommendModel, rows: list[dict[str, str]], ctl: Control) -> NDArray[np.float32]:
    assert model.vectors is not None
    texts = texts_of(rows)
    places = [place for place, text in enumerate(texts) if text]
    vectors = np.zeros((len(rows), model.vectors.bytes.shape[1]), np.float32)
    wanted = [texts[place] for place in places]
    if wanted and model.texts_by == "encoder":
        vectors[places] = ctx.bilingual.embed(wanted, on_batch=lambda done, total: ctl.report(done, total, "texts"))
    elif wanted:
        ctl.report(0, len(wanted), "texts")
        vectors[places] = embedder(ctx, model)(wanted)
    return vectors


def _keep_rows(ctx: Context, dataset: str, rows: list[dict[str, str]], outcome: Imported, source: str) -> bool:
    """Add the rows to the item data set; False where there is none."""
    try:
        datasets.info(ctx.store, dataset)
    except UnknownName:
        return False
    with datasets.Writer(ctx.store, dataset, "items", source=source, append=True) as writer:
        for start in range(0, len(rows), CHUNK_ROWS):
            part = rows[start : start + CHUNK_ROWS]
            writer.add_packed(
                len(part), pack(outcome.columns, [[row.get(name, "") for name in outcome.columns] for row in part])
            )
        writer.finish(columns=outcome.columns, mapping=outcome.mapping, labels={}, label_total=0)
    return True


def _keep_items(
    ctx: Context, model: RecommendModel, rows: dict[str, dict[str, str]], vectors: NDArray[np.float32], ctl: Control
) -> None:
    stored = packs.current(ctx.store, model.name, TASK)
    setting = stored.manifest.get("setting", {})
    warm, cold = float(setting.get("text_warm", WARM)), float(setting.get("text_cold", COLD))
    found = newcomers(model, vectors, warm, max(cold, 1e-6), ctl.check)
    before = read_added(stored.files[ADDED]) if ADDED in stored.files else None
    items = [*zip(model.item_ids, model.titles, strict=True)]
    items += [(item, row.get("title", "").strip()) for item, row in rows.items()]
    files = {ADDED: added_file(merged(before, found)), ITEMS: msgspec.json.encode(items)}
    packs.put_files(ctx.store, model.name, stored.version, files)
    dropped(ctx, model.name)
