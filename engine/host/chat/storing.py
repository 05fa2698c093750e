"""Parsed documents to the store, in a thread of its own: embedded many at once, stored one transaction each.

While this embeds, the parser reads ahead. Documents of a few passages each would leave the encoder half empty, so
whatever waits is embedded together; what is stored is stored document by document, so a kill at any moment leaves
whole documents only.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.api import Control
from engine.host.chat.looking import settled_ns
from engine.host.chat.searching import embed_covered, passage_embedding_text
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.documents.work import ParsedFile
from engine.store import documents
from engine.store.answers import NewAnswer
from engine.store.documents import NewDocument
from engine.store.passages import NewPassage, Vectors

if TYPE_CHECKING:
    from engine.host.context import Context

BATCH_TEXTS = 256
"""Texts embedded together; sorted by length, they leave few places of a batch empty."""
WAITING_TEXTS = 1024
"""Most texts that wait for the encoder; the parser then waits too."""
LOOK_EVERY_S = 0.1


class Stored(Struct, frozen=True):
    """A document was stored: `index` is that of its file."""

    index: int
    passages: int
    pages: int
    reason: str | None


class _Waiting(Struct):
    index: int
    path: str
    file: ParsedFile
    texts: list[str]
    """Passages, then questions of approved answers."""


class Storer:
    """Takes parsed files, in order; `on_part` is told how much of a file is embedded, `on_stored` when it is stored.

    Both are called from the storer's thread.
    """

    def __init__(
        self,
        ctx: Context,
        collection: str,
        ctl: Control,
        on_part: Callable[[int, float], None],
        on_stored: Callable[[Stored], None],
    ) -> None:
        self._ctx, self._name, self._ctl = ctx, collection, ctl
        self._on_part, self._on_stored = on_part, on_stored
        self._changed = threading.Condition()
        self._waiting: deque[_Waiting] = deque()
        self._count = 0
        self._ended = False
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None
        self.collection_id: int | None = None
        self.replaced = False

    def take(self, index: int, path: str, file: ParsedFile) -> None:
        """Hand over a parsed file; waits while too much waits already.

        Raises:
            What went wrong with an earlier one; Cancelled.
        """
        parsed = file.document
        assert parsed is not None
        texts = [passage_embedding_text(parsed.title, one.heading, one.text) for one in file.passages]
        texts += [one.question for one in parsed.faq]
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="storer")
                self._thread.start()
            while self._waiting and self._count + len(texts) > WAITING_TEXTS and self._error is None:
                self._changed.wait(LOOK_EVERY_S)
                self._ctl.check()
            self._raise()
            self._waiting.append(_Waiting(index, path, file, texts))
            self._count += len(texts)
            self._changed.notify_all()

    def finish(self) -> None:
        """Wait until everything is stored. Raises: as `take`."""
        self._end(drop=False)
        self._raise()

    def abandon(self) -> None:
        """Let what waits go; a document that is being stored still is."""
        self._end(drop=True)

    def _end(self, *, drop: bool) -> None:
        with self._changed:
            self._ended = True
            if drop:
                self._waiting.clear()
                self._count = 0
                self._error = self._error or _Abandoned()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _raise(self) -> None:
        if self._error is not None and not isinstance(self._error, _Abandoned):
            raise self._error

    # --- the thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while batch := self._next():
                self._store_all(batch)
        except BaseException as error:
            with self._changed:
                self._error = self._error or error
                self._waiting.clear()
                self._count = 0
                self._changed.notify_all()

    def _next(self) -> list[_Waiting]:
        with self._changed:
            while not self._waiting and not self._ended:
                self._changed.wait()
            batch: list[_Waiting] = []
            count = 0
            while self._waiting and (not batch or count + len(self._waiting[0].texts) <= BATCH_TEXTS):
                batch.append(self._waiting.popleft())
                count += len(batch[-1].texts)
            self._count -= count
            self._changed.notify_all()
            return batch

    def _check(self) -> None:
        self._ctl.check()
        if isinstance(self._error, _Abandoned):
            raise self._error

    def _store_all(self, batch: list[_Waiting]) -> None:
        vectors = self._embed(batch)
        first = 0
        for one in batch:
            self._check()
            self._store(one, vectors[first : first + len(one.texts)])
            first += len(one.texts)

    def _embed(self, batch: list[_Waiting]) -> NDArray[np.float32]:
        encoder = self._ctx.bilingual
        texts = [text for one in batch for text in one.texts]
        parts = [np.zeros((0, encoder.dimension), dtype=np.float32)]
        for start in range(0, len(texts), BATCH_TEXTS):
            parts.append(
                embed_covered(
                    lambda some: encoder.embed(some, on_batch=lambda *_: self._check()),
                    texts[start : start + BATCH_TEXTS],
                    encoder.dimension,
                )
            )
            if len(batch) == 1:
                self._on_part(batch[0].index, min(1.0, (start + BATCH_TEXTS) / len(texts)))
        return np.concatenate(parts)

    def _store(self, one: _Waiting, vectors: NDArray[np.float32]) -> None:
        parsed, passages = one.file.document, one.file.passages
        assert parsed is not None
        new = NewDocument(
            path=one.path,
            sha256=one.file.sha256,
            title=parsed.title,
            format=parsed.format,
            size=one.file.size_bytes,
            paged=parsed.paged,
            pages=[(page.number, page.text) for page in parsed.pages],
            passages=[NewPassage(each.page, each.start, each.end, each.text, each.heading) for each in passages],
            vectors=Vectors.quantise(vectors[: len(passages)]),
            answers=approved(parsed, one.path),
            answer_vectors=Vectors.quantise(vectors[len(passages) :]),
            modified=parsed.modified,
            changed_ns=settled_ns(one.file.changed_ns),
            boxes=[(page.number, page.boxes) for page in parsed.pages],
        )
        with self._ctx.store.write() as connection:
            self.collection_id = documents.ensure_collection(connection, self._name)
            _, replaced = documents.put(connection, self.collection_id, new)
        self.replaced = self.replaced or replaced
        self._on_stored(Stored(one.index, len(passages), len(parsed.pages), " ".join(parsed.warnings) or None))


class _Abandoned(Exception):
    """Nobody waits for the rest."""


def approved(parsed: ParsedDocument, path: str) -> list[NewAnswer]:
    """The FAQ entries of a document, each with the place of its answer in the page text (0, 0 where it differs)."""
    found = []
    page_index, place = 0, 0
    for entry in parsed.faq:
        number, start, end = 1, 0, 0
        for i in range(page_index, len(parsed.pages)):
            text, begin = parsed.pages[i].text, place if i == page_index else 0
            asked = text.find(entry.question, begin)
            at = text.find(entry.answer, asked + len(entry.question) if asked >= 0 else begin)
            if at >= 0:
                number, start, end = parsed.pages[i].number, at, at + len(entry.answer)
                page_index, place = i, end
                break
        found.append(NewAnswer(entry.question, entry.answer, path, entry.line, number, start, end))
    return found
