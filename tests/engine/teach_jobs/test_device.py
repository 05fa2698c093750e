"""The device of a training: found, or refused with the reason."""

from __future__ import annotations

import pytest

from engine.errors import DeviceMissing
from engine.jobs.control import JobControl
from engine.jobs.worker import Workers
from engine.train.encoder.device import DeviceSpec

torch = pytest.importorskip("torch")


def find(device: str) -> str:
    return Workers().run("find_device", DeviceSpec(device), JobControl()).name


def test_cpu_is_always_there() -> None:
    assert find("cpu") == "cpu"


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has what the test says is missing")
def test_absent_cuda_is_named() -> None:
    with pytest.raises(DeviceMissing, match=r"The device cuda cannot be used: (the installed|no NVIDIA)") as refused:
        find("cuda")
    assert refused.value.exit_code == 2


@pytest.mark.skipif(torch.backends.mps.is_available(), reason="this machine has what the test says is missing")
def test_absent_mps_is_named() -> None:
    with pytest.raises(DeviceMissing, match="The device mps cannot be used"):
        find("mps")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA here")
def test_cuda_is_taken_where_it_is() -> None:
    assert find("auto") == "cuda"
    assert find("cuda") == "cuda"
