"""Turns a conversation into a prompt by the template in the model's own file, or by a plain one where it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from engine.errors import TemplateUnusable

if TYPE_CHECKING:
    from jinja2 import Template

    from engine.runtimes.gguf.sandbox import TemplateSandbox

MOST_MESSAGES = 1000
MOST_PROMPT = 2 << 20
REFUSES = "it refuses the conversation"
PLAIN_STOPS = ("\nUser:", "\nSystem:")


class Turn(Struct, frozen=True):
    """`role` is system, user or assistant."""

    role: str
    content: str


class ChatTemplate:
    """A compiled template.

    Args:
        name: what messages call the model.
        source: Jinja text; empty for the plain form "User: … Assistant: …".
        begin, end: the texts of the tokens that begin and end a text.
        control: texts of tokens that steer the model. Where they stand in what somebody wrote they are broken by a
            space, so that a document cannot pass itself off as an instruction.
    Raises:
        TemplateUnusable: it is no template, or asks for what none may have.
    """

    def __init__(self, name: str, source: str, *, begin: str = "", end: str = "", control: Sequence[str] = ()) -> None:
        self._name, self._begin, self._end = name, begin, end
        longest_first = sorted(control, key=len, reverse=True)
        self._control = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self._sandbox: TemplateSandbox | None = None
        self._template: Template | None = None
        if source.strip():
            self._compile(source)

    @property
    def plain(self) -> bool:
        """Whether the model brings no template."""
        return self._template is None

    def _compile(self, source: str) -> None:
        from engine.runtimes.gguf.sandbox import TemplateSandbox

        try:
            self._sandbox = TemplateSandbox()
            self._template = self._sandbox.from_string(source)
        except Exception as error:  # a stranger's template may be wrong in ways that nobody thought of
            raise self._unusable(error) from error

    def render(self, turns: Sequence[Turn]) -> str:
        """The prompt, up to where the model's answer begins.

        Raises:
            TemplateUnusable: the template fails, or makes too much.
        """
        if len(turns) > MOST_MESSAGES:
            raise TemplateUnusable(name=self._name, reason=f"{len(turns):,} messages; the most is {MOST_MESSAGES:,}.")
        said = [{"role": one.role, "content": self.harmless(one.content)} for one in turns]
        if self._template is None:
            return _plain(said)
        try:
            return self._rendered(said)
        except TemplateUnusable as error:
            merged = _system_into_user(said)
            if merged is None or REFUSES not in str(error.details["reason"]):
                raise
            try:  # some templates refuse a system message
                return self._rendered(merged)
            except TemplateUnusable:
                raise error from None

    def harmless(self, text: str) -> str:
        """A text with every steering token in it broken by a space after its first character."""
        if self._control is None:
            return text
        return self._control.sub(lambda found: f"{found.group()[0]} {found.group()[1:]}", text)

    def _rendered(self, said: list[dict[str, str]]) -> str:
        from engine.runtimes.gguf.sandbox import Limits, TemplateRefused

        assert self._template is not None
        assert self._sandbox is not None
        self._sandbox.limits = Limits()
        values: dict[str, Any] = {
            "messages": said,
            "bos_token": self._begin,
            "eos_token": self._end,
            "add_generation_prompt": True,
            "enable_thinking": False,
            "tools": None,
            "documents": None,
        }
        pieces: list[str] = []
        length = 0
        try:
            for piece in self._template.generate(values):
                length += len(piece)
                if length > MOST_PROMPT:
                    raise TemplateRefused(f"it makes more than {MOST_PROMPT:,} characters.")
                pieces.append(piece)
        except Exception as error:
            raise self._unusable(error) from error
        return "".join(pieces)

    def _unusable(self, error: Exception) -> TemplateUnusable:
        from engine.runtimes.gguf.sandbox import TemplateRefused

        if isinstance(error, TemplateRefused):
            return TemplateUnusable(name=self._name, reason=str(error))
        number = getattr(error, "lineno", None)
        line = f" in line {number}" if isinstance(number, int) else ""
        text = " ".join(str(error).split())[:200]
        return TemplateUnusable(name=self._name, reason=f"{type(error).__name__}{line}: {text}.")


def _plain(said: list[dict[str, str]]) -> str:
    named = {"system": "System", "user": "User", "assistant": "Assistant"}
    lines = [f"{named.get(one['role'], 'User')}: {one['content'].strip()}" for one in said]
    return "\n".join([*lines, "Assistant:"])


def _system_into_user(said: list[dict[str, str]]) -> list[dict[str, str]] | None:
    """The same conversation with the first system message put before the first question."""
    if len(said) < 2 or said[0]["role"] != "system" or said[1]["role"] != "user":
        return None
    first = {"role": "user", "content": f"{said[0]['content']}\n\n{said[1]['content']}"}
    return [first, *said[2:]]
