"""What of a conversation is stored: the policy of the profile, and of the collection's other profiles where none is
named, so that nobody gets round it by leaving the name out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
from msgspec import Struct

from engine.api import Answer, NoticeKind, Phrasing, Profile, Unsupported
from engine.privacy.mask import SLOTS, masked, personal_values, unnamed
from engine.values import Citation, Sentence


class Policy(Struct, frozen=True):
    """`kinds` of personal data that are masked before storing; `notices` that answers carry."""

    kinds: frozenset[str] = frozenset()
    notices: tuple[NoticeKind, ...] = ()


def policy_of(profile: Profile | None, beside: Sequence[Profile]) -> Policy:
    """The policy for an answer.

    Args:
        profile: the one that answers, or None.
        beside: the profiles of the collection; they count where no profile is named.
    """
    counting = [profile] if profile is not None else list(beside)
    notices = dict.fromkeys(one.notice for one in counting if one.notice)
    return Policy(frozenset(kind for one in counting for kind in one.mask), tuple(notices))


def stored_forms(policy: Policy, question: str, answer: Answer, known: Iterable[str]) -> tuple[str, Answer]:
    """The question and the answer as they may be stored.

    What the desk itself wrote is masked like the question. A quote repeats a document, which is stored anyway: there
    only what the customer said is masked.

    Args:
        known: values of slots, for a policy that masks them.
    """
    if not policy.kinds:
        return question, answer
    values = [value for value in known if value]
    marks = personal_values(question, policy.kinds)
    for value in values:
        marks |= personal_values(value, policy.kinds)
    if SLOTS in policy.kinds:
        marks = dict.fromkeys(values, "[masked]") | marks
    own = answer.mode != "quote" and not answer.citations

    def clean(text: str) -> str:
        return unnamed(masked(text, policy.kinds, values) if own else text, marks)

    def place(one: Citation) -> Citation:
        return msgspec.structs.replace(one, excerpt=clean(one.excerpt))

    slots = {name: _slot(value, policy) for name, value in answer.slots.items()}
    state = answer.desk
    if state is not None:
        kept = {name: value for name, value in state.slots.items() if _slot(value, policy) == value}
        state = msgspec.structs.replace(state, slots=kept)
    stored = msgspec.structs.replace(
        answer,
        answer=clean(answer.answer),
        sentences=tuple(Sentence(clean(one.text), one.supported, one.citation) for one in answer.sentences),
        citations=tuple(place(one) for one in answer.citations),
        slots=slots,
        reason=clean(answer.reason),
        desk=state,
        phrasing=_phrasing(answer.phrasing, lambda text: unnamed(masked(text, policy.kinds, values), marks)),
    )
    return masked(question, policy.kinds, values), stored


def _phrasing(done: Phrasing | None, clean: Callable[[str], str]) -> Phrasing | None:
    """What a generator wrote and nobody checked is masked, whoever said it first."""
    if done is None:
        return None
    dropped = tuple(Unsupported(clean(one.text), one.why) for one in done.dropped)
    return msgspec.structs.replace(done, dropped=dropped)


def _slot(value: str, policy: Policy) -> str:
    return "[masked]" if SLOTS in policy.kinds else masked(value, policy.kinds)
