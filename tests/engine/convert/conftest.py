"""Folders that transformers wrote, the files made of them, and what both programs compute; made once, in processes of
their own."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture
def link() -> Any:
    from quiet_link import Quiet

    return Quiet()


def needs(*names: str) -> None:
    for name in names:
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder per case, and FOLDER.npz, FOLDER.json beside it with what transformers makes of it."""
    needs("transformers", "torch", "tokenizers")
    root = tmp_path_factory.mktemp("folders")
    subprocess.run([sys.executable, HERE / "peers.py", "build", root], check=True, capture_output=True, timeout=170)
    return root


@pytest.fixture(scope="session")
def llama() -> None:
    """Skips where llama.cpp is not installed, before anything is made."""
    needs("llama_cpp")


@pytest.fixture(scope="session")
def opened(llama: None, folders: Path) -> Path:
    """The same with the files that were made, and what llama.cpp makes of them."""
    from quiet_link import Quiet

    from engine.runtimes.convert.work import ConvertSpec, convert_folder

    for folder in [one for one in folders.iterdir() if one.is_dir()]:
        for kind in ("F32", "Q8_0"):
            target = folders / f"{folder.name}.{kind}.gguf"
            convert_folder(ConvertSpec(str(folder), str(target), folder.name, kind), Quiet())
    subprocess.run([sys.executable, HERE / "peers.py", "run", folders], check=True, capture_output=True, timeout=170)
    return folders


@pytest.fixture
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("CASEMATE_MODELS", str(folder))
    # What ships is looked at in test_bundled.py; here nothing is but what a test takes in.
    monkeypatch.setattr("engine.host.generate.files.assets_folder", lambda: tmp_path / "nothing ships")
    return folder
