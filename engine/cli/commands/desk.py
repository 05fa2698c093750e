"""`chat profile …` and `chat test …`"""

from __future__ import annotations

from typing import Any

from engine import api
from engine.cli.commands.base import add, group, simple


def register(chat: Any) -> None:
    """Add the desk's commands to those of `chat`."""
    profile = group(chat, "profile", "the agents of the desk")
    add(profile, "list", "the profiles", simple(lambda a: api.ListProfiles()))
    parser = add(profile, "show", "one profile", simple(lambda a: api.GetProfile(name=a.name)))
    parser.add_argument("name")
    parser = add(
        profile, "save", "store the profile of a .json file, in place of the one with its name",
        simple(lambda a: api.LoadProfile(path=a.file)),
    )  # fmt: skip
    parser.add_argument("file")
    parser = add(profile, "delete", "remove a profile", simple(lambda a: api.DeleteProfile(name=a.name)))
    parser.add_argument("name")

    parser = add(
        chat, "test", "play written conversations and check the answers; exit code 5 where one is not as expected",
        simple(lambda a: api.RunConversationTests(path=a.file, profile=a.profile, collection=a.collection)),
    )  # fmt: skip
    parser.add_argument("file")
    parser.add_argument("--profile", default="")
    parser.add_argument("--collection", default="")
