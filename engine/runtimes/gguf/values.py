"""All values of a GGUF file whose header was checked, kinds kept, so that they can be written into another file."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from engine.errors import GgufUnusable
from engine.runtimes.gguf import kinds
from engine.runtimes.gguf.header import Header
from engine.runtimes.gguf.writer import Typed


def read_values(header: Header) -> dict[str, Typed]:
    """The values in the order of the file; lists too, which the header passes over.

    Raises:
        GgufUnusable: the file is another one by now.
    """
    try:
        with Path(header.path).open("rb") as file:
            return _values(BytesIO(file.read(header.weights_start)))
    except (OSError, struct.error, KeyError, UnicodeDecodeError) as error:
        raise GgufUnusable(path=header.path, reason="its values cannot be read.") from error


def _values(file: BinaryIO) -> dict[str, Typed]:
    file.seek(16)
    found: dict[str, Typed] = {}
    for _ in range(_number(file, "<Q")):
        name = _text(file)
        kind = _number(file, "<I")
        if kind == kinds.ARRAY:
            inner, count = _number(file, "<I"), _number(file, "<Q")
            found[name] = Typed(inner, _entries(file, inner, count))
        else:
            found[name] = Typed(kind, _text(file) if kind == kinds.STRING else _number(file, kinds.VALUE_FORMATS[kind]))
    return found


def _entries(file: BinaryIO, kind: int, count: int) -> list[Any]:
    if kind == kinds.STRING:
        return [_text(file) for _ in range(count)]
    code = kinds.VALUE_FORMATS[kind][1:]
    return list(struct.unpack(f"<{count}{code}", file.read(count * kinds.VALUE_BYTES[kind])))


def _number(file: BinaryIO, form: str) -> Any:
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]


def _text(file: BinaryIO) -> str:
    # What is no UTF-8 (some vocabularies have such tokens) is written again byte for byte.
    return file.read(_number(file, "<Q")).decode("utf-8", "surrogateescape")
