"""The picture of a page with the places of what was cited, if the file is still the one that was indexed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.api import Control, GetPageImage, PageImage
from engine.errors import EngineError, FileUnusable, UsageError, WorkerDied, WorkerHung, WorkerOutOfMemory
from engine.ingest.documents.page_image import PageImageMade, PageImageSpec
from engine.serve.chat.places import rectangles_of
from engine.store import documents, page_boxes

if TYPE_CHECKING:
    from engine.host.context import Context

LEAST_WIDTH, MOST_WIDTH = 100, 4000
TIMEOUT_S = 30.0
MEMORY_MB = 1024.0
KEPT = 8
"""Pictures kept in memory while unlocked: turning back and forth between sources costs nothing."""


def page_image(ctx: Context, request: GetPageImage, ctl: Control) -> PageImage:
    """See `engine.api.GetPageImage`.

    Raises:
        UnknownName: no such document or page; UsageError.
    """
    if not LEAST_WIDTH <= request.width <= MOST_WIDTH:
        raise UsageError(reason=f"A picture is {LEAST_WIDTH} to {MOST_WIDTH} pixels wide; not {request.width}.")
    with ctx.store.read() as connection:
        document = documents.document(connection, request.document_id)
        text = documents.page_text(connection, request.document_id, request.page)
        boxes = page_boxes.get(connection, request.document_id, request.page)
    if document.format != "pdf":
        return PageImage(b"", 0, 0, reason="Only pages of PDF files have a picture; the text is shown instead.")
    made = _made(ctx, document, request, ctl)
    if isinstance(made, str):
        return PageImage(b"", 0, 0, reason=made)
    rectangles = rectangles_of(text, boxes, request.start, request.end)
    return PageImage(made.png, made.width, made.height, rectangles)


def _made(ctx: Context, document: documents.StoredDocument, request: GetPageImage, ctl: Control) -> PageImageMade | str:
    """The picture, or the reason why there is none."""
    changed = "The file has changed since it was indexed; refresh the collection to see its pages."
    path = Path(document.path)
    try:
        found = path.stat()
    except (OSError, ValueError):
        return f"The file {document.path} is no longer there; only its text was kept."
    if found.st_size != document.size:
        return changed
    key = ("page image", document.sha256, found.st_mtime_ns, request.page, request.width)
    kept: PageImageMade | None = ctx.cache.get(key)
    if kept is not None:
        return kept
    spec = PageImageSpec(document.path, document.sha256, request.page, request.width)
    try:
        made: PageImageMade = ctx.workers.run(
            "draw_page", spec, ctl, title="drawing a page", timeout_s=TIMEOUT_S, memory_mb=MEMORY_MB
        )
    except FileUnusable as error:
        return error.message
    except (WorkerDied, WorkerHung, WorkerOutOfMemory) as error:
        return f"The page could not be drawn: {_plain(error)}"
    if made.changed:
        return changed
    others = [known for known in list(ctx.cache) if known[0] == key[0]]
    for known in others[: max(0, len(others) - KEPT + 1)]:
        ctx.cache.pop(known, None)
    ctx.cache[key] = made
    return made


def _plain(error: EngineError) -> str:
    if isinstance(error, WorkerHung):
        return "it took too long."
    return "it needs too much memory." if isinstance(error, WorkerOutOfMemory) else "the file brings the drawing down."
