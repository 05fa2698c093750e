"""Errors: sentences filled, codes unique, values that survive the way through a pipe."""

from __future__ import annotations

import msgspec
import pytest

from engine import errors


def every_class(cls: type[errors.EngineError] = errors.EngineError) -> list[type[errors.EngineError]]:
    return [cls, *(found for sub in cls.__subclasses__() for found in every_class(sub))]


def test_codes_name_one_class_each() -> None:
    own = [cls for cls in every_class() if "code" in vars(cls)]
    assert len({cls.code for cls in own}) == len(own)
    assert all(errors.by_code(cls.code).code == cls.code for cls in own)


@pytest.mark.parametrize("cls", every_class())
def test_every_error_speaks(cls: type[errors.EngineError]) -> None:
    message = cls(reason="the reason.").message
    assert message
    assert "{" not in message
    assert cls.exit_code in range(1, 8)
    assert cls.help


def test_rebuilt_error_says_the_same() -> None:
    error = errors.FileUnusable(path="a\udce4.csv", reason="it is empty.")
    again = errors.rebuild(error.code, msgspec.msgpack.decode(msgspec.msgpack.encode(error.details)))
    assert again.message == error.message == "a?.csv cannot be used: it is empty."
    assert type(again) is errors.FileUnusable


def test_an_unknown_code_is_a_fault() -> None:
    assert isinstance(errors.rebuild("from the future", {"reason": "x"}), errors.Fault)
