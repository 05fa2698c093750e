"""A page of a PDF as a picture, in a process of its own; from the very bytes whose hash was checked."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from engine.errors import FileUnusable
from engine.ingest.documents.parse import MAX_BYTES, os_reason

if TYPE_CHECKING:
    from engine.jobs.child import Link

MOST_PIXELS = 40_000_000
LONGEST_SIDES = 8
"""A page more than this many times as long as wide is shown smaller than asked for."""


class PageImageSpec(Struct, frozen=True):
    """`page` counts from 1; `width` is in pixels."""

    path: str
    sha256: str
    page: int
    width: int


class PageImageMade(Struct, frozen=True):
    """`png` is empty where `changed`: the file is not the one that was indexed."""

    png: bytes = b""
    width: int = 0
    height: int = 0
    changed: bool = False


def draw_page(spec: PageImageSpec, link: Link) -> PageImageMade:
    """Draw a page.

    Raises:
        FileUnusable: the file cannot be read, or the page cannot be drawn.
    """
    link.check()
    path = Path(spec.path)
    try:
        if path.stat().st_size > MAX_BYTES:
            return PageImageMade(changed=True)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileUnusable(path=spec.path, reason=os_reason(error)) from error
    if hashlib.sha256(data).hexdigest() != spec.sha256:
        return PageImageMade(changed=True)
    return render(data, spec)


def render(data: bytes, spec: PageImageSpec) -> PageImageMade:
    """The page of a PDF's bytes, as it is shown: turned and cropped."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= spec.page <= len(pdf):
                raise FileUnusable(path=spec.path, reason=f"it has {len(pdf)} pages; there is no page {spec.page}.")
            page = pdf[spec.page - 1]
            wide, high = page.get_size()
            scale = spec.width / max(wide, high / LONGEST_SIDES, 1.0)
            if (pixels := wide * high * scale * scale) > MOST_PIXELS:
                scale *= (MOST_PIXELS / pixels) ** 0.5
            picture = page.render(scale=scale, rev_byteorder=True, draw_annots=True).to_numpy()
            page.close()
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise FileUnusable(path=spec.path, reason="the page cannot be drawn; it is damaged.") from error
    height, width = picture.shape[:2]
    return PageImageMade(_png(picture[:, :, :3].tobytes(), width, height), width, height)


def _png(rgb: bytes, width: int, height: int) -> bytes:
    """Eight-bit RGB rows as PNG. Source: ISO/IEC 15948."""
    row = 3 * width
    lines = b"".join(b"\0" + rgb[at : at + row] for at in range(0, row * height, row))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(lines, 3)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
