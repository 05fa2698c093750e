"""Lists for a table of people, or for everybody the model knows, written as they are made."""

from __future__ import annotations

import time
from pathlib import Path

from engine.api import Control, FileRecommended, RecommendFile
from engine.errors import FileUnusable
from engine.host.context import Context
from engine.host.recommend.around import facts_of, places_of, rules_of
from engine.host.recommend.lists_file import ListsWriter, Strangers
from engine.host.recommend.opened import opened
from engine.ingest.import_table import path_bytes
from engine.ingest.read_people import People, PeopleRead, PeopleSpec
from engine.serve.recommend.lists import make_list
from engine.store import recommend

CHECK_EVERY = 20
REJECTED_KEPT = 100


def recommend_all(ctx: Context, request: RecommendFile, k: int, ctl: Control) -> FileRecommended:
    """Write the lists; rules and dismissals count as for one person.

    Raises:
        FileMissing, FileUnusable, ColumnsUnknown, FolderNotWritable, DiskFull.
    """
    began = time.monotonic()
    model = opened(ctx, request.pack)
    facts = facts_of(ctx, model)
    rules = rules_of(ctx, model, facts)
    dismissed = {user: places_of(model, items) for user, items in recommend.dismissed_by(ctx.store, model.name).items()}
    strangers = Strangers(model.name)
    read = PeopleRead((), 0)
    with ListsWriter(Path(request.output).expanduser()) as out:

        def write(place: int, user: str) -> None:
            out.write(user, make_list(model, model.history(place), k, rules, facts, exclude=dismissed.get(user)))

        def answer(batch: People) -> None:
            for done, (line, user) in enumerate(zip(batch.lines, batch.users, strict=True)):
                if done % CHECK_EVERY == 0:
                    ctl.check()
                place = model.user_index.get(user)
                if place is None:
                    strangers.add(line, user)
                else:
                    write(place, user)

        if request.input:
            spec = PeopleSpec(path_bytes(request.input))
            read = ctx.workers.run("read_people", spec, ctl, title=request.input, on_item=answer)
            if out.count == 0:
                raise FileUnusable(path=request.input, reason=f"none of its people is known to {model.name}.")
        else:
            for place, user in enumerate(model.user_ids):
                if place % CHECK_EVERY == 0:
                    ctl.report(place, len(model.user_ids), "rank")
                write(place, user)
    rejected = sorted((*read.rejected, *strangers.rejected), key=lambda row: row.line)[:REJECTED_KEPT]
    return FileRecommended(
        output=str(out.path),
        users=out.count,
        rejected_count=read.rejected_count + strangers.count,
        rejected=tuple(rejected),
        seconds=round(time.monotonic() - began, 3),
    )
