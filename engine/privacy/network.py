"""No way out: a guard that every process of the program installs before anything else.

Two walls. Python's own audit hook refuses every connect, send and name look-up that is not to a local Unix socket, on
every system; a hook cannot be taken out again. On Linux (x86-64 and arm64) the kernel besides refuses, by a seccomp
filter that all threads and all child processes inherit, to make any internet or packet socket at all: native code and
programs that Casemate might start are held too.

What this does not stop: native code on Windows and macOS, where only the first wall stands; a program on this machine
that is reached over a Unix socket and goes out on its own account (a local resolver, say); another program of
the same user that was there before. `docs/decisions/0004-network-guard.md` says more.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct
import sys
from typing import Any, Final

_HOOKED_EVENTS: Final = frozenset(
    {
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
    }
)
_installed = False
_filtered = False


class NetworkRefusedError(PermissionError):
    """Something tried to use the network."""

    def __init__(self, event: str) -> None:
        super().__init__(errno.EACCES, f"Casemate does not use the network ({event})")


def _is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    """Unix sockets stay on the machine; everything else may leave it."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind") and arguments:
        family = getattr(arguments[0], "family", None)
        return family == getattr(socket, "AF_UNIX", object())
    return False


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _HOOKED_EVENTS and not _is_local(event, arguments):
        raise NetworkRefusedError(event)


def install_guard() -> None:
    """Put both walls up for this process and its children. Calling it again changes nothing."""
    global _installed, _filtered
    if _installed:
        return
    _installed = True
    sys.addaudithook(_hook)
    if sys.platform == "linux":
        _filtered = _install_filter()


def installed() -> bool:
    return _installed


def kernel_filtered() -> bool:
    """Whether the kernel holds this process too."""
    return _filtered


# --- the kernel's wall ----------------------------------------------------------------------------------------

# Numbers of linux/filter.h, linux/seccomp.h, linux/audit.h and the system call tables.
_LOAD, _JUMP_EQUAL, _JUMP_GE, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_OFFSET_NUMBER, _OFFSET_ARCH, _OFFSET_FIRST_ARGUMENT = 0, 4, 16
_X32_BIT = 0x40000000
_REFUSED_FAMILIES = (2, 10, 17)  # AF_INET, AF_INET6, AF_PACKET
_MACHINES: Final = {
    # audit arch, socket, io_uring_setup, seccomp
    "x86_64": (0xC000003E, 41, 425, 317),
    "aarch64": (0xC00000B7, 198, 425, 277),
}
_PR_SET_NO_NEW_PRIVS, _SECCOMP_SET_MODE_FILTER, _FLAG_TSYNC = 38, 1, 1


def _filter_program(arch: int, socket_call: int, io_uring_call: int) -> bytes:
    """Classic BPF: refuse internet sockets and io_uring (which can make sockets unseen), allow everything else.

    Calls in a foreign calling convention are refused too, since their numbers mean other things.
    """

    def op(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("=HBBI", code, yes, no, value)

    tail = len(_REFUSED_FAMILIES)
    lines = [
        op(_LOAD, _OFFSET_ARCH),
        op(_JUMP_EQUAL, arch, 0, tail + 6),
        op(_LOAD, _OFFSET_NUMBER),
        op(_JUMP_GE, _X32_BIT, tail + 4),
        op(_JUMP_EQUAL, io_uring_call, tail + 3),
        op(_JUMP_EQUAL, socket_call, 0, tail + 1),
        op(_LOAD, _OFFSET_FIRST_ARGUMENT),
    ]
    lines += [op(_JUMP_EQUAL, family, tail - i) for i, family in enumerate(_REFUSED_FAMILIES)]
    lines += [op(_RETURN, _ALLOW), op(_RETURN, _REFUSE)]
    return b"".join(lines)


def _install_filter() -> bool:
    numbers = _MACHINES.get(os.uname().machine)
    if numbers is None:
        return False
    arch, socket_call, io_uring_call, seccomp_call = numbers
    program = _filter_program(arch, socket_call, io_uring_call)
    lines = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }, padded to the pointer's alignment.
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(lines))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.syscall(seccomp_call, _SECCOMP_SET_MODE_FILTER, _FLAG_TSYNC, head) == 0)
