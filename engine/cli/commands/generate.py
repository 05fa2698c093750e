"""`generate …`, `models generators` and `models generator`"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from engine import api
from engine.cli.commands.base import add, simple
from engine.cli.output import piece_writer
from engine.cli.session import Session
from engine.errors import FileMissing, FileUnusable, UsageError


def _generate(args: argparse.Namespace, session: Session) -> Any:
    text = sys.stdin.read() if args.prompt == "-" else args.prompt
    if args.raw and args.system:
        raise UsageError(reason="--system goes with a question, not with --raw.")
    messages: tuple[api.PromptMessage, ...] = ()
    if not args.raw:
        system = (api.PromptMessage("system", args.system),) if args.system else ()
        messages = (*system, api.PromptMessage("user", text))
    request = api.Generate(
        pack=args.pack,
        messages=messages,
        prompt=text if args.raw else "",
        special=args.special,
        max_tokens=args.max_tokens,
        temperature=args.temperature,
        top_p=args.top_p,
        top_k=args.top_k,
        seed=args.seed,
        stop=tuple(args.stop),
        json_schema=_text(args.json_schema),
        grammar=_text(args.grammar),
        context=args.context,
        threads=args.threads,
        gpu_layers=args.gpu_layers,
    )
    return session.call(request, on_note=piece_writer(as_json=args.json) if args.stream else None)


def _text(path: str) -> str:
    """A file's text; empty without a path. Raises: FileMissing, FileUnusable."""
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileMissing(path=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnusable(path=path, reason="it is no readable text.") from error


def register(commands: Any) -> None:
    defaults = api.Generate()
    parser = add(commands, "generate", "let a generator write", _generate)
    parser.add_argument("--pack", default="", help="the generator; otherwise the first there is")
    parser.add_argument("prompt", help="a question, or with --raw a text to go on with; - reads standard input")
    parser.add_argument("--system", default="", help="what the model is told before the question")
    parser.add_argument("--raw", action="store_true", help="go on with the text as it is, without the chat template")
    parser.add_argument("--special", action="store_true", help="with --raw: read steering tokens in the text as such")
    parser.add_argument("--stream", action="store_true", help="show the text as it is written")
    parser.add_argument("--max-tokens", type=int, default=defaults.max_tokens)
    parser.add_argument("--temperature", type=float, default=defaults.temperature, help="0: the likeliest each time")
    parser.add_argument("--top-p", type=float, default=defaults.top_p)
    parser.add_argument("--top-k", type=int, default=defaults.top_k)
    parser.add_argument("--seed", type=int, help="otherwise a new one, which the result names")
    parser.add_argument("--stop", action="append", default=[], metavar="TEXT", help="ends the text; may be repeated")
    parser.add_argument("--json-schema", default="", metavar="FILE", help="hold the text to a JSON schema")
    parser.add_argument("--grammar", default="", metavar="FILE", help="hold the text to a grammar (GBNF)")
    parser.add_argument("--context", type=int, default=0, help="tokens; otherwise from the model and the machine")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument(
        "--gpu-layers", type=int, help="layers for a graphics processor; otherwise all, where there is one"
    )


def register_in_models(models: Any) -> None:
    """Add the commands to the group `models`."""
    add(models, "generators", "the generators, and whether they fit", simple(lambda a: api.ListGenerators()))
    parser = add(
        models, "generator", "one generator: size, fit, speed, template",
        simple(lambda a: api.GetGenerator(pack=a.name, context=a.context, measure=a.measure)),
    )  # fmt: skip
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--context", type=int, default=0, help="forecast for so many tokens")
    parser.add_argument("--measure", action="store_true", help="load it and measure its speed on this machine")
