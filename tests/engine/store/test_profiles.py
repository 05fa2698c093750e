"""Profiles in the store; a workspace from before the desk gets their table with everything else kept."""

from __future__ import annotations

import apsw
import pytest

from engine.api import Answer, DeskState, Profile, Rule, Slot
from engine.errors import ProfileUnusable, UnknownName
from engine.store import conversations, migrations, profiles

PROFILE = Profile("Ann", "shop", slots=(Slot("n", kind="number"),), rules=(Rule("n", ">", "5"),), mask=("email",))


@pytest.fixture
def before() -> apsw.Connection:
    """A workspace as the steps before the desk made it, with a conversation."""
    connection = apsw.Connection(":memory:")
    connection.pragma("foreign_keys", 1)
    for _, step in migrations.MIGRATIONS[:2]:
        with connection:
            step(connection)
            connection.pragma("user_version", migrations.version(connection) + 1)
    connection.execute("INSERT INTO conversations VALUES (1, 'old', 'shop', 't', 't')")
    packed = '{"answer": "a", "mode": "quote", "confidence": 0.5, "citations": [], "sentences": [], "seconds": 0.1}'
    connection.execute(
        "INSERT INTO messages (conversation, role, text, created, answer) VALUES (1, 'assistant', 'a', 't', ?)",
        (packed,),
    )
    return connection


def test_an_older_workspace_gets_profiles_and_keeps_its_answers(before: apsw.Connection) -> None:
    migrations.migrate(before)
    with before:
        profiles.save(before, PROFILE)
    assert profiles.every(before) == [PROFILE]
    assert profiles.last_state(before, 1) is None, "an answer from before the desk has no state"
    (message,) = conversations.messages(before, 1)
    assert message.answer is not None
    assert (message.answer.answer, message.answer.because, message.answer.slots) == ("a", "", {})


def test_the_state_is_that_of_the_last_answer(before: apsw.Connection) -> None:
    migrations.migrate(before)
    with before:
        for slots in ({"n": "1"}, {"n": "2"}):
            state = DeskState("Ann", intent="i", slots=slots, waiting="slot", asked=("n",))
            conversations.say(before, 1, "user", "x")
            conversations.say(before, 1, "assistant", "y", Answer("y", "template", 1.0, (), (), 0.0, desk=state))
        conversations.say(before, 1, "user", "z")
    assert profiles.last_state(before, 1) == state


def test_saving_again_replaces_and_deleting_removes(before: apsw.Connection) -> None:
    migrations.migrate(before)
    with before:
        profiles.save(before, PROFILE)
        profiles.save(before, Profile("Ann", "other"))
    assert profiles.get(before, "Ann").collection == "other"
    assert profiles.of_collection(before, "shop") == []
    with before:
        profiles.delete(before, "Ann")
    for call in (profiles.get, profiles.delete):
        with pytest.raises(UnknownName):
            call(before, "Ann")


def test_a_stored_form_that_does_not_fit_is_told(before: apsw.Connection) -> None:
    migrations.migrate(before)
    before.execute("INSERT INTO profiles VALUES ('Ann', '{\"name\": 5}', 't')")
    with pytest.raises(ProfileUnusable):
        profiles.get(before, "Ann")
