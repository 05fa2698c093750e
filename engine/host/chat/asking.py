"""Answers one question within a conversation and keeps both, if the person wants that.

`Turn` is what a conversation gives to the next answer and needs nothing stored, so tests of conversations play with it
alone. Personal data that a policy masks stays in memory (`ctx.cache`) for as long as the workspace is unlocked.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import apsw
import msgspec
from msgspec import Struct

from engine.api import Answer, AskQuestion, Control, DeskState, Profile
from engine.dataset.folding import folded_text
from engine.errors import UnknownName, UsageError
from engine.host.chat.searching import Searcher, searcher_of
from engine.host.desk.hearing import hear, language_of
from engine.host.desk.policy import Policy, policy_of, stored_forms
from engine.host.generate import adapters
from engine.language.sentences import sentences
from engine.serve.chat.avoid import Avoided
from engine.serve.chat.candidates import Asked, Candidate
from engine.serve.chat.confidence import bundled_judge
from engine.serve.chat.followup import FARTHEST, context_of, leans_back
from engine.serve.chat.ladder import Dates, decide, not_found
from engine.serve.desk.danger import danger
from engine.serve.desk.heard import Heard, Language, Look, Move
from engine.serve.desk.phrases import reason, say
from engine.serve.desk.turn import after_looking, answered, first
from engine.store import conversations, documents, profiles
from engine.values import Sentence

if TYPE_CHECKING:
    from engine.host.context import Context

CANDIDATES = 10
MOST_CHARACTERS = 4000
MOST_REMEMBERED = 200
"""Conversations whose masked slots are kept in memory."""
_MEMORY = "desk memory"
_NOTHING_AVOIDED = Avoided()


class Turn(Struct, frozen=True):
    """Who answers, from what, and what was said before (the customer's messages, newest first)."""

    collection: str
    profile: Profile | None = None
    state: DeskState = DeskState()
    earlier: tuple[str, ...] = ()
    policy: Policy = Policy()
    today: str = ""
    avoid: Avoided = Avoided()
    again: tuple[int, str] | None = None
    """The question (message, text) that is answered once more, from other sources than `avoid` stood on."""
    pack: str = ""
    """The generator that phrases what passages say; none where empty."""
    seed: int | None = None


class Found(NamedTuple):
    """An answer of the ladder's rungs that quote, and what it was found with."""

    answer: Answer
    asked: Asked
    candidates: list[Candidate]


def ask(ctx: Context, request: AskQuestion, ctl: Control) -> Answer:
    """See `engine.api.AskQuestion`."""
    began = time.monotonic()
    question = request.question.strip()
    if not question:
        raise UsageError(reason="The question is empty.")
    if len(question) > MOST_CHARACTERS:
        raise UsageError(reason=f"The question has {len(question)} characters; the most is {MOST_CHARACTERS}.")
    turn = open_turn(ctx, request.collection, request.profile, request.conversation, request.instead_of)
    if request.reword:
        turn = msgspec.structs.replace(turn, avoid=_NOTHING_AVOIDED)
    if request.pack:
        turn = msgspec.structs.replace(turn, pack=adapters.choose(ctx, request.pack).name, seed=request.seed)
    answer = answer_turn(ctx, turn, question, ctl)
    for i, sentence in enumerate(answer.sentences):
        ctl.report(i + 1, len(answer.sentences), "answer", sentence.text)
    answer = msgspec.structs.replace(
        answer, conversation=request.conversation, seconds=round(time.monotonic() - began, 4)
    )
    return _keep(ctx, turn, request, question, answer) if request.keep else answer


def open_turn(
    ctx: Context,
    collection: str,
    profile_name: str = "",
    conversation: int | None = None,
    instead_of: int | None = None,
) -> Turn:
    """What the next answer builds on; `instead_of` is an answer that shall be given again from other sources.

    Raises:
        UnknownName: no such profile, collection or conversation, or no such answer in it.
        UsageError: neither profile nor collection is named, or an answer and no conversation.
    """
    again: tuple[int, str] | None = None
    avoid = Avoided()
    if instead_of is not None and conversation is None:
        raise UsageError(reason="Name the conversation of the answer that shall be given again.")
    with ctx.store.read() as connection:
        earlier: list[str] = []
        state: DeskState | None = None
        if conversation is not None:
            info = conversations.info(connection, conversation)
            if instead_of is not None:
                again = conversations.question_before(connection, conversation, instead_of)
                found = conversations.answers_since(connection, conversation, again[0]) if again else []
                if again is None or instead_of not in [one.message for one in found]:
                    known = f"the answers in conversation {conversation}"
                    raise UnknownName(what="answer", name=str(instead_of), known=known)
                avoid = Avoided(tuple(found))
            before = again[0] if again else None
            earlier = conversations.last_questions(connection, conversation, FARTHEST, before)
            state = profiles.last_state(connection, conversation, before)
            collection = collection or info.collection
        profile = None
        if profile_name or (state and state.profile):
            try:
                profile = profiles.get(connection, profile_name or (state.profile if state else ""))
            except UnknownName:
                if profile_name:  # one that was deleted since its last answer is no reason to stop talking
                    raise
        collection = collection or (profile.collection if profile else "")
        if not collection:
            raise UsageError(reason="Name a collection, or a profile that has one.")
        documents.collection(connection, collection)
        beside = profiles.of_collection(connection, collection) if profile is None else []
    name = profile.name if profile else ""
    if state is None or state.profile != name:
        state = DeskState(name)
    if conversation is not None and (remembered := remembered_slots(ctx, conversation)):
        state = msgspec.structs.replace(state, slots=state.slots | remembered)
    return Turn(collection, profile, state, tuple(earlier), policy_of(profile, beside), "", avoid, again)


def answer_turn(ctx: Context, turn: Turn, question: str, ctl: Control) -> Answer:
    """One answer, with nothing stored. Its `desk` is the state of the next turn."""
    profile = turn.profile
    language = language_of(profile, question, turn.earlier[0] if turn.earlier else "")
    if profile is None:
        answer = _unprofiled(ctx, turn, question, ctl)
    else:
        heard = hear(ctx, profile, question, turn.earlier[0] if turn.earlier else "", turn.today)
        answer = _with_profile(ctx, turn, profile, heard, ctl)
    if turn.policy.notices and answer.mode not in ("not_found", "handoff") and answer.because in _TELLING:
        notice = " ".join(say(kind, language) for kind in turn.policy.notices)
        answer = msgspec.structs.replace(answer, notice=notice)
    return msgspec.structs.replace(answer, confidence=round(answer.confidence, 4))


_TELLING = ("approved", "confirmed", "quoted", "generated", "contradiction", "rule")
"""Answers that tell something, and do not ask or greet."""


def _unprofiled(ctx: Context, turn: Turn, question: str, ctl: Control) -> Answer:
    """From documents alone; danger goes to a person whoever answers."""
    if trouble := danger(question):
        text = say(trouble, language_of(None, question))
        return Answer(text, "handoff", 1.0, (), (), 0.0, reason=reason(trouble), because=trouble)
    answer = _explained(_from_documents(ctx, turn, question, ctl))
    if answer.mode == "not_found" and turn.avoid.anything:
        return _no_other(answer, language_of(None, question))
    return answer


def _no_other(answer: Answer, language: Language) -> Answer:
    """A refusal where something was answered before: the documents have said what they know, and nobody has to look."""
    text = say("no_other", language)
    said = (Sentence(text, supported=True, citation=None),)
    return msgspec.structs.replace(answer, answer=text, sentences=said, because="no_other", reason=reason("no_other"))


def _with_profile(ctx: Context, turn: Turn, profile: Profile, heard: Heard, ctl: Control) -> Answer:
    state = msgspec.structs.replace(turn.state, profile=profile.name)
    move = first(profile, state, heard)
    if isinstance(move, Move) and turn.avoid.template(move.intent, move.because):
        move = Look(move.state, move.intent, move.confidence)
    if isinstance(move, Look):
        answer = _explained(_from_documents(ctx, turn, heard.text, ctl))
        if answer.mode != "not_found":
            after = answered(move)
            return msgspec.structs.replace(
                answer, intent=move.intent, slots=after.slots, asks=move.again, desk=after
            )  # fmt: skip
        if turn.avoid.anything and not move.again:
            return msgspec.structs.replace(_no_other(answer, heard.language), desk=answered(move))
        move, near = after_looking(profile, move, heard), answer.citations
        return msgspec.structs.replace(_spoken(move), citations=near if move.mode != "handoff" else ())
    return _spoken(move)


def _spoken(move: Move) -> Answer:
    said = tuple(Sentence(move.text[a:b], supported=True, citation=None) for a, b in sentences(move.text))
    return Answer(
        move.text, move.mode, move.confidence, (), said, seconds=0.0, intent=move.intent, slots=move.state.slots,
        asks=move.asks, reason=reason(move.because, move.detail), because=move.because, desk=move.state,
    )  # fmt: skip


def _explained(answer: Answer) -> Answer:
    if answer.because:
        return answer
    because = {"template": "approved", "quote": "quoted"}.get(answer.mode, "not_found")
    detail = answer.citations[0].title or answer.citations[0].doc if answer.citations else ""
    return msgspec.structs.replace(answer, because=because, reason=reason(because, detail))


def _from_documents(ctx: Context, turn: Turn, question: str, ctl: Control) -> Answer:
    with ctx.store.read() as connection:
        searcher = searcher_of(ctx, connection, turn.collection)

        def day(document: int) -> str:
            found = documents.document(connection, document)
            return (found.modified or found.added)[:10]

        found = _with_context(searcher, question, turn, day, ctl)
    # Sources that contradict each other are shown side by side, in their own words.
    if turn.pack and found.answer.mode == "quote" and found.answer.because != "contradiction":
        from engine.host.chat.grounding import phrased

        return phrased(ctx, turn.pack, found.asked, found.candidates, found.answer, ctl, turn.seed)
    return found.answer


def _with_context(searcher: Searcher, question: str, turn: Turn, dates: Dates, ctl: Control) -> Found:
    earlier = context_of(question, turn.earlier)
    leaning = leans_back(question) if earlier else "no"
    first_context, second = ([], earlier) if leaning != "yes" else (earlier, [])
    found = find_once(searcher, question, first_context, dates, turn.avoid)
    if leaning == "no" or found.answer.mode != "not_found":
        return found
    ctl.check()
    other = find_once(searcher, question, second, dates, turn.avoid)
    return other if other.answer.mode != "not_found" else found


def answer_once(
    searcher: Searcher,
    question: str,
    context: Sequence[str],
    dates: Dates | None = None,
    avoid: Avoided = _NOTHING_AVOIDED,
) -> Answer:
    """One walk down the ladder; `context` are earlier questions that this one leans on, `avoid` answers that were not
    wanted, whose sources are left out."""
    return find_once(searcher, question, context, dates, avoid).answer


def find_once(
    searcher: Searcher,
    question: str,
    context: Sequence[str],
    dates: Dates | None = None,
    avoid: Avoided = _NOTHING_AVOIDED,
) -> Found:
    """`answer_once` with what the answer was found with."""
    asked = searcher.understand(question, context)
    deep = CANDIDATES + len(avoid.citations)
    candidates = avoid.passages(searcher.candidates(searcher.rank(asked, "auto")[:deep]), CANDIDATES)
    faq = avoid.faq(searcher.faq(asked))
    if not candidates and not faq:
        return Found(not_found(question, 1.0, ()), asked, [])
    embed = searcher.embed if asked.vector is not None else None
    return Found(decide(asked, faq, candidates, bundled_judge(), embed, dates), asked, candidates)


def _keep(ctx: Context, turn: Turn, request: AskQuestion, question: str, answer: Answer) -> Answer:
    known = {**turn.state.slots, **(answer.desk.slots if answer.desk else {})}
    said, stored = stored_forms(turn.policy, question, answer, known.values())
    handoff: int | None = None
    from engine.host.handoff.opening import open_handoff

    with ctx.store.write() as connection:
        conversation = request.conversation
        if conversation is None:
            conversation = conversations.start(connection, turn.collection, said)
        if not _stands_last(connection, conversation, turn.again, said):
            conversations.say(connection, conversation, "user", said)
        message = conversations.say(connection, conversation, "assistant", stored.answer, stored)
        if _for_people(turn, answer):
            handoff = open_handoff(
                connection,
                conversation=conversation,
                message=message,
                question=said,
                reason=_FOR_THE_QUEUE[answer.because],
                collection=turn.collection,
                note=stored.reason,
            )
    if turn.policy.kinds and answer.desk is not None:
        _remember(ctx, conversation, answer.desk.slots)
    return msgspec.structs.replace(answer, conversation=conversation, message=message, handoff=handoff)


def _stands_last(connection: apsw.Connection, conversation: int, again: tuple[int, str] | None, said: str) -> bool:
    """Whether a question that is answered again need not be repeated: nothing was asked since."""
    if again is None or folded_text(again[1]) != folded_text(said):
        return False
    return conversations.is_last_question(connection, conversation, again[0])


def remembered_slots(ctx: Context, conversation: int) -> dict[str, str]:
    """What a policy masks and the conversation still needs: the values of its slots, by name."""
    remembered = ctx.cache.get((_MEMORY, conversation))
    return remembered if isinstance(remembered, dict) else {}


def _remember(ctx: Context, conversation: int, slots: dict[str, str]) -> None:
    """Keep what may not be stored; the oldest conversations are forgotten first."""
    ctx.cache.pop((_MEMORY, conversation), None)
    held = [key for key in list(ctx.cache) if key[0] == _MEMORY]
    for key in held[: max(0, len(held) - MOST_REMEMBERED + 1)]:
        ctx.cache.pop(key, None)
    ctx.cache[(_MEMORY, conversation)] = dict(slots)


def _for_people(turn: Turn, answer: Answer) -> bool:
    """Whether an open question is put into the queue: hand-overs always, "not found" where nothing is asked back and
    nothing was answered before."""
    return answer.mode == "handoff" or (
        answer.mode == "not_found"
        and answer.because != "no_other"
        and answer.asks != "rephrase"
        and (turn.profile is None or turn.profile.handoff_not_found)
    )


_FOR_THE_QUEUE = {
    "not_found": "not_found", "out_of_scope": "out_of_scope", "rule": "rule", "self_harm": "safety", "abuse": "safety",
    "not_understood": "confused", "slot_not_given": "confused", "asked_for_person": "person",
}  # fmt: skip
"""Why a question waits for a person, in the words of the queue (`engine.api.HANDOFF_REASONS`)."""
