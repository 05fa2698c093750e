"""The nearest passages by meaning, with memory that stays within a bound whatever the collection's size.

A collection whose vectors fit (`CACHE_BYTES`) keeps them. Of a larger one only the signatures are kept, 56 bytes per
passage with its id, and the vectors of the best few hundred are read from the encrypted store for each question.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from engine.serve.chat.dense import Signatures, VectorTable, among, nearest, ordered
from engine.store import passages, signatures
from engine.store.documents import Collection
from engine.store.passages import Vectors, signs

CACHE_BYTES = 64 * 1024 * 1024
"""Most bytes of vectors in memory for one collection: some 160,000 passages."""
SIGNED_FROM = 20_000
"""Passages from which signatures are compared first."""
LOOKED_AT = 600
HELD_LOOKED_AT = 2000
"""Vectors looked at after the signatures, where they are read from the store and where they are in memory;
tests/bench/search_scale.py tells how many of the truly nearest are missed."""
CACHED_COLLECTIONS = 4
_cache_lock = threading.Lock()

Cache = MutableMapping[tuple[Any, ...], Any]
Blocks = Callable[[apsw.Connection, int], Iterator[tuple[NDArray[np.int64], Vectors]]]


class Loaded:
    """What is kept of a collection: `table` where the vectors fit, `bits` where there are many."""

    def __init__(
        self, version: int, ids: NDArray[np.int64], table: VectorTable | None, bits: Signatures | None
    ) -> None:
        self.version, self.ids, self.table, self.bits = version, ids, table, bits


def nearest_passages(
    connection: apsw.Connection,
    collection: Collection,
    query: NDArray[np.float32],
    count: int,
    cache: Cache,
    allowed: NDArray[np.int64] | None = None,
) -> list[tuple[int, float]]:
    """(passage, cosine), best first; `allowed` are passage ids to choose from, ascending, or None for all."""
    if collection.passages < SIGNED_FROM:
        return nearest_of(connection, collection, "passage", passages.vector_blocks, query, count, cache, allowed)
    held = _held(connection, collection, len(query), cache)
    assert held.bits is not None
    looked_at = max(LOOKED_AT if held.table is None else HELD_LOOKED_AT, 2 * count)
    if allowed is not None and len(allowed) <= looked_at:
        rows = np.searchsorted(held.ids, allowed)
    else:
        inside = None if allowed is None else among(held.ids, allowed)
        rows = held.bits.nearest(query, looked_at, inside)
    ids = held.ids[rows]
    if held.table is not None:
        return ordered(ids, held.table.cosines(rows, query), count)
    found = signatures.vectors_of(connection, ids)
    read = VectorTable(ids, found.data, found.scales)
    return ordered(ids, read.cosines(np.arange(len(ids)), query), count)


def nearest_of(
    connection: apsw.Connection,
    collection: Collection,
    kind: str,
    blocks: Blocks,
    query: NDArray[np.float32],
    count: int,
    cache: Cache,
    allowed: NDArray[np.int64] | None = None,
) -> list[tuple[int, float]]:
    """The same by looking at every vector: for few passages, and for approved answers."""
    key = ("vectors", kind, collection.id)
    held: Loaded | None = cache.get(key)
    if held is not None and held.version == collection.version and held.table is not None:
        return nearest([held.table], query, count, allowed)
    parts: list[VectorTable] = []

    def read() -> Iterator[VectorTable]:
        size, fits = 0, True
        for ids, vectors in blocks(connection, collection.id):
            table = VectorTable(ids, vectors.data, vectors.scales)
            yield table
            size += table.size_bytes
            fits = fits and size <= CACHE_BYTES
            if fits:
                parts.append(table)
            else:
                parts.clear()

    found = nearest(read(), query, count, allowed)
    if parts:
        table = _joined(parts)
        keep(cache, key, Loaded(collection.version, table.ids, table, None))
    return found


def _held(connection: apsw.Connection, collection: Collection, dimension: int, cache: Cache) -> Loaded:
    """Signatures of a large collection, and its vectors where they fit."""
    key = ("vectors", "passage", collection.id)
    held: Loaded | None = cache.get(key)
    if held is not None and held.version == collection.version and held.bits is not None:
        return held
    fits = collection.passages * (dimension + 12) <= CACHE_BYTES
    if fits:
        parts = [
            VectorTable(ids, one.data, one.scales) for ids, one in passages.vector_blocks(connection, collection.id)
        ]
        table = _joined(parts)
        bits = np.concatenate([signs(part.data) for part in table.blocks()])
        held = Loaded(collection.version, table.ids, table, _columns([bits], len(table.ids)))
    else:
        found_ids, found_bits = [], []
        for document, ids, stored in signatures.blocks(connection, collection.id):
            found_ids.append(ids)
            # A document of before there were signatures: they are made from its vectors, and not kept in the file.
            made = stored if stored is not None else signs(signatures.vectors_of_document(connection, document).data)
            found_bits.append(made)
        every = np.concatenate(found_ids)
        held = Loaded(collection.version, every, None, _columns(found_bits, len(every)))
    keep(cache, key, held)
    return held


def keep(cache: Cache, key: tuple[Any, ...], held: Loaded) -> None:
    """Put something into the cache, and the oldest of its kind out when there are too many."""
    with _cache_lock:
        others = [known for known in cache if known[:2] == key[:2] and known != key]
        for known in others[: max(0, len(others) - CACHED_COLLECTIONS + 1)]:
            cache.pop(known, None)
        cache[key] = held


def _columns(blocks: Sequence[NDArray[np.uint64]], rows: int) -> Signatures:
    """Signatures of documents as one array per word."""
    words = blocks[0].shape[1]
    columns = [np.empty(rows, dtype=np.uint64) for _ in range(words)]
    at = 0
    for block in blocks:
        for word, column in enumerate(columns):
            column[at : at + len(block)] = block[:, word]
        at += len(block)
    return Signatures(columns)


def _joined(parts: Sequence[VectorTable]) -> VectorTable:
    return VectorTable(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.data for part in parts]),
        np.concatenate([part.scales for part in parts]),
    )
