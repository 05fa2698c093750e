"""Makes `tiny_gguf` importable, keeps what tests take in out of the user's data, finds the public files."""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
SHARED = HERE.parents[3] / "shared" / "models"


@pytest.fixture(autouse=True)
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("CASEMATE_MODELS", str(folder))
    # What ships is looked at in test_bundled.py; here nothing is but what a test takes in.
    monkeypatch.setattr("engine.host.generate.files.assets_folder", lambda: tmp_path / "nothing ships")
    return folder


@pytest.fixture
def shared_models() -> Path:
    """Small public model files beside the checkout; tests that need them are skipped without."""
    if not SHARED.is_dir():
        pytest.skip("the public model files (../shared/models) are not beside this checkout")
    return SHARED


@pytest.fixture
def stories(shared_models: Path) -> Path:
    return shared_models / "stories260k" / "stories260K-q8_0.gguf"


@pytest.fixture
def llama() -> None:
    """Skips a test where llama.cpp is not installed."""
    if importlib.util.find_spec("llama_cpp") is None:  # not imported: it would load its native library here
        pytest.skip("llama-cpp-python is not installed")


@pytest.fixture
def tiny_file(tmp_path: Path) -> Path:
    from tiny_gguf import CHATML, tiny

    return tiny(tmp_path / "tiny.gguf", template=CHATML)
