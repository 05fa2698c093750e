"""The values of a file go into another file byte for byte, also tokens that are no UTF-8."""

from __future__ import annotations

from pathlib import Path

from tiny_gguf import CHATML, F32, I32, U32, llama_tensors, llama_values, pack, vocabulary

from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.values import read_values
from engine.runtimes.gguf.weights import Weights
from engine.runtimes.gguf.writer import Planned, header_bytes


def test_values_are_written_again_as_they_were(tmp_path: Path) -> None:
    tokens: list[str | bytes] = [*vocabulary()[0]]
    tokens[300] = b"\xff\xfe half"
    values = llama_values(template=CHATML, tokens=tokens)  # type: ignore[arg-type]
    values |= {
        "some.list": ((9, I32), [-1, 2]),
        "some.floats": ((9, F32), [0.1, 3e30]),
        "some.number": (U32, 2**32 - 1),
    }
    path = tmp_path / "tiny.gguf"
    path.write_bytes(pack(values, llama_tensors(values)))
    header = read_header(path)
    read = read_values(header)
    assert list(read) == list(values)
    planned = [Planned(one.name, tuple(reversed(one.shape)), one.kind) for one in header.tensors]
    assert header_bytes(read, planned) == path.read_bytes()[: header.weights_start]
    weights = Weights(header)
    assert weights.read("output.weight").shape == (320, 64)
