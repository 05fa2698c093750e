"""Find entities in a table, into a new table (engine/host/read/table_pass.py)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec

from engine.api import Control, Entity, ExtractFile, FileExtracted
from engine.host.context import Context
from engine.host.entities.reading import OpenReader, find_entities
from engine.host.read.table_pass import Added, pass_table
from engine.ingest.write import Cell


def plain(one: Entity) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "label": one.label, "score": one.score, "text": one.text}


def extract_file(ctx: Context, request: ExtractFile, opened: OpenReader, ctl: Control) -> FileExtracted:
    """Find the entities in the text column of a table; see `pass_table`."""
    began = time.monotonic()
    as_list = request.output.lower().removesuffix(".gz").endswith((".json", ".jsonl"))
    counts: Counter[str] = Counter()

    def cell(found: Sequence[Entity]) -> Cell:
        listed = [plain(one) for one in found]
        return cast(Cell, listed) if as_list else msgspec.json.encode(listed).decode()

    def answer(texts: Sequence[str]) -> Iterator[Sequence[Cell]]:
        for found in find_entities(opened, list(texts), lambda _done, _total: ctl.check()):
            counts.update(one.label for one in found)
            yield (cell(found),)

    added = Added(("entities",), (cell(()),), reason="The text is empty; no entity is in it.")
    done = pass_table(ctx, request.input, request.output, request.text_column, added, answer, ctl, stage="read")
    return FileExtracted(
        output=request.output,
        rows=done.rows,
        entities=counts.total(),
        rejected_count=done.rejected_count,
        rejected=done.rejected,
        counts=dict(counts.most_common()),
        seconds=round(time.monotonic() - began, 3),
    )
