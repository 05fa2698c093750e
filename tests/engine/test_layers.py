"""What may import what. Each check starts a fresh Python, so that no other test has imported anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "transformers", "optimum", "onnxruntime", "llama_cpp", "sklearn", "scipy", "pyarrow", "numpy")


def modules_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stdout.split()}


def test_the_contract_is_light() -> None:
    found = modules_after("import engine.api, engine.errors, engine.values, engine.settings.options")
    assert not found & {"PySide6", *HEAVY}


def test_the_engine_knows_no_window() -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "engine").rglob("*.py"))
        if path.name != "__init__.py"
    ]
    found = modules_after("import " + ", ".join(names))
    assert not found & {"PySide6", "gui"}


def test_the_window_loads_nothing_heavy() -> None:
    assert not modules_after("import gui.app, gui.main_window") & set(HEAVY)


def test_the_host_starts_light() -> None:
    found = modules_after("import engine.host.process")
    assert not found & {"PySide6", *HEAVY}


@pytest.mark.parametrize("folder", ["tests", "packaging"])
def test_no_package_shadows_a_real_one(folder: str) -> None:
    assert list((ROOT / folder).rglob("__init__.py")) == []


def test_every_request_has_a_handler_and_every_task_exists() -> None:
    import importlib

    from engine import api
    from engine.host.registry import handler_of
    from engine.jobs.tasks import TASKS

    for request in api.RESULTS:
        assert callable(handler_of(request)), request
    for path in TASKS.values():
        module, _, function = path.partition(":")
        assert callable(getattr(importlib.import_module(module), function)), path
