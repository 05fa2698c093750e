"""What a host keeps opened and computed while the workspace is unlocked, with the memory that models of it hold."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from typing import Any

from engine.host import needs
from engine.jobs.governor import Governor, Room
from engine.runtimes.freed import give_back_freed

RERANKER = "reranker"
"""First part of the keys under which rerankers lie (engine/serve/chat/rerank.py); the language follows."""

Key = tuple[Any, ...]


class Held(dict[Key, Any]):
    """A cache. The room that an entry holds with the governor ends with the entry.

    Rerankers are opened by the search, which knows nothing of a governor: asked for one that is not open yet, the cache
    takes room for it, and has it counted when it is put in.
    """

    def __init__(self, governor: Governor) -> None:
        super().__init__()
        self._governor = governor
        self._rooms: dict[Key, Room] = {}
        self._opening: dict[Key, tuple[AbstractContextManager[Room], Room]] = {}
        self._lock = threading.RLock()

    def hold(self, key: Key, room: Room) -> None:
        """Let a room end with the entry of this key."""
        with self._lock:
            if (before := self._rooms.get(key)) is not None and before is not room:
                self._governor.release(before)
            self._rooms[key] = room

    def give_up(self, key: Key) -> None:
        """Close what lies under a key; it is opened again at its next use."""
        self.pop(key, None)
        give_back_freed()

    def __contains__(self, key: object) -> bool:
        there = super().__contains__(key)
        if not there and isinstance(key, tuple) and key[:1] == (RERANKER,) and key[1:] != ("",):
            self._make_room(key)
        return there

    def __setitem__(self, key: Key, value: Any) -> None:
        with self._lock:
            if (opening := self._opening.pop(key, None)) is not None:
                opening[0].__exit__(None, None, None)
                if value is None:  # no such model here
                    self._governor.release(opening[1])
                else:
                    self.hold(key, opening[1])
            super().__setitem__(key, value)

    def __delitem__(self, key: Key) -> None:
        super().__delitem__(key)
        self._end_room(key)

    def pop(self, key: Key, *otherwise: Any) -> Any:
        """As of a dict."""
        found = super().pop(key, *otherwise)
        self._end_room(key)
        return found

    def clear(self) -> None:
        """As of a dict."""
        super().clear()
        for key in list(self._rooms):
            self._end_room(key)

    def _make_room(self, key: Key) -> None:
        """Raises: MemoryShort."""
        from engine.serve.chat.rerank import MOST_KEPT, WEIGHTS, folder_of

        language = str(key[1])
        weights = folder_of(language) / WEIGHTS
        if not weights.is_file():
            return
        need = needs.pieces_reranker_mb(MOST_KEPT) if language == "en" else needs.words_reranker_mb(weights)
        what = f"the reranker {weights.parent.name}"
        opening = self._governor.opening(what, need, "reranker", lambda: self.give_up(key))
        room = opening.__enter__()
        with self._lock:
            if (before := self._opening.pop(key, None)) is not None:  # opened twice at once, or not opened at all
                self._governor.release(before[1])
            self._opening[key] = (opening, room)

    def _end_room(self, key: Key) -> None:
        with self._lock:
            room = self._rooms.pop(key, None)
        if room is not None:
            self._governor.release(room)
