"""From a passphrase to the key of the workspace file.

The file is SQLite encrypted page by page with ChaCha20-Poly1305 (SQLite3 Multiple Ciphers). Its first 16 bytes are
the cipher's salt, in the clear; 12 of them are the random salt of Argon2id and the last four check the passphrase,
so that a wrong passphrase and a damaged page can be told apart. The check costs an attacker as much as trying the
key itself: both need one run of Argon2id.

What this does not stop: somebody who reads the memory of the running program while the workspace is unlocked.
"""

from __future__ import annotations

import hmac
import os
from typing import Final

import apsw

KDF_NAME: Final = "Argon2id, 3 passes, 64 MiB, 4 lanes"
CIPHER_NAME: Final = "ChaCha20-Poly1305 per page (SQLite3 Multiple Ciphers)"
SALT_BYTES: Final = 16
_RANDOM_BYTES: Final = 12
_KEY_BYTES: Final = 32
_CHECK_BYTES: Final = 4
LEAST_PASSPHRASE: Final = 8


def _derive(passphrase: str, random_salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        passphrase.encode(),
        b"casemate" + random_salt,
        time_cost=3,
        memory_cost=64 * 1024,
        parallelism=4,
        hash_len=_KEY_BYTES + _CHECK_BYTES,
        type=Type.ID,
    )


def new_key(passphrase: str) -> bytes:
    """Key and salt for a new file: 48 bytes, the cipher's key followed by its salt."""
    random_salt = os.urandom(_RANDOM_BYTES)
    derived = _derive(passphrase, random_salt)
    return derived[:_KEY_BYTES] + random_salt + derived[_KEY_BYTES:]


def key_for(passphrase: str, salt: bytes) -> bytes | None:
    """The 48-byte key of a file that begins with `salt`; None when the passphrase is wrong."""
    derived = _derive(passphrase, salt[:_RANDOM_BYTES])
    if not hmac.compare_digest(derived[_KEY_BYTES:], salt[_RANDOM_BYTES:]):
        return None
    return derived[:_KEY_BYTES] + salt


def _raw(key: bytes) -> str:
    return (b"raw:" + key.hex().encode()).hex()


def apply_key(connection: apsw.Connection, key: bytes) -> None:
    """Key a fresh connection, before anything is read from it."""
    connection.pragma("cipher", "chacha20")
    connection.execute(f"PRAGMA hexkey='{_raw(key)}'")


def change_key(connection: apsw.Connection, key: bytes) -> None:
    """Encrypt the whole file anew; the connection must be the only one and not in WAL mode."""
    connection.execute(f"PRAGMA hexrekey='{_raw(key)}'")
