"""The host's own models hold rooms: the encoder stays, skills' encoders are given up and opened again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import api
from engine.errors import MemoryShort
from engine.host.read import skills
from engine.host.service import Service
from engine.runtimes.encoder import bundled_encoder_folder
from engine.serve.classify.skill import Calibration, Skill

pytestmark = pytest.mark.skipif(
    not (bundled_encoder_folder() / "trunk.onnx").exists(), reason="the bundled encoder is not built"
)


def taught(service: Service, name: str) -> Skill:
    """A skill with layers of its own, as the cache holds one."""
    arrays = {"mean": np.zeros(384, np.float32), "dense_weights": np.zeros((384, 2), np.float32)}
    arrays["bias"] = np.zeros(2, np.float32)
    skill = Skill(("a", "b"), arrays, Calibration())
    skill.adapter = {}
    service.context.cache["skill", name] = skills.OpenSkill(name, 1, skill)
    return skill


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which encoders were opened; quick ones, for what they say does not matter here."""
    names: list[str] = []

    def open_adapted(base: Any, _adapter: Any, name: str, *, beside: bool = False) -> Any:
        names.append(name)
        return base

    monkeypatch.setattr(skills, "open_adapted", open_adapted)
    return names


def holders(service: Service) -> list[tuple[str, str]]:
    return [(room.what, room.kind) for room in service.context.workers.governor.holders()]


def test_a_skill_holds_a_room_until_it_is_given_up_or_the_workspace_is_locked(
    service: Service, opened: list[str]
) -> None:
    ctx = service.context
    skill = taught(service, "birds")
    skills.encoder_of(ctx, skill)
    skills.encoder_of(ctx, skill)
    assert opened == ["skill"], "opened once"
    assert holders(service) == [("the encoder", "encoder"), ("the skill birds", "encoder of a skill")]
    room = ctx.workers.governor.holders()[1]
    assert room.give_up is not None
    room.give_up()
    assert ("skill", "birds") not in ctx.cache
    assert holders(service) == [("the encoder", "encoder")]
    skills.encoder_of(ctx, taught(service, "birds"))
    assert len(holders(service)) == 2
    service.call(api.Lock())
    assert holders(service) == [("the encoder", "encoder")]


def test_a_skill_that_nobody_keeps_holds_nothing(service: Service, opened: list[str]) -> None:
    skill = taught(service, "birds")
    service.context.cache.pop(("skill", "birds"))
    skills.encoder_of(service.context, skill)
    assert holders(service) == [("the encoder", "encoder")]


def test_without_memory_the_encoder_is_refused_and_comes_later(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    governor = service.context.workers.governor
    monkeypatch.setattr(governor, "_measure", lambda: 60.0)
    with pytest.raises(MemoryShort, match=r"the encoder needs about \d+ MB of memory, and 60 MB are free"):
        _ = service.context.encoder
    monkeypatch.setattr(governor, "_measure", lambda: 4000.0)
    assert service.context.encoder.dimension == 384


def test_doctor_tells_who_holds_memory_and_which_llama_runs(service: Service) -> None:
    _ = service.context.encoder
    found: api.Diagnosis = service.call(api.Diagnose())
    assert [one["what"] for one in found.memory[:2]] == ["this process", "the encoder"]
    assert found.memory[0]["held_mb"] > 20
    assert found.memory[1]["forecast_mb"] > 100
    assert "llama-cpp-python" in found.versions
    assert set(found.generators) == {"installed", "graphics"}
