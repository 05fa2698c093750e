"""How freely a generator words what it is asked for, and how long: from the settings, and anew for another seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from engine.host.context import Context

OTHER_WORDS = 0.7
"""The least temperature where other words are asked for: at 0 every seed takes the same ones."""


class Wording(Struct, frozen=True):
    """Of the next text: `temperature`, `seed` and the `most` tokens."""

    temperature: float
    seed: int
    most: int


def wording_of(ctx: Context, seed: int | None, most: int = 0) -> Wording:
    """The wording by the settings.

    Args:
        seed: None takes the same words each time.
        most: tokens that the task needs, where the setting gives fewer.
    """
    temperature = float(ctx.settings["generator_temperature"])
    if seed is not None:
        temperature = max(temperature, OTHER_WORDS)
    return Wording(temperature, seed or 0, max(most, int(ctx.settings["generator_max_tokens"])))
