"""Skills out of the workspace and into it, as .casepack files.

An exported skill holds what training kept. A recommender keeps the histories of the people it was fitted on, so its
file is as private as the purchases themselves. A classifier goes without what was kept of its texts: the mistakes
quoted in its report, the digests of what was taught, and the texts kept for continual learning.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import apsw

from engine.errors import DiskFull, PackUnusable
from engine.jobs.try_pack import TrySpec
from engine.packs.casepack import Casepack, make_manifest, read_casepack, write_casepack
from engine.packs.manifest import MANIFEST, SIGNATURE
from engine.packs.signature import new_key
from engine.serve.recommend.model import TASK as RECOMMENDS
from engine.serve.recommend.model import without_people
from engine.store import packs, settings
from engine.store.connection import Store

_KEY = "signing_key"
_ENDINGS = {".json", ".npz", ".md", ".txt", ".gguf"}
# Digests of the texts taught, from which short texts could be guessed, and the texts kept for continual learning.
_KEPT_HERE = ("held_out.npz", "replay.bin")


def file_stem(name: str) -> str:
    """A file name for a model's name, for every system."""
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "model"


def export_skill(store: Store, name: str, path: Path) -> int:
    """Write the version in use, signed with the workspace's key; returns how many files it holds.

    Raises:
        UnknownName, PackUnusable, FolderNotWritable, DiskFull.
    """
    stored = packs.current(store, name)
    files = {file: body for file, body in stored.files.items() if file not in (MANIFEST, SIGNATURE, *_KEPT_HERE)}
    if stored.task == RECOMMENDS:  # nobody's profile leaves the workspace
        files = without_people(files)
    details = {key: value for key, value in stored.manifest.items() if key != "origin"}
    report = details.get("report")
    if isinstance(report, dict):
        details["report"] = _without_texts(report)
    metrics = details.get("metrics", {})
    manifest = make_manifest(
        stored.name,
        stored.task,
        stored.version,
        files,
        created=stored.created,
        languages=tuple(details.get("languages", ())),
        metrics=metrics if isinstance(metrics, dict) else {},
        details=details,
    )
    try:
        write_casepack(path, manifest, files, _signing_key(store))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
            raise DiskFull(path=str(path)) from error
        raise
    return len(files)


def _without_texts(report: dict[str, Any]) -> dict[str, Any]:
    """A training report that quotes nothing of the data: no mistakes, no examples of the data check, no values of
    columns."""
    kept = dict(report)
    if "mistakes" in kept:
        kept["mistakes"] = []
    for name in ("lint", "cleaned"):
        if isinstance(kept.get(name), list):
            kept[name] = [one | {"examples": []} for one in kept[name] if isinstance(one, dict)]
    if isinstance(kept.get("slices"), list):
        kept["slices"] = [
            one for one in kept["slices"] if isinstance(one, dict) and one.get("column") in ("length", "language")
        ]
    return kept


def import_skill(store: Store, path: Path, *, reserved: Collection[str], try_skill: Callable[[TrySpec], object]) -> str:
    """Check a file, open the skill in it, and store it as the version in use; returns its name.

    Args:
        reserved: names that no skill may take.
        try_skill: opens the skill where a file made to do harm does none (a child process), and raises if it fails.
    Raises:
        FileMissing, PackUnusable: nothing was stored.
    """
    pack = read_casepack(path)
    name = pack.manifest.name
    if name in reserved:
        raise PackUnusable(name=path.name, reason=f"the name {name} belongs to a model of the program.")
    for file in pack.files:
        if Path(file).suffix not in _ENDINGS:
            raise PackUnusable(name=path.name, reason=f"a skill has no files like {file}.")
    details = dict(pack.manifest.details) | {"origin": _origin(pack)}
    try_skill(TrySpec(path.name, pack.manifest.task, pack.files, details))
    files = dict(pack.files)
    if pack.raw_signature is not None:  # kept, so that the signature can be checked again
        files |= {MANIFEST: pack.raw_manifest, SIGNATURE: pack.raw_signature}
    packs.save_version(store, name, pack.manifest.task, files, details, promote=True)
    return name


def _origin(pack: Casepack) -> dict[str, Any]:
    return {"version": pack.manifest.version, "created": pack.manifest.created, "signed_by": pack.signed_by}


def _signing_key(store: Store) -> bytes:
    """The workspace's key, made at the first export; it never leaves the encrypted file."""
    with store.write() as connection:
        found = _stored_key(connection)
        if found is None:
            found = new_key()
            settings.set_fact(connection, _KEY, found.hex())
    return found


def _stored_key(connection: apsw.Connection) -> bytes | None:
    text = settings.fact(connection, _KEY)
    return bytes.fromhex(text) if text else None
