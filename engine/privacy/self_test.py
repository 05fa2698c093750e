"""Tries each way out of this process and of a child, and tells which were refused.

The targets are addresses that lead nowhere (RFC 5737, RFC 3849, RFC 2606): should a wall be missing, nothing private
and nobody is reached.
"""

from __future__ import annotations

import ctypes
import errno
import multiprocessing
import socket
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from engine.privacy.network import installed, kernel_filtered

NOWHERE_4, NOWHERE_6, NOWHERE_NAME = "192.0.2.1", "2001:db8::1", "nowhere.invalid"
PORT = 9
_REFUSALS = (errno.EACCES, errno.EPERM)


def _tcp(family: int, host: str) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.settimeout(0.5)
        one.connect((host, PORT))


def _udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"", (NOWHERE_4, PORT))


def _raw() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, 1) as one:
        one.sendto(b"", (NOWHERE_4, 0))


def _name() -> None:
    socket.getaddrinfo(NOWHERE_NAME, PORT)


def _web() -> None:
    from http.client import HTTPConnection

    HTTPConnection(NOWHERE_4, PORT, timeout=0.5).request("GET", "/")


def _native() -> None:
    """A socket made by the C library, past Python."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.socket(int(socket.AF_INET), int(socket.SOCK_DGRAM), 0)
    if handle < 0:
        raise OSError(ctypes.get_errno(), "refused by the system")
    libc.close(handle)


def _refused(attempt: Callable[[], None]) -> tuple[bool, str]:
    """Whether a wall refused it; an attempt that fails for another reason was not refused."""
    try:
        attempt()
    except OSError as error:
        return error.errno in _REFUSALS, str(error)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"
    return False, "went through"


def _child(pipe: Connection) -> None:
    refused, detail = _refused(_native if sys.platform != "win32" else _udp)
    pipe.send_bytes((b"1" if refused else b"0") + detail.encode())


def _in_a_child() -> tuple[bool, str]:
    """A child process that installs no guard of its own: only what it inherits can hold it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_child, args=(theirs,))
    child.start()
    theirs.close()
    try:
        answer = ours.recv_bytes() if ours.poll(30) else b"0no answer"
    except EOFError:
        answer = b"0ended without an answer"
    child.join(5)
    if child.is_alive():
        child.kill()
        child.join()
    child.close()
    ours.close()
    return answer[:1] == b"1", answer[1:].decode()


def self_test() -> dict[str, Any]:
    """Try every way out.

    Returns:
        `attempts` and `refused` (how many), `ways` (name, refused, detail), `guard`, `kernel`, and `limits`: what the
        walls of this system do not hold.
    """
    python_ways: dict[str, Callable[[], None]] = {
        "TCP over IPv4": lambda: _tcp(socket.AF_INET, NOWHERE_4),
        "TCP over IPv6": lambda: _tcp(socket.AF_INET6, NOWHERE_6),
        "UDP": _udp,
        "raw packets": _raw,
        "name look-up": _name,
        "web request": _web,
    }
    results = {name: _refused(attempt) for name, attempt in python_ways.items()}
    if sys.platform != "win32":
        results["native code"] = _refused(_native)
    results["child process"] = _in_a_child()
    limits = ["a program on this machine that is reached over a Unix socket and goes out on its own account"]
    if not kernel_filtered():
        limits.insert(0, "native code and programs started by it: this system offers no filter that Casemate can use")
    return {
        "attempts": len(results),
        "refused": sum(refused for refused, _ in results.values()),
        "ways": [{"way": name, "refused": refused, "detail": detail} for name, (refused, detail) in results.items()],
        "guard": installed(),
        "kernel": kernel_filtered(),
        "limits": limits,
    }
