"""Readers kept open while the workspace is unlocked, and what they find in texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from engine.api import Entity
from engine.host.context import Context
from engine.runtimes.adapted import ADAPTER_FILE, open_adapted, read_adapter
from engine.serve.entities.reader import TASK, Reader, open_reader
from engine.serve.entities.windows import HiddenStates, word_states
from engine.serve.entities.words import split_words
from engine.store import packs

TOGETHER_CHARS = 200_000  # read at once: bounds the states held in memory to about 100 MB
TOGETHER_TEXTS = 256

OnTexts = Callable[[int, int], None]


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
    opened = open_files(ctx, name, version, stored.files)
    ctx.cache[("reader", name)] = opened
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
    found: list[tuple[Entity, ...]] = []
    begin = 0
    while begin < len(texts):
        end, chars = begin + 1, len(texts[begin])
        while end < len(texts) and end - begin < TOGETHER_TEXTS and chars + len(texts[end]) <= TOGETHER_CHARS:
            chars += len(texts[end])
            end += 1

        def told(done: int, total: int, begin: int = begin, size: int = end - begin) -> None:
            if on_texts is not None:
                on_texts(begin + size * done // max(1, total + 1), len(texts))

        found += _find(opened, texts[begin:end], told)
        begin = end
        if on_texts is not None:
            on_texts(begin, len(texts))
    return found


def _find(opened: OpenReader, texts: Sequence[str], told: OnTexts) -> list[tuple[Entity, ...]]:
    reader = opened.reader
    bounds = [split_words(text, reader.fineness) for text in texts]
    words = [[text[start:end] for start, end in of_text] for text, of_text in zip(texts, bounds, strict=True)]
    states = None
    if opened.encoder is not None:
        states = word_states(opened.encoder, texts, bounds, reader.layers, on_batch=told)
    found = []
    for row, entities in enumerate(reader.read(words, states)):
        of_text, text = bounds[row], texts[row]
        found.append(
            tuple(
                Entity(
                    start=of_text[one.first][0],
                    end=of_text[one.last - 1][1],
                    label=reader.labels[one.label],
                    score=round(one.score, 6),
                    text=text[of_text[one.first][0] : of_text[one.last - 1][1]],
                )
                for one in entities
            )
        )
    return found
