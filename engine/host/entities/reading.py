"""Readers kept open while the workspace is unlocked, and what they find in texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.api import Entity
from engine.host.context import Context
from engine.host.needs import copy_mb
from engine.runtimes.adapted import ADAPTER_FILE, open_adapted, read_adapter
from engine.serve.entities.extract import OnTexts, extract
from engine.serve.entities.reader import TASK, Reader, open_reader
from engine.serve.entities.windows import HiddenStates
from engine.store import packs


class OpenReader(NamedTuple):
    """`encoder` is None for a reader that goes by letters alone."""

    name: str
    version: int
    reader: Reader
    encoder: HiddenStates | None


def open_pack(ctx: Context, name: str) -> OpenReader:
    """The version of a reader that is in use, opened once.

    Raises:
        UnknownName, PackUnusable.
    """
    version = packs.current_version(ctx.store, name, TASK)
    kept = ctx.cache.get(("reader", name))
    if isinstance(kept, OpenReader) and kept.version == version:
        return kept
    stored = packs.load(ctx.store, name, version, TASK)
    key = ("reader", name)
    if ADAPTER_FILE not in stored.files:
        opened = open_files(ctx, name, version, stored.files)
        ctx.cache[key] = opened
        return opened
    governor = ctx.workers.governor
    what, need = f"the skill {name}", copy_mb(wide=False)
    with governor.opening(what, need, "encoder of a skill", lambda: ctx.cache.give_up(key)) as room:
        opened = open_files(ctx, name, version, stored.files)
    ctx.cache[key] = opened
    ctx.cache.hold(key, room)
    return opened


def open_files(ctx: Context, name: str, version: int, files: Mapping[str, bytes]) -> OpenReader:
    """A reader from its files, with the encoder that it needs.

    Raises:
        PackUnusable.
    """
    reader = open_reader(name, files)
    encoder: HiddenStates | None = None
    if reader.needs_states:
        encoder = ctx.encoder
        if ADAPTER_FILE in files:
            encoder = open_adapted(ctx.encoder, read_adapter(name, files[ADAPTER_FILE]), name)
    return OpenReader(name, version, reader, encoder)


def find_entities(
    opened: OpenReader, texts: Sequence[str], on_texts: OnTexts | None = None
) -> list[tuple[Entity, ...]]:
    """The entities of each text, in order, none within another.

    Args:
        on_texts: called with (texts done, texts in all) as the work goes on; what it raises stops it.
    """
    found = extract(opened.reader, opened.encoder, texts, on_texts)
    return [
        tuple(Entity(one.start, one.end, one.label, round(one.score, 6), text[one.start : one.end]) for one in entities)
        for text, entities in zip(texts, found, strict=True)
    ]
