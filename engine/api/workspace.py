"""The workspace: open, lock, keep safe, check."""

from __future__ import annotations

from typing import ClassVar

from engine.api.base import Request, Result


class GetWorkspace(Request, frozen=True):
    """State of the workspace; may be asked at any time."""

    OPEN: ClassVar[bool] = True


class WorkspaceState(Result, frozen=True):
    path: str
    exists: bool
    unlocked: bool
    auto_lock_s: int = 0
    in_keychain: bool = False


class Unlock(Request, frozen=True):
    """Open the workspace; `create` makes a new one where none exists (otherwise that is an error)."""

    OPEN: ClassVar[bool] = True
    passphrase: str
    create: bool = False
    remember: bool = False


class UnlockFromKeychain(Request, frozen=True):
    OPEN: ClassVar[bool] = True


class RememberPassphrase(Request, frozen=True):
    """Put the passphrase into the system's keychain, after checking that it is the right one."""

    passphrase: str


class ForgetPassphrase(Request, frozen=True):
    """Take the passphrase out of the system's keychain."""

    OPEN: ClassVar[bool] = True


class Lock(Request, frozen=True):
    """Close the store and forget the key, the loaded skills and the cached vectors."""

    OPEN: ClassVar[bool] = True


class ChangePassphrase(Request, frozen=True):
    old: str
    new: str


class GetVaultInfo(Request, frozen=True):
    pass


class VaultInfo(Result, frozen=True):
    path: str
    size_bytes: int
    format_version: int
    cipher: str
    kdf: str
    created: str
    documents: int
    datasets: int
    packs: int
    conversations: int
    audit_entries: int
    last_backup: str | None


class Backup(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Back up to {path}"
    path: str


class BackupDone(Result, frozen=True):
    path: str
    size_bytes: int
    verified: bool


class Restore(Request, frozen=True):
    """Replace the workspace by a backup; the present file is kept beside it under a dated name."""

    OPEN: ClassVar[bool] = True
    path: str
    passphrase: str


class Restored(Result, frozen=True):
    path: str
    kept_as: str | None


class VerifyWorkspace(Request, frozen=True):
    """Check every page, the structure and the audit chain."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Check the workspace"


class WorkspaceVerified(Result, frozen=True):
    ok: bool
    problems: tuple[str, ...]
    audit_ok: bool


class VerifyAudit(Request, frozen=True):
    pass


class AuditVerified(Result, frozen=True):
    entries: int
    ok: bool
    broken_at: int | None


class ExportAudit(Request, frozen=True):
    path: str


class AuditExported(Result, frozen=True):
    path: str
    entries: int
    ok: bool
    broken_at: int | None
