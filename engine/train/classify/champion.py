"""Is a new version at least as good as the one in use? A paired comparison on texts that neither was taught.

Both versions answer the same texts, and only texts on which exactly one of them is right count. The new version loses
when it is right on fewer of them than chance allows: one-sided exact sign test (McNemar), 5 %. So a version that is
better, equal or worse by luck alone is promoted; one that is clearly worse is kept but not put to use.

A new version with more labels has the harder question: with eleven labels more beside the first eleven of BANKING77,
even a head taught on everything at once loses half a point on the old texts. So texts of old labels that it gives a
new label do not count in the test, as long as they are made up for by texts of the new labels that it has right.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST_TEXTS = 20  # with fewer there is nothing to say, and the newer data win
CHANCE = 0.05


class Verdict(NamedTuple):
    """`texts` compared; how many the champion and the challenger had right; `chance` of such a loss by luck."""

    promote: bool
    texts: int
    champion_right: int
    challenger_right: int
    chance: float


def compare(champion: NDArray[np.bool_], challenger: NDArray[np.bool_]) -> Verdict:
    """Compare two versions on the same texts.

    Args:
        champion, challenger: bool (texts,), right or wrong; the version in use and the new one.
    """
    only_old, only_new = int((champion & ~challenger).sum()), int((challenger & ~champion).sum())
    chance = _tail(only_new, only_old + only_new)
    loses = len(champion) >= LEAST_TEXTS and only_new < only_old and chance < CHANCE
    return Verdict(not loses, len(champion), int(champion.sum()), int(challenger.sum()), chance)


def compare_grown(
    champion: NDArray[np.bool_], challenger: NDArray[np.bool_], new_label: NDArray[np.bool_], gained: int
) -> Verdict:
    """Compare a version with one that knows more labels, on texts of the labels that both know.

    Args:
        champion, challenger: as for `compare`.
        new_label: bool (texts,), where the challenger answered a label that the champion does not know.
        gained: held-out texts of the new labels that the challenger had right; the champion can have none of them.
    """
    among_old = compare(champion[~new_label], challenger[~new_label])
    in_all = compare(
        np.concatenate([champion, np.zeros(gained, dtype=bool)]),
        np.concatenate([challenger, np.ones(gained, dtype=bool)]),
    )
    return Verdict(
        among_old.promote and in_all.promote,
        len(champion),
        int(champion.sum()),
        int(challenger.sum()),
        min(among_old.chance, in_all.chance),
    )


def two_sided_chance(only_first: int, only_second: int) -> float:
    """Chance that two versions equally good differ so much: exact two-sided sign test.

    Args:
        only_first, only_second: texts that only the one, only the other had right.
    Source: McNemar 1947, in its exact form.
    """
    return min(1.0, 2.0 * _tail(min(only_first, only_second), only_first + only_second))


def _tail(hits: int, throws: int) -> float:
    """Chance of at most `hits` heads in `throws` throws of a fair coin."""
    logs = [
        math.lgamma(throws + 1) - math.lgamma(heads + 1) - math.lgamma(throws - heads + 1) - throws * math.log(2)
        for heads in range(hits + 1)
    ]
    return min(1.0, sum(math.exp(log) for log in logs))
