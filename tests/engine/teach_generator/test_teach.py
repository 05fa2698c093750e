"""A generator is taught, used, switched, measured, exported, merged, and taught again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from tiny_gguf import CHATML, llama_tensors, llama_values, pack, tiny

from engine import api
from engine.errors import (
    AlreadyExists,
    DataUnusable,
    DeviceMissing,
    GgufUnusable,
    InputError,
    MemoryShort,
    PackUnusable,
    UnknownName,
    UsageError,
)
from engine.host.service import Service
from engine.jobs.governor import Governor

pytestmark = pytest.mark.usefixtures("llama")
QUICK = api.GeneratorOptions(rank=4, epochs=2, learning_rate=5e-3)
ASKED = api.PromptMessage("user", "Tell me of the mouse that likes to run.")


def said(service: Service, name: str) -> api.Generated:
    return service.call(api.Generate(pack=name, messages=(ASKED,), max_tokens=24, temperature=0, seed=1))


def train(service: Service, base: str = "stories", pack: str = "desk", **more: object) -> api.GeneratorTrained:
    options = more.pop("options", QUICK)
    return service.call(
        api.TrainGenerator(dataset=str(more.pop("dataset", "answers")), base=base, pack=pack, options=options, **more)
    )  # fmt: skip


@pytest.fixture
def with_base(service: Service, stories: Path) -> Service:
    service.call(api.ImportModel(path=str(stories), name="stories"))
    return service


def test_what_is_learned_is_measured_used_switched_and_kept_apart(
    with_base: Service, taught_data: str, tmp_path: Path
) -> None:
    service = with_base
    before = said(service, "stories")
    pid = service.context.generators.pid
    assert pid is not None
    result = train(service)
    metrics = result.metrics
    assert metrics["perplexity"] < 0.5 * metrics["perplexity_before"]
    assert metrics["perplexity_per_byte"] < metrics["perplexity_per_byte_before"]
    assert metrics["right_tokens"] > metrics["right_tokens_before"]
    assert result.promoted
    assert result.version == 1
    assert (result.base, len(result.base_sha256), result.rank, result.alpha) == ("stories", 64, 4, 8.0)
    assert any("not measured" in note for note in result.notes)
    assert result.needed_mb > 0 < result.peak_mb

    after = said(service, "desk")
    assert after.pack == "desk"
    assert after.text != before.text
    loaded = service.context.generators.pid
    assert said(service, "stories").text == before.text
    again = said(service, "desk")
    assert again.text == after.text
    assert again.reused_tokens == 0  # keys and values of another adapter mean nothing
    assert service.context.generators.pid == loaded  # the base was not loaded again
    assert said(service, "desk").reused_tokens > 0

    listed = service.call(api.ListGenerators()).generators
    assert [(one.name, one.base, one.loaded) for one in listed] == [("stories", "", False), ("desk", "stories", True)]
    models = {one.name: one for one in service.call(api.ListModels()).models}
    assert models["desk"].task == "generator_adapter"
    assert service.call(api.VerifyModels("desk")).models[0].ok
    card = service.call(api.GetModelCard("desk")).card
    assert result.base_sha256 in card
    assert "perplexity per token" in card
    assert "stories" in card


def test_a_second_version_competes_with_the_first_and_can_be_taken_back(with_base: Service, taught_data: str) -> None:
    service = with_base
    first = train(service)
    worse = train(service, options=api.GeneratorOptions(rank=1, epochs=1, learning_rate=1e-7), seed=3)
    assert worse.version == 2
    if "n_compared" in worse.metrics and worse.metrics["n_compared"] >= 3:
        assert not worse.promoted
        assert worse.metrics["champion"] < worse.metrics["challenger"]
        assert any("stays in use" in note for note in worse.notes)
    text = said(service, "desk").text
    other = 2 if not worse.promoted else first.version
    service.call(api.UseVersion("desk", other))
    assert said(service, "desk").text != text
    listed = service.call(api.ListVersions("desk"))
    assert listed.task == "generator_adapter"
    assert [one.version for one in listed.versions] == [2, 1]


KILLED = """
import sys, json
from pathlib import Path
import engine.host.teach.generator as flow
from msgspec.structs import replace
made = flow._settings
flow._settings = lambda *given: replace(made(*given), checkpoint_s=0.3)
from engine import api
from engine.host.service import Service
def main():
    service = Service(Path(sys.argv[1]))
    service.call(api.Unlock(passphrase=sys.argv[2]))
    options = api.GeneratorOptions(rank=4, epochs=8, learning_rate=5e-3)
    request = api.TrainGenerator(dataset="answers", base="stories", pack="desk", device="cpu", options=options)
    service.call(request, on_progress=lambda p: print(json.dumps([p.stage, p.values.get("epoch", 0)]), flush=True))
if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.timeout(600)
def test_a_killed_training_goes_on_where_its_checkpoint_was(
    with_base: Service, taught_data: str, workspace: Path, passphrase: str, tmp_path: Path
) -> None:
    with_base.close()
    script = tmp_path / "train.py"
    script.write_text(KILLED)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script), str(workspace), passphrase]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        for line in program.stdout:
            stage, epoch = json.loads(line)
            if stage == "train" and epoch >= 2:
                break
        children = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(children, timeout=15)
    assert alive == []

    service = Service(workspace)
    try:
        service.call(api.Unlock(passphrase=passphrase))
        (left,) = service.call(api.ListUnfinished()).trainings
        assert (left.pack, left.task, left.method) == ("desk", "generator_adapter", "lora")
        seen: list[float] = []
        resumed = service.call(
            api.ResumeTraining(left.id),
            on_progress=lambda told: seen.append(told.values["epoch"]) if "epoch" in told.values else None,
        )
        assert seen[0] >= left.epoch > 0, "what was done is not done again"
        assert resumed.trained["curve"][0]["step"] == 0, "the part before the interruption is known"
        metrics = resumed.trained["metrics"]
        assert metrics["perplexity"] < 0.5 * metrics["perplexity_before"]
        assert service.call(api.ListUnfinished()).trainings == ()
        assert said(service, "desk").text
    finally:
        service.close()


def test_a_merged_file_writes_as_base_and_adapter_do(
    with_base: Service, taught_data: str, tmp_path: Path, models_folder: Path
) -> None:
    service = with_base
    train(service)
    merged = service.call(api.MergeGenerator(pack="desk", name="desk-whole", kind="F32"))
    assert merged.changed == 35  # five layers of seven
    assert merged.model["sha256"] == merged.sha256
    assert said(service, "desk-whole").text == said(service, "desk").text
    packed = service.call(api.MergeGenerator(pack="desk", name="desk-small"))
    assert packed.bytes < merged.bytes / 2
    assert said(service, "desk-small").text
    assert sorted(one.name for one in models_folder.iterdir() if one.is_dir()) == [
        "desk-small",
        "desk-whole",
        "stories",
    ]
    with pytest.raises(AlreadyExists):
        service.call(api.MergeGenerator(pack="desk", name="stories"))
    with pytest.raises(PackUnusable, match="nothing learned over it"):
        service.call(api.MergeGenerator(pack="stories", name="other"))

    folder = tmp_path / "out"
    exported = service.call(api.ExportModel("desk", str(folder)))
    assert sorted(one.name for one in folder.iterdir()) == [
        "README.md", "adapter.gguf", "adapter_config.json", "adapter_model.safetensors",
    ]  # fmt: skip
    assert exported.rows == 4
    with pytest.raises(InputError):
        service.call(api.ExportAdapter(pack="desk", path=str(folder), format="peft"))

    file = tmp_path / "desk.casepack"
    service.call(api.ExportModel("desk", str(file)))
    text = said(service, "desk").text
    service.call(api.RemoveModel("desk"))
    with pytest.raises(UnknownName):
        said(service, "desk")
    service.call(api.ImportModel(str(file)))
    assert said(service, "desk").text == text


def test_a_base_that_is_gone_or_another_is_refused(with_base: Service, taught_data: str, tmp_path: Path) -> None:
    service = with_base
    train(service)
    service.call(api.RemoveModel("stories"))
    with pytest.raises(PackUnusable, match="which is not here"):
        said(service, "desk")
    service.call(api.ImportModel(path=str(tiny(tmp_path / "tiny.gguf", template=CHATML)), name="stories"))
    with pytest.raises(PackUnusable, match="another file"):
        said(service, "desk")


# --- what is refused ------------------------------------------------------------------------------------------


def test_requests_that_cannot_be_followed(
    with_base: Service, taught_data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = with_base
    for more, sentence in (
        ({"pack": " "}, "needs a name"),
        ({"method": "full"}, "method lora"),
        ({"max_minutes": -1.0}, "more than 0 minutes"),
        ({"options": api.GeneratorOptions(rank=300)}, "rank must lie between"),
        ({"options": api.GeneratorOptions(rank=60)}, "larger than the base's own matrices"),
        ({"options": api.GeneratorOptions(learning_rate=2.0)}, "learning rate must lie"),
        ({"base": ""}, "Name the generator"),
    ):
        with pytest.raises(UsageError, match=sentence):
            train(service, **more)
    with pytest.raises(UnknownName):
        train(service, base="nobody")
    with pytest.raises(UnknownName):
        train(service, dataset="nothing")
    with pytest.raises(UnknownName):
        train(service, dataset="approved:nowhere")
    with pytest.raises(PackUnusable, match="a model has this name"):
        train(service, pack="stories")
    with pytest.raises(DeviceMissing):
        train(service, device="mps")
    with pytest.raises(DataUnusable, match="approved or vouched for only 0"):
        train(service, dataset="approved")
    monkeypatch.setattr(service.context.workers, "governor", Governor(lambda: 100.0))
    with pytest.raises(MemoryShort, match="100 MB are free"):
        train(service)


def test_data_that_holds_no_conversations(with_base: Service, tmp_path: Path) -> None:
    service = with_base
    turns = [{"role": "user", "content": "Hello."}, {"role": "assistant", "content": "Dear friend."}]

    def take(name: str, kind: str, rows: list[dict[str, object]]) -> None:
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)))
        service.call(api.ImportData(path=str(path), name=name, kind=kind))

    take("labels", "labelled", [{"text": f"text {i}", "label": "x"} for i in range(5)])
    with pytest.raises(DataUnusable, match="it holds labelled"):
        train(service, dataset="labels")
    take("few", "faq", [{"question": f"q {i}", "answer": "a"} for i in range(5)])
    with pytest.raises(DataUnusable, match="only 5 different conversations"):
        train(service, dataset="few")
    take("plain", "texts", [{"text": "no json"}])
    with pytest.raises(DataUnusable, match="row 1 is no conversation"):
        train(service, dataset="plain")
    take("roles", "texts", [{"text": json.dumps(turns)}, {"text": json.dumps([turns[0], {"role": "cat"}])}])
    with pytest.raises(DataUnusable, match="row 2 is no conversation: its turn 2"):
        train(service, dataset="roles")
    take("silent", "texts", [{"text": json.dumps([turns[0], turns[0]])}])
    with pytest.raises(DataUnusable, match="nobody answers"):
        train(service, dataset="silent")
    take("long", "faq", [{"question": f"question {i}", "answer": f"word {i} " * 90} for i in range(12)])
    with pytest.raises(DataUnusable, match="answers are longer than 64 tokens"):
        train(service, dataset="long", options=api.GeneratorOptions(longest=64))


def test_bases_that_cannot_be_taught(service: Service, taught_data: str, tmp_path: Path) -> None:
    def take(name: str, **changes: object) -> None:
        values = llama_values(template=CHATML)
        tensors = llama_tensors(values)
        values |= changes.pop("values", {})  # type: ignore[operator]
        tensors |= changes.pop("tensors", {})  # type: ignore[operator]
        path = tmp_path / f"{name}.gguf"
        path.write_bytes(pack(values, tensors))
        service.call(api.ImportModel(path=str(path), name=name))

    take("scaled", values={"llama.rope.scaling.type": (8, "yarn"), "llama.rope.scaling.factor": (6, 2.0)})
    with pytest.raises(GgufUnusable, match="scaled by the method yarn"):
        train(service, base="scaled")
    width = 64
    squeezed = ((width, width), 20, bytes(width * width // 32 * 18))  # IQ4_NL
    take("squeezed", tensors={"blk.0.attn_q.weight": squeezed})
    with pytest.raises(GgufUnusable, match="packed as IQ4_NL"):
        train(service, base="squeezed")
