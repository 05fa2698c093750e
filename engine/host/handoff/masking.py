"""What people of the desk write, masked before it is stored, as the policy of the profile that answers there says.

The names of those who answer ("owner") are the desk's own and stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

import apsw

from engine.api.desk import MaskKind, Profile
from engine.errors import UnknownName
from engine.host.chat.asking import remembered_slots
from engine.host.desk.policy import Policy, policy_of
from engine.privacy.customer import find_customer
from engine.privacy.mask import SLOTS, masked
from engine.store import conversations, profiles

if TYPE_CHECKING:
    from engine.host.context import Context


class Masker:
    """Masks texts under one policy, and notes what it found."""

    def __init__(self, policy: Policy, values: Iterable[str] = ()) -> None:
        self._kinds = policy.kinds
        self._values = [value for value in values if value]
        self._found: set[str] = set()

    def __call__(self, text: str) -> str:
        """The text as it may be stored."""
        if not self._kinds:
            return text
        found = {one.kind for one in find_customer(text, self._kinds)}
        clean = masked(text, self._kinds - {SLOTS})
        result = masked(clean, self._kinds & {SLOTS}, self._values)
        self._found |= found | ({SLOTS} if result != clean else set())
        return result

    @property
    def kinds(self) -> tuple[MaskKind, ...]:
        """What the policy masks, in the order in which profiles name it."""
        return _in_order(self._kinds)

    @property
    def found(self) -> tuple[MaskKind, ...]:
        """What was masked by now, in the same order."""
        return _in_order(self._found)


def for_conversation(ctx: Context, connection: apsw.Connection, conversation: int) -> Masker:
    """By the profile that answered last there; by all of the collection's where none did, or where it is gone.

    Raises:
        UnknownName: no such conversation.
    """
    state = profiles.last_state(connection, conversation)
    profile: Profile | None = None
    if state is not None and state.profile:
        try:
            profile = profiles.get(connection, state.profile)
        except UnknownName:
            profile = None
    collection = conversations.info(connection, conversation).collection
    beside = profiles.of_collection(connection, collection) if profile is None else []
    known = {**(state.slots if state is not None else {}), **remembered_slots(ctx, conversation)}
    return Masker(policy_of(profile, beside), known.values())


def for_collection(connection: apsw.Connection, collection: str) -> Masker:
    """By all profiles that answer from the collection."""
    return Masker(policy_of(None, profiles.of_collection(connection, collection)))


def _in_order(kinds: Iterable[str]) -> tuple[MaskKind, ...]:
    chosen = set(kinds)
    return tuple(kind for kind in get_args(MaskKind) if kind in chosen)
