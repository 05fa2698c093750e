"""The workspace file: making, opening, re-keying, backing up, restoring, and every way in which it can be unusable."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

import apsw
import pytest

from engine import api
from engine.errors import (
    AlreadyExists,
    BackupUnusable,
    DiskFull,
    FolderNotWritable,
    LockedError,
    PassphraseTooShort,
    UnknownName,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceNewer,
    WorkspaceTruncated,
    WrongPassphrase,
)
from engine.host.service import Service
from engine.store import audit, vault
from engine.store.connection import plain_errors

PAGE = 4096


@pytest.fixture
def closed(service: Service, workspace: Path) -> Path:
    """The file of a locked workspace with something in it."""
    service.call(api.ChangeSettings(values={"auto_lock_s": 60}))
    service.call(api.Lock())
    return vault.workspace_file(workspace)


def test_opens_again_with_the_same_passphrase(service: Service, passphrase: str) -> None:
    service.call(api.ChangeSettings(values={"auto_lock_s": 60}))
    service.call(api.Lock())
    assert service.call(api.Unlock(passphrase=passphrase)).auto_lock_s == 60


def test_locked_answers_nothing(service: Service) -> None:
    service.call(api.Lock())
    with pytest.raises(LockedError):
        service.call(api.ListDatasets())


def test_wrong_passphrase(closed: Path, service: Service) -> None:
    with pytest.raises(WrongPassphrase):
        service.call(api.Unlock(passphrase="correct horse battery stable"))


def test_short_passphrase_makes_nothing(workspace: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        Service(workspace).call(api.Unlock(passphrase="short", create=True))
    assert not workspace.exists()


def test_without_create_nothing_is_made(workspace: Path) -> None:
    with pytest.raises(UnknownName):
        Service(workspace).call(api.Unlock(passphrase="long enough"))
    assert not workspace.exists()


@pytest.mark.parametrize("lost", [1, 100, PAGE, 3 * PAGE])
def test_truncated_file(closed: Path, service: Service, passphrase: str, lost: int) -> None:
    whole = closed.read_bytes()
    closed.write_bytes(whole[:-lost])
    with pytest.raises(WorkspaceTruncated):
        service.call(api.Unlock(passphrase=passphrase))
    assert closed.read_bytes() == whole[:-lost], "the file is left as it was"


def test_empty_file(closed: Path, service: Service, passphrase: str) -> None:
    closed.write_bytes(b"")
    with pytest.raises(WorkspaceTruncated):
        service.call(api.Unlock(passphrase=passphrase))


def test_unencrypted_file(closed: Path, service: Service, passphrase: str) -> None:
    closed.unlink()
    connection = apsw.Connection(str(closed))
    connection.execute("CREATE TABLE a (b); CREATE TABLE c (d)")
    connection.close()
    with pytest.raises(WorkspaceDamaged, match="not encrypted"):
        service.call(api.Unlock(passphrase=passphrase))


def test_damaged_first_page_is_not_called_a_wrong_passphrase(closed: Path, service: Service, passphrase: str) -> None:
    _flip(closed, 300)
    with pytest.raises(WorkspaceDamaged):
        service.call(api.Unlock(passphrase=passphrase))


def test_every_damaged_page_is_found(closed: Path, service: Service, passphrase: str) -> None:
    whole = closed.read_bytes()
    for page in range(1, len(whole) // PAGE):
        closed.write_bytes(whole)
        _flip(closed, page * PAGE + 77)
        try:
            service.call(api.Unlock(passphrase=passphrase))
            verified = service.call(api.VerifyWorkspace())
        except WorkspaceDamaged:
            continue
        finally:
            service.close()
        assert not verified.ok, f"page {page}"


def _flip(file: Path, offset: int) -> None:
    data = bytearray(file.read_bytes())
    data[offset] ^= 0xFF
    file.write_bytes(data)


def test_newer_format(service: Service, workspace: Path, passphrase: str) -> None:
    with service.context.store.write() as connection:
        connection.pragma("user_version", 99)
    service.call(api.Lock())
    with pytest.raises(WorkspaceNewer, match="99"):
        service.call(api.Unlock(passphrase=passphrase))


def test_second_instance(service: Service, workspace: Path, passphrase: str) -> None:
    with pytest.raises(WorkspaceBusy, match=str(os.getpid())):
        Service(workspace).call(api.Unlock(passphrase=passphrase))


def test_a_killed_holder_frees_the_folder(workspace: Path, passphrase: str) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    holder = context.Process(target=_hold, args=(str(workspace), passphrase, theirs))
    holder.start()
    assert ours.recv_bytes() == b"open"
    holder.kill()
    holder.join()
    service = Service(workspace)
    assert service.call(api.Unlock(passphrase=passphrase)).unlocked
    assert service.call(api.GetSettings()).values["auto_lock_s"] == 77, "what was committed is there"
    service.close()


def _hold(workspace: str, passphrase: str, pipe: multiprocessing.connection.Connection) -> None:
    service = Service(Path(workspace))
    service.call(api.Unlock(passphrase=passphrase, create=True))
    service.call(api.ChangeSettings(values={"auto_lock_s": 77}))
    pipe.send_bytes(b"open")
    pipe.poll(60)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_read_only_folder(tmp_path: Path, passphrase: str) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FolderNotWritable):
        Service(tmp_path / "workspace").call(api.Unlock(passphrase=passphrase, create=True))
    tmp_path.chmod(0o700)


def test_a_file_in_the_folders_place(tmp_path: Path, passphrase: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderNotWritable):
        Service(tmp_path / "file" / "workspace").call(api.Unlock(passphrase=passphrase, create=True))


def test_full_disk_keeps_what_was_stored(service: Service) -> None:
    store = service.context.store
    with store.read() as connection:
        pages = connection.pragma("page_count")
    store._writer.pragma("max_page_count", pages + 2)
    with pytest.raises(DiskFull), store.write() as connection:
        audit.record(connection, "filling", "x" * 400_000)
    store._writer.pragma("max_page_count", 2**31)
    assert service.call(api.VerifyAudit()).ok
    assert service.call(api.VerifyWorkspace()).ok


def test_a_full_disk_can_still_be_read(
    service: Service, passphrase: str, monkeypatch: pytest.MonkeyPatch, workspace: Path
) -> None:
    service.call(api.ChangeSettings(values={"auto_lock_s": 99}))
    service.call(api.Lock())

    def full(*_: object) -> None:
        raise apsw.FullError("database or disk is full")

    monkeypatch.setattr(audit, "record", full)
    assert service.call(api.Unlock(passphrase=passphrase)).auto_lock_s == 99


def test_changed_passphrase(service: Service, workspace: Path, passphrase: str) -> None:
    before = vault.workspace_file(workspace).read_bytes()
    service.call(api.ChangePassphrase(old=passphrase, new="another long one"))
    service.call(api.ChangeSettings(values={"auto_lock_s": 61}))
    service.call(api.Lock())
    assert vault.workspace_file(workspace).read_bytes()[PAGE:] != before[PAGE:]
    with pytest.raises(WrongPassphrase):
        service.call(api.Unlock(passphrase=passphrase))
    assert service.call(api.Unlock(passphrase="another long one")).auto_lock_s == 61


def test_passphrase_is_not_changed_by_a_stranger(service: Service, passphrase: str) -> None:
    with pytest.raises(WrongPassphrase):
        service.call(api.ChangePassphrase(old="not the passphrase", new="another long one"))
    service.call(api.Lock())
    assert service.call(api.Unlock(passphrase=passphrase)).unlocked


def test_backup_and_restore(service: Service, workspace: Path, tmp_path: Path, passphrase: str) -> None:
    service.call(api.ChangeSettings(values={"auto_lock_s": 111}))
    backup = tmp_path / "vault.backup"
    done = service.call(api.Backup(path=str(backup)))
    assert done.verified
    assert done.size_bytes == backup.stat().st_size
    service.call(api.ChangeSettings(values={"auto_lock_s": 222}))
    restored = service.call(api.Restore(path=str(backup), passphrase=passphrase))
    assert service.call(api.GetSettings()).values["auto_lock_s"] == 111
    assert restored.kept_as is not None
    assert Path(restored.kept_as).exists()
    assert service.call(api.VerifyWorkspace()).ok


def test_restore_into_an_empty_folder(service: Service, tmp_path: Path, passphrase: str) -> None:
    backup = tmp_path / "vault.backup"
    service.call(api.Backup(path=str(backup)))
    other = Service(tmp_path / "other")
    assert other.call(api.Restore(path=str(backup), passphrase=passphrase)).kept_as is None
    assert other.call(api.GetWorkspace()).unlocked
    other.close()


def test_backup_never_overwrites(service: Service, tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("precious")
    with pytest.raises(AlreadyExists):
        service.call(api.Backup(path=str(target)))
    assert target.read_text() == "precious"
    assert list(tmp_path.glob("*.part")) == []


def test_bad_backup_leaves_the_workspace_open_and_whole(service: Service, tmp_path: Path, passphrase: str) -> None:
    backup = tmp_path / "vault.backup"
    service.call(api.Backup(path=str(backup)))
    with pytest.raises(BackupUnusable):
        service.call(api.Restore(path=str(backup), passphrase="not the passphrase"))
    _flip(backup, 5 * PAGE + 9)
    with pytest.raises(WorkspaceDamaged):
        service.call(api.Restore(path=str(backup), passphrase=passphrase))
    assert service.call(api.VerifyWorkspace()).ok


def test_what_sqlite_raises_becomes_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiskFull), plain_errors(tmp_path / "x"):
        raise apsw.FullError("database or disk is full")
