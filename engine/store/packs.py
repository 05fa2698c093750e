"""Skills trained on private data, version by version, inside the encrypted file.

A pack is a name with versions; one version is current, the others can be rolled back to. Files are kept whole, each
with its sha256, which is checked when a pack is loaded.
"""

from __future__ import annotations

import hashlib
from typing import Any

import apsw
import msgspec
from msgspec import Struct

from engine.errors import PackUnusable, UnknownName
from engine.store import audit, queue, recommend
from engine.store.connection import Store

SCHEMA = """
CREATE TABLE packs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    task TEXT NOT NULL,
    current INTEGER
) STRICT;
CREATE TABLE pack_versions (
    pack INTEGER NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    created TEXT NOT NULL,
    manifest BLOB NOT NULL,
    PRIMARY KEY (pack, version)
) STRICT;
CREATE TABLE pack_files (
    pack INTEGER NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (pack, version, name),
    FOREIGN KEY (pack, version) REFERENCES pack_versions (pack, version) ON DELETE CASCADE
) STRICT;
"""


class PackVersion(Struct, frozen=True):
    """A version without its files; `bytes` counts them."""

    name: str
    task: str
    version: int
    created: str
    manifest: dict[str, Any]
    bytes: int
    current: bool


class StoredPack(Struct, frozen=True):
    """A version with its files."""

    name: str
    task: str
    version: int
    created: str
    manifest: dict[str, Any]
    files: dict[str, bytes]
    current: bool = True


def save_version(
    store: Store, name: str, task: str, files: dict[str, bytes], manifest: dict[str, Any], *, promote: bool
) -> int:
    """Add a version in one transaction; the first version of a name is always current.

    Raises:
        PackUnusable: the name belongs to a pack for another task.
    """
    with store.write() as connection:
        row = connection.execute("SELECT id, task, current FROM packs WHERE name = ?", (name,)).fetchone()
        if row is None:
            connection.execute("INSERT INTO packs (name, task) VALUES (?, ?)", (name, task))
            pack, present = connection.last_insert_rowid(), None
        else:
            pack, present = row[0], row[2]
            if row[1] != task:
                raise PackUnusable(name=name, reason=f"it is a model for “{row[1]}”; choose another name.")
        version = 1 + _number(connection, "SELECT max(version) FROM pack_versions WHERE pack = ?", pack)
        connection.execute(
            "INSERT INTO pack_versions VALUES (?, ?, ?, ?)",
            (pack, version, audit.now(), msgspec.json.encode(manifest)),
        )
        connection.executemany(
            "INSERT INTO pack_files VALUES (?, ?, ?, ?, ?)",
            [(pack, version, file, hashlib.sha256(body).hexdigest(), body) for file, body in files.items()],
        )
        if promote or present is None:
            connection.execute("UPDATE packs SET current = ? WHERE id = ?", (version, pack))
        audit.record(connection, "model version saved", f"{name} version {version}")
    return version


def _number(connection: apsw.Connection, query: str, *values: object) -> int:
    row = connection.execute(query, values).fetchone()
    return int(row[0] or 0) if row else 0


def list_all(store: Store, name: str | None = None) -> list[PackVersion]:
    """Every version of every pack (or of one), by name, newest version first."""
    with store.read() as connection:
        rows: list[Any] = connection.execute(
            "SELECT p.name, p.task, v.version, v.created, v.manifest, p.current, "
            "(SELECT sum(length(f.body)) FROM pack_files f WHERE f.pack = p.id AND f.version = v.version) "
            "FROM packs p JOIN pack_versions v ON v.pack = p.id "
            "WHERE ?1 IS NULL OR p.name = ?1 ORDER BY p.name, v.version DESC",
            (name,),
        ).fetchall()
    return [
        PackVersion(
            name=pack, task=task, version=version, created=created, manifest=msgspec.json.decode(manifest),
            bytes=size or 0, current=version == current,
        )
        for pack, task, version, created, manifest, current, size in rows
    ]  # fmt: skip


def versions(store: Store, name: str) -> list[PackVersion]:
    """The versions of a pack, newest first.

    Raises:
        UnknownName: no pack has this name.
    """
    found = list_all(store, name)
    if not found:
        with store.read() as connection:
            known = [row[0] for row in connection.execute("SELECT name FROM packs ORDER BY name")]
        raise UnknownName(what="model", name=name, known=", ".join(known) or "none yet")
    return found


def load(store: Store, name: str, version: int | None = None, task: str | None = None) -> StoredPack:
    """A version with its files, hashes checked; without a number the current one.

    Raises:
        UnknownName: no such pack or version.
        PackUnusable: it is for another task, or a file does not match its hash.
    """
    listed = versions(store, name)
    chosen = next((one for one in listed if (one.current if version is None else one.version == version)), None)
    if chosen is None:
        known = ", ".join(str(one.version) for one in listed)
        raise UnknownName(what=f"version of {name}", name=str(version), known=known)
    if task is not None and chosen.task != task:
        raise PackUnusable(name=name, reason=f"it is a model for “{chosen.task}”, and “{task}” is asked for.")
    files: dict[str, bytes] = {}
    with store.read() as connection:
        for file, digest, body in connection.execute(
            "SELECT f.name, f.sha256, f.body FROM pack_files f JOIN packs p ON p.id = f.pack "
            "WHERE p.name = ? AND f.version = ? ORDER BY f.name",
            (name, chosen.version),
        ):
            if hashlib.sha256(body).hexdigest() != digest:
                raise PackUnusable(name=name, reason=f"its file {file} does not match its hash.")
            files[file] = body
        connection.execute("PRAGMA shrink_memory")  # the pages that were read, up to 8 MB, are not needed again
    return StoredPack(
        name=name, task=chosen.task, version=chosen.version, created=chosen.created, manifest=chosen.manifest,
        files=files, current=chosen.current,
    )  # fmt: skip


def current(store: Store, name: str, task: str | None = None) -> StoredPack:
    """The version in use; see `load`."""
    return load(store, name, task=task)


def set_current(store: Store, name: str, version: int) -> None:
    """Put another version to use.

    Raises:
        UnknownName: no such pack or version.
    """
    known = [one.version for one in versions(store, name)]
    if version not in known:
        raise UnknownName(what=f"version of {name}", name=str(version), known=", ".join(map(str, known)))
    with store.write() as connection:
        connection.execute("UPDATE packs SET current = ? WHERE name = ?", (version, name))
        audit.record(connection, "model version put to use", f"{name} version {version}")


def replace_files(store: Store, name: str, version: int, files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    """Rewrite a version in place, so that nothing of its former files stays (a forgotten person)."""
    with store.write() as connection:
        pack = _number(connection, "SELECT id FROM packs WHERE name = ?", name)
        connection.execute("DELETE FROM pack_files WHERE pack = ? AND version = ?", (pack, version))
        connection.execute(
            "UPDATE pack_versions SET manifest = ? WHERE pack = ? AND version = ?",
            (msgspec.json.encode(manifest), pack, version),
        )
        connection.executemany(
            "INSERT INTO pack_files VALUES (?, ?, ?, ?, ?)",
            [(pack, version, file, hashlib.sha256(body).hexdigest(), body) for file, body in files.items()],
        )
        audit.record(connection, "model version rewritten", f"{name} version {version}")


def put_files(store: Store, name: str, version: int, files: dict[str, bytes]) -> None:
    """Add files to a version in place, or put them in place of those of their names; the others stay."""
    with store.write() as connection:
        pack = _number(connection, "SELECT id FROM packs WHERE name = ?", name)
        connection.executemany(
            "INSERT OR REPLACE INTO pack_files VALUES (?, ?, ?, ?, ?)",
            [(pack, version, file, hashlib.sha256(body).hexdigest(), body) for file, body in files.items()],
        )
        audit.record(connection, "model version added to", f"{name} version {version}")


def remove(store: Store, name: str, version: int | None = None) -> None:
    """Remove a pack with all its versions, or one version that is not in use.

    Raises:
        UnknownName, PackUnusable.
    """
    listed = versions(store, name)
    with store.write() as connection:
        if version is None:
            connection.execute("DELETE FROM packs WHERE name = ?", (name,))
            queue.forget(connection, name)
            recommend.forget_pack(connection, name)
        else:
            if any(one.version == version and one.current for one in listed):
                raise PackUnusable(name=name, reason=f"version {version} is in use; put another to use first.")
            connection.execute(
                "DELETE FROM pack_versions WHERE version = ? AND pack = (SELECT id FROM packs WHERE name = ?)",
                (version, name),
            )
        audit.record(connection, "model removed", name if version is None else f"{name} version {version}")


def current_version(store: Store, name: str, task: str) -> int:
    """Number of the version in use, without reading anything of it.

    Raises:
        UnknownName: no such pack.
        PackUnusable: it is for another task.
    """
    with store.read() as connection:
        row = connection.execute("SELECT current, task FROM packs WHERE name = ?", (name,)).fetchone()
    if row is None:
        return versions(store, name)[0].version  # raises with the names that are known
    if row[1] != task:
        raise PackUnusable(name=name, reason=f"it is a model for “{row[1]}”, and “{task}” is asked for.")
    return int(row[0])
