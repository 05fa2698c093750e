"""The library: watched folders, what was left out, pictures of pages."""

from __future__ import annotations

from engine.api import (
    Control,
    DocumentsAdded,
    GetPageImage,
    ListRefused,
    ListWatched,
    PageImage,
    RefreshCollection,
    Refused,
    RefusedInfo,
    UnwatchFolder,
    Watched,
    WatchFolder,
)
from engine.host.chat import page_images, refreshing
from engine.host.context import Context
from engine.host.handlers.chat import collection_name
from engine.host.registry import handles
from engine.store import documents, watched


@handles(WatchFolder)
def watch_folder(ctx: Context, request: WatchFolder, ctl: Control) -> Watched:
    return refreshing.watch_folder(ctx, collection_name(request.collection), request.path)


@handles(UnwatchFolder)
def unwatch_folder(ctx: Context, request: UnwatchFolder, ctl: Control) -> Watched:
    return refreshing.unwatch_folder(ctx, request.collection, request.path)


@handles(ListWatched)
def list_watched(ctx: Context, request: ListWatched, ctl: Control) -> Watched:
    return refreshing.list_watched(ctx, request.collection, look_now=request.look)


@handles(RefreshCollection)
def refresh_collection(ctx: Context, request: RefreshCollection, ctl: Control) -> DocumentsAdded:
    return refreshing.refresh(ctx, request.collection, ctl, drop_missing=request.drop_missing)


@handles(ListRefused)
def list_refused(ctx: Context, request: ListRefused, ctl: Control) -> Refused:
    with ctx.store.read() as connection:
        found = documents.collection(connection, request.collection)
        return Refused(
            tuple(
                RefusedInfo(one.path, one.status, one.reason, one.noted)
                for one in watched.refused(connection, found.id).values()
            )
        )


@handles(GetPageImage)
def get_page_image(ctx: Context, request: GetPageImage, ctl: Control) -> PageImage:
    return page_images.page_image(ctx, request, ctl)
