"""Takes in a GGUF file: looked at, copied, hashed, opened once where it can do no harm, and only then put in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.api import Control
from engine.errors import (
    AlreadyExists,
    Fault,
    FileMissing,
    GgufUnusable,
    WorkerDied,
    WorkerHung,
    WorkerOutOfMemory,
)
from engine.host.generate import files
from engine.runtimes.gguf.facts import GeneratorFacts, read_facts
from engine.runtimes.gguf.forecast import LEAST_CONTEXT, need_of
from engine.runtimes.threads import usable_threads

if TYPE_CHECKING:
    from engine.host.context import Context
    from engine.packs.manifest import FileEntry
    from engine.serve.generate.work import Tried

TRIAL_S = 300.0
TRIAL_SILENCE_S = 120.0
TRIAL_ROOM = 1.5
TRIAL_ROOM_MB = 512.0
"""A file that takes more than its forecast by this much is ended."""


def import_generator(ctx: Context, path: Path, name: str, reserved: set[str], ctl: Control) -> str:
    """Take in a file; returns the generator's name. The same file again changes nothing.

    Raises:
        FileMissing, GgufUnusable, AlreadyExists, MemoryShort, DiskFull, Cancelled: nothing was kept.
    """
    if not path.exists():
        raise FileMissing(path=str(path))
    facts = read_facts(path)
    name = name or files.name_for(path, facts.name)
    files.check_name(name)
    need = need_of(facts, min(LEAST_CONTEXT, facts.context_length))
    ctx.workers.governor.require(f"The generator {name}", need.total)
    there = files.known(name)
    if name in reserved or (there is not None and there.entry.bytes != facts.file_bytes):
        raise taken(name)

    def copied(done: int, total: int) -> None:
        ctl.report(done >> 20, total >> 20, "copy and hash the file")

    with files.taken_in(path, name, copied) as (copy, entry):
        if there is not None:
            if there.entry != entry:
                raise taken(name)
            return name
        facts = read_facts(copy)  # of the very bytes that are kept
        tried = try_it(ctx, name, path, copy, facts, ctl)
        keep(copy, name, entry, facts, tried, {"from": path.name})
    return name


def keep(
    copy: Path, name: str, entry: FileEntry, facts: GeneratorFacts, tried: Tried, further: dict[str, object]
) -> None:
    """Put a file that was tried in its place; `further` goes into its manifest."""
    details = {
        "architecture": facts.architecture,
        "template_fault": tried.template_fault,
        "prompt_speed": tried.prompt_speed,
        "decode_speed": tried.decode_speed,
        **further,
    }
    needs_mb = need_of(facts, min(LEAST_CONTEXT, facts.context_length)).total
    files.keep(copy, files.manifest_for(name, entry, facts.licence, needs_mb, details))


def taken(name: str) -> AlreadyExists:
    return AlreadyExists(what="A model named", name=name)


def try_it(ctx: Context, name: str, path: Path, copy: Path, facts: GeneratorFacts, ctl: Control) -> Tried:
    """Open a stranger's file in a process that owns nothing. What goes wrong there is a fault of the file."""
    from engine.serve.generate.values import LoadSpec

    context = min(LEAST_CONTEXT, facts.context_length)
    need = need_of(facts, context).total
    threads = usable_threads(int(ctx.settings["threads"]) or None)
    try:
        tried: Tried = ctx.workers.run(
            "try_generator",
            LoadSpec(name, str(copy), context, threads, 0),
            ctl,
            title=f"check {path.name}",
            timeout_s=TRIAL_S,
            idle_s=TRIAL_SILENCE_S,
            memory_mb=need * TRIAL_ROOM + TRIAL_ROOM_MB,
            needs_mb=need,
        )
    except GgufUnusable as error:
        raise GgufUnusable(path=str(path), reason=error.details["reason"]) from error
    except WorkerDied as error:
        reason = f"llama.cpp ends over it ({error.details['reason']}); the file is damaged or was made to do harm."
        raise GgufUnusable(path=str(path), reason=reason) from error
    except WorkerHung as error:
        reason = f"it does not open and write a few words within {TRIAL_S:.0f} seconds."
        raise GgufUnusable(path=str(path), reason=reason) from error
    except WorkerOutOfMemory as error:
        reason = f"it takes far more memory than the {need:,.0f} MB that its header tells of."
        raise GgufUnusable(path=str(path), reason=reason) from error
    except Fault as error:
        raise GgufUnusable(path=str(path), reason=f"it does not open ({error.details['reason']}).") from error
    return tried
