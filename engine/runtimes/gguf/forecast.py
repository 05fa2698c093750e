"""How much memory a generator will take, told from its header before anything of it is loaded.

The weights are in the file; keys and values of the context follow from the header's widths; what llama.cpp needs beside
them for a batch, and Python around it, was measured with tests/bench/generator_memory.py.
"""

from __future__ import annotations

from msgspec import Struct

from engine.runtimes.gguf.facts import GeneratorFacts

CONTEXT_STEP = 256  # llama.cpp rounds a context up to a multiple of this
USUAL_CONTEXT = 4096
LEAST_CONTEXT = 512
BATCH = 512
KEPT_BYTES = 2  # keys and values are kept as 16-bit numbers
PROCESS_MB = 51.0
TOKEN_BYTES = 170.0  # of the vocabulary's tables, per token
MERGE_BYTES = 160.0  # and per rule of joining
WIDE_COPIES = 2.0  # of a batch's inner width, as 32-bit numbers
NARROW_COPIES = 6.0  # of a batch's outer width


class Need(Struct, frozen=True):
    """Megabytes (2^20 bytes), by what takes them; `total` is their sum."""

    weights: float
    context: float
    batch: float
    process: float

    @property
    def total(self) -> float:
        return self.weights + self.context + self.batch + self.process


def need_of(facts: GeneratorFacts, context: int) -> Need:
    """Memory of a worker that holds the model with room for `context` tokens."""
    rounded = -(-context // CONTEXT_STEP) * CONTEXT_STEP
    kept = (sum(facts.key_width) + sum(facts.value_width)) * rounded * KEPT_BYTES
    batch = min(BATCH, rounded)
    numbers = batch * (WIDE_COPIES * facts.feed_forward + NARROW_COPIES * facts.embedding) + 2 * facts.vocabulary
    return Need(
        weights=facts.weights_bytes / 2**20,
        context=kept / 2**20,
        batch=numbers * 4 / 2**20,  # llama.cpp's fused attention makes no table of scores
        process=PROCESS_MB + (facts.vocabulary * TOKEN_BYTES + facts.merges * MERGE_BYTES) / 2**20,
    )


def usual_context(facts: GeneratorFacts, free_mb: float) -> int:
    """The context that is taken where nobody asked for one: what the model was taught, up to 4,096 tokens, and half of
    it again and again while that does not fit."""
    context = min(facts.context_length, USUAL_CONTEXT)
    while context > LEAST_CONTEXT and need_of(facts, context).total > free_mb:
        context = max(LEAST_CONTEXT, context // 2)
    return min(context, facts.context_length)
