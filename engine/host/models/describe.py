"""What the list of models and the model card say about a stored skill."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from engine.api import ModelInfo
from engine.errors import PackUnusable
from engine.jobs.try_pack import open_skill
from engine.packs.manifest import MANIFEST, SIGNATURE, parse_manifest
from engine.packs.signature import fingerprint, signer
from engine.store import packs
from engine.store.connection import Store


def describe(store: Store, version: packs.PackVersion, *, opened: bool) -> ModelInfo:
    """A version as the list shows it, its files hashed.

    Args:
        opened: also open the skill, as its first use would.
    """
    manifest = version.manifest
    signed_by, sound = None, True
    try:
        stored = packs.load(store, version.name, version.version)
        signed_by = _signer(stored)
        sound = signed_by is not None or SIGNATURE not in stored.files
        if opened:
            open_skill(version.name, version.task, stored.files, manifest)
    except PackUnusable:
        sound = False
    return ModelInfo(
        name=version.name,
        task=version.task,
        version=version.version,
        bytes=version.bytes,
        signed=signed_by is not None,
        ok=sound,
        current=version.current,
        created=version.created,
        labels=_labels(manifest),
        metrics=_numbers(manifest.get("metrics")),
        languages=tuple(manifest.get("languages", ())),
    )


def _signer(stored: packs.StoredPack) -> str | None:
    """Key of a signature that holds over the very files stored, None without one."""
    if SIGNATURE not in stored.files or MANIFEST not in stored.files:
        return None
    raw = stored.files[MANIFEST]
    listed = parse_manifest(raw, stored.name).files
    files = {name: body for name, body in stored.files.items() if name not in (MANIFEST, SIGNATURE)}
    if listed.keys() != files.keys():
        return None
    if any(hashlib.sha256(body).hexdigest() != listed[name].sha256 for name, body in files.items()):
        return None
    return signer(raw, stored.files[SIGNATURE])


def _labels(manifest: dict[str, Any]) -> tuple[str, ...]:
    report = manifest.get("report")
    named = manifest.get("labels") or (report.get("labels") if isinstance(report, dict) else None) or ()
    return tuple(str(label) for label in named)


def _numbers(metrics: Any) -> dict[str, float]:
    if not isinstance(metrics, dict):
        return {}
    return {str(name): float(value) for name, value in metrics.items() if isinstance(value, int | float)}


def card_of(version: packs.PackVersion, language: str = "en") -> str:
    """The card of a skill, Markdown, from its manifest alone.

    Args:
        language: taken where the manifest has a card in it (`cards`: language -> Markdown).
    """
    return "\n".join(_card_lines(version, language)) + "\n"


def _card_lines(version: packs.PackVersion, language: str) -> Iterator[str]:
    manifest = version.manifest
    origin = manifest.get("origin")
    if isinstance(origin, dict):
        key = origin.get("signed_by")
        signed = f"signed with the key {fingerprint(key)}" if isinstance(key, str) else "not signed"
        yield f"*Taken in from a file, {signed}. What follows was written where it was made.*"
        yield ""
    cards = manifest.get("cards")
    if isinstance(cards, dict) and isinstance(cards.get(language), str):
        yield cards[language]
        return
    if isinstance(manifest.get("card"), str):
        yield manifest["card"]
        return
    yield f"# {version.name}, version {version.version}"
    yield ""
    yield f"Task: {version.task}. Made {version.created}. {version.bytes:,} bytes."
    labels = _labels(manifest)
    if labels:
        yield ""
        yield f"Labels ({len(labels)}): {', '.join(labels)}"
    numbers = _numbers(manifest.get("metrics"))
    if numbers:
        yield ""
        yield "| held-out measure | value |"
        yield "| --- | ---: |"
        yield from (f"| {name} | {value:.4g} |" for name, value in sorted(numbers.items()))
    for key in ("dataset", "data", "method", "setting", "seed"):
        if manifest.get(key) not in (None, "", {}):
            yield ""
            yield f"{key}: {msgspec.json.encode(manifest[key]).decode()}"
