"""LoRA itself: the program is killed in the middle of a training, and the training goes on where its checkpoint was."""

from __future__ import annotations

import os
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
import engine.host.teach.adapting as adapting
from msgspec.structs import replace
made = adapting.adapt_settings
def often(*given):
    return replace(made(*given), checkpoint_s=0.5)
adapting.adapt_settings = often
import engine.host.teach.classifier_spec as spec
spec.adapt_settings = often
from engine import api
from engine.host.service import Service
def main():
    service = Service(Path(sys.argv[1]))
    service.call(api.Unlock(passphrase=sys.argv[2]))
    request = api.TrainClassifier(dataset="messages", pack="killed", method="lora", device="cpu",
                                  options=api.TrainOptions(epochs=12))
    service.call(request, on_progress=lambda p: print(json.dumps([p.stage, p.values.get("epoch", 0)]), flush=True))
if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.timeout(600)
def test_killed_while_adapting(workspace: Path, passphrase: str, tmp_path: Path) -> None:
    import json

    from messages import import_messages

    service = Service(workspace)
    service.call(api.Unlock(passphrase=passphrase, create=True))
    import_messages(service, tmp_path, 120)
    service.call(api.TrainClassifier(dataset="messages", pack="killed", method="head"))
    service.close()

    script = tmp_path / "train.py"
    script.write_text(TRAIN)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script), str(workspace), passphrase]
    reached = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        for line in program.stdout:
            stage, epoch = json.loads(line)
            if stage == "train":
                reached = max(reached, epoch)
                if reached >= 3:
                    break
        children = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(children, timeout=15)
    assert alive == []

    service = Service(workspace)
    try:
        service.call(api.Unlock(passphrase=passphrase))
        assert service.call(api.ListVersions(pack="killed")).versions[0].version == 1, "the version before is intact"
        (left,) = service.call(api.ListUnfinished()).trainings
        assert (left.pack, left.task, left.method) == ("killed", "classify", "lora")
        assert left.epoch > 0.5
        assert checkpoints.load(service.context.store, left.id).body
        seen: list[float] = []
        resumed = service.call(
            api.ResumeTraining(id=left.id),
            on_progress=lambda told: seen.append(told.values["epoch"]) if "epoch" in told.values else None,
        )
        assert resumed.version == 2
        assert seen[0] >= left.epoch, "what was done is not done again"
        assert resumed.trained["metrics"]["accuracy"] > 0.8
        assert service.call(api.ListUnfinished()).trainings == ()
    finally:
        service.close()
