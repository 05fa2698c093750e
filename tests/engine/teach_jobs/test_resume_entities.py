"""A reader under training: the program is killed, and the training goes on where its checkpoint was."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

pytest.importorskip("torch")

from engine import api
from engine.host.service import Service
from engine.store import checkpoints

TRAIN = """
import sys, json
from pathlib import Path
import engine.host.entities.teach as teach
from msgspec.structs import replace
made = teach.adapt_for
def often(*given):
    settings = made(*given)
    return settings and replace(settings, checkpoint_s=0.3)
teach.adapt_for = often
from engine import api
from engine.host.service import Service
def main():
    service = Service(Path(sys.argv[1]))
    service.call(api.Unlock(passphrase=sys.argv[2]))
    request = api.TrainEntities(dataset="sentences", pack="killed", method="lora", device="cpu",
                                options=api.TrainOptions(epochs=16, rank=4))
    service.call(request, on_progress=lambda p: print(json.dumps([p.stage, p.values.get("epoch", 0)]), flush=True))
if __name__ == "__main__":
    main()
"""
TOWNS = ("Lisbon", "Oslo", "Vienna", "Porto", "Bergen", "Graz", "Turin", "Lyon")
SAID = (
    "We moved to {} last year.",
    "The office in {} is closed.",
    "It rained in {} again.",
    "Flights from {} are late.",
)


def import_sentences(service: Service, folder: Path, count: int) -> None:
    chance = random.Random(2)
    rows = []
    for number in range(count):
        town, said = chance.choice(TOWNS), chance.choice(SAID)
        start = said.index("{")
        span = {"start": start, "end": start + len(town), "label": "TOWN"}
        rows.append(json.dumps({"text": f"{said.format(town)} ({number})", "spans": [span]}))
    path = folder / "sentences.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    service.call(api.ImportData(path=str(path), name="sentences", kind="entities"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.timeout(600)
def test_killed_while_adapting(workspace: Path, passphrase: str, tmp_path: Path) -> None:
    service = Service(workspace)
    service.call(api.Unlock(passphrase=passphrase, create=True))
    import_sentences(service, tmp_path, 80)
    service.close()

    script = tmp_path / "train.py"
    script.write_text(TRAIN)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script), str(workspace), passphrase]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        for line in program.stdout:
            stage, epoch = json.loads(line)
            if stage == "train" and epoch >= 3:
                break
        children = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(children, timeout=15)
    assert alive == []

    service = Service(workspace)
    try:
        service.call(api.Unlock(passphrase=passphrase))
        (left,) = service.call(api.ListUnfinished()).trainings
        assert (left.pack, left.task, left.method) == ("killed", "entities", "lora")
        assert left.epoch > 0.5
        assert checkpoints.load(service.context.store, left.id).body
        seen: list[float] = []
        resumed = service.call(
            api.ResumeTraining(id=left.id),
            on_progress=lambda told: seen.append(told.values["epoch"]) if "epoch" in told.values else None,
        )
        assert resumed.version == 1
        assert seen[0] >= left.epoch, "what was done is not done again"
        assert resumed.trained["metrics"]["f1"] > 0.7
        assert service.call(api.ListUnfinished()).trainings == ()
        (found,) = service.call(api.ExtractEntities(pack="killed", texts=("We moved to Oslo last year.",))).results
        assert [one.text for one in found.entities] == ["Oslo"]
    finally:
        service.close()
