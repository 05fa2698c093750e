"""The memory governor: what will take much memory says so beforehand and is let in when that much is free.

Workers (trainings, generators) and models that this process opens (encoder, rerankers, encoders of skills) hold a room
each. Where there is not enough, idle models are given up in a fixed order, generators first; a job then waits for other
workers to end where that helps. Otherwise it is refused before it starts, and told who holds how much. What was
promised to a worker and is not taken yet counts as taken.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.api import Control
from engine.errors import MemoryHeld, MemoryShort
from engine.jobs.control import JobControl

LOOK_EVERY_S = 0.25
MOST_NAMED = 6

Kind = Literal["generator", "reranker", "encoder of a skill", "encoder", "training", "work"]
GIVEN_UP: tuple[Kind, ...] = ("generator", "reranker", "encoder of a skill")
"""Kinds that are only kept at hand, in the order in which they are given up."""


@dataclass(eq=False)
class Room:
    """Memory promised to one holder.

    Attributes:
        promised_mb: the forecast.
        pid: its process; None for a model in this one, and for a worker that does not run yet.
        here: a model in this process that is opened: its memory is no longer free, so nothing is to come.
        measured_mb: what opening it took, for models in this process.
        give_up: ends a holder that is only kept at hand, and does nothing while it is at work.
    """

    what: str
    kind: Kind
    promised_mb: float
    pid: int | None = None
    here: bool = False
    measured_mb: float = 0.0
    give_up: Callable[[], None] | None = None
    since: float = field(default_factory=time.monotonic)

    def used_mb(self) -> float:
        if self.pid is not None:
            return resident_mb(self.pid)
        return self.measured_mb if self.here else 0.0

    def to_come_mb(self) -> float:
        """What it was promised and has not taken yet."""
        return 0.0 if self.here else max(0.0, self.promised_mb - self.used_mb())

    def can_end_mb(self) -> float:
        """What its end would make free, promised or taken; the encoder of this process stays."""
        return 0.0 if self.kind == "encoder" else max(0.0 if self.here else self.promised_mb, self.used_mb())


class Governor:
    """Shared by all workers and models of a host."""

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
        return free - sum(room.to_come_mb() for room in self._rooms)

    def holders(self) -> list[Room]:
        """Who holds memory now, oldest first."""
        with self._lock:
            return sorted(self._rooms, key=lambda room: room.since)

    def require(self, what: str, needed_mb: float) -> None:
        """Refuse at once what would be refused later: what not even the end of other holders would make room for.

        Raises:
            MemoryShort.
        """
        with self._lock:
            self._fits(what, needed_mb)

    def _fits(self, what: str, needed_mb: float) -> bool:
        """Whether there is room now; raises where there never will be."""
        if needed_mb <= 0 or needed_mb <= (free := self._free_mb()):
            return True
        at_most = free + sum(room.can_end_mb() for room in self._rooms)
        if needed_mb > at_most:
            raise self._refusal(what, needed_mb, at_most)
        return False

    def _refusal(self, what: str, needed_mb: float, free_mb: float) -> MemoryShort:
        """The refusal with both numbers, and with who holds how much where anybody does."""
        held = sorted(((room.used_mb() or room.promised_mb, room) for room in self._rooms), key=lambda one: -one[0])
        told = ", ".join(f"{room.what} {mb:.0f} MB" for mb, room in held[:MOST_NAMED] if mb >= 1)
        numbers = {"what": what, "needed_mb": round(needed_mb), "free_mb": round(max(0.0, free_mb))}
        return MemoryHeld(**numbers, held=told) if told else MemoryShort(**numbers)

    @contextlib.contextmanager
    def room(
        self,
        what: str,
        needed_mb: float,
        ctl: Control,
        give_up: Callable[[], None] | None = None,
        *,
        kind: Kind = "work",
    ) -> Iterator[Room]:
        """Memory for one worker while the block runs; waits for it where that helps. Models that are only kept at hand
        are given up first.

        Args:
            give_up: ends this worker if it is idle; for workers that stay beyond one act.
        Raises:
            MemoryShort: not even the end of this program's other workers would free enough.
            Cancelled: while waiting.
        """
        room = self._take(what, needed_mb, kind)
        if room is None:
            with waiting(ctl):
                while room is None:
                    ctl.check()
                    self._give_up_until(needed_mb)
                    room = self._take(what, needed_mb, kind)
                    if room is None:
                        time.sleep(LOOK_EVERY_S)
        room.give_up = give_up
        try:
            yield room
        finally:
            self.release(room)

    @contextlib.contextmanager
    def opening(
        self, what: str, needed_mb: float, kind: Kind, give_up: Callable[[], None] | None = None
    ) -> Iterator[Room]:
        """Memory for a model that this process opens within the block and keeps until `release`. Nothing is waited for.

        Args:
            give_up: closes it; called from any thread.
        Raises:
            MemoryShort: it is not free now, even after idle models of `GIVEN_UP` were given up.
        """
        room = self._take(what, needed_mb, kind)
        if room is None:
            self._give_up_until(needed_mb)
            with self._lock:
                free = self._free_mb()
                if needed_mb > free:
                    raise self._refusal(what, needed_mb, free)
                room = self._enter(what, needed_mb, kind)
        before = resident_mb(None)
        try:
            yield room
        except BaseException:
            self.release(room)
            raise
        room.measured_mb = max(0.0, resident_mb(None) - before)
        room.here = True
        room.give_up = give_up

    def release(self, room: Room) -> None:
        """It holds nothing any more."""
        with self._lock:
            if room in self._rooms:
                self._rooms.remove(room)

    def _give_up_until(self, needed_mb: float) -> None:
        """Give up idle models in order, one at a time, as long as there is not enough; within a kind the oldest
        first."""
        with self._lock:
            idle = [room for room in self._rooms if room.give_up is not None and room.kind in GIVEN_UP]
        for room in sorted(idle, key=lambda one: (GIVEN_UP.index(one.kind), one.since)):
            if needed_mb <= self.free_mb():
                return
            if room.give_up is not None:
                room.give_up()

    def _take(self, what: str, needed_mb: float, kind: Kind) -> Room | None:
        with self._lock:
            return self._enter(what, needed_mb, kind) if self._fits(what, needed_mb) else None

    def _enter(self, what: str, needed_mb: float, kind: Kind) -> Room:
        room = Room(what, kind, needed_mb)
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
