"""Asks a collection questions in every mode and keeps the mode that finds most."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from engine.api import Control, MeterRetrieval, RetrievalMeter
from engine.errors import InputError, UsageError
from engine.host.chat.meter_questions import Known, derive, read_known
from engine.host.chat.searching import Searcher, searcher_of
from engine.serve.chat.meter import Ranks, figures, pick
from engine.serve.chat.rerank import reranker_for
from engine.serve.chat.retrieve import choose_mode, covered
from engine.store import documents, retrieval
from engine.store.audit import now
from engine.values import Rejection, SearchMode

if TYPE_CHECKING:
    from engine.host.context import Context

STAGE = "Asking in every mode"
LEAST_DEPTH = 10


def measure(ctx: Context, request: MeterRetrieval, ctl: Control) -> RetrievalMeter:
    """See `engine.api.MeterRetrieval`."""
    if not 1 <= request.k <= 100:
        raise UsageError(reason=f"k must be from 1 to 100; it is {request.k}.")
    rejected: list[Rejection] = []
    with ctx.store.read() as connection:
        collection = documents.collection(connection, request.collection)
        if request.questions_path:
            known, rejected = read_known(Path(request.questions_path))
            if not known:
                raise InputError(reason=f"{request.questions_path} holds no usable question.{_first(rejected)}")
        else:
            known = derive(connection, collection)
            if not known:
                raise InputError(
                    reason=f"The collection {request.collection} has neither headings nor a FAQ to make questions of; "
                    "give a file of questions."
                )
        read = [one for one in known if covered(one.question)]
    typical = read[0].question if read else known[0].question
    reranks = reranker_for(typical, lambda: ctx.encoder, ctx.cache) is not None
    found = _ask_all(ctx, request.collection, known, _modes(bool(read), reranks), max(LEAST_DEPTH, request.k), ctl)
    chosen, reason = pick(found, choose_mode(typical, "auto", rerank=reranks))
    result = RetrievalMeter(
        collection=request.collection,
        modes={mode: figures(ranks) for mode, ranks in found.items()},
        chosen=chosen,
        questions=len(known),
        derived=not request.questions_path,
        reason=reason,
        measured=now(),
        rejected=tuple(rejected[:100]),
    )
    if request.keep:
        with ctx.store.write() as connection:
            retrieval.choose(
                connection, collection.id, collection.name, chosen, msgspec.json.encode(result).decode("utf-8")
            )
    return result


def _modes(any_read: bool, reranks: bool) -> tuple[SearchMode, ...]:
    """The modes that can differ: the encoder has nothing to say to questions in a script that it does not read."""
    modes: tuple[SearchMode, ...] = ("bm25", "dense", "hybrid") if any_read else ("bm25",)
    return (*modes, "rerank") if reranks else modes


def _ask_all(
    ctx: Context, name: str, known: list[Known], modes: tuple[SearchMode, ...], depth: int, ctl: Control
) -> dict[SearchMode, Ranks]:
    ranks: dict[SearchMode, list[int]] = {mode: [] for mode in modes}
    seconds: dict[SearchMode, list[float]] = {mode: [] for mode in modes}
    for number, one in enumerate(known):
        ctl.report(number, len(known), STAGE)
        # A reader per question: a long measurement must not keep the store from tidying up behind a writer.
        with ctx.store.read() as connection:
            searcher = searcher_of(ctx, connection, name)
            if number == 0:  # what is loaded once is not the time of a search
                for mode in modes:
                    _rank(searcher, one, mode, depth)
            for mode in modes:
                ctl.check()
                began = time.monotonic()
                ranks[mode].append(_rank(searcher, one, mode, depth))
                seconds[mode].append(time.monotonic() - began)
    ctl.report(len(known), len(known), STAGE)
    return {mode: Ranks(tuple(ranks[mode]), tuple(seconds[mode])) for mode in modes}


def _rank(searcher: Searcher, one: Known, mode: SearchMode, depth: int) -> int:
    """Where the right passage stands, from 1; 0 if it is not among the first `depth`.

    A script that the encoder does not read is searched by words wherever vectors would be, as "auto" does.
    """
    used = mode if covered(one.question) or mode == "rerank" else "bm25"
    asked = searcher.understand(one.question)
    for rank, candidate in enumerate(searcher.candidates(searcher.rank(asked, used)[:depth]), 1):
        if one.right(candidate):
            return rank
    return 0


def _first(rejected: list[Rejection]) -> str:
    return f" Line {rejected[0].line}: {rejected[0].reason}." if rejected else ""
