"""One Casemate per workspace folder: a lock that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from engine.errors import FolderNotWritable, WorkspaceBusy

LOCK_FILE = "workspace.lock"
PID_FILE = "workspace.pid"


class FolderLock:
    """Held from unlock to lock. The process number beside it is for the sentence that a second instance shows."""

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock, Timeout

        self._pid_file = folder / PID_FILE
        self._lock = FileLock(folder / LOCK_FILE, timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise WorkspaceBusy(path=str(folder), pid=self._holder()) from error
        except OSError as error:
            raise FolderNotWritable(path=str(folder)) from error
        with contextlib.suppress(OSError):
            self._pid_file.write_text(str(os.getpid()), encoding="ascii")

    def _holder(self) -> str:
        try:
            return self._pid_file.read_text(encoding="ascii").strip() or "unknown"
        except OSError:
            return "unknown"

    def release(self) -> None:
        with contextlib.suppress(OSError):
            self._pid_file.unlink()
        self._lock.release()
