"""GGUF files that we write: as the bounded reader finds them, and Q8_0 bit for bit as ggml makes it."""

from __future__ import annotations

import ctypes
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from engine.runtimes.gguf import kinds, writer
from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.quantise import quantise, scales_are_sound
from engine.runtimes.gguf.weights import Weights


def ggml_reference(weight: np.ndarray) -> np.ndarray:
    """Q8_0 by ggml's own C function, out of llama-cpp-python's libraries."""
    found = importlib.util.find_spec("llama_cpp")
    if found is None or found.origin is None:
        pytest.skip("llama-cpp-python is not installed")
    folder = Path(found.origin).parent / "lib"
    path = next((one for one in sorted(folder.iterdir()) if one.stem.split(".")[0] == "libggml-base"), None)
    if path is None:
        pytest.skip("its ggml has no library of its own")
    function = ctypes.CDLL(str(path)).quantize_row_q8_0_ref
    function.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
    packed = np.empty((*weight.shape[:-1], weight.shape[-1] // 32 * 34), np.uint8)
    function(weight.ctypes.data, packed.ctypes.data, weight.size)
    return packed


def test_q8_0_is_ggmls_bit_for_bit() -> None:
    random = np.random.default_rng(3)
    rows = [random.normal(size=(256, 96)), random.normal(size=(256, 96)) * 1e-6, np.round(random.normal(size=(64, 96)))]
    weight = np.concatenate(rows).astype(np.float32)
    weight[0] = 0
    weight[1, :32] = np.arange(-16, 16) + np.float32(0.5)  # halves, once the largest is 127
    weight[1, 0] = 127
    weight[2, :32] = np.nextafter(np.float32(0.5), np.float32(0))
    weight[2, 0] = -127
    assert (quantise(weight) == ggml_reference(weight)).all()


def test_numbers_that_are_none_are_found() -> None:
    weight = np.ones((2, 64), np.float32)
    assert scales_are_sound(quantise(weight))
    for odd in (np.nan, np.inf, -np.inf, 1e9):
        weight[1, 40] = odd
        assert not scales_are_sound(quantise(weight))
    with pytest.raises(ValueError, match="32"):
        quantise(np.ones((2, 40), np.float32))


def test_a_file_is_what_the_reader_finds(tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    matrix = np.random.default_rng(0).normal(size=(6, 64)).astype(np.float32)
    values = {
        "general.architecture": "llama", "a.number": 7, "a.less": writer.Typed(kinds.I32, -7), "a.yes": True,
        "a.part": 0.5, "a.list": ["ü", ""], "a.none": writer.Typed(kinds.STRING, []),
        "a.flags": writer.Typed(kinds.BOOL, [True, False]), "a.wide": writer.Typed(kinds.U64, 1 << 40),
    }  # fmt: skip
    planned = [
        writer.Planned("m", (6, 64), writer.Q8_0),
        writer.Planned("odd", (3,), writer.F32),
        writer.Planned("half", (2, 5), writer.F16),
    ]
    with writer.GgufWriter(path, values, planned) as out:
        out.add(quantise(matrix[:2]))
        out.add(quantise(matrix[2:]))
        out.add(np.arange(3, dtype=np.float32))
        out.add(np.arange(10, dtype=np.float16).reshape(2, 5))
    assert path.stat().st_size == writer.file_bytes(values, planned)
    header = read_header(path)
    assert header.values == {"general.architecture": "llama", "a.number": 7, "a.less": -7, "a.yes": True,
                             "a.part": 0.5, "a.wide": 1 << 40}  # fmt: skip
    assert header.arrays["a.list"].count == 2
    assert header.numbers["a.flags"] == (1, 0)
    weights = Weights(header)
    assert np.abs(weights.read("m") - matrix).max() <= np.abs(matrix).max() / 127
    assert weights.read("odd").tolist() == [0, 1, 2]
    assert weights.read("half").tolist() == np.arange(10).reshape(2, 5).tolist()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_tensor_that_is_not_given_in_full_leaves_no_file(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "x.gguf"
    planned = [writer.Planned("m", (2, 4), writer.F32)]
    with pytest.raises(ValueError, match="given"), writer.GgufWriter(path, {"a.b": 1}, planned) as out:
        out.add(np.zeros((rows, 4), np.float32))
    assert list(tmp_path.iterdir()) == []
