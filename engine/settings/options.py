"""The options, and the check of a value against its declaration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.errors import InputError


@dataclass(frozen=True)
class Option:
    """An option of a workspace; `choices` or `least`/`most` bound it."""

    name: str
    kind: type
    default: Any
    about: str
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""


OPTIONS: tuple[Option, ...] = (
    Option(
        "auto_lock_s", int, 600, "Lock the workspace after this long without a key or a click; 0 never locks.",
        least=0, most=86_400, unit="seconds",
    ),
    Option(
        "generator_idle_s", int, 300, "Unload the generator after this long without a question.",
        least=0, most=86_400, unit="seconds",
    ),
    Option("threads", int, 0, "Threads for the models; 0 takes what the machine has.", least=0, most=256),
)  # fmt: skip
BY_NAME = {option.name: option for option in OPTIONS}


def defaults() -> dict[str, Any]:
    return {option.name: option.default for option in OPTIONS}


def checked(name: str, value: Any) -> Any:
    """The value in the option's type.

    Raises:
        InputError: unknown option, wrong type or out of range.
    """
    option = BY_NAME.get(name)
    if option is None:
        raise InputError(reason=f"There is no setting named {name}. Known: {', '.join(BY_NAME)}.")
    if option.kind is float and type(value) is int:
        value = float(value)
    if type(value) is not option.kind:
        raise InputError(reason=f"The setting {name} takes a value of type {option.kind.__name__}, not {value!r}.")
    if option.choices and value not in option.choices:
        raise InputError(reason=f"The setting {name} takes one of {', '.join(option.choices)}, not {value!r}.")
    number = float(value) if isinstance(value, int | float) else 0.0
    if option.least is not None and option.most is not None and not option.least <= number <= option.most:
        bounds = f"{option.least:g} to {option.most:g} {option.unit}".rstrip()
        raise InputError(reason=f"The setting {name} goes from {bounds}, not {value!r}.")
    return value
