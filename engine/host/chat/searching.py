"""Finds candidates for a question in one collection: words, vectors, and both joined.

The vectors of a collection are kept in memory while they fit (`CACHE_BYTES`), tagged with the collection's version;
larger collections are read from the store block by block for each question.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from engine.language.terms import query_terms
from engine.serve.chat.candidates import Asked, Candidate, Embed, FaqCandidate
from engine.serve.chat.dense import VectorTable, nearest
from engine.serve.chat.retrieve import DEPTH, Hit, choose_mode, covered, fuse, rarity, word_weight
from engine.store import answers, documents, passages
from engine.store.documents import Collection
from engine.store.passages import Vectors
from engine.values import SearchMode

CACHE_BYTES = 256 * 1024 * 1024
"""Most bytes of vectors in memory for one collection: some 650,000 passages."""
CACHED_COLLECTIONS = 4
FAQ_DEPTH = 20
LARGE = 1000
COMMON_WEIGHT = 0.9
"""`rarity` of a term that is in four of ten passages."""
_cache_lock = threading.Lock()

Cache = MutableMapping[tuple[Any, ...], Any]


class Searcher:
    """One question's view of one collection; holds the reader's connection only while it is used."""

    def __init__(self, connection: apsw.Connection, collection: Collection, embed: Embed, cache: Cache) -> None:
        self._connection = connection
        self._collection = collection
        self.embed = embed
        self._cache = cache

    def understand(self, question: str, context: Sequence[str] = ()) -> Asked:
        """Weigh the terms of a question and embed it; `context` are earlier questions that it refers to."""
        text = " ".join([*context, question])
        found = query_terms(text)
        counts = passages.document_counts(self._connection, self._collection.id, found)
        faq_counts = answers.document_counts(self._connection, self._collection.id, found)
        return Asked(
            text=text,
            weights=rarity(counts, self._collection.passages),
            faq_weights=rarity(faq_counts, self._collection.answers),
            unknown=frozenset(term for term, count in counts.items() if count == 0),
            vector=self.embed([text])[0] if covered(text) else None,
        )

    def rank(self, asked: Asked, mode: SearchMode, depth: int = DEPTH) -> list[Hit]:
        """Passages for a question, best first. `mode` is "bm25", "dense", "hybrid" or "auto"."""
        chosen = choose_mode(asked.text, mode)
        terms = self._telling(asked)
        words = [] if chosen == "dense" else passages.search_words(self._connection, self._collection.id, terms, depth)
        dense: list[tuple[int, float]] = []
        if chosen != "bm25":
            vector = asked.vector if asked.vector is not None else self.embed([asked.text])[0]
            dense = nearest(self._tables("passage", passages.vector_blocks), vector, depth)
        return fuse(words, dense, weight=word_weight(asked.text))

    def _telling(self, asked: Asked) -> list[str]:
        """The terms to look for. In a large collection those in most passages cost much and tell little."""
        rare = [term for term, weight in asked.weights.items() if weight >= COMMON_WEIGHT]
        return rare if self._collection.passages >= LARGE and len(rare) >= 2 else list(asked.weights)

    def candidates(self, hits: Sequence[Hit]) -> list[Candidate]:
        """The passages of hits with their text, in the same order."""
        stored = passages.get(self._connection, [hit.id for hit in hits])
        found = {one.document for one in stored.values()}
        owners = {document: documents.document(self._connection, document) for document in found}
        return [
            Candidate(
                hit=hit,
                document=one.document,
                doc=owners[one.document].path,
                title=owners[one.document].title,
                heading=one.heading,
                page=one.page,
                paged=owners[one.document].paged,
                start=one.start,
                end=one.end,
                text=documents.span_text(self._connection, one.document, one.page, one.start, one.end),
            )
            for hit in hits
            if (one := stored.get(hit.id)) is not None
        ]

    def faq(self, asked: Asked, depth: int = FAQ_DEPTH) -> list[FaqCandidate]:
        """Approved answers whose question is like this one, most like first."""
        if not self._collection.answers:
            return []
        words = answers.search_words(self._connection, self._collection.id, list(asked.faq_weights), depth)
        dense: list[tuple[int, float]] = []
        if asked.vector is not None:
            dense = nearest(self._tables("answer", answers.vector_blocks), asked.vector, depth)
        hits = fuse(words, dense)[:depth]
        stored = answers.get(self._connection, [hit.id for hit in hits])
        found = {one.document for one in stored.values() if one.document is not None}
        owners = {document: documents.document(self._connection, document) for document in found}
        return [
            FaqCandidate(
                hit=hit,
                question=one.question,
                answer=one.answer,
                document=one.document or 0,
                doc=owners[one.document].path if one.document else one.source,
                title=owners[one.document].title if one.document else "",
                page=one.page,
                paged=owners[one.document].paged if one.document else False,
                start=one.start,
                end=one.end,
            )
            for hit in hits
            if (one := stored.get(hit.id)) is not None
        ]

    def _tables(
        self,
        kind: str,
        blocks: Callable[[apsw.Connection, int], Iterator[tuple[NDArray[np.int64], Vectors]]],
    ) -> Iterator[VectorTable]:
        """The vectors of the collection: one cached table where they fit, else one per document from the store."""
        key = ("vectors", kind, self._collection.id)
        cached: tuple[int, VectorTable] | None = self._cache.get(key)
        if cached is not None and cached[0] == self._collection.version:
            yield cached[1]
            return
        parts: list[VectorTable] | None = []
        size = 0
        for ids, vectors in blocks(self._connection, self._collection.id):
            table = VectorTable(ids, vectors.data, vectors.scales)
            yield table
            size += table.size_bytes
            if parts is not None and size <= CACHE_BYTES:
                parts.append(table)
            else:
                parts = None  # too many to keep
        if parts:
            self._keep(key, _joined(parts))

    def _keep(self, key: tuple[Any, ...], table: VectorTable) -> None:
        with _cache_lock:
            others = [known for known in self._cache if known[:2] == key[:2] and known != key]
            for known in others[: max(0, len(others) - CACHED_COLLECTIONS + 1)]:
                self._cache.pop(known, None)
            self._cache[key] = (self._collection.version, table)


def _joined(parts: Sequence[VectorTable]) -> VectorTable:
    return VectorTable(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.data for part in parts]),
        np.concatenate([part.scales for part in parts]),
    )


def embed_covered(embed: Embed, texts: Sequence[str], dimension: int) -> NDArray[np.float32]:
    """Vectors of the texts that the encoder can read; rows of zeros for the others.

    Returns:
        float32 (n, dimension).
    """
    vectors = np.zeros((len(texts), dimension), dtype=np.float32)
    rows = [i for i, text in enumerate(texts) if covered(text)]
    if rows:
        vectors[rows] = embed([texts[i] for i in rows])
    return vectors


def passage_embedding_text(title: str, heading: str, text: str) -> str:
    """What is embedded for a passage: its place in the document, then its text.

    A heading often says what the text below it only refers to ("it", "this tool").
    """
    above = [part for part in (title, heading) if part]
    if heading and title and heading.startswith(title):
        above = [heading]
    return "\n".join([" › ".join(above), text]) if above else text
