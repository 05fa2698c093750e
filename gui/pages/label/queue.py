"""The labelling queue as the window sees it: an answer counts at once and is sent while the next text is shown.

Answers leave one at a time and in order, because taking back means "the last one" to the engine. What the engine
refuses is put back as it was: the text returns to the front, or the taken-back answer holds again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from engine.api import AnswerQueued, GetQueue, LabellingQueue, QueuedText, UndoAnswer
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest

AT_HAND = 100
"""Texts asked for at once."""
FEW_LEFT = 10
"""With fewer at hand than this, more are fetched while the person goes on."""


@dataclass
class Answer:
    """One answer or skip (`label` None) and how far it is."""

    item: QueuedText
    label: str | None
    sent: bool = False
    taken_back: bool = False


class Letter(NamedTuple):
    """A request that goes out; `turn` tells of which skill's time it is, `answer` is None for an undo of an earlier
    sitting."""

    turn: int
    answer: Answer | None
    request: AnswerQueued | UndoAnswer


class LabelQueue(QObject):
    """The waiting texts of one skill.

    Signals:
        changed(): the text in front, the counts or the labels are others.
        failed(EngineError): something was refused, and the queue is as it was before it.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, pack: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.pack = pack
        self.labels: tuple[str, ...] = ()
        self.waiting = 0
        self.labelled = 0
        self.loaded = False
        self._texts: deque[QueuedText] = deque()
        self._history: list[Answer] = []
        self._outbox: deque[Letter] = deque()
        self._under_way: Letter | None = None
        self._turn = 0  # answers to requests of another skill are not heard
        self._acts = 0  # how often something was answered or taken back
        self._loading = Latest(self)

    # --- what is there ----------------------------------------------------------------------------------------

    @property
    def current(self) -> QueuedText | None:
        """The text to label now."""
        return self._texts[0] if self._texts else None

    @property
    def last(self) -> Answer | None:
        """The answer that would be taken back."""
        return self._history[-1] if self._history else None

    @property
    def settled(self) -> bool:
        """Every answer for this skill has reached the engine."""
        out = [*self._outbox, self._under_way] if self._under_way is not None else self._outbox
        return all(letter.turn != self._turn for letter in out)

    def set_pack(self, pack: str) -> None:
        """Turn to another skill; answers on their way still arrive."""
        if pack == self.pack:
            return
        self.pack = pack
        self._turn += 1
        self._loading.drop()
        self._texts.clear()
        self._history.clear()
        self.labels, self.waiting, self.labelled, self.loaded = (), 0, 0, False
        self.changed.emit()

    def leave(self) -> None:
        """The person turned to something else, where more may be labelled: only the engine knows the last answer."""
        if self._history:
            self._history.clear()
            self.changed.emit()

    def load(self) -> None:
        """Ask for the waiting texts; the one in front stays in front."""
        if self.pack:
            acts = self._acts
            job = self._client.call(GetQueue(self.pack, AT_HAND))
            self._loading.run(
                job, done=lambda queue: self.take(queue, fresh=acts == self._acts), failed=self.failed.emit
            )

    def take(self, queue: LabellingQueue, *, fresh: bool = True) -> None:
        """What the engine says is waiting.

        Args:
            fresh: nothing was answered since it was asked; else only texts that are not known yet are taken over.
        """
        self.loaded = True
        self._know_labels(queue.labels)
        if not (fresh and self.settled):
            self._add(queue.texts)
        else:
            front = self.current
            self.waiting, self.labelled = queue.waiting, queue.labelled
            if queue.texts or not queue.waiting:
                self._texts = deque(queue.texts)
                same = next((item for item in queue.texts if front and item.id == front.id), None)
                if same is not None:
                    self._texts.remove(same)
                    self._texts.appendleft(same)
        self.changed.emit()

    # --- what the person does ---------------------------------------------------------------------------------

    def answer(self, label: str | None) -> None:
        """Label the text in front, or skip it."""
        if not self._texts:
            return
        self._acts += 1
        item = self._texts.popleft()
        answer = Answer(item, label)
        self._history.append(answer)
        self.waiting = max(0, self.waiting - 1)
        self.labelled += label is not None
        if label is not None:
            self._know_labels((label,))
        self._outbox.append(Letter(self._turn, answer, AnswerQueued(item.id, label)))
        self.changed.emit()
        self._send()

    def undo(self) -> None:
        """Take back the last answer or skip; one of an earlier sitting is known to the engine alone."""
        if not self.pack:
            return
        self._acts += 1
        if not self._history:
            self._outbox.append(Letter(self._turn, None, UndoAnswer(self.pack)))
            self._send()
            return
        answer = self._history.pop()
        answer.taken_back = True
        if answer.sent:
            self._outbox.append(Letter(self._turn, answer, UndoAnswer(self.pack)))
        else:
            self._outbox = deque(letter for letter in self._outbox if letter.answer is not answer)
        self._put_back(answer)
        self.changed.emit()
        self._send()

    # --- on the way -------------------------------------------------------------------------------------------

    def _send(self) -> None:
        if self._under_way is not None or not self._outbox:
            return
        letter = self._under_way = self._outbox.popleft()
        if letter.answer is not None and isinstance(letter.request, AnswerQueued):
            letter.answer.sent = True
        job = self._client.call(letter.request, self)
        job.finished.connect(lambda queue: self._on_sent(letter, queue))
        job.failed.connect(lambda error: self._on_refused(letter, error))
        job.cancelled.connect(self._next)

    def _on_sent(self, letter: Letter, queue: LabellingQueue) -> None:
        self._under_way = None
        if letter.turn == self._turn and self.settled:
            if letter.answer is None:
                known = {item.id for item in self._texts}
                self._texts.clear()
                self.take(queue)
                back = [item for item in queue.texts if item.id not in known]
                if len(back) == 1:  # the text of an earlier sitting comes to the front
                    self._texts.remove(back[0])
                    self._texts.appendleft(back[0])
            else:
                self.waiting, self.labelled = queue.waiting, queue.labelled
                self._add(queue.texts)
            if len(self._texts) < min(FEW_LEFT, self.waiting):
                self.load()
            self.changed.emit()
        self._send()

    def _on_refused(self, letter: Letter, error: EngineError) -> None:
        self._under_way = None
        if letter.turn == self._turn and letter.answer is not None:
            if isinstance(letter.request, AnswerQueued):
                self._forget(letter.answer)
            else:
                self._hold_again(letter.answer)
        self.failed.emit(error)
        self.changed.emit()
        self._send()
        if letter.turn == self._turn and self.settled:
            self.load()  # a text that was dealt with elsewhere does not wait any more

    def _next(self) -> None:
        self._under_way = None
        self._send()

    def _forget(self, answer: Answer) -> None:
        """An answer that did not arrive: its text waits again, unless the person has taken it back already."""
        self._outbox = deque(letter for letter in self._outbox if letter.answer is not answer)
        if answer in self._history:
            self._history.remove(answer)
        if not answer.taken_back:
            self._put_back(answer)

    def _hold_again(self, answer: Answer) -> None:
        """An answer that could not be taken back still holds."""
        answer.taken_back = False
        self._texts = deque(item for item in self._texts if item.id != answer.item.id)
        self._history.append(answer)
        self.waiting = max(0, self.waiting - 1)
        self.labelled += answer.label is not None

    def _put_back(self, answer: Answer) -> None:
        self._texts.appendleft(answer.item)
        self.waiting += 1
        self.labelled = max(0, self.labelled - (answer.label is not None))

    def _know_labels(self, labels: Iterable[str]) -> None:
        """Labels given by hand stay at hand, also before the skill has learned them."""
        self.labels = tuple(dict.fromkeys((*self.labels, *labels)))

    def _add(self, texts: Iterable[QueuedText]) -> None:
        """Texts that are neither at hand nor answered go behind the others."""
        known = {item.id for item in self._texts} | {answer.item.id for answer in self._history}
        self._texts.extend(item for item in texts if item.id not in known)
