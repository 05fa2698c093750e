"""The memory governor: a worker that says how much memory it will need starts when that much is free.

If it is not free, but will be once other workers of this program have ended, the job waits; otherwise it is refused
before it starts, with both numbers. What running workers were promised and have not yet taken counts as taken.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.api import Control
from engine.errors import MemoryShort
from engine.jobs.control import JobControl

LOOK_EVERY_S = 0.25


@dataclass(eq=False)
class Room:
    """Memory promised to one worker; `pid` is None until it runs. `give_up` ends a worker that is only kept at hand,
    and does nothing while it is at work."""

    promised_mb: float
    pid: int | None = None
    give_up: Callable[[], None] | None = None

    def used_mb(self) -> float:
        return resident_mb(self.pid) if self.pid is not None else 0.0


class Governor:
    """Shared by all workers of a host."""

    def __init__(self, measure_free_mb: Callable[[], float] | None = None) -> None:
        self._measure = measure_free_mb
        self._lock = threading.Lock()
        self._rooms: list[Room] = []

    def free_mb(self) -> float:
        """Memory that nobody uses and that is promised to nobody, in MB."""
        with self._lock:
            return self._free_mb()

    def _free_mb(self) -> float:
        free = self._measure() if self._measure is not None else machine_free_mb()
        return free - sum(max(0.0, room.promised_mb - room.used_mb()) for room in self._rooms)

    def require(self, what: str, needed_mb: float) -> None:
        """Refuse at once what would be refused later: what not even the end of other workers would make room for.

        Raises:
            MemoryShort.
        """
        with self._lock:
            self._fits(what, needed_mb)

    def _fits(self, what: str, needed_mb: float) -> bool:
        """Whether there is room now; raises where there never will be."""
        if needed_mb <= 0 or needed_mb <= (free := self._free_mb()):
            return True
        others = sum(max(room.promised_mb, room.used_mb()) for room in self._rooms)
        if needed_mb > free + others:
            raise MemoryShort(what=what, needed_mb=round(needed_mb), free_mb=round(max(0.0, free + others)))
        return False

    @contextlib.contextmanager
    def room(
        self, what: str, needed_mb: float, ctl: Control, give_up: Callable[[], None] | None = None
    ) -> Iterator[Room]:
        """Memory for one worker while the block runs; waits for it where that helps. Workers that are only kept at hand
        are ended first.

        Args:
            give_up: ends this worker if it is idle; for workers that stay beyond one act.
        Raises:
            MemoryShort: not even the end of this program's other workers would free enough.
            Cancelled: while waiting.
        """
        room = self._take(what, needed_mb)
        if room is None:
            with waiting(ctl):
                while room is None:
                    ctl.check()
                    self._end_idle()
                    room = self._take(what, needed_mb)
                    if room is None:
                        time.sleep(LOOK_EVERY_S)
        room.give_up = give_up
        try:
            yield room
        finally:
            with self._lock:
                self._rooms.remove(room)

    def _end_idle(self) -> None:
        with self._lock:
            idle = [room.give_up for room in self._rooms if room.give_up is not None]
        for give_up in idle:
            give_up()

    def _take(self, what: str, needed_mb: float) -> Room | None:
        with self._lock:
            if not self._fits(what, needed_mb):
                return None
            room = Room(needed_mb)
            self._rooms.append(room)
            return room


@contextlib.contextmanager
def waiting(ctl: Control) -> Iterator[None]:
    """Show the job as waiting within the block."""
    if not isinstance(ctl, JobControl):
        yield
        return
    ctl.waiting = True
    try:
        yield
    finally:
        ctl.waiting = False


def machine_free_mb() -> float:
    """Memory that a new process could take, in MB: what the machine has left, or less where this process is limited."""
    import psutil

    free = psutil.virtual_memory().available / 2**20
    return float(max(0.0, min(free, _cgroup_left_mb(), _address_space_mb())))


def _cgroup_left_mb() -> float:
    """What the containers and scopes around this process may still take (cgroup 2 or 1); infinite without a limit."""
    from engine.runtimes.threads import cgroup_folders

    folders = cgroup_folders(Path("/sys/fs/cgroup"), Path("/proc/self/cgroup"), "memory")
    return min((_left_in(folder, *names) for folder in folders for names in (_V2, _V1)), default=float("inf"))


_V2 = ("memory.max", "memory.current", "inactive_file")
_V1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


def _left_in(folder: Path, limit_file: str, used_file: str, cache_name: str) -> float:
    try:
        limit = (folder / limit_file).read_text(encoding="ascii").strip()
        if limit == "max":
            return float("inf")
        used = int((folder / used_file).read_text(encoding="ascii"))
        facts = dict(line.split(" ", 1) for line in (folder / "memory.stat").read_text(encoding="ascii").splitlines())
        # File cache counts as used, but is given up at once.
        return (int(limit) - used + int(facts.get(cache_name, "0"))) / 2**20
    except (OSError, ValueError):
        return float("inf")


def _address_space_mb() -> float:
    """The most a single process may have (`ulimit -v`); infinite where there is no such limit."""
    if sys.platform == "win32":
        return float("inf")
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return float("inf") if limit == resource.RLIM_INFINITY else float(limit) / 2**20


def resident_mb(pid: int | None) -> float:
    """Resident memory of a process in MB; 0 when it is gone."""
    import psutil

    try:
        return float(psutil.Process(pid).memory_info().rss) / 2**20
    except psutil.Error:
        return 0.0
