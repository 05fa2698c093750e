"""The printable report of a version: one HTML or PDF file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from engine.api import Control, Exported, ExportReport
from engine.errors import PackUnusable, UnknownName
from engine.host.context import Context
from engine.host.models import bundled
from engine.host.registry import handles
from engine.report.compose import compose
from engine.report.facts import Earlier, Facts, numbers, trained_of
from engine.report.save import check_path, save
from engine.serve.classify.skill import CALIBRATION_FILE, Calibration
from engine.store import packs


@handles(ExportReport)
def export_report(ctx: Context, request: ExportReport, ctl: Control) -> Exported:
    """Write the report of a version; `rows` of the result counts its sections and tables.

    A file that stands at the path is replaced once the new one is complete.

    Raises:
        UnknownName: no such model or version.
        PackUnusable: it is no classifier and no reader of entities, or keeps no sound report.
        UsageError: another language than English or Chinese.
        FileUnusable, FolderNotWritable, DiskFull: the file cannot be written; nothing is left behind.
    """
    path = Path(request.path).expanduser()
    check_path(path)
    if request.pack in bundled.names():
        raise PackUnusable(name=request.pack, reason="it is part of the program; its figures stand on its model card.")
    document = compose(_facts(ctx, request.pack, request.version), request.language)
    ctl.check()
    if path.suffix.lower() == ".pdf":
        from engine.report.pdf import to_pdf

        body = to_pdf(document)
    else:
        from engine.report.html import to_html

        body = to_html(document).encode()
    ctl.check()
    save(path, body)
    return Exported(path=str(path), rows=len(document.blocks))


def _facts(ctx: Context, name: str, number: int | None) -> Facts:
    listed = packs.versions(ctx.store, name)
    chosen = next((one for one in listed if (one.current if number is None else one.version == number)), None)
    if chosen is None:
        known = ", ".join(str(one.version) for one in listed)
        raise UnknownName(what=f"version of {name}", name=str(number), known=known)
    manifest = chosen.manifest
    # A pack that was taken in keeps the numbers it had where it was made; here it goes by its own.
    trained = msgspec.structs.replace(trained_of(name, chosen.task, manifest), pack=name, version=chosen.version)
    seed = manifest.get("seed")
    return Facts(
        trained=trained,
        created=chosen.created,
        in_use=chosen.current,
        dataset=str(manifest.get("dataset") or ""),
        valid_dataset=str(manifest["valid_dataset"]) if manifest.get("valid_dataset") else None,
        seed=seed if isinstance(seed, int) else None,
        features=str(manifest.get("features") or ""),
        imported="origin" in manifest,
        comparison=numbers(manifest.get("comparison")),
        earlier=tuple(
            Earlier(one.version, str(one.manifest.get("method") or "–"), numbers(one.manifest.get("metrics")))
            for one in listed
            if one.version < chosen.version
        ),
        promises=_promises(ctx, name, chosen.version),
    )


def _promises(ctx: Context, name: str, version: int) -> tuple[tuple[float, float], ...]:
    """What the skill promises for new texts; a version whose files are damaged still has its report."""
    try:
        body = packs.load(ctx.store, name, version).files.get(CALIBRATION_FILE)
        return msgspec.json.decode(body, type=Calibration).promises if body else ()
    except (PackUnusable, msgspec.MsgspecError):
        return ()
