"""Which generator a name means: a file, or a file with an adapter over it that was taught in this workspace."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from engine.errors import PackUnusable, UnknownName
from engine.host.generate import files
from engine.store import packs

if TYPE_CHECKING:
    from engine.host.context import Context

TASK = "generator_adapter"
ADAPTER_FILE = "adapter.gguf"
_CACHED = "generator adapter"


class Adapter(Struct, frozen=True):
    """What was taught beside a generator's weights; `body` is a GGUF file. `key` tells versions apart."""

    name: str
    key: str
    body: bytes


class Chosen(Struct, frozen=True):
    """`name` is what was asked for: the generator's own, or that of the adapter."""

    name: str
    file: files.GeneratorFile
    adapter: Adapter | None = None


def choose(ctx: Context, name: str) -> Chosen:
    """The generator of a name; the empty name takes the first file there is.

    Raises:
        UnknownName: there is neither a generator nor an adapter of this name.
        InputError: there is no generator at all.
        PackUnusable: the adapter's base is not here, or is another file.
    """
    listed = files.generators()
    if not name or any(one.name == name for one in listed):
        file = files.find(name)
        return Chosen(file.name, file)
    cached = ctx.cache.get((_CACHED, name))
    if isinstance(cached, Chosen) and cached.file in listed:
        return cached
    known = [one for one in packs.list_all(ctx.store) if one.task == TASK and one.current]
    if not any(one.name == name for one in known):
        if not listed:
            files.find(name)  # raises: there is none at all
        names = ", ".join([*(one.name for one in listed), *(one.name for one in known)])
        raise UnknownName(what="generator", name=name, known=names)
    stored = packs.current(ctx.store, name, TASK)
    chosen = Chosen(name, base_of(name, stored.manifest, listed), _adapter(stored))
    ctx.cache[_CACHED, name] = chosen
    return chosen


def over(ctx: Context, listed: list[files.GeneratorFile]) -> Iterator[tuple[str, files.GeneratorFile]]:
    """What generators learned, as far as their base is here: names, and the base of each."""
    for one in packs.list_all(ctx.store):
        if one.task == TASK and one.current:
            with contextlib.suppress(PackUnusable):
                yield one.name, base_of(one.name, one.manifest, listed)


def _adapter(stored: packs.StoredPack) -> Adapter:
    from hashlib import sha256

    body = stored.files.get(ADAPTER_FILE)
    if body is None:
        raise PackUnusable(name=stored.name, reason=f"it has no file {ADAPTER_FILE}.")
    return Adapter(stored.name, sha256(body).hexdigest(), body)


def base_of(name: str, manifest: dict[str, object], listed: list[files.GeneratorFile]) -> files.GeneratorFile:
    """The file that an adapter was taught over; its name may have changed, its bytes may not.

    Raises:
        PackUnusable: it is not here, or the one of that name is another file.
    """
    base, digest = str(manifest.get("base", "")), str(manifest.get("base_sha256", ""))
    for one in listed:
        if digest and one.entry.sha256 == digest:
            return one
    same = next((one for one in listed if one.name == base), None)
    if same is not None:
        reason = (
            f"it was taught over the generator {base} with the hash {digest[:16]}…, and the {base} that is here has "
            f"the hash {same.entry.sha256[:16]}…: it is another file, over which the adapter means nothing."
        )
        raise PackUnusable(name=name, reason=reason)
    reason = (
        f"it was taught over the generator {base} (SHA-256 {digest}), which is not here. Take that file in first, "
        "with: models import FILE.gguf"
    )
    raise PackUnusable(name=name, reason=reason)
