"""The library: folders that a collection follows, what was left out and why, and pictures of pages."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from engine.api.base import Request, Result
from engine.values import FileStatus


class WatchFolder(Request, frozen=True):
    """Let a collection follow a folder; makes the collection if there is none. Nothing is read until a refresh."""

    collection: str
    path: str


class UnwatchFolder(Request, frozen=True):
    """Stop following a folder; its documents stay."""

    collection: str
    path: str


class ListWatched(Request, frozen=True):
    """`look` counts what a refresh would find now, by size and time alone; else what the last refresh found."""

    collection: str = ""
    look: bool = False


class WatchedInfo(Struct, frozen=True):
    """`new`, `changed`, `missing` and `refused` count files; `reason` says why the folder could not be looked at."""

    collection: str
    path: str
    last_checked: str
    new: int
    changed: int
    missing: int
    refused: int = 0
    reason: str = ""


class Watched(Result, frozen=True):
    folders: tuple[WatchedInfo, ...]


class RefreshCollection(Request, frozen=True):
    """Go through the watched folders of a collection: add what is new, replace what changed, report what is gone.

    A document whose file is gone has the status "missing" and stays; with `drop_missing` it is removed and has the
    status "removed". Nothing is removed while the folder itself cannot be reached or is empty, as an unplugged
    drive is.
    """

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Refresh {collection}"
    collection: str
    drop_missing: bool = False


class ListRefused(Request, frozen=True):
    """Files that were left out of a collection, each with its reason."""

    collection: str


class RefusedInfo(Struct, frozen=True):
    path: str
    status: FileStatus
    reason: str
    noted: str


class Refused(Result, frozen=True):
    files: tuple[RefusedInfo, ...]


class GetPageImage(Request, frozen=True):
    """A picture of a page as it is printed, with the places of the characters `start` to `end` of its text.

    `width` is in pixels.
    """

    document_id: int
    page: int
    width: int = 900
    start: int = 0
    end: int = 0


class PageImage(Result, frozen=True):
    """`png` is empty where `reason` says why there is no picture. Rectangles are (left, top, right, bottom) as shares
    of the picture, one per printed line, in reading order."""

    png: bytes
    width: int
    height: int
    rectangles: tuple[tuple[float, float, float, float], ...] = ()
    reason: str = ""
