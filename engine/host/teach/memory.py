"""What a training will take of the machine's memory, told before it starts.

The numbers were fitted to `tests/bench/train_memory.py` and `tests/bench/governor.py` (BANKING77, AG News, SST-2).
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.jobs.governor import Governor
from engine.train.classify.features import cells_for
from engine.train.encoder.settings import METHODS as ADAPTING

WIDTH = 384
MOST_CHARACTERS = 16_384  # of a text that are looked at
CHARACTERS_PER_PIECE = 4.0
PROCESS_MB = 100.0  # Python, numpy, scipy
ENCODER_MB = 95.0  # onnxruntime and the bundled encoder, which answers the report's questions
TORCH_MB = 130.0  # torch itself
VECTOR_KB = 6.0  # per text: the encoder's vector, its copies while fitting
LETTER_KB = 0.13  # per character: lexical features and their copies
SOLVER_VECTORS = 32  # copies of the head's weights in the solver's memory, 8 bytes a number
SOLVER_SHARE = 0.3  # of it that is still there when the encoder is opened
PIECE_KB = 0.75  # per word piece: the trunk's states in half precision
CODED_KB = 0.375  # the same in bytes, which many are kept in
WIDE_PIECES = 200_000  # as in engine/train/encoder/states.py, which loads torch
MOST_AT_ONCE = 1024  # word pieces whose values are kept at once (engine/train/encoder/loop.py)
STEP_KB_PER_PIECE = (
    430.0  # of a batch: three layers' values kept for one step's way back, and what they turn into there
)
PAIR_KB = 2.25  # and for each other piece of its text, which it is compared with
LONGER = 2.0  # the longest text of a batch beside the mean
ENTITIES_MB = {"head": 450.0, "lora": 700.0, "adalora": 710.0, "prefix": 700.0, "full": 800.0}
ENTITY_KB = 0.85  # per character: the states of words and pieces
LAYERS_MB = {"lora": 30.0, "adalora": 35.0, "prefix": 28.0, "full": 130.0}
"""Base weights of the three layers, what is taught of them, its moments and its best copy."""


def need_mb(
    method: str,
    *,
    texts: int,
    labels: int,
    characters: float,
    pieces: float,
    longest: int | None = None,
    batch_texts: int = 32,
) -> float:
    """Memory that the worker of a training will take at its peak, in MB.

    Args:
        method: zero, head, lora, adalora, prefix or full.
        texts: how many are taught or asked.
        characters, pieces: mean per text; `pieces` counts word pieces as the encoder reads them.
        longest: pieces of the longest text of a batch; None takes twice the mean, at most 256.
    """
    cells = cells_for(labels)
    need = PROCESS_MB + texts * (VECTOR_KB + LETTER_KB * characters) / 1024
    need += ENCODER_MB + SOLVER_SHARE * SOLVER_VECTORS * (WIDTH + cells) * labels * 8 / 2**20
    need += 3 * texts * labels * 4 / 2**20
    if method not in ADAPTING:
        return need
    longest = max(1, min(256, longest if longest is not None else round(LONGER * pieces)))
    need += TORCH_MB + LAYERS_MB[method]
    kept = texts * min(pieces, 256.0)
    need += kept * (PIECE_KB if kept <= WIDE_PIECES else CODED_KB) / 1024
    at_once = min(batch_texts * longest, max(MOST_AT_ONCE, longest))
    return need + at_once * (STEP_KB_PER_PIECE + PAIR_KB * longest) / 1024


def need_for(method: str, texts: Sequence[str], labels: int, batch_texts: int = 32) -> float:
    """`need_mb` for these texts, before any of them was cut into word pieces."""
    characters = sum(min(len(text), MOST_CHARACTERS) for text in texts) / max(1, len(texts))
    return need_mb(
        method, texts=len(texts), labels=labels, characters=characters, pieces=characters / CHARACTERS_PER_PIECE,
        batch_texts=batch_texts,
    )  # fmt: skip


def need_for_entities(method: str, texts: Sequence[str]) -> float:
    """Memory that the worker of a training on marked texts will take at its peak, in MB."""
    return ENTITIES_MB[method] + ENTITY_KB * sum(len(text) for text in texts) / 1024


def require(what: str, needed_mb: float, free_mb: float | None = None) -> None:
    """Refuse what will not fit, before it starts. A host asks its governor instead, which knows of other workers.

    Raises:
        MemoryShort: with both numbers.
    """
    Governor(None if free_mb is None else lambda: free_mb).require(what, needed_mb)
