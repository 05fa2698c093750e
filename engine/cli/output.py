"""Results for people and for programs. With --json, stdout carries one JSON object and nothing else."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from engine.errors import EngineError, UsageError

WIDEST_CELL = 72


def write_json(value: Any) -> None:
    sys.stdout.write(msgspec.json.encode(value, enc_hook=str).decode() + "\n")
    sys.stdout.flush()


def piece_writer(*, as_json: bool) -> Callable[[str], None]:
    """Writes the pieces of a streamed answer: JSON objects on stdout, or plain text on stderr."""

    def write(text: str) -> None:
        if as_json:
            write_json({"piece": text})
        else:
            sys.stderr.write(text)
            sys.stderr.flush()

    return write


def write_error(error: EngineError, *, as_json: bool) -> None:
    if as_json:
        write_json(
            {"error": {"code": error.code, "message": error.message, "help": _help(error), "details": error.details}}
        )
        return
    sys.stderr.write(f"{error.message}\n")
    if error.code != "cancelled":
        sys.stderr.write(f"{_help(error)}\n")
    if trace := error.details.get("trace"):
        sys.stderr.write(f"{trace}\n")


def _help(error: EngineError) -> str:
    from engine.errors import fill

    return fill(error.help, error.details) if not isinstance(error, UsageError) else error.help


def width(text: str) -> int:
    """Columns that a text takes on a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def clip(text: str, most: int = WIDEST_CELL) -> str:
    text = " ".join(text.split())
    if width(text) <= most:
        return text
    taken, used = [], 0
    for char in text:
        used += width(char)
        if used > most - 1:
            break
        taken.append(char)
    return "".join(taken) + "…"


def cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return ", ".join(cell(part) for part in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {cell(part)}" for key, part in value.items())
    return str(value)


def table(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A plain table; columns that hold only numbers are set to the right."""
    rows = list(rows)
    texts = [[clip(cell(value)) for value in row] for row in rows]
    if not texts:
        return "(none)"
    widths = [max(width(header), *(width(row[i]) for row in texts)) for i, header in enumerate(headers)]
    right = [
        all(isinstance(row[i], (int, float)) and not isinstance(row[i], bool) for row in rows)
        for i in range(len(headers))
    ]

    def line(cells: Sequence[str]) -> str:
        padded = [
            " " * (widths[i] - width(text)) + text if right[i] else text + " " * (widths[i] - width(text))
            for i, text in enumerate(cells)
        ]
        return "  ".join(padded).rstrip()

    return "\n".join([line(headers), line(["-" * w for w in widths]), *(line(row) for row in texts)])


def facts(value: Struct, *, without: Sequence[str] = ()) -> str:
    """A struct as `name  value` lines."""
    plain = msgspec.to_builtins(value, enc_hook=str)
    shown = {name: cell(part) for name, part in plain.items() if name not in without and part not in (None, "", [], {})}
    if not shown:
        return ""
    widest = max(map(width, shown))
    return "\n".join(f"{name}{' ' * (widest - width(name))}  {text}" for name, text in shown.items())


def write_text(text: str) -> None:
    sys.stdout.write(text.rstrip("\n") + "\n")
