"""The models: those that ship with the program, the skills trained or taken in here, and generators taken in."""

from __future__ import annotations

from pathlib import Path

from engine import api
from engine.errors import FolderNotWritable, PackUnusable, UnknownName
from engine.host.context import Context
from engine.host.generate import describing, files, folders, importing
from engine.host.generate.adapters import TASK as ADAPTERS
from engine.host.generate.handing_out import export_folder
from engine.host.models import bundled, exchange
from engine.host.models.describe import card_of, describe
from engine.host.registry import handles
from engine.store import audit, packs


@handles(api.ListModels)
def list_models(ctx: Context, request: api.ListModels, ctl: api.Control) -> api.Models:
    return _models(ctx, None, ctl, every_version=False)


@handles(api.VerifyModels)
def verify_models(ctx: Context, request: api.VerifyModels, ctl: api.Control) -> api.Models:
    """Every version, each file hashed and each skill opened."""
    return _models(ctx, request.name, ctl, every_version=True)


def _models(ctx: Context, name: str | None, ctl: api.Control, *, every_version: bool) -> api.Models:
    shipped = [info for info in bundled.infos() if name in (None, info.name)]
    for file in files.generators():
        ctl.check()
        if not file.bundled and name in (None, file.name):
            shipped.append(describing.model_info(file, ctl if every_version else None))
    if name is not None and not shipped:
        packs.versions(ctx.store, name)
    stored = []
    for version in packs.list_all(ctx.store, name):
        ctl.check()
        if every_version or version.current:
            stored.append(describe(ctx.store, version, opened=every_version))
    return api.Models(models=(*shipped, *stored))


@handles(api.GetModelCard)
def get_model_card(ctx: Context, request: api.GetModelCard, ctl: api.Control) -> api.ModelCard:
    for info in bundled.infos():
        if info.name == request.name:
            return api.ModelCard(info=info, card=bundled.card(info.name))
    if (file := files.known(request.name)) is not None:
        return api.ModelCard(info=describing.model_info(file), card=describing.card(file))
    version = _current(ctx, request.name)
    report = version.manifest.get("report")
    return api.ModelCard(
        info=describe(ctx.store, version, opened=False),
        card=card_of(version, request.language),
        report=report if isinstance(report, dict) else {},
    )


@handles(api.ExportModel)
def export_model(ctx: Context, request: api.ExportModel, ctl: api.Control) -> api.Exported:
    path = Path(request.path)
    if files.known(request.name) is not None:
        raise PackUnusable(name=request.name, reason="it is a file that was taken in; pass that file on instead.")
    if path.suffix != ".casepack" and _is_adapter(ctx, request.name):
        folder = path / exchange.file_stem(request.name) if path.is_dir() and any(path.iterdir()) else path
        if not folder.parent.is_dir():
            raise FolderNotWritable(path=str(folder.parent))
        written = export_folder(ctx, packs.current(ctx.store, request.name), folder)
        return api.Exported(path=written.path, rows=len(written.files))
    if path.is_dir():
        path = path / f"{exchange.file_stem(request.name)}.casepack"
    if not path.parent.is_dir():
        raise FolderNotWritable(path=str(path.parent))
    if request.name in bundled.names():
        return api.Exported(path=str(path), rows=bundled.export(request.name, path))
    return api.Exported(path=str(path), rows=exchange.export_skill(ctx.store, request.name, path))


@handles(api.ImportModel)
def import_model(ctx: Context, request: api.ImportModel, ctl: api.Control) -> api.Models:
    """A name that is known already gets a further version, which is put to use; the one before is kept."""
    path = Path(request.path)
    if path.is_dir() or _is_gguf(path):
        taken = {*bundled.names(), *(one.name for one in packs.list_all(ctx.store))}
        take_in = folders.import_folder if path.is_dir() else importing.import_generator
        name = take_in(ctx, path, request.name, taken, ctl)
        with ctx.store.write() as connection:
            audit.record(connection, "generator taken in", name)
        found = files.find(name)  # hashed a moment ago
        return api.Models(models=(describing.model_info(found),))
    name = exchange.import_skill(
        ctx.store,
        Path(request.path),
        reserved=[*bundled.names(), *(one.name for one in files.generators())],
        try_skill=lambda spec: ctx.workers.run("try_pack", spec, ctl, title=f"check {Path(request.path).name}"),
    )
    _forget_opened(ctx, name)
    return _models(ctx, name, ctl, every_version=True)


@handles(api.RemoveModel)
def remove_model(ctx: Context, request: api.RemoveModel, ctl: api.Control) -> api.Done:
    if request.name in bundled.names():
        raise PackUnusable(name=request.name, reason="it is part of the program and cannot be removed.")
    if (file := files.known(request.name)) is not None:
        ctx.generators.end_if_idle()
        files.remove(file)
        with ctx.store.write() as connection:
            audit.record(connection, "generator removed", request.name)
        return api.Done()
    packs.remove(ctx.store, request.name)
    _forget_opened(ctx, request.name)
    loaded = ctx.generators.loaded
    if loaded is not None and loaded.adapter is not None and loaded.adapter.name == request.name:
        ctx.generators.end_if_idle()
    return api.Done()


@handles(api.RollBackModel)
def roll_back_model(ctx: Context, request: api.RollBackModel, ctl: api.Control) -> api.Models:
    if request.name in bundled.names():
        raise PackUnusable(name=request.name, reason="it is part of the program and has one version.")
    present = _current(ctx, request.name)
    before = [one.version for one in packs.versions(ctx.store, request.name) if one.version < present.version]
    if not before:
        raise UnknownName(what=f"version of {request.name} before {present.version}", name="", known="no earlier one")
    packs.set_current(ctx.store, request.name, max(before))
    _forget_opened(ctx, request.name)
    return _models(ctx, request.name, ctl, every_version=True)


def _is_adapter(ctx: Context, name: str) -> bool:
    return any(one.task == ADAPTERS for one in packs.list_all(ctx.store, name))


def _is_gguf(path: Path) -> bool:
    """Whether a file is a generator, by its ending or by its first bytes."""
    if path.suffix.lower() == files.ENDING:
        return True
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(4) == b"GGUF"
    except OSError:
        return False


def _current(ctx: Context, name: str) -> packs.PackVersion:
    for version in packs.versions(ctx.store, name):
        if version.current:
            return version
    raise UnknownName(what="version in use of", name=name, known="none")


def _forget_opened(ctx: Context, name: str) -> None:
    """Drop what is kept open of a model, so that its next use opens the version now in use."""
    for key in [key for key in ctx.cache if name in key]:
        ctx.cache.pop(key, None)
