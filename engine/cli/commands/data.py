"""`data …`"""

from __future__ import annotations

import argparse
from typing import Any, get_args

from engine import api
from engine.cli.commands.base import add, group, simple
from engine.errors import UsageError
from engine.values import DatasetKind


def mapping(pairs: list[str]) -> dict[str, str]:
    """`field=column` pairs as a dict."""
    found = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise UsageError(reason=f"--map takes field=column, not {pair!r}.")
        found[field] = column
    return found


def _import(args: argparse.Namespace) -> api.Request:
    return api.ImportData(
        path=args.file, name=args.name, kind=args.kind, mapping=mapping(args.map), replace=args.replace,
        append=args.append,
    )  # fmt: skip


def register(commands: Any) -> None:
    data = group(commands, "data", "data sets: import, look at, check, export")
    parser = add(data, "import", "read a table (csv, tsv, xlsx, json, jsonl, parquet, each also .gz)", simple(_import))
    parser.add_argument("file")
    parser.add_argument("--name", required=True)
    parser.add_argument("--kind", required=True, choices=get_args(DatasetKind))
    parser.add_argument("--map", nargs="+", action="extend", default=[], metavar="FIELD=COLUMN")
    parser.add_argument("--replace", action="store_true", help="replace a data set of this name")
    parser.add_argument("--append", action="store_true", help="add the rows to a data set of this name")
    parser = add(data, "preview", "look at a table without storing anything", simple(lambda a: api.PreviewFile(a.file)))
    parser.add_argument("file")
    add(data, "list", "the data sets", simple(lambda a: api.ListDatasets()))
    parser = add(
        data, "show", "rows of a data set",
        simple(lambda a: api.ShowDataset(name=a.name, offset=a.offset, limit=a.limit)),
    )  # fmt: skip
    parser.add_argument("name")
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--limit", type=int, default=20)
    parser = add(
        data, "lint", "what is wrong with a data set",
        simple(lambda a: api.LintDataset(name=a.name, valid_dataset=a.valid_dataset, doubts=not a.quick)),
    )  # fmt: skip
    parser.add_argument("name")
    parser.add_argument("--valid-dataset", help="also look for its texts among those of NAME")
    parser.add_argument("--quick", action="store_true", help="do not look for labels that are probably wrong")
    parser = add(
        data, "export", "write a data set to a file", simple(lambda a: api.ExportDataset(name=a.name, path=a.file))
    )
    parser.add_argument("name")
    parser.add_argument("file")
    parser = add(data, "delete", "remove a data set", simple(lambda a: api.DeleteDataset(name=a.name)))
    parser.add_argument("name")
