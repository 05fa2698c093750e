"""How much memory teaching a generator will take, and how it is gone about where there is little. Nothing is loaded.

Measured with tests/bench/generator_train_memory.py.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from engine.runtimes.gguf.facts import GeneratorFacts
from engine.train.generator.shape import Shape
from engine.train.generator.values import LoraSettings

PROCESS_MB = 400.0  # Python, torch and its first steps, llama.cpp's library
TOKEN_BYTES, MERGE_BYTES = 170.0, 160.0  # of the vocabulary's tables (engine/runtimes/gguf/forecast.py)
BYTES = {"f32": 4, "f16": 2, "bf16": 2}
COPIES = 9  # of what is learned: itself, gradient, two moments, best, last good, and a checkpoint on its way
NARROW, WIDE = 13.0, 4.5  # numbers that a layer keeps for the way back, per token: times its width, times its inner one
SCORES = 1 << 24  # as in engine/train/generator/model.py, which loads torch
SCORE_COPIES = 6.3
SPARE_LAYERS = 2.6  # whose values are there at once where each is computed twice
TOKENS_AT_ONCE = {"cpu": 512, "mps": 2048}  # a processor is no faster with more
MOST_AT_ONCE = 8192


class Need(Struct, frozen=True):
    """Megabytes (2^20 bytes), by what takes them."""

    process: float
    weights: float
    learned: float
    steps: float

    @property
    def total(self) -> float:
        return self.process + self.weights + self.learned + self.steps


def need_of(shape: Shape, facts: GeneratorFacts, settings: LoraSettings) -> Need:
    """Memory of a worker that teaches so."""
    numbers = shape.layers * shape.block_numbers + shape.table_numbers
    largest = max(rows * columns for rows, columns in map(shape.product, ("attn_q", "ffn_up")))
    tokens = max(settings.tokens_at_once, settings.longest)
    layer = tokens * (NARROW * shape.width + WIDE * shape.inner) * 4
    kept = (
        layer * shape.layers if not settings.spare else tokens * shape.width * 4 * shape.layers + SPARE_LAYERS * layer
    )
    scores = min(SCORES, tokens * shape.vocabulary) * 4 * SCORE_COPIES
    return Need(
        process=PROCESS_MB + (facts.vocabulary * TOKEN_BYTES + facts.merges * MERGE_BYTES) / 2**20,
        weights=(numbers * BYTES[settings.kept] + largest * 8) / 2**20,
        learned=shape.lora_numbers(settings.rank) * 4 * COPIES / 2**20,
        steps=(kept + scores) / 2**20,
    )


def plan(shape: Shape, facts: GeneratorFacts, settings: LoraSettings, free_mb: float) -> tuple[LoraSettings, Need]:
    """The fastest way to go about it that fits, or else the one that takes least.

    Args:
        settings: what is learned is taken from here, and the device: cpu, cuda or mps.
        free_mb: memory that may be taken; of the graphics card where it has its own.
    """
    longest = min(settings.longest, facts.context_length)
    settings = replace(settings, longest=longest)
    most = max(TOKENS_AT_ONCE.get(settings.device, MOST_AT_ONCE), longest)
    # A card has units for 16-bit numbers and is faster with them; a processor is slower, and has them to save memory.
    first, last = ("bf16", "bf16") if settings.device == "cuda" else ("f32", "f16")
    ways = (
        (first, False, most),
        (first, False, longest),
        (first, True, most),
        (first, True, longest),
        (last, True, longest),
    )
    found: tuple[LoraSettings, Need] | None = None
    for kept, spare, tokens in ways:
        one = replace(settings, kept=kept, spare=spare, tokens_at_once=tokens)
        found = one, need_of(shape, facts, one)
        if found[1].total <= free_mb:
            break
    assert found is not None
    return found


def beside_card(shape: Shape, need: Need) -> float:
    """Of a training on a card with memory of its own, what it takes of the machine's, in MB: the process, a tensor on
    its way, and what a checkpoint copies."""
    return need.process + shape.vocabulary * shape.width * 8 / 2**20 + need.learned
