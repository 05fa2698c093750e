"""Optional: the passphrase in the system's keychain, so that the system's own login unlocks the workspace.

Off until the owner asks for it. Where there is no keychain (a bare Linux machine), every call says so by its value.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

SERVICE = "casemate"


def _name(folder: Path) -> str:
    return str(folder.resolve())


def _marker(folder: Path) -> Path:
    return folder / "workspace.keychain"


def recall(folder: Path) -> str | None:
    """The passphrase that was put there for this workspace, or None."""
    if not remembered(folder):
        return None
    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError, RuntimeError):
        return keyring.get_password(SERVICE, _name(folder))
    return None


def remember(folder: Path, passphrase: str) -> bool:
    """Put it there; False where no keychain takes it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, _name(folder), passphrase)
    except (KeyringError, RuntimeError):
        return False
    with contextlib.suppress(OSError):
        _marker(folder).touch()
    return True


def remembered(folder: Path) -> bool:
    """Whether it was put there; asks a marker in the folder, since asking the keychain may open a dialog."""
    return _marker(folder).exists()


def forget(folder: Path) -> None:
    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(OSError):
        _marker(folder).unlink(missing_ok=True)
    with contextlib.suppress(KeyringError, RuntimeError):
        keyring.delete_password(SERVICE, _name(folder))
