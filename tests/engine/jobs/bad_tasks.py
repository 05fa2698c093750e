"""Tasks that go wrong in every way a worker can, for the tests of the worker."""

import ctypes
import os
import time

from msgspec import Struct

from engine.errors import DataUnusable


class Spec(Struct):
    number: int = 0


class Item(Struct):
    number: int


class Result(Struct):
    number: int
    pid: int


def double(spec, link):
    for number in range(spec.number):
        link.report(number, spec.number, "counting")
        link.send(Item(number))
    return Result(spec.number * 2, os.getpid())


def segfault(spec, link):
    ctypes.string_at(0)


def killed(spec, link):
    link.send(Item(os.getpid()))
    time.sleep(60)


def deaf(spec, link):
    """Native code that neither reports nor listens."""
    link.send(Item(os.getpid()))
    ctypes.CDLL(None).sleep(60)


def hungry(spec, link):
    hoard = []
    while True:
        hoard.append(bytearray(os.urandom(1)) * 20_000_000)
        time.sleep(0.02)


def memory_error(spec, link):
    raise MemoryError


def refuses(spec, link):
    raise DataUnusable(name="birds", reason="there are none.")


def breaks(spec, link):
    raise RuntimeError("a bolt came loose")


def floods(spec, link):
    for number in range(100_000):
        link.send(Item(number))
    return Result(0, 0)


def ticks(spec, link):
    """A count that goes on for ever, one tick every 20 ms."""
    number = 0
    while True:
        number += 1
        link.send(Item(number))
        link.report(number, None, "ticking")
        time.sleep(0.02)


def environment(spec, link):
    """The settings of OpenMP that a worker has: 1 if threads sleep while they wait, and how long they spin before."""
    return Result(int(os.environ.get("OMP_WAIT_POLICY") == "PASSIVE"), int(os.environ.get("GOMP_SPINCOUNT", 0)))
