"""One file of a generator and what was learned over it, taken in like any other file."""

from __future__ import annotations

import errno
import shutil
import time
from typing import TYPE_CHECKING

import msgspec

from engine.api import Control, GeneratorMerged, MergeGenerator
from engine.errors import AlreadyExists, DiskFull, FolderNotWritable, PackUnusable, UnknownName, UsageError
from engine.host.generate import adapters, describing, files
from engine.host.generate.importing import import_generator
from engine.host.models import bundled
from engine.paths import models_folder
from engine.runtimes.gguf.facts import facts_of
from engine.runtimes.gguf.header import read_header
from engine.store import audit, packs
from engine.train.generator.shape import shape_of
from engine.train.generator.values import Merged, MergeSpec

if TYPE_CHECKING:
    from engine.host.context import Context

PROCESS_MB = 120.0
COPIES = 16  # bytes for each number of the largest tensor: packed, as 32 bits, changed, packed again
IDLE_S = 600.0


def merge(ctx: Context, request: MergeGenerator, ctl: Control) -> GeneratorMerged:
    """See `engine.api.MergeGenerator`.

    Raises:
        UsageError, UnknownName, AlreadyExists, PackUnusable, GgufUnusable, MemoryShort, DiskFull, FolderNotWritable,
        Cancelled: nothing was kept.
    """
    began = time.monotonic()
    if request.kind not in ("Q8_0", "F16", "F32"):
        raise UsageError(reason=f"A merged file is packed as Q8_0, F16 or F32, not as {request.kind}.")
    chosen = adapters.choose(ctx, request.pack)
    if chosen.adapter is None:
        raise PackUnusable(
            name=request.pack, reason="it is a generator with nothing learned over it, so there is nothing to merge."
        )
    files.check_name(request.name)
    taken = {*bundled.names(), *(one.name for one in packs.list_all(ctx.store))}
    if request.name in taken or any(one.name == request.name for one in files.generators()):
        raise AlreadyExists(what="A model named", name=request.name)
    files.check(chosen.file, lambda done, total: ctl.report(done >> 20, total >> 20, "check the generator"))
    header = read_header(chosen.file.path)
    shape_of(header)
    needs_mb = PROCESS_MB + COPIES * max(one.numbers for one in header.tensors) / 2**20
    folder = models_folder() / f".{request.name}.merging"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        room = facts_of(header).parameters * {"Q8_0": 2, "F16": 2, "F32": 4}[request.kind] * 2
        if shutil.disk_usage(folder).free < room:
            raise DiskFull(path=str(folder.parent))
        spec = MergeSpec(
            path=str(chosen.file.path), adapter=chosen.adapter.body, target=str(folder / "merged.gguf"),
            name=request.name, kind=request.kind,
        )  # fmt: skip
        merged: Merged = ctx.workers.run(
            "merge_generator", spec, ctl, title=f"Merge {request.pack}", idle_s=IDLE_S, needs_mb=needs_mb
        )
        name = import_generator(ctx, folder / "merged.gguf", request.name, taken, ctl)
    except PermissionError as error:
        raise FolderNotWritable(path=str(folder.parent)) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise DiskFull(path=str(folder.parent)) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    with ctx.store.write() as connection:
        audit.record(connection, "generator merged", f"{request.pack} over {chosen.file.name} into {name}")
    found = files.known(name)
    if found is None:
        raise UnknownName(what="generator", name=name, known="none")
    return GeneratorMerged(
        name=name,
        base=chosen.file.name,
        bytes=merged.bytes,
        sha256=found.entry.sha256,
        changed=merged.changed,
        seconds=round(time.monotonic() - began, 2),
        model=msgspec.to_builtins(describing.model_info(found)),
    )
