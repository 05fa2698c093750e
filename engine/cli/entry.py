"""From arguments to an exit code."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from engine.cli.output import write_error, write_json, write_text
from engine.errors import Cancelled, EngineError, Fault, UsageError

PARTIAL = 5
_WITH_VALUE = {"--workspace": "workspace", "--passphrase-file": "passphrase_file"}
_FLAGS = {"--json": "json", "--quiet": "quiet"}


class _Parser(argparse.ArgumentParser):
    """Reports wrong usage as an error of ours, so that --json holds for it too."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(reason=f"{self.prog}: {message}.", usage=self.format_usage().strip())


def split_globals(arguments: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Take the global options out, wherever they stand before a `--`."""
    found: dict[str, Any] = {}
    rest: list[str] = []
    queue = list(arguments)
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *queue]
            break
        if word in _FLAGS:
            found[_FLAGS[word]] = True
        elif name in _WITH_VALUE:
            if not equals:
                if not queue:
                    raise UsageError(reason=f"{name} needs a value.")
                value = queue.pop(0)
            found[_WITH_VALUE[name]] = value
        else:
            rest.append(word)
    return found, rest


def build_parser() -> argparse.ArgumentParser:
    from engine.cli.commands import chat, data, demo, entities, explain, generate, keep, queue, read, recommend

    parser = _Parser(
        prog="casemate",
        description="Answers, reads and recommends from your own data, on this machine alone. "
        "Without a command the window opens.",
        epilog="Global options, anywhere before a `--`: --workspace DIR, --json, --passphrase-file F, --quiet. "
        "Exit codes: 0 done, 1 fault of ours, 2 wrong usage, 3 locked, 4 input unusable, 5 done in part, 6 cancelled, "
        "7 not enough memory or disk.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for module in (demo, data, read, entities, explain, queue, chat, generate, recommend, keep):
        module.register(commands)
    return parser


OpenWindow = Callable[[Path, bool], int]
"""Takes the workspace and whether it is the demo; gives the exit code. The engine itself knows no window."""


def run(arguments: list[str], open_window: OpenWindow | None = None) -> int:
    """Do what the arguments say; returns the exit code."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    as_json = "--json" in arguments[: arguments.index("--")] if "--" in arguments else "--json" in arguments
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(arguments, open_window)
    except EngineError as error:
        write_error(error, as_json=as_json)
        return error.exit_code
    except KeyboardInterrupt:
        write_error(Cancelled(), as_json=as_json)
        return Cancelled.exit_code
    except BrokenPipeError:
        # Whoever read the output has gone, as `| head` does.
        sys.stderr.close()
        return 0
    except Exception as error:
        logging.getLogger(__name__).exception("unexpected")
        write_error(Fault(reason=f"{type(error).__name__}: {error}"), as_json=as_json)
        return Fault.exit_code


def _run(arguments: list[str], open_window: OpenWindow | None) -> int:
    from engine.cli.session import Globals, Session

    found, rest = split_globals(arguments)
    from engine.paths import default_workspace

    options = Globals(
        workspace=Path(found["workspace"]).expanduser().absolute() if "workspace" in found else default_workspace(),
        json=found.get("json", False),
        quiet=found.get("quiet", False),
        passphrase_file=Path(found["passphrase_file"]).expanduser() if "passphrase_file" in found else None,
    )
    args = build_parser().parse_args(rest)
    if args.command is None:
        raise UsageError(reason="No command was given.")
    args.json = options.json
    args.open_window = open_window
    session = Session(options)
    try:
        result = args.run(args, session)
    finally:
        session.close()
    if isinstance(result, int):
        return result
    if options.json:
        write_json(result)
    else:
        from engine.cli.show import as_text

        write_text(as_text(result))
    from engine.host.service import is_partial

    if isinstance(result, dict) and not result["ok"]:
        return Fault.exit_code
    return PARTIAL if is_partial(result) else 0
