"""Which kernels are exact: decided by the processor, and on the safe side where that cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.runtimes import cpu


@pytest.fixture(autouse=True)
def _ask_anew() -> Iterator[None]:
    cpu.multiplies_bytes_exactly.cache_clear()
    yield
    cpu.multiplies_bytes_exactly.cache_clear()


@pytest.mark.parametrize(
    ("linux", "numpy", "exact"),
    [
        (["fma", "avx2", "avx512_vnni"], [], True),
        (["avx2", "avx_vnni"], [], True),
        ([], ["AVX2", "AVX512VNNI"], True),
        (["fma", "avx2", "avx512f"], ["AVX2", "AVX512F"], False),
        ([], [], False),
    ],
)
def test_vnni(linux: list[str], numpy: list[str], exact: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu, "_from_linux", lambda: linux)
    monkeypatch.setattr(cpu, "_from_numpy", lambda: numpy)
    assert cpu.multiplies_bytes_exactly() is exact
