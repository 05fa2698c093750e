"""Packed weights become the numbers that ggml makes of them."""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import pytest

from engine.runtimes.gguf.dequantise import KNOWN, dequantise
from engine.runtimes.gguf.kinds import TENSOR_KINDS

SCALES = {"Q8_0": (0,), "Q4_0": (0,), "Q4_1": (0, 2), "Q5_0": (0,), "Q5_1": (0, 2), "Q4_K": (0, 2), "Q5_K": (0, 2),
          "Q6_K": (208,)}  # fmt: skip
"""Where 16-bit numbers stand in a block; random bytes there would be no numbers at times."""


class Traits(ctypes.Structure):
    """The beginning of ggml_type_traits (ggml.h)."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("block", ctypes.c_int64),
        ("interleave", ctypes.c_int64),
        ("size", ctypes.c_size_t),
        ("quantised", ctypes.c_bool),
        ("to_float", ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)),
    )


def blocks(kind: int, count: int) -> np.ndarray:
    random = np.random.default_rng(kind)
    name, _, size = TENSOR_KINDS[kind]
    if name == "F32":
        return random.standard_normal(count).astype("<f4").view(np.uint8)
    if name in ("F16", "BF16"):
        return random.standard_normal(count).astype("<f2").view(np.uint8)
    raw = random.integers(0, 256, (count, size), dtype=np.uint8)
    for at in SCALES[name]:
        raw[:, at : at + 2] = random.standard_normal(count).astype("<f2").view(np.uint8).reshape(count, 2)
    return raw.reshape(-1)


@pytest.mark.parametrize("name", [name for name in KNOWN if name != "F32"])
def test_the_numbers_are_those_of_ggml(name: str) -> None:
    llama_cpp = pytest.importorskip("llama_cpp")
    files = [*(Path(llama_cpp.__file__).parent / "lib").glob("*ggml-base*")]
    if not files:
        pytest.skip("ggml's library is not where it is looked for")
    library = ctypes.CDLL(str(files[0]))
    library.ggml_get_type_traits.restype = ctypes.POINTER(Traits)
    kind = next(number for number, known in TENSOR_KINDS.items() if known[0] == name)
    traits = library.ggml_get_type_traits(kind).contents
    assert traits.name.decode().upper() == name.upper()
    raw = blocks(kind, 50)
    found = dequantise(kind, raw)
    expected = np.empty(50 * TENSOR_KINDS[kind][1], np.float32)
    traits.to_float(raw.ctypes.data, expected.ctypes.data, len(expected))
    assert np.array_equal(found, expected)


def test_plain_numbers_stay() -> None:
    raw = blocks(0, 40)
    assert dequantise(0, raw).tobytes() == raw.tobytes()
