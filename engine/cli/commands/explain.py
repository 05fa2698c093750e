"""`explain`, `report`"""

from __future__ import annotations

from typing import Any

from engine import api
from engine.cli.commands.base import add, simple


def register(commands: Any) -> None:
    parser = add(
        commands, "explain", "which words of a text speak for its label",
        simple(lambda a: api.Explain(pack=a.pack, text=a.text, label=a.label)),
    )  # fmt: skip
    parser.add_argument("text")
    parser.add_argument("--pack", required=True)
    parser.add_argument("--label", help="explain this label instead of the answer")

    parser = add(
        commands, "report", "write the report of a model as one HTML or PDF file",
        simple(lambda a: api.ExportReport(pack=a.pack, path=a.file, version=a.version, language=a.language)),
    )  # fmt: skip
    parser.add_argument("file", help="ends in .html or .pdf")
    parser.add_argument("--pack", required=True)
    parser.add_argument("--version", type=int, help="otherwise the version in use")
    parser.add_argument("--language", default="en", choices=("en", "zh"))
