"""The options, and the check of a value against its declaration."""

from __future__ import annotations

from copy import copy
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


MOST_NAMES = 1000
MOST_NAME = 200

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
    Option(
        "generator_temperature", float, 0.0, "How freely a generator words answers; 0 takes the likeliest words.",
        least=0, most=2,
    ),
    Option(
        "generator_max_tokens", int, 200, "The longest answer that a generator may write.",
        least=16, most=4096, unit="tokens",
    ),
    Option(
        "generator_context", int, 0, "How much a generator can read at once; 0 takes what model and memory allow.",
        least=0, most=1 << 20, unit="tokens",
    ),
    Option("generator_threads", int, 0, "Threads for generators; 0 takes those of the models.", least=0, most=256),
    Option(
        "generator_gpu_layers", int, -1, "Layers of a generator for a graphics processor; -1 takes all.",
        least=-1, most=1000,
    ),
    Option(
        "recommend_explore", float, 0.0, "Share of the places in lists kept as shown that is left to chance.",
        least=0, most=0.5,
    ),
    Option(
        "generator_picks", dict, {}, "The generator that each agent phrases answers with; without a name, the others.",
    ),
)  # fmt: skip
BY_NAME = {option.name: option for option in OPTIONS}


def defaults() -> dict[str, Any]:
    return {option.name: copy(option.default) for option in OPTIONS}


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
    if isinstance(value, dict):
        _check_names(name, value)
    if option.choices and value not in option.choices:
        raise InputError(reason=f"The setting {name} takes one of {', '.join(option.choices)}, not {value!r}.")
    number = float(value) if isinstance(value, int | float) else 0.0
    if option.least is not None and option.most is not None and not option.least <= number <= option.most:
        bounds = f"{option.least:g} to {option.most:g} {option.unit}".rstrip()
        raise InputError(reason=f"The setting {name} goes from {bounds}, not {value!r}.")
    return value


def _check_names(name: str, value: dict[Any, Any]) -> None:
    """Names by names, of a sensible number and length. Raises: InputError."""
    texts = [*value, *value.values()]
    if len(value) > MOST_NAMES or any(type(text) is not str or len(text) > MOST_NAME for text in texts):
        reason = f"The setting {name} takes at most {MOST_NAMES} names with a name for each, of {MOST_NAME} letters."
        raise InputError(reason=reason)
