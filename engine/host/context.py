"""What every handler works with: the open store, the shared encoder, the workers, and what is cached while unlocked."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import LockedError
from engine.host.held import Held
from engine.host.needs import encoder_mb, word_encoder_mb
from engine.jobs.turns import Turns
from engine.jobs.worker import Workers
from engine.settings.options import defaults

if TYPE_CHECKING:
    from engine.host.generate.keeper import Keeper
    from engine.jobs.control import JobControl
    from engine.runtimes.bilingual import BilingualEncoder
    from engine.runtimes.encoder import Encoder
    from engine.runtimes.word_encoder import WordEncoder
    from engine.store.connection import Store
    from engine.store.folder_lock import FolderLock


class Context:
    """State of a host. Handlers of several threads share it; what changes it is behind a lock."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.workers = Workers()
        self.turns = Turns()
        self.cache = Held(self.workers.governor)
        self.running: dict[int, JobControl] = {}
        self.teaching: set[tuple[str, str]] = set()  # (pack, task) of the trainings under way
        self.changing = threading.RLock()
        self._store: Store | None = None
        self._folder_lock: FolderLock | None = None
        self._encoder: Encoder | None = None
        self._bilingual: BilingualEncoder | None = None
        self._words: WordEncoder | None = None
        self._encoder_lock = threading.Lock()
        self._keeper: Keeper | None = None
        self._settings: dict[str, Any] = defaults()

    @property
    def unlocked(self) -> bool:
        return self._store is not None

    @property
    def store(self) -> Store:
        if self._store is None:
            raise LockedError
        return self._store

    @property
    def settings(self) -> Mapping[str, Any]:
        return self._settings

    @property
    def encoder(self) -> Encoder:
        """The bundled encoder, opened at its first use."""
        with self._encoder_lock:
            if self._encoder is None:
                from engine.runtimes.encoder import Encoder, bundled_encoder_folder

                with self.workers.governor.opening("the encoder", encoder_mb(), "encoder"):
                    self._encoder = Encoder.open(bundled_encoder_folder(), threads=self._settings["threads"] or None)
            return self._encoder

    @property
    def bilingual(self) -> BilingualEncoder:
        """The same for English texts, with the bundled encoder of Chinese ones beside it."""
        english = self.encoder
        with self._encoder_lock:
            if self._bilingual is None:
                from engine.runtimes.bilingual import BilingualEncoder

                self._bilingual = BilingualEncoder(english, self._chinese_encoder)
            return self._bilingual

    def _chinese_encoder(self) -> WordEncoder:
        with self._encoder_lock:
            if self._words is None:
                from engine.runtimes.word_encoder import WEIGHTS, WordEncoder, bundled_word_encoder_folder

                folder = bundled_word_encoder_folder()
                with self.workers.governor.opening("the Chinese encoder", word_encoder_mb(folder / WEIGHTS), "encoder"):
                    self._words = WordEncoder.open(folder)
            return self._words

    @property
    def generators(self) -> Keeper:
        """The generator's worker, started at its first use."""
        with self._encoder_lock:
            if self._keeper is None:
                from engine.host.generate.keeper import Keeper

                self._keeper = Keeper(self.workers.governor)
            return self._keeper

    def hold_folder(self) -> None:
        """Take the folder's lock, unless this host has it already."""
        from engine.store.folder_lock import FolderLock

        if self._folder_lock is None:
            self._folder_lock = FolderLock(self.workspace)

    def let_folder_go(self) -> None:
        if self._folder_lock is not None:
            self._folder_lock.release()
            self._folder_lock = None

    def open_store(self, store: Store) -> None:
        from engine.store import settings

        self._store = store
        with store.read() as connection:
            self._settings = defaults() | settings.load(connection)

    def use_settings(self, values: dict[str, Any]) -> None:
        self._settings = self._settings | values

    def close_store(self) -> None:
        """Lock: stop what runs, forget the key and everything derived from private data."""
        for control in list(self.running.values()):
            control.cancel()
        self.cache.clear()
        if self._keeper is not None:
            self._keeper.close()
        if self._store is not None:
            self._store.close()
            self._store = None
        if self._keeper is not None:  # a question that came before the store was closed
            self._keeper.close()
        self.let_folder_go()
