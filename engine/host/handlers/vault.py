"""The workspace itself: open, lock, re-key, back up, restore, check, and the audit chain."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from engine import api
from engine.errors import EngineError, InputError, UnknownName, WrongPassphrase
from engine.host.context import Context
from engine.host.registry import handles
from engine.store import audit, cipher, keychain, migrations, settings, vault
from engine.store.cipher import key_for


def _state(ctx: Context) -> api.WorkspaceState:
    return api.WorkspaceState(
        path=str(ctx.workspace),
        exists=vault.workspace_file(ctx.workspace).exists(),
        unlocked=ctx.unlocked,
        auto_lock_s=int(ctx.settings["auto_lock_s"]),
        in_keychain=keychain.remembered(ctx.workspace),
    )


@handles(api.GetWorkspace)
def get_workspace(ctx: Context, request: api.GetWorkspace, ctl: api.Control) -> api.WorkspaceState:
    return _state(ctx)


@handles(api.Unlock)
def unlock(ctx: Context, request: api.Unlock, ctl: api.Control) -> api.WorkspaceState:
    with ctx.changing:
        if ctx.unlocked:
            return _state(ctx)
        path = vault.workspace_file(ctx.workspace)
        new = not path.exists()
        if new and not request.create:
            raise UnknownName(what="workspace", name=str(ctx.workspace), known="none in this folder")
        if new:
            vault.check_new_passphrase(request.passphrase)
        vault.prepare_folder(ctx.workspace)
        ctx.hold_folder()
        try:
            if new:
                ctx.open_store(vault.create(ctx.workspace, request.passphrase))
            else:
                ctx.open_store(vault.open_workspace(ctx.workspace, request.passphrase))
        except EngineError:
            ctx.let_folder_go()
            raise
    if request.remember and not keychain.remember(ctx.workspace, request.passphrase):
        raise InputError(
            reason="This machine has no keychain that takes the passphrase; the workspace is open all the same."
        )
    return _state(ctx)


@handles(api.UnlockFromKeychain)
def unlock_from_keychain(ctx: Context, request: api.UnlockFromKeychain, ctl: api.Control) -> api.WorkspaceState:
    passphrase = keychain.recall(ctx.workspace)
    if passphrase is None:
        raise WrongPassphrase
    return unlock(ctx, api.Unlock(passphrase=passphrase), ctl)


@handles(api.RememberPassphrase)
def remember_passphrase(ctx: Context, request: api.RememberPassphrase, ctl: api.Control) -> api.WorkspaceState:
    if key_for(request.passphrase, vault.read_salt(ctx.store.path)) is None:
        raise WrongPassphrase
    if not keychain.remember(ctx.workspace, request.passphrase):
        raise InputError(reason="This machine has no keychain that takes the passphrase.")
    return _state(ctx)


@handles(api.ForgetPassphrase)
def forget_passphrase(ctx: Context, request: api.ForgetPassphrase, ctl: api.Control) -> api.WorkspaceState:
    keychain.forget(ctx.workspace)
    return _state(ctx)


@handles(api.Lock)
def lock(ctx: Context, request: api.Lock, ctl: api.Control) -> api.WorkspaceState:
    with ctx.changing:
        ctx.close_store()
    return _state(ctx)


@handles(api.ChangePassphrase)
def change_passphrase(ctx: Context, request: api.ChangePassphrase, ctl: api.Control) -> api.Done:
    with ctx.changing:
        vault.change_passphrase(ctx.store, request.old, request.new)
    if keychain.remembered(ctx.workspace):
        keychain.remember(ctx.workspace, request.new)
    return api.Done()


@handles(api.GetVaultInfo)
def get_vault_info(ctx: Context, request: api.GetVaultInfo, ctl: api.Control) -> api.VaultInfo:
    store = ctx.store
    with store.read() as connection:

        def count(table: str) -> int:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names below
            return int(row[0]) if row else 0

        return api.VaultInfo(
            path=str(store.path),
            size_bytes=store.path.stat().st_size,
            format_version=migrations.version(connection),
            cipher=cipher.CIPHER_NAME,
            kdf=cipher.KDF_NAME,
            created=settings.fact(connection, "created") or "",
            documents=count("documents"),
            datasets=count("datasets"),
            packs=count("packs"),
            conversations=count("conversations"),
            audit_entries=count("audit"),
            last_backup=settings.fact(connection, "last_backup"),
        )


@handles(api.Backup)
def backup(ctx: Context, request: api.Backup, ctl: api.Control) -> api.BackupDone:
    target = Path(request.path).expanduser().absolute()
    size = vault.back_up(ctx.store, target, lambda done, total: ctl.report(done, total, "backup"))
    return api.BackupDone(path=str(target), size_bytes=size, verified=True)


@handles(api.Restore)
def restore(ctx: Context, request: api.Restore, ctl: api.Control) -> api.Restored:
    """The backup is checked in full before the present file is touched; afterwards the workspace is open."""
    backup_file = Path(request.path).expanduser().absolute()
    with ctx.changing:
        vault.prepare_folder(ctx.workspace)
        ctx.hold_folder()
        try:
            vault.check_backup(backup_file, request.passphrase)
            ctx.close_store()
            ctx.hold_folder()
            kept = vault.put_in_place(ctx.workspace, backup_file)
            store = vault.open_workspace(ctx.workspace, request.passphrase)
        except EngineError:
            if not ctx.unlocked:
                ctx.let_folder_go()
            raise
        ctx.open_store(store)
        with store.write() as connection:
            audit.record(connection, "backup restored", str(backup_file))
    return api.Restored(path=str(vault.workspace_file(ctx.workspace)), kept_as=kept)


@handles(api.VerifyWorkspace)
def verify_workspace(ctx: Context, request: api.VerifyWorkspace, ctl: api.Control) -> api.WorkspaceVerified:
    ctl.report(0, 2, "pages")
    with ctx.store.read() as connection:
        problems = vault.check_pages(connection)
        ctl.report(1, 2, "audit")
        broken_at = None if problems else audit.verify(connection)[1]
    if broken_at is not None:
        problems.append(f"The audit log is broken at entry {broken_at}.")
    return api.WorkspaceVerified(ok=not problems, problems=tuple(problems), audit_ok=broken_at is None)


@handles(api.VerifyAudit)
def verify_audit(ctx: Context, request: api.VerifyAudit, ctl: api.Control) -> api.AuditVerified:
    with ctx.store.read() as connection:
        entries, broken_at = audit.verify(connection)
    return api.AuditVerified(entries=entries, ok=broken_at is None, broken_at=broken_at)


@handles(api.ListAudit)
def list_audit(ctx: Context, request: api.ListAudit, ctl: api.Control) -> api.AuditEntries:
    with ctx.store.read() as connection:
        rows = audit.entries(connection, request.limit)
    return api.AuditEntries(entries=tuple(api.AuditEntry(*row) for row in rows))


@handles(api.ExportAudit)
def export_audit(ctx: Context, request: api.ExportAudit, ctl: api.Control) -> api.AuditExported:
    """JSON lines with digests, written whole or not at all; a broken chain is exported too, and said to be broken."""
    target = Path(request.path).expanduser().absolute()
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    with ctx.store.write() as connection:
        audit.record(connection, "audit exported")
    with ctx.store.read() as connection:
        entries, broken_at = audit.verify(connection)
        try:
            with unfinished.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(line + "\n" for line in audit.export_lines(connection))
            unfinished.replace(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise InputError(reason=f"{target} cannot be written: {error.strerror}.") from error
    return api.AuditExported(path=str(target), entries=entries, ok=broken_at is None, broken_at=broken_at)
