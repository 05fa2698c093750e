"""Chat: collections of documents, search, questions, conversations."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from engine.api.base import Request, Result
from engine.api.desk import DeskState
from engine.values import AnswerMode, Citation, FileStatus, SearchMode, Sentence


class AddDocuments(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Index documents into {collection}"
    collection: str
    paths: tuple[str, ...]


class DocumentReport(Struct, frozen=True):
    path: str
    status: FileStatus
    reason: str | None
    passages: int
    pages: int


class DocumentsAdded(Result, frozen=True):
    collection: str
    passages: int
    files: tuple[DocumentReport, ...]
    seconds: float


class ListCollections(Request, frozen=True):
    pass


class DocumentInfo(Struct, frozen=True):
    id: int
    path: str
    title: str
    pages: int
    passages: int
    bytes: int
    added: str
    format: str = ""
    modified: str = ""


class CollectionInfo(Struct, frozen=True):
    name: str
    documents: int
    passages: int
    answers: int
    files: tuple[DocumentInfo, ...] = ()


class Collections(Result, frozen=True):
    collections: tuple[CollectionInfo, ...]


class RemoveDocuments(Request, frozen=True):
    """Remove one document (`path`), or the whole collection."""

    collection: str
    path: str | None = None


class Removed(Result, frozen=True):
    removed: int


class ExportCollection(Request, frozen=True):
    collection: str
    path: str


class SearchPassages(Request, frozen=True):
    """Find passages. `folder` is a path or a part of one, `formats` are endings such as "pdf"; `since` and `until` are
    days, months or years (2026-03-01, 2026-03, 2026) of the document's last change, both included. With `collapse`, of
    passages that say the same the best alone is shown.
    """

    collection: str
    query: str
    k: int = 10
    mode: SearchMode = "auto"
    folder: str = ""
    formats: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    collapse: bool = True


class PassageHit(Struct, frozen=True):
    """`score` orders hits within one mode; it is no probability."""

    doc: str
    page: int | None
    start: int
    end: int
    score: float
    text: str
    document_id: int = 0
    title: str = ""


class PassageHits(Result, frozen=True):
    hits: tuple[PassageHit, ...]
    mode: SearchMode
    seconds: float


class GetPage(Request, frozen=True):
    """The text of one page of a document, for the source panel."""

    document_id: int
    page: int


class DocumentPage(Result, frozen=True):
    doc: str
    title: str
    page: int
    pages: int
    text: str


class AskQuestion(Request, frozen=True):
    """`conversation` None starts a new one; the answer carries its id. `profile` names the agent that answers; empty is
    the one of the conversation, or none. `collection` may be empty where a profile is named. `instead_of` is an answer
    in the conversation: the question is answered again from other sources than all its answers so far stood on, and
    stands there once if nothing was asked since. With `reword` it is answered again from any source, for other words of
    a generator. With `pack`, a generator phrases what the passages say, and the quote stands where they do not hold it
    (docs/generator.md). `seed` lets it choose its words anew; None takes the same words each time.

    Pieces of the answer arrive as progress notes; those of the stage "draft" were not checked yet.
    """

    collection: str
    question: str
    conversation: int | None = None
    keep: bool = True
    instead_of: int | None = None
    profile: str = ""
    pack: str = ""
    seed: int | None = None
    reword: bool = False

    def may_take_long(self) -> bool:
        return bool(self.pack)


class Unsupported(Struct, frozen=True):
    """A sentence that a generator wrote and that is not shown.

    `why` is a fact that the passage does not hold ("number", "unit", "date", "code", "name"), "negation" or "opposite"
    (it turns the passage round), "unlike" (no passage says it), "empty" (no line of the passages is about it),
    "refusal" (it says that there is no answer), "order" (it repeats an order to a model) or "loop" (its words go
    round). Of translations also "script", "length" and "too_long".
    """

    text: str
    why: str


class Phrasing(Struct, frozen=True):
    """What a generator did for an answer, also where its words are not shown: `held` of the `written` sentences are
    held by the passages. `instead` says why the quote stands in their place: "refused" (the generator found no answer),
    "unsupported" (too few sentences are held), "aside" (they do not answer the question), "too_long" (the passages do
    not fit), or "" where its words stand."""

    pack: str
    written: int
    held: int
    dropped: tuple[Unsupported, ...] = ()
    instead: str = ""
    seed: int = 0
    temperature: float = 0.0
    tokens: int = 0
    seconds: float = 0.0


class Answer(Result, frozen=True):
    """`asks` is what the desk asks back: a slot's name, "choice", "confirm" or "rephrase". `notice` is the sentence
    that medical and legal collections carry. `reason` says why this rung of the ladder was taken, in a sentence;
    `because` is the same as a word for programs. `handoff` is the id of the open question in the queue for people.
    `desk` is what the desk remembers for the next turn. `phrasing` is there where a generator was asked.
    """

    answer: str
    mode: AnswerMode
    confidence: float
    citations: tuple[Citation, ...]
    sentences: tuple[Sentence, ...]
    seconds: float
    conversation: int | None = None
    message: int | None = None
    intent: str = ""
    slots: dict[str, str] = {}
    asks: str = ""
    notice: str = ""
    reason: str = ""
    because: str = ""
    handoff: int | None = None
    desk: DeskState | None = None
    phrasing: Phrasing | None = None


class ListConversations(Request, frozen=True):
    query: str = ""


class ConversationInfo(Struct, frozen=True):
    id: int
    title: str
    collection: str
    updated: str
    messages: int


class Conversations(Result, frozen=True):
    conversations: tuple[ConversationInfo, ...]


class GetConversation(Request, frozen=True):
    id: int


class ChatMessage(Struct, frozen=True):
    """`role` is "user", "assistant", or "person": one of the desk, named by `author`. `rating` is 1, -1 or 0."""

    id: int
    role: str
    text: str
    created: str
    answer: Answer | None = None
    rating: int = 0
    author: str = ""


class Conversation(Result, frozen=True):
    info: ConversationInfo
    messages: tuple[ChatMessage, ...]


class DeleteConversation(Request, frozen=True):
    id: int


class RenameConversation(Request, frozen=True):
    id: int
    title: str


class RateMessage(Request, frozen=True):
    message: int
    rating: int
