"""`kb search` and `kb meter`"""

from __future__ import annotations

import argparse
from typing import Any

from engine import api
from engine.cli.batch import run_lines
from engine.cli.commands.base import add, simple
from engine.cli.session import Session
from engine.errors import UsageError

MODES = ("auto", "bm25", "dense", "hybrid", "rerank")


def _search(args: argparse.Namespace, session: Session) -> Any:
    def request(question: str) -> api.SearchPassages:
        return api.SearchPassages(
            collection=args.collection,
            query=question,
            k=args.k,
            mode=args.mode,
            folder=args.folder,
            formats=tuple(args.format),
            since=args.since,
            until=args.until,
            collapse=not args.all,
        )

    if args.input:
        if args.query or not args.output:
            raise UsageError(reason="--input needs --output, and no question beside it.")
        return run_lines(session, args.input, args.output, request, lambda result: {"hits": result.hits})
    if not args.query:
        raise UsageError(reason="Give a query, or --input and --output.")
    return session.call(request(args.query))


def _meter(args: argparse.Namespace) -> api.Request:
    if args.show:
        return api.GetRetrievalMeter(collection=args.collection)
    if args.choose:
        return api.ChooseRetrieval(collection=args.collection, mode=args.choose)
    return api.MeterRetrieval(
        collection=args.collection, questions_path=args.questions or "", k=args.k, keep=not args.dry_run
    )


def register(kb: Any) -> None:
    parser = add(kb, "search", "find passages", _search)
    parser.add_argument("--collection", required=True)
    parser.add_argument("--k", type=int, default=10)
    parser.add_argument("--mode", default="auto", choices=MODES)
    parser.add_argument("--folder", default="", help="only documents in this folder, or in folders of this name")
    parser.add_argument("--format", action="append", default=[], help="only this format, e.g. pdf; again for more")
    parser.add_argument("--since", default="", help="only documents changed on or after this day, month or year")
    parser.add_argument("--until", default="", help="only documents changed on or before this day, month or year")
    parser.add_argument("--all", action="store_true", help="show passages that say the same as another one, too")
    parser.add_argument("query", nargs="?")
    parser.add_argument("--input")
    parser.add_argument("--output")
    parser = add(kb, "meter", "measure what finds most, and use it", simple(_meter))
    parser.add_argument("--collection", required=True)
    parser.add_argument("--questions", help="JSON lines: question, and doc or answer; else headings and FAQ are asked")
    parser.add_argument("--k", type=int, default=10)
    parser.add_argument("--dry-run", action="store_true", help="do not keep the mode that was found best")
    parser.add_argument("--show", action="store_true", help="what was measured last")
    parser.add_argument("--choose", choices=MODES, help="set the mode by hand; auto forgets it")
