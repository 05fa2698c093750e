"""How documents, watched folders and refused files look on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import api
from engine.cli.output import table


def added(r: api.DocumentsAdded) -> str:
    """Files that were taken or that somebody should look at; the unchanged ones are only counted."""
    unchanged = sum(file.status == "unchanged" for file in r.files)
    head = f"{r.passages:,} passages in {r.collection}, {r.seconds:.1f} s."
    if unchanged:
        head += " 1 file is unchanged." if unchanged == 1 else f" {unchanged:,} files are unchanged."
    rows = [(f.status, f.passages, f.path, f.reason or "") for f in r.files if f.status != "unchanged"]
    return head + ("\n" + table(["status", "passages", "file", "reason"], rows) if rows else "")


def watched(r: api.Watched) -> str:
    if not r.folders:
        return "No folder is watched."
    return table(
        ["collection", "folder", "last look", "new", "changed", "missing", "refused", "note"],
        [
            (f.collection, f.path, f.last_checked or "never", f.new, f.changed, f.missing, f.refused, f.reason)
            for f in r.folders
        ],
    )


def refused(r: api.Refused) -> str:
    if not r.files:
        return "No file was left out."
    return table(["status", "file", "reason", "noted"], [(f.status, f.path, f.reason, f.noted) for f in r.files])


SHOWN: dict[type, Callable[[Any], str]] = {api.DocumentsAdded: added, api.Watched: watched, api.Refused: refused}
