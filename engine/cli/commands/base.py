"""How a command is declared: its options, and a function from parsed options to a result."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from engine import api
from engine.cli.session import Session

Run = Callable[[argparse.Namespace, Session], Any]
Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add(commands: Any, name: str, about: str, run: Run) -> argparse.ArgumentParser:
    """Add a command; `run` gives the result to print."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    return parser


def group(commands: Any, name: str, about: str) -> Any:
    """Add a command that only holds others."""
    parser = commands.add_parser(name, help=about, description=about)
    return parser.add_subparsers(dest=f"{name}_command", metavar="COMMAND", required=True)


def simple(build: Callable[[argparse.Namespace], api.Request]) -> Run:
    """A command that is one request."""
    return lambda args, session: session.call(build(args))
