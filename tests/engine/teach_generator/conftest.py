"""Keeps what tests take in out of the user's data, finds the public model files, makes small bases and data."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from engine import api
from engine.host.service import Service

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "generate")]  # tiny_bases, tiny_gguf
SHARED = HERE.parents[3] / "shared" / "models"
THINGS = ("dog", "cat", "bird", "fish", "frog", "bear", "girl", "boy")
ACTS = ("likes to run", "likes to jump", "wants to eat", "goes to sleep")


@pytest.fixture(autouse=True)
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("CASEMATE_MODELS", str(folder))
    # What ships is looked at in test_bundled.py; here nothing is but what a test takes in.
    monkeypatch.setattr("engine.host.generate.files.assets_folder", lambda: tmp_path / "nothing ships")
    return folder


@pytest.fixture
def llama() -> None:
    """Skips a test where llama.cpp is not installed."""
    if importlib.util.find_spec("llama_cpp") is None:  # not imported: it would load its native library here
        pytest.skip("llama-cpp-python is not installed")


@pytest.fixture
def stories() -> Path:
    """A real small model with 32-bit weights."""
    found = SHARED / "stories260k" / "stories260K-f32.gguf"
    if not found.is_file():
        pytest.skip("the public model files (../shared/models) are not beside this checkout")
    return found


def answers() -> list[tuple[str, str]]:
    """A task that the story model does not know: each answer begins and ends alike."""
    return [
        (f"Tell me of the {thing} that {act}.", f"Dear friend, the {thing} {act}. That is all I know. Good bye.")
        for thing in THINGS
        for act in ACTS
    ]


@pytest.fixture
def taught_data(service: Service, tmp_path: Path) -> str:
    """The name of a data set of questions with answers."""
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(json.dumps({"question": q, "answer": a}) for q, a in answers()), encoding="utf-8")
    service.call(api.ImportData(path=str(path), name="answers", kind="faq"))
    return "answers"
