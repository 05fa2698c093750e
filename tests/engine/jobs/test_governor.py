"""Who is let in, who is given up first, and what a refusal says."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from engine.errors import MemoryHeld, MemoryShort
from engine.host.held import Held
from engine.jobs.control import JobControl
from engine.jobs.governor import Governor, Kind, Room


class Machine:
    """So much memory; what models take of it is taken at once, and free again when they are given up."""

    def __init__(self, free_mb: float) -> None:
        self.free_mb = free_mb
        self.governor = Governor(lambda: self.free_mb)
        self.given_up: list[str] = []

    @contextlib.contextmanager
    def model(self, what: str, mb: float, kind: Kind, *, busy: bool = False) -> Iterator[Room]:
        """A model of this process, opened."""
        held: list[Room] = []

        def give_up() -> None:
            if not busy and held:
                self.given_up.append(what)
                self.governor.release(held.pop())
                self.free_mb += mb

        with self.governor.opening(what, mb, kind, give_up) as room:
            self.free_mb -= mb
        room.measured_mb = mb
        held.append(room)
        yield room
        if held:
            self.governor.release(held.pop())
            self.free_mb += mb


@pytest.fixture
def full() -> Iterator[Machine]:
    """1,000 MB, of which 100 are free; the models were opened in another order than they are given up in."""
    machine = Machine(1000)
    with (
        machine.model("skill", 200, "encoder of a skill"),
        machine.model("older reranker", 100, "reranker"),
        machine.model("encoder", 150, "encoder"),
        machine.model("generator", 300, "generator"),
        machine.model("reranker", 150, "reranker"),
    ):
        yield machine


def test_idle_models_are_given_up_in_order_and_no_more_than_needed(full: Machine, control: JobControl) -> None:
    with full.governor.room("first", 90, control):
        assert full.given_up == [], "there was enough"
    with full.governor.room("second", 350, control):
        assert full.given_up == ["generator"]
    with full.governor.room("third", 600, control):
        assert full.given_up == ["generator", "older reranker", "reranker"]
    with full.governor.room("fourth", 800, control):
        assert full.given_up == ["generator", "older reranker", "reranker", "skill"]


def test_a_model_of_this_process_makes_room_for_itself_too(full: Machine) -> None:
    with full.model("another skill", 250, "encoder of a skill"):
        assert full.given_up == ["generator"]
        assert full.free_mb == 150


def test_the_encoder_stays_and_is_named_in_the_refusal(full: Machine, control: JobControl) -> None:
    with pytest.raises(MemoryHeld) as refused, full.governor.room("Training birds", 900, control):
        pass
    assert full.given_up == [], "what cannot be let in ends nobody"
    assert refused.value.message == (
        "Training birds needs about 900 MB of memory, and 850 MB are free, counting what could be given up for it. "
        "Held now: generator 300 MB, skill 200 MB, encoder 150 MB, reranker 150 MB, older reranker 100 MB."
    )
    assert refused.value.exit_code == MemoryShort.exit_code
    with pytest.raises(MemoryHeld, match=r"900 MB of memory, and 850 MB"):
        full.governor.require("Training birds", 900)


def test_a_model_does_not_wait_for_trainings(full: Machine, control: JobControl) -> None:
    with full.governor.room("Train birds", 700, control):
        with pytest.raises(MemoryHeld) as refused, full.model("reranker-zh", 400, "reranker"):
            pass
        assert "Train birds 700 MB" in refused.value.message
        assert refused.value.details["free_mb"] == 150  # and not 850, as if the training could be given up
    with full.model("reranker-zh", 400, "reranker"):
        pass


def test_where_nobody_holds_anything_both_numbers_are_told(control: JobControl) -> None:
    governor = Governor(lambda: 500.0)
    with pytest.raises(MemoryShort) as refused, governor.room("Training birds", 800, control):
        pass
    assert type(refused.value) is MemoryShort
    assert refused.value.message == "Training birds needs about 800 MB of memory, and 500 MB are free."


def test_a_busy_generator_is_waited_for(control: JobControl) -> None:
    machine = Machine(500)
    order: list[str] = []
    busy = threading.Event()

    def train() -> None:
        with machine.governor.room("Train birds", 400, waiting):
            order.append("training")

    waiting = JobControl()
    with contextlib.ExitStack() as stack:
        writing = stack.enter_context(machine.model("generator", 300, "generator", busy=True))
        thread = threading.Thread(target=train)
        thread.start()
        deadline = time.monotonic() + 5
        while not waiting.waiting and time.monotonic() < deadline:
            time.sleep(0.01)
        assert waiting.waiting
        assert writing in machine.governor.holders()
        order.append("generator")
        busy.set()
    thread.join(5)
    assert order == ["generator", "training"]


def test_a_model_that_does_not_open_holds_nothing() -> None:
    governor = Governor(lambda: 500.0)

    def damaged() -> None:
        assert governor.free_mb() == 300, "promised while it opens"
        raise ValueError("damaged")

    with pytest.raises(ValueError, match="damaged"), governor.opening("the encoder", 200, "encoder"):
        damaged()
    assert governor.holders() == []
    with governor.opening("the encoder", 200, "encoder"):
        pass
    assert governor.free_mb() == 500, "what is opened is no longer among what the machine has free"


def test_holders_are_told_with_forecast_and_kind(full: Machine) -> None:
    told = [(room.what, room.kind, room.promised_mb, room.used_mb()) for room in full.governor.holders()]
    assert told[0] == ("skill", "encoder of a skill", 200, 200)
    assert [what for what, *_ in told] == ["skill", "older reranker", "encoder", "generator", "reranker"]


# --- what lies in the host's cache -----------------------------------------------------------------------------------


def test_a_reranker_takes_room_before_it_is_opened_and_gives_it_back() -> None:
    governor = Governor(lambda: 500.0)
    cache = Held(governor)
    key = ("reranker", "en")
    assert key not in cache
    assert [room.what for room in governor.holders()] == ["the reranker reranker-en"]
    assert governor.free_mb() < 500
    cache[key] = object()
    (room,) = governor.holders()
    assert room.here
    assert room.give_up is not None
    room.give_up()
    assert cache.get(key) is None
    assert governor.holders() == []


def test_a_reranker_that_does_not_fit_is_not_opened() -> None:
    cache = Held(Governor(lambda: 10.0))
    with pytest.raises(MemoryShort, match="the reranker reranker-en needs about"):
        assert ("reranker", "en") not in cache
    assert ("reranker", "") not in cache, "no reranker for this language, no room"


@pytest.mark.parametrize("end", ["pop", "delete", "clear", "another"])
def test_a_room_ends_with_its_entry(end: str) -> None:
    governor = Governor(lambda: 500.0)
    cache: Any = Held(governor)
    with governor.opening("a skill", 20, "encoder of a skill") as room:
        cache["skill", "birds"] = object()
    cache.hold(("skill", "birds"), room)
    assert governor.holders() == [room]
    if end == "pop":
        cache.pop(("skill", "birds"))
    elif end == "delete":
        del cache["skill", "birds"]
    elif end == "clear":
        cache.clear()
    else:
        with governor.opening("a skill, next version", 20, "encoder of a skill") as other:
            cache["skill", "birds"] = object()
        cache.hold(("skill", "birds"), other)
        assert governor.holders() == [other]
        return
    assert governor.holders() == []
