"""What learning recommendations will take of the machine's memory, told before its worker starts.

Fitted with `tests/bench/governor.py` on 800 to 5,000 items.
"""

from __future__ import annotations

from engine.train.recommend.ease import DOUBLE_UP_TO, LARGEST_SIDE, LEAST_SIDE
from engine.train.recommend.tune import CELLS, PEOPLE

PROCESS_MB = 126.5
DOUBLE_COPIES, SINGLE_COPIES = 2.0, 3.0
"""Of the matrix that is inverted; above `DOUBLE_UP_TO` it is in 32 bits and another one is beside it."""
TABLES = 3.2
"""Of scores, people by items in 32 bits, while settings are tried."""


def need_mb(users: int, items: int, allowed_mb: float) -> float:
    """Memory of the worker at its peak, in MB.

    Args:
        allowed_mb: what the algebra may plan with; it leaves items out rather than take more.
    """
    people = max(100, min(PEOPLE, CELLS // max(items, 1), users))
    tables = TABLES * people * items * 4 / 2**20
    if users <= min(items, LARGEST_SIDE):
        return PROCESS_MB + min(allowed_mb, _square_mb(users) + 4.0 * users * items / 2**20) + tables
    side = min(items, LARGEST_SIDE)
    while side > LEAST_SIDE and _square_mb(side) > allowed_mb:
        side = max(LEAST_SIDE, side * 4 // 5)
    return PROCESS_MB + _square_mb(side) + tables


def _square_mb(side: int) -> float:
    double = side <= DOUBLE_UP_TO
    return (DOUBLE_COPIES * 8 if double else SINGLE_COPIES * 4) * side * side / 2**20
