"""Texts of a check that are taught as well: what is measured on them is memory, not skill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.api import LintFinding
from engine.dataset.folding import bare_words, folded_text
from engine.dataset.near import MOST_TEXTS, near_pairs
from engine.dataset.tally import Tally

LEAST_LEFT = 20  # texts of a check; rather than leave fewer, near twins of taught texts are asked too
_COMPARED_VALID = 10_000


class Leaks(NamedTuple):
    """Row numbers of the valid texts: `same` as a taught text but for case, width and spacing; `near` one of them.

    `near_asked`: those near a taught text are asked all the same, since too few would be left.
    """

    same: tuple[int, ...]
    near: tuple[int, ...]
    near_asked: bool = False


def find_leaks(taught: Sequence[str], valid: Sequence[str]) -> Leaks:
    """Valid texts that are, or nearly are, among the taught ones.

    Every text is looked at for being the same; for being nearly the same, 10,000 valid and 40,000 taught ones.
    """
    known = {folded_text(text) for text in taught}
    same: list[int] = []
    asked: list[int] = []
    for row, text in enumerate(valid):
        (same if folded_text(text) in known else asked).append(row)
    left = len(asked)
    asked = asked[:_COMPARED_VALID]
    first = list(taught[: MOST_TEXTS - _COMPARED_VALID])
    # A row is paired with a single earlier one; so texts that occur twice in the valid set are looked at once.
    alike: dict[str, list[int]] = {}
    for row in asked:
        alike.setdefault(bare_words(valid[row]) or valid[row], []).append(row)
    rows = list(alike.values())
    pairs = near_pairs([*first, *(valid[same_text[0]] for same_text in rows)])
    near = sorted(row for earlier, later in pairs if earlier < len(first) <= later for row in rows[later - len(first)])
    return Leaks(tuple(same), tuple(near), bool(near) and left - len(near) < LEAST_LEFT)


def checkable(taught: Sequence[str], valid: Sequence[str]) -> tuple[list[int], Leaks]:
    """Row numbers of the valid texts that a check may ask, ascending, and what was found."""
    leaks = find_leaks(taught, valid)
    out = {*leaks.same} if leaks.near_asked else {*leaks.same, *leaks.near}
    return [row for row in range(len(valid)) if row not in out], leaks


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
        end = (
            "without them too few would be left, so the check looks better than it is."
            if leaks.near_asked
            else "they are left out of the check."
        )
        found.append(
            LintFinding(
                "near_leakage", "warning",
                f"{near.count:,} texts of {name} are nearly the same as a taught text; {end}",
                near.count, near.examples,
            )
        )  # fmt: skip
    return tuple(found)
