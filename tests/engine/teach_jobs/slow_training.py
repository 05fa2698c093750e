"""A training that counts, for tests of what happens around a training: it sends a checkpoint every ten steps, takes up
one, and its "model" is the number of steps and their sum. Run by path it opens a workspace and trains until killed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from engine import api
from engine.host.teach.unfinished import Keeper
from engine.jobs.tasks import TASKS
from engine.store import packs
from engine.train.encoder.checkpoint import Checkpoint

EVERY = 10
TASKS["slow_training"] = "slow_training:train"


class Spec(Struct):
    steps: int
    step_s: float
    resume: bytes = b""


class State(Struct):
    step: int = 0
    total: int = 0
    resumed_at: int = 0


class Trained(Struct):
    state: State


def train(spec, link):
    state = msgspec.json.decode(spec.resume, type=State) if spec.resume else State()
    state.resumed_at = state.step
    while state.step < spec.steps:
        state.step += 1
        state.total += state.step
        time.sleep(spec.step_s)
        link.report(state.step, spec.steps, "learn", values={"step": state.step})
        if state.step % EVERY == 0:
            link.send(Checkpoint(epoch=state.step / 100, step=state.step, body=msgspec.json.encode(state)))
    return Trained(state)


def teach(ctx, request, ctl, resume=b""):
    """What a training flow of the host does around its worker."""
    settled = msgspec.structs.replace(request, method="lora")
    with Keeper(ctx, settled, "classify") as keeper:
        spec = Spec(steps=request.seed, step_s=0.01, resume=resume)
        trained = ctx.workers.run("slow_training", spec, ctl, on_item=keeper.take)
        with ctx.store.write():
            files = {"state.json": msgspec.json.encode(trained.state)}
            version = packs.save_version(ctx.store, request.pack, "classify", files, {}, promote=True)
            keeper.finished()
    return result(request.pack, version)


def result(pack, version):
    return api.ClassifierTrained(
        pack=pack, version=version, method="lora", seconds=0, epochs=1, metrics={}, promoted=True, peak_mb=0,
        adapter_bytes=0, per_label=(), labels=(), confusion=(), risk_coverage=(), mistakes=(),
    )  # fmt: skip


def state_of(store, pack):
    return msgspec.json.decode(packs.current(store, pack, "classify").files["state.json"], type=State)


def install():
    """Put this training in the place of the real one."""
    from engine.host.teach import classifier as real

    real.teach = teach


if __name__ == "__main__":
    from engine.host.service import Service

    install()
    service = Service(Path(sys.argv[1]))
    service.call(api.Unlock(passphrase=sys.argv[2], create=True))
    service.call(
        api.TrainClassifier(dataset="none", pack="birds", seed=int(sys.argv[3])),
        on_progress=lambda progress: print(progress.done, flush=True),
    )
    service.close()
