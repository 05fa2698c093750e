"""What goes over the pipe between a front end and its host process. MessagePack of these structs, nothing pickled."""

from __future__ import annotations

from typing import Any, Union

import msgspec
from msgspec import Raw, Struct

from engine import api
from engine.values import Progress


class Ask(Struct, tag=True):
    id: int
    request: Raw


class Stop(Struct, tag=True):
    id: int


class Quit(Struct, tag=True):
    pass


class Ready(Struct, tag=True):
    """The host's first word."""

    protocol: int
    pid: int


class Told(Struct, tag=True):
    id: int
    progress: Progress


class Answered(Struct, tag=True):
    id: int
    result: Raw


class Failed(Struct, tag=True):
    id: int
    code: str
    details: dict[str, Any]


ToHost = Ask | Stop | Quit
FromHost = Ready | Told | Answered | Failed

_encoder = msgspec.msgpack.Encoder(enc_hook=str)
_request_decoder = msgspec.msgpack.Decoder(Union[tuple(api.RESULTS)])  # noqa: UP007 - a union made at run time
_to_host = msgspec.msgpack.Decoder(ToHost)
_from_host = msgspec.msgpack.Decoder(FromHost)


def encode(message: Struct) -> bytes:
    return _encoder.encode(message)


def raw(value: Struct) -> Raw:
    return Raw(_encoder.encode(value))


def decode_to_host(frame: bytes) -> ToHost:
    message: ToHost = _to_host.decode(frame)
    return message


def decode_from_host(frame: bytes) -> FromHost:
    message: FromHost = _from_host.decode(frame)
    return message


def decode_request(body: Raw) -> api.Request:
    request: api.Request = _request_decoder.decode(body)
    return request


def decode_result(request: type[api.Request], body: Raw) -> api.Result:
    return msgspec.msgpack.decode(body, type=api.RESULTS[request])
