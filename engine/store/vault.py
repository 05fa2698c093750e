"""Making, opening, re-keying, backing up, restoring and checking the workspace file."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import apsw

from engine.errors import (
    AlreadyExists,
    BackupUnusable,
    DiskFull,
    FileMissing,
    FolderNotWritable,
    InputError,
    PassphraseTooShort,
    UnknownName,
    WorkspaceDamaged,
    WorkspaceNewer,
    WorkspaceTruncated,
    WrongPassphrase,
)
from engine.store import audit, jobs, migrations, settings
from engine.store.cipher import LEAST_PASSPHRASE, SALT_BYTES, apply_key, change_key, key_for, new_key
from engine.store.connection import Store, connect, plain_errors

FILE_NAME = "workspace.casemate"
PAGE_BYTES = 4096
PAGES_PER_STEP = 256


def workspace_file(folder: Path) -> Path:
    return folder / FILE_NAME


def check_new_passphrase(passphrase: str) -> None:
    if len(passphrase) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(least=LEAST_PASSPHRASE)


def prepare_folder(folder: Path) -> None:
    """Make the folder, readable for this user only, and see that it can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise InputError(reason=f"{folder} is a file; a workspace is a folder.") from error
    except OSError as error:
        raise FolderNotWritable(path=str(folder)) from error
    probe = folder / f".write-test-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise FolderNotWritable(path=str(folder)) from error
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            folder.chmod(0o700)


def create(folder: Path, passphrase: str) -> Store:
    """A new, empty workspace; the caller holds the folder's lock."""
    path = workspace_file(folder)
    if path.exists():
        raise AlreadyExists(what="The workspace", name=str(path))
    check_new_passphrase(passphrase)
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    key = new_key(passphrase)
    try:
        with plain_errors(path):
            connection = connect(unfinished, key)
            try:
                migrations.migrate(connection)
                with connection:
                    settings.set_fact(connection, "created", audit.now())
                    audit.record(connection, "workspace created")
            finally:
                connection.close()
        if sys.platform != "win32":
            unfinished.chmod(0o600)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return Store(path, key)


def read_salt(path: Path) -> bytes:
    """The first bytes of a workspace file, after a look at its size."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(24)
    except FileNotFoundError as error:
        raise FileMissing(path=str(path)) from error
    except OSError as error:
        raise FolderNotWritable(path=str(path.parent)) from error
    if size < PAGE_BYTES:
        raise WorkspaceTruncated(path=str(path), size=size, expected=f"at least {PAGE_BYTES}")
    if size % PAGE_BYTES:
        raise WorkspaceTruncated(path=str(path), size=size, expected=(size // PAGE_BYTES + 1) * PAGE_BYTES)
    if head.startswith(b"SQLite format 3"):
        raise WorkspaceDamaged(path=str(path), reason="it is not encrypted, so this program did not make it.")
    return head[:SALT_BYTES]


def open_file(path: Path, passphrase: str) -> tuple[apsw.Connection, bytes]:
    """Open and look through a workspace file or a backup.

    Raises:
        WrongPassphrase, WorkspaceTruncated, WorkspaceDamaged, WorkspaceNewer.
    """
    key = key_for(passphrase, read_salt(path))
    if key is None:
        raise WrongPassphrase(path=str(path))
    try:
        connection = connect(path, key)
        try:
            with plain_errors(path):
                _look_through(connection)
        except BaseException:
            connection.close()
            raise
    except (apsw.CorruptError, WorkspaceDamaged) as error:
        raise _truncated_or_damaged(path, key) from error
    except apsw.Error as error:
        with plain_errors(path):
            raise error
    return connection, key


def _look_through(connection: apsw.Connection) -> None:
    found = migrations.version(connection)
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    if found > len(migrations.MIGRATIONS):
        raise WorkspaceNewer(found=found, known=len(migrations.MIGRATIONS))


def _truncated_or_damaged(path: Path, key: bytes) -> InputError:
    """Why the passphrase fits and reading the file fails all the same."""
    damaged = WorkspaceDamaged(path=str(path), reason="a page does not match its checksum.")
    if _reads_header(path, key):
        return damaged
    # SQLite refuses a file shorter than its header says, except with this switch, which is for repair tools.
    if _reads_header(path, key, "writable_schema"):
        return WorkspaceTruncated(path=str(path), size=path.stat().st_size, expected="more")
    return damaged


def _reads_header(path: Path, key: bytes, switch: str | None = None) -> bool:
    bare = apsw.Connection(str(path))
    try:
        apply_key(bare, key)
        if switch:
            bare.pragma(switch, 1)
        migrations.version(bare)
    except apsw.Error:
        return False
    finally:
        bare.close()
    return True


def open_workspace(folder: Path, passphrase: str) -> Store:
    """Open a workspace; the caller holds the folder's lock. Runs pending migrations after a copy of the file."""
    path = workspace_file(folder)
    if not path.exists():
        raise UnknownName(what="workspace", name=str(folder), known="none in this folder")
    connection, key = open_file(path, passphrase)
    with plain_errors(path):
        try:
            if migrations.pending(connection):
                _copy_before_migration(connection, path)
                migrations.migrate(connection)
        finally:
            connection.close()
    return opened(Store(path, key))


def opened(store: Store) -> Store:
    """Put right what an earlier end in mid-work left behind.

    On a full disk this waits for the next time: what is stored can still be read, and deleted.
    """
    from engine.store import datasets

    with contextlib.suppress(DiskFull), store.write() as connection:
        jobs.mark_interrupted(connection)
        datasets.clean_unfinished(connection)
        audit.record(connection, "workspace unlocked")
    return store


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def _copy_before_migration(connection: apsw.Connection, path: Path) -> None:
    connection.pragma("wal_checkpoint(truncate)")
    shutil.copy2(path, path.with_name(f"{path.stem}-before-{migrations.MIGRATIONS[-1][0][:4]}-{_stamp()}.casemate"))


def change_passphrase(store: Store, old: str, new: str) -> None:
    """Encrypt the file anew under another passphrase. Backups keep the passphrase they were made with."""
    check_new_passphrase(new)
    if key_for(old, read_salt(store.path)) is None:
        raise WrongPassphrase(path=str(store.path))
    needed = store.path.stat().st_size * 2
    free = shutil.disk_usage(store.path.parent).free
    if free < needed:
        raise DiskFull(path=str(store.path.parent))
    key = new_key(new)
    with store.alone() as connection:
        change_key(connection, key)
        store.use_key(key)
    with store.write() as connection:
        audit.record(connection, "passphrase changed")


def back_up(store: Store, target: Path, on_page: Callable[[int, int], None]) -> int:
    """Copy the live file, encrypted under the same passphrase, then open the copy and check every page.

    Args:
        on_page: called with (pages done, pages in all); what it raises stops the backup, and nothing is left.
    Returns:
        Size of the backup in bytes.
    """
    if target.exists():
        raise AlreadyExists(what="The file", name=str(target))
    if not target.parent.is_dir():
        raise FileMissing(path=str(target.parent))
    unfinished = target.with_name(target.name + ".part")
    key = store.key
    try:
        with plain_errors(target):
            copy = connect(unfinished, key)
            try:
                with store.read() as connection, copy.backup("main", connection, "main") as backup:
                    while not backup.done:
                        backup.step(PAGES_PER_STEP)
                        on_page(backup.page_count - backup.remaining, backup.page_count)
                copy.pragma("journal_mode", "delete")
                problems = check_pages(copy)
            finally:
                copy.close()
        if problems:
            raise WorkspaceDamaged(path=str(target), reason=problems[0])
        if sys.platform != "win32":
            unfinished.chmod(0o600)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    with store.write() as connection:
        settings.set_fact(connection, "last_backup", audit.now())
        audit.record(connection, "backup written", str(target))
    return target.stat().st_size


def check_pages(connection: apsw.Connection) -> list[str]:
    """What SQLite's own check finds; reading every page also checks every page's authentication tag."""
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        found += [f"a row of {row[0]} points nowhere" for row in connection.execute("PRAGMA foreign_key_check")]
    except (apsw.CorruptError, apsw.NotADBError, apsw.IOError):
        return ["a page does not match its checksum."]
    return [line for line in found if line != "ok"]


def check_backup(backup: Path, passphrase: str) -> None:
    """Open a backup and read every page of it.

    Raises:
        BackupUnusable: the passphrase is not the one it was made with.
        WorkspaceDamaged, WorkspaceTruncated, WorkspaceNewer, FileMissing.
    """
    try:
        connection, _ = open_file(backup, passphrase)
    except WrongPassphrase as error:
        raise BackupUnusable(path=str(backup)) from error
    try:
        problems = check_pages(connection)
    finally:
        connection.close()
    if problems:
        raise WorkspaceDamaged(path=str(backup), reason=problems[0])


def put_in_place(folder: Path, backup: Path) -> str | None:
    """Make a checked backup the workspace file; the caller holds the lock and nothing is open.

    Returns:
        The name under which the replaced file was kept, if there was one.
    """
    path = workspace_file(folder)
    incoming = path.with_suffix(".incoming")
    try:
        shutil.copyfile(backup, incoming)
    except OSError as error:
        incoming.unlink(missing_ok=True)
        raise DiskFull(path=str(folder)) from error
    kept = None
    if path.exists():
        kept = path.with_name(f"{path.stem}-replaced-{_stamp()}.casemate")
        for ending in ("-wal", "-shm", ""):
            old = Path(f"{path}{ending}")
            if old.exists():
                old.replace(Path(f"{kept}{ending}"))
    incoming.replace(path)
    return str(kept) if kept else None
