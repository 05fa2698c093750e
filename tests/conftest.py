"""Fixtures for every test: a throwaway workspace, a control that never cancels, and the public data if it is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import api
from engine.host.service import Service
from engine.jobs.control import JobControl

PASSPHRASE = "correct horse battery staple"
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def shared_data() -> Path:
    """The folder with public data sets beside the checkout; tests that need it are skipped without it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the public data sets (../shared/data) are not beside this checkout")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def service(workspace: Path) -> Iterator[Service]:
    """An engine over a new, unlocked workspace."""
    service = Service(workspace)
    service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
    yield service
    service.close()


@pytest.fixture
def control() -> JobControl:
    return JobControl()


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE
