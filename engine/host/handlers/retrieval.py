"""Search in a collection, and what finds most in it."""

from __future__ import annotations

import time
from datetime import date

import msgspec

from engine.api import (
    ChooseRetrieval,
    Control,
    Done,
    GetRetrievalMeter,
    MeterRetrieval,
    PassageHit,
    PassageHits,
    RetrievalMeter,
    SearchPassages,
)
from engine.errors import UnknownName, UsageError
from engine.host.chat.metering import measure
from engine.host.chat.searching import searcher_of
from engine.host.context import Context
from engine.host.registry import handles
from engine.serve.chat.candidates import Candidate
from engine.serve.chat.collapse import distinct
from engine.serve.chat.rerank import folder_of
from engine.serve.chat.retrieve import DEPTH
from engine.store import documents, retrieval
from engine.store.narrowing import Narrowing
from engine.values import SearchMode

MOST_HITS = 1000
OVER = 2
"""Times as many hits as asked for are looked through for near-duplicates."""


@handles(SearchPassages)
def search_passages(ctx: Context, request: SearchPassages, ctl: Control) -> PassageHits:
    began = time.monotonic()
    if not request.query.strip():
        raise UsageError(reason="The query is empty.")
    if not 1 <= request.k <= MOST_HITS:
        raise UsageError(reason=f"k must be from 1 to {MOST_HITS}; it is {request.k}.")
    _check_mode(request.mode)
    for name, day in (("since", request.since), ("until", request.until)):
        _check_day(name, day)
    narrowing = Narrowing(request.folder, request.formats, request.since, request.until)
    with ctx.store.read() as connection:
        searcher = searcher_of(ctx, connection, request.collection, narrowing)
        mode = searcher.mode(request.query, request.mode)
        asked = searcher.understand(request.query)
        wanted = OVER * request.k if request.collapse else request.k
        found = searcher.candidates(searcher.rank(asked, mode, max(DEPTH, wanted))[:wanted])
    if request.collapse:
        found = [found[place] for place in distinct([one.text for one in found])]
    return PassageHits(
        hits=tuple(_hit(one, mode) for one in found[: request.k]),
        mode=mode,
        seconds=round(time.monotonic() - began, 4),
    )


def _hit(one: Candidate, mode: SearchMode) -> PassageHit:
    own = {"bm25": one.hit.bm25, "dense": one.hit.cosine, "rerank": one.hit.rerank}.get(mode)
    # Passages behind those that the reranker looked at keep the order of the fusion.
    score = one.hit.score if own is None else own
    return PassageHit(
        doc=one.doc,
        page=one.page if one.paged else None,
        start=one.start,
        end=one.end,
        score=round(score, 6),
        text=one.text,
        document_id=one.document,
        title=one.title,
    )


def _check_mode(mode: SearchMode) -> None:
    if mode == "rerank" and not any(folder_of(language).is_dir() for language in ("en", "zh")):
        raise UsageError(reason="This installation has no reranker; use auto, bm25, dense or hybrid.")


def _check_day(name: str, day: str) -> None:
    parts = day.split("-")
    try:
        if day:
            date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
            if len(parts) > 3 or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
                raise ValueError
    except ValueError as error:
        raise UsageError(reason=f"{name} must be a day like 2026-03-01, a month or a year; it is {day!r}.") from error


@handles(MeterRetrieval)
def meter_retrieval(ctx: Context, request: MeterRetrieval, ctl: Control) -> RetrievalMeter:
    return measure(ctx, request, ctl)


@handles(GetRetrievalMeter)
def get_retrieval_meter(ctx: Context, request: GetRetrievalMeter, ctl: Control) -> RetrievalMeter:
    with ctx.store.read() as connection:
        collection = documents.collection(connection, request.collection)
        stored = retrieval.chosen(connection, collection.id)
    if stored is None or not stored.figures:
        raise UnknownName(what="measurement", name=request.collection, known="run the retrieval meter first")
    return msgspec.json.decode(stored.figures, type=RetrievalMeter)


@handles(ChooseRetrieval)
def choose_retrieval(ctx: Context, request: ChooseRetrieval, ctl: Control) -> Done:
    _check_mode(request.mode)
    with ctx.store.write() as connection:
        collection = documents.collection(connection, request.collection)
        retrieval.choose(connection, collection.id, collection.name, request.mode)
    return Done()
