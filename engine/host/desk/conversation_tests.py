"""Plays the conversations that a desk wrote down, against the models and documents that are there; stores nothing."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from engine.api import Control, ConversationCheck, ConversationsTested, RunConversationTests
from engine.errors import EngineError, FileMissing, FileUnusable
from engine.host.chat.asking import answer_turn, open_turn
from engine.host.context import Context
from engine.serve.desk.script import Script, check, parse

MOST_BYTES = 4 << 20
MOST_NAMED = 20
"""Faults that an error message names."""


def run_tests(ctx: Context, request: RunConversationTests, ctl: Control) -> ConversationsTested:
    """See `engine.api.RunConversationTests`.

    Raises:
        FileMissing. FileUnusable: with the number of every line that cannot be understood.
    """
    began = time.monotonic()
    scripts, faults = parse(_text(request.path))
    for one in scripts if not faults else ():
        faults += _unknown(ctx, request, one)
    if faults:
        named = "; ".join(faults[:MOST_NAMED])
        more = f"; and {len(faults) - MOST_NAMED} more" if len(faults) > MOST_NAMED else ""
        raise FileUnusable(path=request.path, reason=f"{named}{more}.")
    cases: list[ConversationCheck] = []
    failed = 0
    for done, one in enumerate(scripts):
        ctl.report(done, len(scripts), "test", one.name)
        own = _play(ctx, request, one, ctl)
        failed += not all(case.ok for case in own)
        cases += own
    ctl.report(len(scripts), len(scripts), "test", "")
    return ConversationsTested(len(scripts) - failed, failed, tuple(cases), round(time.monotonic() - began, 3))


def _text(path: str) -> str:
    file = Path(path)
    if not file.is_file():
        raise FileMissing(path=path)
    try:
        body = file.read_bytes()[: MOST_BYTES + 1]
    except OSError as error:
        raise FileUnusable(path=path, reason=f"it cannot be read ({error.strerror or error}).") from error
    if len(body) > MOST_BYTES:
        raise FileUnusable(path=path, reason=f"it is larger than {MOST_BYTES >> 20} MB.")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise FileUnusable(path=path, reason=f"line {line}: it is not UTF-8 text.") from error


def _names(request: RunConversationTests, script: Script) -> tuple[str, str]:
    return script.collection or request.collection, script.profile or request.profile


def _unknown(ctx: Context, request: RunConversationTests, script: Script) -> list[str]:
    """What a test names and is not there."""
    try:
        open_turn(ctx, *_names(request, script))
    except EngineError as error:
        return [f"line {script.line}: {error.message.rstrip('.')}"]
    return []


def _play(ctx: Context, request: RunConversationTests, script: Script, ctl: Control) -> list[ConversationCheck]:
    turn = msgspec.structs.replace(open_turn(ctx, *_names(request, script)), today=script.today)
    found = []
    for number, said in enumerate(script.turns, 1):
        ctl.check()
        answer = answer_turn(ctx, turn, said.text, ctl)
        for expected in said.expected:
            ok, got = check(expected, answer)
            found.append(ConversationCheck(script.name, number, expected.line, expected.sentence, got, ok))
        turn = msgspec.structs.replace(turn, state=answer.desk or turn.state, earlier=(said.text, *turn.earlier))
    return found
