"""The program ends in the middle of answering: the item is open as before, or all of the answer is there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine import api
from engine.host.service import Service

ROOT = Path(__file__).resolve().parents[3]
STEPS = (
    "engine.store.handoffs.close",
    "engine.store.conversations.say",
    "engine.store.documents.ensure_collection",
    "engine.store.approved.add",
    "engine.store.handoffs.link",
    "engine.store.queue.correct",
    "engine.store.handoffs.counts",
    "",
)
ANSWERING = """
import importlib, os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from engine import api
from engine.host.service import Service

service = Service(Path({workspace!r}))
service.call(api.Unlock(passphrase={passphrase!r}))
service.context.encoder.embed(["warm"])
name = {step!r}
if name:
    module, _, function = name.rpartition(".")
    home = importlib.import_module(module)
    before = getattr(home, function)

    def cut(*values, **named):
        result = before(*values, **named)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(home, function, cut)
service.call(
    api.AnswerHandoff(id={item}, answer="Pull the plug.", owner="Ann", question="Router?", intent="router", pack="desk")
)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_between_any_two_steps(workspace: Path, passphrase: str) -> None:
    service = Service(workspace)
    service.call(api.Unlock(passphrase=passphrase, create=True))
    with service.context.store.write() as connection:
        from engine.store import conversations, documents

        documents.ensure_collection(connection, "shop")
        conversation = conversations.start(connection, "shop", "My router blinks")
        message = conversations.say(connection, conversation, "user", "My router blinks")
    item = service.call(api.HandOver(message=message)).handoff.id
    for step in STEPS:
        service.close()
        code = ANSWERING.format(root=str(ROOT), workspace=str(workspace), passphrase=passphrase, step=step, item=item)
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        service = Service(workspace)
        service.call(api.Unlock(passphrase=passphrase))
        state = service.call(api.GetHandoff(id=item)).handoff
        replies = [one for one in service.call(api.GetConversation(id=conversation)).messages if one.role == "person"]
        approved = service.call(api.ListAnswers(collection="shop")).answers
        labelled = service.call(api.GetQueue(pack="desk")).labelled
        if step:
            assert (state.state, state.reply, replies, approved, labelled) == ("open", None, [], (), 0), step
        else:
            assert (state.state, state.reply) == ("answered", replies[0].id)
            assert (state.answer_id, approved[0].question, labelled) == (approved[0].id, "Router?", 1)
        assert service.call(api.VerifyWorkspace()).ok
        assert service.call(api.VerifyAudit()).ok
    service.close()
