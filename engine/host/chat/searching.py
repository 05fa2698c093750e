"""Finds candidates for a question in one collection: by words, by vectors, by both joined, looked at again or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import apsw
import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.host.chat.vectors import Cache, nearest_of, nearest_passages
from engine.language.terms import query_terms
from engine.serve.chat.candidates import Asked, Candidate, Embed, FaqCandidate
from engine.serve.chat.rerank import RERANKED, Rerank, reranker_for
from engine.serve.chat.retrieve import DEPTH, Hit, affordable, choose_mode, covered, fuse, rarity, word_weight
from engine.serve.chat.retrieve import passage_embedding_text as passage_embedding_text
from engine.store import answers, documents, passages, retrieval, signatures
from engine.store.documents import Collection
from engine.store.narrowing import Narrowing, documents_within, passages_within
from engine.values import SearchMode

if TYPE_CHECKING:
    from engine.host.context import Context

FAQ_DEPTH = 20
MOST_COUNTED = 20_000
"""Terms whose number of passages is remembered per collection."""


class Searcher:
    """One question's view of one collection; holds the reader's connection only while it is used.

    Args:
        rerank: gives the reranker for a question, or None where none reads it.
        narrowing: only documents that pass are found.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        collection: Collection,
        embed: Embed,
        cache: Cache,
        rerank: Callable[[str], Rerank | None] | None = None,
        narrowing: Narrowing | None = None,
    ) -> None:
        self._connection = connection
        self._collection = collection
        self.embed = embed
        self._cache = cache
        self._rerank = rerank or (lambda _question: None)
        self._within = documents_within(connection, collection.id, narrowing) if narrowing else None
        self._allowed = None if self._within is None else passages_within(connection, self._within)

    def understand(self, question: str, context: Sequence[str] = ()) -> Asked:
        """Weigh the terms of a question and embed it; `context` are earlier questions that it refers to."""
        text = " ".join([*context, question])
        vector = None
        if covered(text):
            # Earlier questions tell the matter and this one what about it: half the weight is on this one alone.
            rows = self.embed([text, question] if context else [text])
            vector = rows.mean(axis=0)
            vector /= max(float(np.linalg.norm(vector)), 1e-9)
        found = query_terms(text)
        counts = self._counts(found)
        faq_counts = answers.document_counts(self._connection, self._collection.id, found)
        return Asked(
            text=text,
            weights=rarity(counts, self._collection.passages),
            faq_weights=rarity(faq_counts, self._collection.questions),
            unknown=frozenset(term for term, count in counts.items() if count == 0),
            vector=vector,
            counts=dict(counts),
        )

    def mode(self, question: str, mode: SearchMode) -> SearchMode:
        """The mode that is used; "auto" means what was chosen for the collection, or else what is best as a rule."""
        stored = retrieval.chosen(self._connection, self._collection.id) if mode == "auto" else None
        preferred = stored.mode if stored else "auto"
        return choose_mode(question, mode, preferred, rerank=self._rerank(question) is not None)

    def rank(self, asked: Asked, mode: SearchMode, depth: int = DEPTH) -> list[Hit]:
        """Passages for a question, best first.

        Args:
            depth: how many of each ranking; the result may hold twice as many.
        """
        chosen = self.mode(asked.text, mode)
        words: list[tuple[int, float]] = []
        if chosen != "dense":
            terms, also = affordable(asked.counts or dict.fromkeys(asked.weights, 1), self._collection.passages)
            words = passages.search_words(
                self._connection, self._collection.id, terms, depth, within=self._within, also=also
            )
        dense: list[tuple[int, float]] = []
        if chosen in ("dense", "hybrid") or (chosen == "rerank" and asked.vector is not None):
            vector = asked.vector if asked.vector is not None else self.embed([asked.text])[0]
            dense = nearest_passages(self._connection, self._collection, vector, depth, self._cache, self._allowed)
        hits = fuse(words, dense, weight=word_weight(asked.text))
        return self._reranked(asked, hits) if chosen == "rerank" else hits

    def _reranked(self, asked: Asked, hits: list[Hit]) -> list[Hit]:
        """The best again, in the order of what their pieces say; the others stay behind them."""
        rerank = self._rerank(asked.text)
        if rerank is None:
            return hits
        first = hits[:RERANKED] if asked.vector is None else self._with_cosines(asked.vector, hits[:RERANKED])
        best = self.candidates(first)
        scores = rerank(asked, best)
        looked_at = [
            msgspec.structs.replace(one.hit, rerank=float(score)) for one, score in zip(best, scores, strict=True)
        ]
        looked_at.sort(key=lambda hit: (-(hit.rerank or 0.0), hit.id))
        return looked_at + hits[RERANKED:]

    def _with_cosines(self, vector: NDArray[np.float32], hits: list[Hit]) -> list[Hit]:
        """Hits that only words found get the cosine of their vectors; 0 where a passage has none."""
        missing = [hit.id for hit in hits if hit.cosine is None]
        if not missing:
            return hits
        ids = np.array(missing, dtype=np.int64)
        found = signatures.vectors_of(self._connection, ids)
        cosines = dict(zip(missing, ((found.data.astype(np.float32) @ vector) * found.scales).tolist(), strict=True))
        return [hit if hit.cosine is not None else msgspec.structs.replace(hit, cosine=cosines[hit.id]) for hit in hits]

    def _counts(self, terms: Sequence[str]) -> Mapping[str, int]:
        """In how many passages each term is. Counting a common word in a million passages takes long: remembered."""
        key = ("counts", self._collection.id)
        held: tuple[int, dict[str, int]] | None = self._cache.get(key)
        if held is None or held[0] != self._collection.version or len(held[1]) > MOST_COUNTED:
            held = (self._collection.version, {})
            self._cache[key] = held
        known = held[1]
        missing = [term for term in terms if term not in known]
        known.update(passages.document_counts(self._connection, self._collection.id, missing))
        return {term: known[term] for term in terms}

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
            dense = nearest_of(
                self._connection, self._collection, "answer", answers.vector_blocks, asked.vector, depth, self._cache
            )
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
                title=owners[one.document].title if one.document else one.owner,
                date=one.changed[:10],
                page=one.page,
                paged=owners[one.document].paged if one.document else False,
                start=one.start,
                end=one.end,
            )
            for hit in hits
            if (one := stored.get(hit.id)) is not None
        ]


def searcher_of(ctx: Context, connection: apsw.Connection, name: str, narrowing: Narrowing | None = None) -> Searcher:
    """A searcher of a collection with all that this host has. Raises: UnknownName."""
    collection = documents.collection(connection, name)
    return Searcher(
        connection,
        collection,
        lambda texts: ctx.bilingual.embed(texts),
        ctx.cache,
        lambda question: reranker_for(question, lambda: ctx.encoder, ctx.cache),
        narrowing,
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
