"""What the tests of the window share: an engine that answers at once, and a fresh look."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from engine.api import Request
from engine.errors import EngineError
from engine.values import Progress


class FakeEngine:
    """Stands where the host process stands: records requests and answers with what the test gave.

    `answers[RequestClass]` is a result, an EngineError, or a function of the request that returns either. Without an
    answer the request stays open until `finish` or `cancel`.
    """

    def __init__(self) -> None:
        self.on_host_died: Callable[[], None] | None = None
        self.answers: dict[type[Request], Any] = {}
        self.requests: list[Request] = []
        self.open: dict[int, tuple[Request, Any, Any, Any]] = {}
        self.cancelled: list[int] = []
        self.is_started = False
        self.is_closed = False

    def start(self) -> None:
        self.is_started = True

    def submit(self, request: Request, on_progress: Any, on_done: Any, on_error: Any) -> int:
        self.requests.append(request)
        number = len(self.requests)
        answer = self.answers.get(type(request))
        if callable(answer):
            answer = answer(request)
        if answer is None:
            self.open[number] = (request, on_progress, on_done, on_error)
        elif isinstance(answer, EngineError):
            on_error(answer)
        else:
            on_done(answer)
        return number

    def cancel(self, asked: int) -> None:
        from engine.errors import Cancelled

        self.cancelled.append(asked)
        if asked in self.open:
            self.open.pop(asked)[3](Cancelled())

    def close(self) -> None:
        self.is_closed = True

    # what a test does with a request that is still open

    def of(self, kind: type[Request]) -> list[Any]:
        """Every request of a class, oldest first."""
        return [request for request in self.requests if isinstance(request, kind)]

    def _open_of(self, kind: type[Request]) -> int:
        return next(number for number, entry in reversed(self.open.items()) if isinstance(entry[0], kind))

    def progress(self, kind: type[Request], progress: Progress) -> None:
        self.open[self._open_of(kind)][1](progress)

    def finish(self, kind: type[Request], answer: Any) -> None:
        """Answer the newest open request of a class."""
        _, _, on_done, on_error = self.open.pop(self._open_of(kind))
        (on_error if isinstance(answer, EngineError) else on_done)(answer)

    def die(self) -> None:
        """What the host client does when the process has ended: fail what is under way, tell."""
        from engine.errors import HostDied

        waiting, self.open = self.open, {}
        for _, _, _, on_error in waiting.values():
            on_error(HostDied())
        if self.on_host_died:
            self.on_host_died()


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def client(engine: FakeEngine, qtbot: Any) -> Iterator[Any]:
    """The window's door to the fake engine; the engine is started."""
    from gui.bridge.client import EngineClient

    client = EngineClient(lambda: engine)
    with qtbot.waitSignal(client.started):
        client.start()
    yield client
    client.close()


@pytest.fixture
def settle(qtbot: Any) -> Callable[[], None]:
    """Let the answers that are on their way arrive."""
    from PySide6.QtCore import QCoreApplication, QEvent

    def run() -> None:
        for _ in range(5):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return run


@pytest.fixture(autouse=True)
def _dressed(qapp: Any) -> None:
    """The stylesheet of the light theme, as in the program."""
    from gui.theme import theme

    if theme().choice != "light" or not qapp.styleSheet():
        theme().apply("light", "normal")
