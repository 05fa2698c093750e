"""GGUF files: a writer and a small reader in plain numpy.

Version 3, little-endian: magic, version, number of tensors, number of metadata entries, the entries, the tensors'
names, shapes, kinds and places, then the data, each tensor at a multiple of 32 bytes. Shapes are written innermost
side first. Source: docs/gguf.md of ggml-org/ggml.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MAGIC, VERSION, ALIGNMENT = b"GGUF", 3, 32
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
F32, F16, Q8_0 = 0, 1, 8
BLOCK = 32
"""Numbers of a Q8_0 block: one float16 scale and 32 int8."""

_SCALARS = {
    0: "<B",
    1: "<b",
    2: "<H",
    3: "<h",
    UINT32: "<I",
    INT32: "<i",
    FLOAT32: "<f",
    BOOL: "<?",
    10: "<Q",
    11: "<q",
    12: "<d",
}


class Typed:
    """A metadata value whose kind cannot be told from Python's: an int as INT32, say, or a list of such."""

    def __init__(self, kind: int, value: Any) -> None:
        self.kind, self.value = kind, value


def quantise(weight: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Q8_0 bytes, (rows, columns / 32 * 34), rounded as ggml's reference does (half away from zero).

    Raises:
        ValueError: the innermost side is no multiple of 32.
    """
    if weight.shape[-1] % BLOCK:
        raise ValueError(f"a side of {weight.shape[-1]} numbers does not fit into blocks of {BLOCK}")
    blocks = np.ascontiguousarray(weight, np.float32).reshape(-1, BLOCK)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / np.float32(127)
    with np.errstate(divide="ignore"):
        inverse = np.where(scale > 0, np.float32(1) / scale, np.float32(0))
    exact = blocks * inverse
    levels = (np.sign(exact) * np.floor(np.abs(exact) + np.float32(0.5))).astype(np.int8)
    packed = np.concatenate([scale.astype("<f2").view(np.uint8).reshape(-1, 2), levels.view(np.uint8)], axis=1)
    return packed.reshape(*weight.shape[:-1], -1)


def dequantise(packed: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Float32 weights of Q8_0 bytes."""
    blocks = packed.reshape(-1, BLOCK + 2)
    scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    levels = np.ascontiguousarray(blocks[:, 2:]).view(np.int8).astype(np.float32)
    return (scale * levels).reshape(*packed.shape[:-1], -1)


def _string(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack("<Q", len(encoded)) + encoded


def _kind_of(value: Any) -> int:
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int):
        return UINT32
    if isinstance(value, float):
        return FLOAT32
    if isinstance(value, str):
        return STRING
    raise TypeError(f"GGUF metadata has no kind for {type(value).__name__}")


def _value(value: Any) -> bytes:
    kind = None
    if isinstance(value, Typed):
        kind, value = value.kind, value.value
    if isinstance(value, Sequence) and not isinstance(value, str):
        inner = kind if kind is not None else _kind_of(value[0])
        head = struct.pack("<IIQ", ARRAY, inner, len(value))
        return head + b"".join(
            _string(item) if inner == STRING else struct.pack(_SCALARS[inner], item) for item in value
        )
    kind = kind if kind is not None else _kind_of(value)
    return struct.pack("<I", kind) + (_string(value) if kind == STRING else struct.pack(_SCALARS[kind], value))


def write(path: Path, metadata: Mapping[str, Any], tensors: Mapping[str, tuple[int, NDArray[Any]]]) -> None:
    """Write a file, first under another name.

    Args:
        tensors: name to (kind, array): F32 float32 of any shape, or Q8_0 bytes as `quantise` gives them.
    """
    head = [MAGIC, struct.pack("<IQQ", VERSION, len(tensors), len(metadata))]
    head += [_string(name) + _value(value) for name, value in metadata.items()]
    place, data = 0, []
    for name, (kind, array) in tensors.items():
        shape = list(array.shape)
        if kind == Q8_0:
            shape[-1] = shape[-1] // (BLOCK + 2) * BLOCK
        content = np.ascontiguousarray(array).tobytes()
        head.append(_string(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *reversed(shape)))
        head.append(struct.pack("<IQ", kind, place))
        content += bytes(-len(content) % ALIGNMENT)
        place += len(content)
        data.append(content)
    top = b"".join(head)
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(top + bytes(-len(top) % ALIGNMENT))
        for content in data:
            file.write(content)
    new.replace(path)


def _read(file: BinaryIO, form: str) -> Any:
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]


def _read_value(file: BinaryIO, kind: int) -> Any:
    if kind == STRING:
        return file.read(_read(file, "<Q")).decode()
    if kind == ARRAY:
        inner, count = _read(file, "<I"), _read(file, "<Q")
        return [_read_value(file, inner) for _ in range(count)]
    return _read(file, _SCALARS[kind])


def read(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """Metadata and tensors as float32. For files written here; others are read by the engine, which trusts nothing.

    Raises:
        ValueError: not such a file.
    """
    with path.open("rb") as file:
        if file.read(4) != MAGIC or _read(file, "<I") != VERSION:
            raise ValueError(f"{path} is not a GGUF file of version {VERSION}")
        tensor_count, entry_count = _read(file, "<Q"), _read(file, "<Q")
        metadata = {}
        for _ in range(entry_count):
            name = _read_value(file, STRING)
            metadata[name] = _read_value(file, _read(file, "<I"))
        listed = []
        for _ in range(tensor_count):
            name = _read_value(file, STRING)
            shape = [_read(file, "<Q") for _ in range(_read(file, "<I"))][::-1]
            listed.append((name, shape, _read(file, "<I"), _read(file, "<Q")))
        start = (file.tell() + ALIGNMENT - 1) // ALIGNMENT * ALIGNMENT
        tensors = {}
        for name, shape, kind, place in listed:
            count = int(np.prod(shape))
            file.seek(start + place)
            if kind == Q8_0:
                packed = np.frombuffer(file.read(count // BLOCK * (BLOCK + 2)), np.uint8)
                tensors[name] = dequantise(packed).reshape(shape)
            elif kind == F32:
                tensors[name] = np.frombuffer(file.read(4 * count), "<f4").reshape(shape)
            else:
                raise ValueError(f"{path}: tensor {name} has the kind {kind}, which is not read here")
    return metadata, tensors
