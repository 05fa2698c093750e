"""Single tokens out of a vocabulary that was passed over: those that steer the model, and those that begin and end."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from msgspec import Struct

from engine.errors import GgufUnusable
from engine.runtimes.gguf.header import MOST_READ, ArrayPlace, Header
from engine.runtimes.gguf.window import EndOfFile, TooMuch, Window

CONTROL, USER_DEFINED = 3, 4
MOST_STEERING = 16_384
# Of the tokens that a model's maker added, those that look like marks; others are words, tags or runs of spaces.
_MARK = re.compile(r"<[|｜].+[|｜]>|</?(?:start|end)_of_\w+>|\[/?[A-Z_]+\]|<<?/?[A-Z]{2,}>>?")


class Steering(Struct, frozen=True):
    """`control` are texts that steer the model and are no writing; `begin` and `end` frame a text."""

    control: tuple[str, ...]
    begin: str
    end: str


def read_steering(header: Header) -> Steering:
    """The steering tokens of a file whose facts were checked.

    Raises:
        GgufUnusable.
    """
    try:
        with Path(header.path).open("rb", buffering=0) as file:
            kinds = _kinds(Window(file, header.size, MOST_READ), header.arrays.get("tokenizer.ggml.token_type"))
            wanted = [at for at, kind in enumerate(kinds) if kind in (CONTROL, USER_DEFINED)][:MOST_STEERING]
            begin, end = (_token_id(header, name) for name in ("bos", "eos"))
            window = Window(file, header.size, MOST_READ)
            texts = _texts(window, header.arrays["tokenizer.ggml.tokens"], {*wanted, begin, end})
    except (OSError, EndOfFile, TooMuch) as error:
        raise GgufUnusable(path=header.path, reason="its vocabulary cannot be read.") from error
    control = {texts[at] for at in wanted if kinds[at] == CONTROL or _MARK.fullmatch(texts[at])}
    return Steering(tuple(sorted(one for one in control if len(one) > 1)), texts.get(begin, ""), texts.get(end, ""))


def _token_id(header: Header, name: str) -> int:
    value = header.values.get(f"tokenizer.ggml.{name}_token_id", -1)
    return value if type(value) is int else -1


def _kinds(window: Window, place: ArrayPlace | None) -> tuple[int, ...]:
    if place is None:
        return ()
    window.skip(place.start)
    return struct.unpack(f"<{place.count}i", window.take(4 * place.count))


def _texts(window: Window, place: ArrayPlace, wanted: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    window.skip(place.start)
    passed = 0
    for at in sorted(one for one in wanted if 0 <= one < place.count):
        window.skip_strings(at - passed)
        found[at] = window.take(window.u64()).decode("utf-8", "replace")
        passed = at + 1
    return found
