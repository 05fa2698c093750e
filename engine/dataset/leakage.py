"""Texts of a check that are taught as well: what is measured on them is memory, not skill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.api import LintFinding
from engine.dataset.folding import folded_text
from engine.dataset.near import MOST_TEXTS, near_pairs
from engine.dataset.tally import Tally

_COMPARED_VALID = 10_000


class Leaks(NamedTuple):
    """Row numbers of the valid texts: `same` as a taught text but for case, width and spacing; `near` one of them."""

    same: tuple[int, ...]
    near: tuple[int, ...]


def find_leaks(taught: Sequence[str], valid: Sequence[str]) -> Leaks:
    """Valid texts that are, or nearly are, among the taught ones.

    Every text is looked at for being the same; for being nearly the same, 10,000 valid and 40,000 taught ones.
    """
    known = {folded_text(text) for text in taught}
    same: list[int] = []
    asked: list[int] = []
    for row, text in enumerate(valid):
        (same if folded_text(text) in known else asked).append(row)
    asked = asked[:_COMPARED_VALID]
    first = list(taught[: MOST_TEXTS - _COMPARED_VALID])
    pairs = near_pairs([*first, *(valid[row] for row in asked)])
    near = sorted(asked[later - len(first)] for earlier, later in pairs if earlier < len(first) <= later)
    return Leaks(tuple(same), tuple(near))


def leakage(leaks: Leaks, valid: Sequence[str], name: str) -> tuple[LintFinding, ...]:
    """Findings for a valid set called `name`."""
    same, near = Tally(), Tally()
    for rows, tally in ((leaks.same, same), (leaks.near, near)):
        for row in rows:
            tally.add(valid[row])
    found = []
    if same:
        found.append(
            LintFinding(
                "leakage", "warning",
                f"{same.count:,} texts of {name} are also taught; they are left out of the check.",
                same.count, same.examples,
            )
        )  # fmt: skip
    if near:
        found.append(
            LintFinding(
                "near_leakage", "warning",
                f"{near.count:,} texts of {name} are nearly the same as a taught text; the check looks a little better "
                "than it is.",
                near.count, near.examples,
            )
        )  # fmt: skip
    return tuple(found)
