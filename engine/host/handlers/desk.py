"""The desk: profiles of agents, and tests of conversations."""

from __future__ import annotations

from pathlib import Path

import msgspec

from engine.api import (
    Control,
    ConversationsTested,
    DeleteProfile,
    Done,
    GetProfile,
    ListProfiles,
    LoadProfile,
    Profile,
    Profiles,
    ProfileShown,
    RunConversationTests,
    SaveProfile,
)
from engine.errors import FileMissing, FileUnusable, PackUnusable, ProfileUnusable, UnknownName
from engine.host.context import Context
from engine.host.registry import handles
from engine.serve.desk.check import faults
from engine.store import documents, profiles

MOST_FILE_BYTES = 4 << 20


@handles(ListProfiles)
def list_profiles(ctx: Context, request: ListProfiles, ctl: Control) -> Profiles:
    with ctx.store.read() as connection:
        return Profiles(tuple(profiles.every(connection)))


@handles(GetProfile)
def get_profile(ctx: Context, request: GetProfile, ctl: Control) -> ProfileShown:
    with ctx.store.read() as connection:
        profile = profiles.get(connection, request.name)
    return ProfileShown(profile, _remarks(ctx, profile))


@handles(SaveProfile)
def save_profile(ctx: Context, request: SaveProfile, ctl: Control) -> ProfileShown:
    return _save(ctx, request.profile)


@handles(LoadProfile)
def load_profile(ctx: Context, request: LoadProfile, ctl: Control) -> ProfileShown:
    file = Path(request.path)
    if not file.is_file():
        raise FileMissing(path=request.path)
    try:
        if file.stat().st_size > MOST_FILE_BYTES:
            raise FileUnusable(path=request.path, reason=f"it is larger than {MOST_FILE_BYTES >> 20} MB.")
        profile = msgspec.json.decode(file.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=Profile)
    except OSError as error:
        raise FileUnusable(path=request.path, reason=f"it cannot be read ({error.strerror or error}).") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FileUnusable(path=request.path, reason=f"it holds no profile: {error}.") from error
    return _save(ctx, profile)


def _save(ctx: Context, profile: Profile) -> ProfileShown:
    if found := faults(profile):
        raise ProfileUnusable(name=profile.name or "(no name)", reason="; ".join(found) + ".")
    with ctx.store.write() as connection:
        profiles.save(connection, profile)
    return ProfileShown(profile, _remarks(ctx, profile))


@handles(DeleteProfile)
def delete_profile(ctx: Context, request: DeleteProfile, ctl: Control) -> Done:
    with ctx.store.write() as connection:
        profiles.delete(connection, request.name)
    return Done()


@handles(RunConversationTests)
def run_conversation_tests(ctx: Context, request: RunConversationTests, ctl: Control) -> ConversationsTested:
    from engine.host.desk.conversation_tests import run_tests

    return run_tests(ctx, request, ctl)


def _remarks(ctx: Context, profile: Profile) -> tuple[str, ...]:
    """What is missing in this workspace; it may come later, so it is no fault."""
    found = []
    with ctx.store.read() as connection:
        try:
            documents.collection(connection, profile.collection)
        except UnknownName:
            found.append(f"There is no collection named {profile.collection} yet.")
    if profile.intent_pack:
        found += _intent_remarks(ctx, profile)
    if profile.entity_pack:
        from engine.host.entities.reading import open_pack as open_reader

        try:
            known = set(open_reader(ctx, profile.entity_pack).reader.labels)
        except (UnknownName, PackUnusable) as error:
            found.append(error.message)
        else:
            found += [
                f"The reader {profile.entity_pack} knows no entity “{slot.entity}”, which the slot “{slot.name}” wants."
                for slot in profile.slots
                if slot.entity and slot.entity not in known
            ]
    return tuple(found)


def _intent_remarks(ctx: Context, profile: Profile) -> list[str]:
    from engine.host.desk.hearing import PROMISED
    from engine.host.read.skills import open_pack

    try:
        skill = open_pack(ctx, profile.intent_pack).skill
    except (UnknownName, PackUnusable) as error:
        return [error.message]
    named = {one.intent for one in profile.templates} | {one.intent for one in profile.rules if one.intent}
    unknown = sorted((named | set(profile.out_of_scope)) - set(skill.labels))
    found = [f"The skill {profile.intent_pack} knows no intent “{intent}”." for intent in unknown]
    if not profile.intent_threshold and not skill.promise(PROMISED).kept:
        found.append(
            f"The skill {profile.intent_pack} cannot promise {PROMISED:.0%} right answers yet; teach it more examples "
            "per intent, or choose yourself from which certainty on an intent is answered."
        )
    return found
