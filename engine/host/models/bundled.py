"""The models that ship with the program: plain folders under assets/models, checked against their manifests."""

from __future__ import annotations

from pathlib import Path

from engine.api import ModelInfo
from engine.errors import PackUnusable
from engine.packs.casepack import write_casepack
from engine.packs.manifest import MANIFEST
from engine.packs.verify import read_pack
from engine.paths import assets_folder

CARD = "README.md"


def _folders() -> dict[str, Path]:
    root = assets_folder() / "models"
    if not root.is_dir():
        return {}
    return {path.name: path for path in sorted(root.iterdir()) if (path / MANIFEST).is_file()}


def names() -> list[str]:
    """Names of the bundled models; the encoder is always among them, so that no skill takes its place."""
    return sorted({"encoder-en", *_folders()})


def infos() -> list[ModelInfo]:
    """All bundled models, every byte checked; one that is damaged is listed with `ok` false."""
    return [_info(name, folder) for name, folder in _folders().items()] or [
        ModelInfo(name="encoder-en", task="encoder", version=0, bytes=0, signed=False, ok=False, bundled=True)
    ]


def _info(name: str, folder: Path) -> ModelInfo:
    try:
        manifest, files = read_pack(folder)
    except PackUnusable:
        size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        return ModelInfo(name=name, task="encoder", version=0, bytes=size, signed=False, ok=False, bundled=True)
    numbers = {key: float(value) for key, value in manifest.metrics.items() if isinstance(value, int | float)}
    return ModelInfo(
        name=manifest.name,
        task=manifest.task,
        version=manifest.version,
        bytes=sum(len(body) for body in files.values()),
        signed=False,
        ok=True,
        created=manifest.created,
        metrics=numbers,
        bundled=True,
        languages=manifest.languages,
    )


def card(name: str) -> str:
    """The model card, Markdown."""
    _manifest, files = read_pack(_folders()[name], (CARD,))
    return files[CARD].decode("utf-8")


def export(name: str, path: Path) -> int:
    """Write a bundled model as one file; returns how many files it holds."""
    manifest, files = read_pack(_folders()[name])
    write_casepack(path, manifest, files)
    return len(files)
