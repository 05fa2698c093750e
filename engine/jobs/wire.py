"""How parent and child talk over their pipe: one byte that says what follows, then MessagePack. Nothing is unpickled.

A value is named by its class, and the class is looked up in the task's own module only, so that a child that read a
hostile file cannot make the parent build anything the task does not deal in.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

import msgspec
from msgspec import Struct

from engine.values import Progress

SPEC, STOP, PROGRESS, ITEM, RESULT, ERROR = b"s", b"x", b"p", b"i", b"r", b"e"
PAUSE, RESUME = b"h", b"g"
ASK, CANCEL, READY = b"a", b"c", b"y"
_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)


class Named(Struct, array_like=True):
    """A struct on its way: class name and body."""

    name: str
    body: msgspec.Raw


class Failure(Struct, array_like=True):
    """An `EngineError`, or for code "" any other exception with its trace."""

    code: str
    details: dict[str, Any]
    trace: str = ""


def task_function(path: str) -> tuple[ModuleType, str]:
    module, _, function = path.partition(":")
    return importlib.import_module(module), function


def pack_struct(kind: bytes, value: Struct) -> bytes:
    return kind + _ENCODER.encode(Named(type(value).__name__, msgspec.Raw(_ENCODER.encode(value))))


def unpack_struct(frame: bytes, module: ModuleType) -> Struct:
    named = msgspec.msgpack.decode(frame[1:], type=Named)
    cls = getattr(module, named.name, None)
    if not (isinstance(cls, type) and issubclass(cls, Struct)):
        raise TypeError(f"{module.__name__} deals in no {named.name}")
    return msgspec.msgpack.decode(named.body, type=cls)


def pack_progress(progress: Progress) -> bytes:
    return PROGRESS + _ENCODER.encode(progress)


def unpack_progress(frame: bytes) -> Progress:
    return msgspec.msgpack.decode(frame[1:], type=Progress)


def pack_failure(failure: Failure) -> bytes:
    return ERROR + _ENCODER.encode(failure)


def unpack_failure(frame: bytes) -> Failure:
    return msgspec.msgpack.decode(frame[1:], type=Failure)
