"""What a folder says of itself beside its weights: its licence and its chat template."""

from __future__ import annotations

import re
from typing import Any

from engine.packs.manifest import printable
from engine.runtimes.convert.folder import Folder
from engine.runtimes.gguf.facts import MOST_TEMPLATE

NOT_STATED = "not stated"
MOST_READ = 64 << 10
TEMPLATE = "chat_template.jinja"
_FRONT = re.compile(r"\A---\s*\n(.*?)^---\s*$", re.DOTALL | re.MULTILINE)
_LICENCE = re.compile(r"^licen[sc]e:[ \t]*(.*)$", re.MULTILINE)
_LICENCE_NAME = re.compile(r"^licen[sc]e_name:[ \t]*(.*)$", re.MULTILINE)


def licence_of(folder: Folder) -> str:
    """The licence: what the model card's head says, or the first line of the licence's file, or "not stated".

    Raises:
        GgufUnusable: a file cannot be read.
    """
    names = {name.lower(): name for name in folder.names()}
    if (card := names.get("readme.md")) is not None and (found := _from_card(folder.beginning(card, MOST_READ))):
        return found
    for name in sorted(names):
        if re.fullmatch(r"(licen[sc]e|copying)(\.(md|txt|rst))?", name):
            for line in folder.beginning(names[name], MOST_READ).splitlines():
                if text := line.strip("#*= \t"):
                    return printable(text, 120)
    return NOT_STATED


def _from_card(text: str) -> str:
    front = _FRONT.match(text.replace("\r\n", "\n"))
    if front is None:
        return ""
    found = _value(_LICENCE, front[1])
    own_name = _value(_LICENCE_NAME, front[1])
    return own_name if found.lower() in ("", "other") and own_name else found


def _value(expression: re.Pattern[str], front: str) -> str:
    found = expression.search(front)
    if found is None:
        return ""
    text = found[1].strip()
    if not text:  # a list below
        listed = re.match(r"\s*-[ \t]*(\S.*)", front[found.end() :])
        text = listed[1].strip() if listed else ""
    return printable(text.strip("[]").split(",")[0].strip().strip("'\""), 120)


def template_of(folder: Folder, settings: dict[str, Any]) -> str:
    """The chat template; empty where the folder brings none.

    Args:
        settings: tokenizer_config.json.
    Raises:
        GgufUnusable: it is longer than any needs to be.
    """
    found: Any = settings.get("chat_template")
    if folder.has(TEMPLATE):
        found = folder.text(TEMPLATE, 4 * MOST_TEMPLATE)
    elif found is None and folder.has("chat_template.json"):
        found = folder.json_if_there("chat_template.json").get("chat_template")
    if isinstance(found, list):  # several by name
        named = {str(one.get("name")): one.get("template") for one in found if isinstance(one, dict)}
        found = named.get("default", next(iter(named.values()), None))
    if not isinstance(found, str):
        return ""
    if len(found) > MOST_TEMPLATE:
        raise folder.bad(f"its chat template has {len(found):,} characters, and the most is {MOST_TEMPLATE:,}.")
    return found
