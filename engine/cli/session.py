"""One run of the command line: the engine it talks to, and where the passphrase comes from."""

from __future__ import annotations

import getpass
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from engine import api
from engine.cli.progress import ProgressLine
from engine.errors import FileMissing, PassphraseNeeded
from engine.host.service import Service
from engine.jobs.control import JobControl


@dataclass(frozen=True)
class Globals:
    """The options before the command."""

    workspace: Path
    json: bool = False
    quiet: bool = False
    passphrase_file: Path | None = None


class Session:
    """Calls requests with progress on stderr and a cancel on Ctrl-C; opens the workspace at the first need."""

    def __init__(self, options: Globals) -> None:
        self.options = options
        self.service = Service(options.workspace)

    def call(self, request: api.Request, *, on_note: Any = None) -> Any:
        """Do a request; `on_note` gets the pieces of a streamed answer."""
        if not type(request).OPEN and not self.service.context.unlocked:
            self.unlock()
        line = ProgressLine(quiet=self.options.quiet)

        def told(progress: Any) -> None:
            if progress.note and on_note and progress.stage != "draft":  # what was not checked is not shown
                on_note(progress.note)
            else:
                line.show(progress)

        control = JobControl(told)
        try:
            with _stop_on_signal(control):
                return self.service.call(request, control=control)
        finally:
            line.clear()

    def unlock(self) -> None:
        exists = self.service.call(api.GetWorkspace()).exists
        passphrase = self.passphrase(new=not exists)
        self.service.call(api.Unlock(passphrase=passphrase, create=True))

    def passphrase(self, *, new: bool = False, prompt: str = "Passphrase: ") -> str:
        """From the environment, the file, the keychain or a prompt, in this order.

        Raises:
            PassphraseNeeded: none of them gave one.
        """
        options = self.options
        if given := os.environ.get("CASEMATE_PASSPHRASE"):
            return given
        if options.passphrase_file is not None:
            return read_passphrase(options.passphrase_file)
        if not new:
            from engine.store import keychain

            if kept := keychain.recall(options.workspace):
                return kept
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise PassphraseNeeded(path=str(options.workspace))
        return ask_new() if new else getpass.getpass(prompt)

    def close(self) -> None:
        self.service.close()


def read_passphrase(file: Path) -> str:
    """The first line of a file."""
    try:
        return file.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise FileMissing(path=str(file)) from error


def ask_new() -> str:
    """Ask twice on the terminal."""
    while True:
        first = getpass.getpass("Passphrase for the new workspace: ")
        if first == getpass.getpass("Once more: "):
            return first
        sys.stderr.write("The two differ; try again.\n")


@contextmanager
def _stop_on_signal(control: JobControl) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        control.cancel()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
