"""Takes in a Hugging Face folder: turned into a GGUF file by a worker, then tried and kept as an imported file is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from engine.api import Control
from engine.errors import FileMissing, GgufUnusable, WorkerDied, WorkerHung, WorkerOutOfMemory
from engine.host.generate import files, importing
from engine.packs.manifest import FileEntry
from engine.runtimes.gguf.facts import read_facts
from engine.runtimes.gguf.forecast import LEAST_CONTEXT, need_of

if TYPE_CHECKING:
    from engine.host.context import Context
    from engine.runtimes.convert.work import Converted, Foreseen

NEEDS_MB = 400.0
"""Of the worker that converts: Python, a large vocabulary, and a few rows of weights."""
MOST_MB = 2048.0
SILENCE_S = 120.0


def import_folder(ctx: Context, path: Path, name: str, reserved: set[str], ctl: Control) -> str:
    """Turn a folder into a generator; returns its name. The same folder again changes nothing.

    Raises:
        FileMissing, GgufUnusable, AlreadyExists, MemoryShort, DiskFull, Cancelled: nothing was kept.
    """
    from engine.runtimes.convert.folder import folder_name
    from engine.runtimes.convert.work import ConvertSpec

    if not path.is_dir():
        raise FileMissing(path=str(path))
    name = name or files.name_for(path, folder_name(path))
    files.check_name(name)
    if name in reserved:
        raise importing.taken(name)
    there = files.known(name)
    with files.hidden(name) as copy:

        def foreseen(file: Foreseen) -> None:
            if there is not None and there.entry.bytes != file.bytes:
                raise importing.taken(name)
            files.check_room(copy, file.bytes)
            ctx.workers.governor.require(f"The generator {name}", file.bytes / 2**20)

        spec = ConvertSpec(str(path.absolute()), str(copy), name)
        converted: Converted = _work(ctx, "convert_folder", spec, path, ctl, foreseen)
        sha256, size = files.hash_of(copy, lambda done, all_: ctl.report(done >> 20, all_ >> 20, "hash the file"))
        entry = FileEntry(sha256, size)
        if there is not None:
            if there.entry != entry:
                raise importing.taken(name)
            return name
        facts = read_facts(copy)
        need = need_of(facts, min(LEAST_CONTEXT, facts.context_length))
        ctx.workers.governor.require(f"The generator {name}", need.total)
        tried = importing.try_it(ctx, name, path, copy, facts, ctl)
        differ = _differ(ctx, copy, path, converted.lead, ctl)
        importing.keep(copy, name, entry, facts, tried, {"from": path.name, "folder": True, "tokens_differ": differ})
    return name


def _differ(ctx: Context, copy: Path, path: Path, lead: str, ctl: Control) -> list[str]:
    """Kinds of text that llama.cpp cuts otherwise. Raises: GgufUnusable where it is plain English."""
    from engine.runtimes.convert.compare import Compared, CompareSpec

    found: Compared = _work(ctx, "compare_tokens", CompareSpec(str(copy), str(path.absolute()), lead), path, ctl)
    return list(found.differ)


def _work(
    ctx: Context, task: str, spec: Struct, path: Path, ctl: Control, on_item: Callable[[Any], None] | None = None
) -> Any:
    """Do something with a stranger's folder in a worker. What goes wrong there is a fault of the folder."""
    try:
        return ctx.workers.run(
            task,
            spec,
            ctl,
            title=f"convert {path.name}",
            idle_s=SILENCE_S,
            memory_mb=MOST_MB,
            needs_mb=NEEDS_MB,
            on_item=on_item,
        )
    except WorkerDied as error:
        reason = f"the worker that reads it ends over it ({error.details['reason']}); it is damaged."
        raise GgufUnusable(path=str(path), reason=reason) from error
    except WorkerHung as error:
        reason = f"nothing more of it could be read within {SILENCE_S:.0f} seconds."
        raise GgufUnusable(path=str(path), reason=reason) from error
    except WorkerOutOfMemory as error:
        reason = f"its tokenizer takes more than {MOST_MB:,.0f} MB of memory to read."
        raise GgufUnusable(path=str(path), reason=reason) from error
