"""The hand-off queue and what a desk learns from it: approved answers, figures, branches and transcripts."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from engine.api.base import Request, Result
from engine.api.chat import ChatMessage
from engine.api.desk import MaskKind

HandoffState = Literal["open", "answered", "dismissed", "withdrawn"]
HANDOFF_REASONS: tuple[str, ...] = ("not_found", "rated_bad", "out_of_scope", "rule", "safety", "confused", "person")
"""Why a question waits for a person: nothing was found, the answer was rated bad, it is none of the desk's business, a
business rule says so, somebody may need help, the customer was not understood twice, or a person sent it there."""
AnswerState = Literal["current", "expired", ""]
TranscriptFormat = Literal["", "md", "pdf", "json"]


# --- the queue ------------------------------------------------------------------------------------------------


class ListHandoffs(Request, frozen=True):
    """`state` empty: all of them. Open ones come oldest first, those about safety before all others; the rest as they
    were closed, newest first. `reason` is one of HANDOFF_REASONS; `offset` leaves out what was listed before."""

    state: HandoffState | Literal[""] = "open"
    collection: str = ""
    limit: int = 200
    reason: str = ""
    conversation: int | None = None
    offset: int = 0


class Handoff(Struct, frozen=True):
    """A question that waits for a person, or did.

    `message` is the message that was not good enough; `note` is what was said about it (by the rule, by the person who
    sent it, or on dismissing it). `times` counts how often it was asked in this conversation while it waited.
    `reply` is the person's message in the conversation and `answer_id` the approved answer, where there are.
    `intent` is what the person said it is about.
    """

    id: int
    conversation: int
    message: int
    collection: str
    question: str
    reason: str
    state: HandoffState
    opened: str
    note: str = ""
    times: int = 1
    closed: str = ""
    owner: str = ""
    answer: str = ""
    reply: int | None = None
    answer_id: int | None = None
    intent: str = ""


class Handoffs(Result, frozen=True):
    """`open`, `answered` and `dismissed` count them all, whatever the list was asked for. `total` counts what fits the
    request, and `reasons` what would fit it by reason, were it asked without one."""

    handoffs: tuple[Handoff, ...]
    open: int
    answered: int
    dismissed: int
    total: int = 0
    reasons: dict[str, int] = {}


class GetHandoff(Request, frozen=True):
    id: int


class HandoffShown(Result, frozen=True):
    """`intents` are labels a person may choose from, out of what was said before. `masks`: what is masked in the
    person's words before they are stored, by the profile's policy."""

    handoff: Handoff
    title: str
    messages: tuple[ChatMessage, ...]
    intents: tuple[str, ...] = ()
    masks: tuple[MaskKind, ...] = ()


class AnswerHandoff(Request, frozen=True):
    """Put a person's answer into the conversation and, with `approve`, among the approved answers.

    `question` is how the approved answer's question is put, where the customer's words do not stand for themselves;
    the customer's words then stay beside it as a variant. `expires` is the last day (YYYY-MM-DD, UTC) on which the
    answer is used; empty: no end. With `intent` the question becomes an example of that label, and with `pack`
    it goes into the labelling queue of that skill.
    """

    id: int
    answer: str
    owner: str = ""
    expires: str = ""
    approve: bool = True
    question: str = ""
    intent: str = ""
    pack: str = ""


class HandoffDone(Result, frozen=True):
    """`masked`: kinds of personal data that stood in the person's words and were masked before storing."""

    handoff: Handoff
    open: int
    masked: tuple[MaskKind, ...] = ()


class DismissHandoff(Request, frozen=True):
    id: int
    reason: str = ""
    owner: str = ""


class HandOver(Request, frozen=True):
    """A person sends a message of a conversation to the queue; `reason` is a note for whoever answers."""

    message: int
    reason: str = ""


# --- approved answers -----------------------------------------------------------------------------------------


class ListAnswers(Request, frozen=True):
    """The approved answers of a collection (of all where empty), those of FAQ files among them."""

    collection: str = ""
    query: str = ""
    state: AnswerState = ""
    limit: int = 500


class ApprovedAnswer(Struct, frozen=True):
    """`file` is the FAQ file that an answer comes from and is changed in; empty for one that a person wrote here.

    `expires` is the last day (UTC) on which it is used, empty for no end.
    """

    id: int
    collection: str
    question: str
    answer: str
    variants: tuple[str, ...] = ()
    owner: str = ""
    created: str = ""
    changed: str = ""
    expires: str = ""
    expired: bool = False
    file: str = ""
    line: int = 0


class ApprovedAnswers(Result, frozen=True):
    """`current` and `expired` count what the collection has, whatever the list was asked for."""

    answers: tuple[ApprovedAnswer, ...]
    current: int
    expired: int


class SaveAnswer(Request, frozen=True):
    """A new approved answer, or with `id` another text, owner, date or wording of one that was written here."""

    collection: str
    question: str
    answer: str
    id: int | None = None
    owner: str = ""
    expires: str = ""
    variants: tuple[str, ...] = ()


class AnswerSaved(Result, frozen=True):
    """`masked`: kinds of personal data that were masked before storing, as the profiles of the collection say."""

    saved: ApprovedAnswer
    masked: tuple[MaskKind, ...] = ()


class DeleteAnswer(Request, frozen=True):
    id: int


# --- figures --------------------------------------------------------------------------------------------------


class GetChatFigures(Request, frozen=True):
    """The last `days` days, today's (UTC) among them; `collection` empty: all."""

    days: int = 30
    collection: str = ""


class ChatDay(Struct, frozen=True):
    """Questions asked on a day (UTC). Each counts once, by the last answer it got: `answered`, `handed_over` (to a
    person, whether one has answered yet or not), `not_found`, or asked back, which is what is left."""

    date: str
    questions: int
    answered: int
    handed_over: int
    not_found: int


class Topic(Struct, frozen=True):
    """Questions about one thing that got no answer. `words` tell it from the others, most telling first."""

    words: tuple[str, ...]
    count: int
    examples: tuple[str, ...]


class ChatFigures(Result, frozen=True):
    """`answered_share` is of all questions and None where there are none; `median_confidence` is of the answers.

    `ratings_good` and `ratings_bad` count messages. `median_wait_hours` is from opening to answering in the queue.
    `top_unanswered` looks at the newest questions without an answer, at most a thousand; `unanswered` counts all.
    """

    per_day: tuple[ChatDay, ...]
    questions: int
    answered: int
    handed_over: int
    not_found: int
    answered_share: float | None
    median_confidence: float | None
    ratings_good: int
    ratings_bad: int
    unanswered: int
    open_handoffs: int
    median_wait_hours: float | None
    top_unanswered: tuple[Topic, ...]
    seconds: float


# --- conversations --------------------------------------------------------------------------------------------


class BranchConversation(Request, frozen=True):
    """A new conversation with everything that was said before a message: for asking that question otherwise."""

    message: int


class Branched(Result, frozen=True):
    """`question` is the text of the message, where a customer wrote it."""

    conversation: int
    messages: int
    question: str


class ExportConversation(Request, frozen=True):
    """Write a conversation with its sources to a file; `format` empty goes by the file's ending. An existing file is
    replaced once the new one is complete. `language`: of the headings, empty goes by what was said."""

    id: int
    path: str
    format: TranscriptFormat = ""
    language: Literal["", "en", "zh"] = ""


class CopyConversation(Request, frozen=True):
    """The text of a conversation, or of one answer in it, with numbered sources: for the clipboard."""

    id: int
    message: int | None = None
    language: Literal["", "en", "zh"] = ""


class Transcript(Result, frozen=True):
    text: str
    markdown: str


# --- learning -------------------------------------------------------------------------------------------------


class FeedbackToDataset(Request, frozen=True):
    """Put what the desk learnt into a data set of labelled texts, made where there is none.

    Taken are questions that a person gave an intent when answering them, corrections from the chat in the labelling
    queues (of `pack` alone, where it is given), and questions whose answer by an intent was rated good.
    A text that stands in the data set already gets the new label; doing it again changes nothing.
    """

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Learn from feedback into {name}"
    name: str
    pack: str = ""


class FeedbackTaken(Result, frozen=True):
    dataset: str
    examples: int
    rows: int
    from_handoffs: int
    from_corrections: int
    from_ratings: int
    labels: dict[str, int]
