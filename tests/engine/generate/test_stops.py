"""Text leaves in whole characters, and never a piece of a stop text."""

from __future__ import annotations

import pytest

from engine.serve.generate.stops import Outlet


def through(raw: bytes, stops: list[str], size: int) -> tuple[str, bool]:
    outlet = Outlet(stops)
    text = "".join(outlet.feed(raw[at : at + size]) for at in range(0, len(raw), size))
    return text + outlet.feed(b"", last=True), outlet.stopped


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_characters_arrive_whole_however_they_are_cut(size: int) -> None:
    assert through("grüße 退款 🙂".encode(), [], size) == ("grüße 退款 🙂", False)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_a_stop_text_ends_the_answer_and_is_not_shown(size: int) -> None:
    assert through(b"Yes.\nUser: what else", ["\nUser:", "###"], size) == ("Yes.", True)
    assert through(b"Yes.\nUse it", ["\nUser:"], size) == ("Yes.\nUse it", False)


def test_what_may_become_a_stop_text_waits() -> None:
    outlet = Outlet(["END"])
    assert outlet.feed(b"the E") == "the "
    assert outlet.feed(b"N") == ""
    assert outlet.feed(b"ergy") == "ENergy"


def test_half_a_character_at_the_end_is_replaced() -> None:
    assert through("ü".encode()[:1], [], 1) == ("\ufffd", False)
