"""A Jinja sandbox for the chat templates of strangers: no attribute of Python's, and bounds on time, steps and text.

What a template may use is listed, not what it may not. Everything that can make a text or a list larger than its parts
(adding, multiplying, joining, replacing, indenting, captured output) is measured before it is done, every turn of a
loop and every call is counted, and a clock runs. What remains is held by the process: templates are compiled and
rendered in a worker alone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

MOST_TEXT = 4 << 20  # characters of one text
MOST_MADE = 64 << 20  # characters of all texts made on the way
MOST_ENTRIES = 100_000
MOST_STEPS = 400_000
MOST_BITS = 256
MOST_SECONDS = 2.0

TEXT_METHODS = frozenset(
    {
        "capitalize", "count", "endswith", "find", "index", "isalnum", "isalpha", "isdigit", "islower", "isspace",
        "isupper", "join", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind",
        "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
    }
)  # fmt: skip
MAP_METHODS = frozenset({"get", "items", "keys", "values"})
LIST_METHODS = frozenset({"count", "index"})
FILTERS = frozenset(
    {
        "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "int", "items", "last", "length",
        "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "round", "safe", "select",
        "selectattr", "sort", "sum", "title", "trim", "unique", "upper",
    }
)  # fmt: skip


class TemplateRefused(SecurityError):
    """A template asked for more than it may have, or refused the conversation itself; the text says what."""


class Limits:
    """What one rendering has used so far."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._ends = time.monotonic() + seconds
        self._steps = 0
        self._made = 0

    def step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TemplateRefused(f"it takes more than {MOST_STEPS:,} steps.")
        if time.monotonic() > self._ends:
            raise TemplateRefused("it takes too long.")

    def made(self, characters: int) -> None:
        self._made += characters
        if characters > MOST_TEXT or self._made > MOST_MADE:
            raise TemplateRefused("it makes more text than any prompt needs.")

    def entries(self, count: int) -> None:
        if count > MOST_ENTRIES:
            raise TemplateRefused(f"it makes a list of more than {MOST_ENTRIES:,} entries.")


class _Counted:
    """A loop's entries, each turn counted."""

    def __init__(self, entries: Iterable[Any], limits: Limits) -> None:
        self._entries, self._limits = entries, limits

    def __len__(self) -> int:
        if not isinstance(self._entries, Sized):
            raise TypeError
        return len(self._entries)

    def __iter__(self) -> Iterator[Any]:
        for entry in self._entries:
            self._limits.step()
            yield entry


class _Measured(NodeTransformer):
    """Loops go through `_counted`; texts put together by `~` become additions, which are measured."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "_counted", [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        parts = [nodes.Filter(one, "string", [], [], None, None, lineno=node.lineno) for one in node.nodes]
        whole: nodes.Expr = parts[0]
        for one in parts[1:]:
            whole = nodes.Add(whole, one, lineno=node.lineno)
        return whole


class _Generation(Extension):
    """`{% generation %}…{% endgeneration %}` marks what a model is trained on; for a prompt it means nothing."""

    tags = {"generation"}  # noqa: RUF012 - Jinja's own declaration

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class TemplateSandbox(ImmutableSandboxedEnvironment):
    """The environment of one template; `limits` are set anew for each rendering."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            optimized=False,
            extensions=["jinja2.ext.loopcontrols", _Generation],
        )
        self.limits = Limits()
        self.concat = self._join  # type: ignore[method-assign]
        self.finalize = self._weighed
        self.filters = {name: self._bounded(self.filters[name]) for name in FILTERS} | {
            "_counted": lambda entries: _Counted(entries, self.limits),
            "string": lambda value: str(self._weighed(value)),
            "join": self._join_filter,
            "replace": self._replace,
            "indent": self._indent,
            "tojson": self._to_json,
        }
        self.globals = {
            "range": self._range,
            "namespace": Namespace,
            "dict": dict,
            "raise_exception": _raise,
            "strftime_now": lambda form: time.strftime(str(form)[:64]),
        }

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_Measured().visit(source), name, filename, defer_init)

    # --- what may be reached -----------------------------------------------------------------------------------

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if isinstance(obj, str):
            return attr in TEXT_METHODS
        if isinstance(obj, dict):
            return attr in MAP_METHODS
        if isinstance(obj, list | tuple):
            return attr in LIST_METHODS
        return isinstance(obj, LoopContext | Namespace)

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, Macro) or obj in (Namespace, dict, self._range, _raise):
            return True
        owner = getattr(obj, "__self__", None)
        return isinstance(owner, str | dict | list | tuple) or obj is self.globals["strftime_now"] or _is_loop(obj)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        __self.limits.step()
        owner, name = getattr(__obj, "__self__", None), getattr(__obj, "__name__", "")
        if isinstance(owner, str) and name == "replace" and len(args) >= 2:
            return __self._replace(owner, *args)
        if isinstance(owner, str) and name == "join" and args:
            return __self._join_filter(args[0], owner)
        if isinstance(owner, str):
            __self.limits.made(len(owner))
        return super().call(__context, __obj, *args, **kwargs)

    # --- what makes larger things out of smaller ones ------------------------------------------------------------

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str):
            raise TemplateRefused("it fills in texts with “%”.")
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            self.limits.made(len(left) + len(right))
        elif operator == "+" and isinstance(left, list | tuple) and isinstance(right, list | tuple):
            self.limits.entries(len(left) + len(right))
            self.limits.made(8 * (len(left) + len(right)))
        elif operator == "*":
            self._check_product(left, right)
        elif operator == "**" and not (_small(left) and _small(right)):
            raise TemplateRefused("it works with larger numbers than any prompt needs.")
        return super().call_binop(context, operator, left, right)

    def _check_product(self, left: Any, right: Any) -> None:
        for one, times in ((left, right), (right, left)):
            if isinstance(one, str) and isinstance(times, int):
                self.limits.made(len(one) * max(0, times))
            elif isinstance(one, list | tuple) and isinstance(times, int):
                self.limits.entries(len(one) * max(0, times))
        if all(isinstance(one, int) for one in (left, right)) and left.bit_length() + right.bit_length() > MOST_BITS:
            raise TemplateRefused("it works with larger numbers than any prompt needs.")

    def _bounded(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter of Jinja's that makes nothing larger than what it is given, counted as one step and by length."""
        takes = getattr(function, "jinja_pass_arg", None)

        def filtered(*args: Any, **kwargs: Any) -> Any:
            self.limits.step()
            for one in args:
                if isinstance(one, str):
                    self.limits.made(len(one))
                elif isinstance(one, list | tuple):
                    self.limits.entries(len(one))
                    self.limits.made(8 * len(one))
            return function(*args, **kwargs)

        if takes is not None:
            filtered.jinja_pass_arg = takes  # type: ignore[attr-defined]
        return filtered

    def _join(self, parts: Iterable[str]) -> str:
        taken: list[str] = []
        length = 0
        for part in parts:
            self.limits.step()
            length += len(part)
            if length > MOST_TEXT:
                self.limits.made(length)
            taken.append(part)
        self.limits.made(length)
        return "".join(taken)

    def _join_filter(self, entries: Iterable[Any], between: str = "", attribute: Any = None) -> str:
        if attribute is not None:
            entries = [self.getitem(one, attribute) for one in entries]
        between = str(self._weighed(between))

        def parts() -> Iterator[str]:
            for at, one in enumerate(entries):
                if at:
                    yield between
                yield str(self._weighed(one))

        return self._join(parts())

    def _weighed(self, value: Any) -> Any:
        """The value, once it is known that its text is no giant: lists that hold each other many times over are."""
        waiting = [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                self.limits.made(len(one))
            elif isinstance(one, dict | list | tuple):
                self.limits.step()
                self.limits.entries(len(waiting) + len(one))
                waiting.extend(one.keys() if isinstance(one, dict) else ())
                waiting.extend(one.values() if isinstance(one, dict) else one)
        return value

    def _replace(self, text: Any, old: Any, new: Any, count: int = -1) -> str:
        text, old, new = (str(self._weighed(one)) for one in (text, old, new))
        times = text.count(old)
        times = times if count is None or count < 0 else min(times, count)
        self.limits.step()
        self.limits.made(len(text) + times * len(new))
        return str(text.replace(old, new, times))

    def _indent(self, text: Any, width: Any = 4, first: bool = False, blank: bool = False) -> str:
        text = str(self._weighed(text))
        space = width if isinstance(width, str) else " " * min(int(width), 64)
        lines = text.split("\n")
        self.limits.made(len(text) + len(space) * len(lines))
        return "\n".join((space if (first or at) and (line or blank) else "") + line for at, line in enumerate(lines))

    def _to_json(self, value: Any, ensure_ascii: bool = False, indent: int | None = None, **_: Any) -> str:
        deep = None if indent is None else max(0, min(int(indent), 16))
        text = json.dumps(self._weighed(value), ensure_ascii=bool(ensure_ascii), indent=deep)
        self.limits.made(len(text))
        return text

    def _range(self, *bounds: int) -> Sequence[int]:
        found = range(*bounds)
        if len(found) > MOST_ENTRIES:
            raise TemplateRefused(f"it makes a list of more than {MOST_ENTRIES:,} entries.")
        return found


def _raise(text: Any = "") -> NoReturn:
    raise TemplateRefused(f"it refuses the conversation: {str(text)[:200]}")


def _small(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) <= MOST_BITS


def _is_loop(value: Any) -> bool:
    return isinstance(value, LoopContext) or isinstance(getattr(value, "__self__", None), LoopContext)
