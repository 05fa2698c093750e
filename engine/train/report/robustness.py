"""Whether answers hold when a text is written differently: accuracy before and after each kind of change.

Only texts that a change touches are counted, at most `MOST_TEXTS` of them. What a change is, and what it leaves out,
stands in `typing_changes.py`, `negation.py` and `people.py`.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api.read import RobustnessScore
from engine.train.report.negation import change_negation
from engine.train.report.people import swap_genders, swap_names
from engine.train.report.typing_changes import lower_case, upper_case, with_typos

MOST_TEXTS = 500
MOST_CHARACTERS = 100_000  # changed per kind: long texts take the encoder long
LONGEST_TEXT = 20_000
# A skill that reads all letters as small ones answers alike to the last digit; a hundred texts show that, and the
# other four hundred are not asked.
FIRST_TEXTS, BLIND = 100, 1e-5

Change = Callable[[str, random.Random], str | None]
Answer = Callable[[list[str]], NDArray[np.float32]]

CHANGES: dict[str, Change] = {
    "typos": with_typos,
    "upper case": lambda text, _chance: upper_case(text),
    "lower case": lambda text, _chance: lower_case(text),
    "negation": lambda text, _chance: change_negation(text),
    "names": swap_names,
    "gender": lambda text, _chance: swap_genders(text),
}


class Changed(NamedTuple):
    """Rows that a change touches, int64 (n,), and their changed texts."""

    rows: NDArray[np.int64]
    texts: list[str]


def changed_texts(name: str, texts: Sequence[str], *, seed: int = 0, most: int = MOST_TEXTS) -> Changed:
    """Up to `most` texts in changed form, drawn by seed; each change draws on its own."""
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    rows: list[int] = []
    found: list[str] = []
    characters = 0
    for row in rng.permutation(len(texts)).tolist():
        if len(rows) >= most or characters >= MOST_CHARACTERS:
            break
        if not 0 < len(texts[row]) <= LONGEST_TEXT:
            continue
        changed = CHANGES[name](texts[row], random.Random(f"{seed} {name} {row}"))
        if changed is not None and changed != texts[row]:
            rows.append(row)
            found.append(changed)
            characters += len(changed)
    return Changed(np.asarray(rows, dtype=np.int64), found)


def robustness(
    answer: Answer,
    texts: Sequence[str],
    truth: NDArray[np.int64],
    probabilities: NDArray[np.float32],
    *,
    seed: int = 0,
    check: Callable[[], None] = lambda: None,
) -> tuple[RobustnessScore, ...]:
    """Ask changed texts again.

    Args:
        answer: texts to probabilities, float32 (texts, labels).
        texts, truth: held-out texts and their true labels, int64 (n,).
        probabilities: answers to the texts as they are, float32 (n, labels).
        check: called between changes; what it raises stops the work.
    Returns:
        One score per change that touches a text, in the order of `CHANGES`.
    """
    answers = probabilities.argmax(axis=1)
    found = []
    for name in CHANGES:
        check()
        rows, changed = changed_texts(name, texts, seed=seed)
        if not changed:
            continue
        after = answer(changed[:FIRST_TEXTS])
        if np.abs(after - probabilities[rows[:FIRST_TEXTS]]).max() < BLIND:
            rows = rows[:FIRST_TEXTS]
        else:
            check()
            after = np.concatenate([after, answer(changed[FIRST_TEXTS:])]) if len(changed) > FIRST_TEXTS else after
        given = after.argmax(axis=1)
        found.append(
            RobustnessScore(
                change=name,
                texts=len(rows),
                accuracy=float((answers[rows] == truth[rows]).mean()),
                accuracy_changed=float((given == truth[rows]).mean()),
                kept=float((given == answers[rows]).mean()),
            )
        )
    return tuple(found)
