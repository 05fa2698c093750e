"""What the models that the host itself opens take of the machine's memory, told before they are opened.

Measured with `tests/bench/governor.py`. Generators and trainings have forecasts of their own: engine/runtimes/gguf/
forecast.py, engine/host/teach/memory.py, and engine/host/recommend/learn.py.
"""

from __future__ import annotations

from pathlib import Path

ENCODER_MB = 66.0
"""Two sessions, their weights, the tokenizer, and onnxruntime itself."""
BATCH_MB = 100.0
"""A batch of long texts on its way through trunk and top, where skills take turns with it; seen were 77 to 118."""
COPY_MB = 66.0
"""While the top of a skill is opened, its weights in 32 bits, in 8, and in a session; a tenth of it stays."""
WIDE_COPY_MB = 64.0
"""The same of a top that is served in 32 bits; a third of it stays."""
PIECES_KB = 32.0
"""Of a passage whose pieces a reranker keeps: 128 pieces of 128 numbers of 16 bits."""
PASSAGES_MB = 8.0
"""Twenty passages on their way through the encoder."""
WORDS_TIMES = 10.4
"""A reranker by words takes so many times its file while it is opened: packed numbers, and every word as a text."""

WORD_ENCODER_TIMES = 4.0
"""The Chinese encoder takes so many times its packed file while it is opened: the file, its numbers, every word."""


def word_encoder_mb(weights: Path) -> float:
    """The Chinese encoder with these weights."""
    return WORD_ENCODER_TIMES * weights.stat().st_size / 2**20 if weights.is_file() else 0.0


def encoder_mb() -> float:
    return ENCODER_MB + BATCH_MB


def copy_mb(*, wide: bool) -> float:
    """The encoder of a skill, over a trunk that is open."""
    return WIDE_COPY_MB if wide else COPY_MB


def pieces_reranker_mb(passages: int) -> float:
    """A reranker by pieces that keeps so many passages, over an open encoder."""
    return PIECES_KB * passages / 1024 + PASSAGES_MB


def words_reranker_mb(weights: Path) -> float:
    """A reranker by words with these weights."""
    return WORDS_TIMES * weights.stat().st_size / 2**20 if weights.is_file() else 0.0
