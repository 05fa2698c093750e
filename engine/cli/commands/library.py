"""`kb watch`, `kb unwatch`, `kb watched`, `kb refresh`, `kb refused` and `kb page`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine import api
from engine.cli.commands.base import add, simple
from engine.cli.session import Session
from engine.errors import FolderNotWritable, InputError


def register(kb: Any) -> None:
    """Add the commands to the group `kb`."""
    parser = add(
        kb, "watch", "let a collection follow a folder",
        simple(lambda a: api.WatchFolder(collection=a.collection, path=a.path)),
    )  # fmt: skip
    parser.add_argument("--collection", required=True)
    parser.add_argument("path")
    parser = add(
        kb, "unwatch", "stop following a folder; its documents stay",
        simple(lambda a: api.UnwatchFolder(collection=a.collection, path=a.path)),
    )  # fmt: skip
    parser.add_argument("--collection", required=True)
    parser.add_argument("path")
    parser = add(
        kb, "watched", "the folders that are followed",
        simple(lambda a: api.ListWatched(collection=a.collection, look=a.look)),
    )  # fmt: skip
    parser.add_argument("--collection", default="")
    parser.add_argument("--look", action="store_true", help="count what a refresh would find now")
    parser = add(
        kb, "refresh", "add what is new in the followed folders, replace what changed, report what is gone",
        simple(lambda a: api.RefreshCollection(collection=a.collection, drop_missing=a.drop_missing)),
    )  # fmt: skip
    parser.add_argument("--collection", required=True)
    parser.add_argument("--drop-missing", action="store_true", help="remove documents whose files are gone")
    parser = add(
        kb, "refused", "files that were left out, and why",
        simple(lambda a: api.ListRefused(collection=a.collection)),
    )  # fmt: skip
    parser.add_argument("--collection", required=True)
    parser = add(kb, "page", "the picture of a page of a PDF, as a PNG file", _page)
    parser.add_argument("document", type=int, help="its id, as kb list --json and kb search --json give it")
    parser.add_argument("page", type=int)
    parser.add_argument("file")
    parser.add_argument("--width", type=int, default=900)
    parser.add_argument("--start", type=int, default=0, help="first character whose place is wanted")
    parser.add_argument("--end", type=int, default=0)


def _page(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    asked = api.GetPageImage(args.document, args.page, args.width, args.start, args.end)
    image: api.PageImage = session.call(asked)
    if not image.png:
        raise InputError(reason=image.reason)
    try:
        Path(args.file).write_bytes(image.png)
    except OSError as error:
        raise FolderNotWritable(path=str(Path(args.file).absolute().parent)) from error
    return {"path": args.file, "width": image.width, "height": image.height, "rectangles": image.rectangles}
