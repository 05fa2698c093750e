"""The open workspace file: one writer behind a lock, a reader connection per thread, errors in plain words."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw

from engine.errors import DiskFull, FolderNotWritable, LockedError, WorkspaceBusy, WorkspaceDamaged
from engine.store.cipher import apply_key

BUSY_TIMEOUT_MS = 10_000


@contextlib.contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into the errors of `engine.errors`."""
    try:
        yield
    except apsw.FullError as error:
        raise DiskFull(path=str(path)) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise WorkspaceDamaged(path=str(path), reason="a page does not match its checksum.") from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise FolderNotWritable(path=str(path.parent)) from error
    except apsw.BusyError as error:
        raise WorkspaceBusy(path=str(path), pid="unknown") from error
    except apsw.IOError as error:
        raise WorkspaceDamaged(path=str(path), reason=f"the disk answers with an error ({error}).") from error


def connect(path: Path, key: bytes) -> apsw.Connection:
    """A keyed connection with the settings that every connection of the program has."""
    connection = apsw.Connection(str(path))
    try:
        apply_key(connection, key)
        connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        connection.pragma("temp_store", "memory")
        connection.pragma("secure_delete", 1)
        connection.pragma("foreign_keys", 1)
        connection.pragma("synchronous", "full")
        connection.pragma("cache_size", -8 * 1024)
    except BaseException:
        connection.close()
        raise
    return connection


class Store:
    """An unlocked workspace file.

    Only the process that holds the folder's lock may have one (engine/store/vault.py sees to that). Threads share it:
    `write` serialises, `read` gives each thread a connection of its own that sees the last committed state.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        self._write_lock = threading.RLock()
        self._writing = 0
        self._local = threading.local()
        self._all: list[apsw.Connection] = []
        self._all_lock = threading.Lock()
        self._closed = False
        with plain_errors(path):
            self._writer = self._open()
            self._writer.pragma("journal_mode", "wal")

    def _open(self) -> apsw.Connection:
        connection = connect(self.path, self.key)
        with self._all_lock:
            if self._closed:
                connection.close()
                raise LockedError
            self._all.append(connection)
        return connection

    @contextlib.contextmanager
    def write(self) -> Iterator[apsw.Connection]:
        """One transaction on the writer: committed at the end of the block, undone if it raises.

        A `write` inside a `write` of the same thread joins the outer transaction.
        """
        with self._write_lock, plain_errors(self.path):
            if self._closed:
                raise LockedError
            if self._writing:
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            self._writing += 1
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                self._writing -= 1

    @contextlib.contextmanager
    def read(self) -> Iterator[apsw.Connection]:
        """The reader of this thread."""
        if self._closed:
            raise LockedError
        with plain_errors(self.path):
            connection: apsw.Connection | None = getattr(self._local, "connection", None)
            if connection is None:
                connection = self._local.connection = self._open()
            yield connection

    @contextlib.contextmanager
    def alone(self) -> Iterator[apsw.Connection]:
        """The writer with no other connection open and the journal in the main file: for a new key."""
        with self._write_lock, plain_errors(self.path):
            with self._all_lock:
                for connection in self._all:
                    if connection is not self._writer:
                        connection.close()
                self._all = [self._writer]
                self._local = threading.local()
            self._writer.pragma("journal_mode", "delete")
            try:
                yield self._writer
            finally:
                self._writer.pragma("journal_mode", "wal")

    def use_key(self, key: bytes) -> None:
        """The key for connections opened from now on, after the file was encrypted anew."""
        self.key = key

    def close(self) -> None:
        """Close every connection and forget the key. Reads and writes that come later raise `LockedError`."""
        with self._write_lock:
            self._closed = True
            self.key = b""
            with self._all_lock:
                for connection in self._all:
                    if connection is self._writer:
                        continue
                    # A reader in another thread may be in the middle of a statement; it ends with LockedError.
                    with contextlib.suppress(apsw.Error):
                        connection.interrupt()
                    connection.close(force=True)
                self._all.clear()
            # Last and uninterrupted: its close moves the journal into the file, so that one file holds everything.
            self._writer.close(force=True)
