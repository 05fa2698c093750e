"""What goes to the worker that teaches a generator, and what comes back. Nothing heavy is imported here."""

from __future__ import annotations

from msgspec import Struct

from engine.api.teach import CurvePoint
from engine.runtimes.gguf.template import Turn

RANK, ALPHA = 16, 32.0
LONGEST = 1024
"""Tokens of a conversation that are learned from, unless more are asked for."""
LEAST_TALKS = 10


class Talk(Struct, frozen=True):
    """A conversation; what the assistant says in it is learned. `passages` are what its last answer was written from,
    where that is known; they are part of the turns already. `last_only`: nobody vouched for the earlier answers."""

    turns: tuple[Turn, ...]
    passages: tuple[str, ...] = ()
    last_only: bool = False


class LoraSettings(Struct, frozen=True):
    """Attributes:
    rank, alpha: of LoRA; what is learned is scaled by alpha / rank.
    epochs: at most.
    batch_talks: conversations per step.
    learning_rate: highest.
    warm_up: share of the steps in which the rate rises.
    patience: looks at held-out conversations without a better loss before training ends.
    longest: tokens of a conversation; longer ones are left out, or cut into their answers.
    tokens_at_once: padding included; a step that has more is taken in parts, whose gradients add up.
    spare: compute each layer twice instead of keeping its values.
    kept: how the base's weights are kept: f32, f16 or bf16.
    checkpoint_s: seconds between checkpoints.
    """

    rank: int = RANK
    alpha: float = ALPHA
    epochs: int = 4
    batch_talks: int = 8
    learning_rate: float = 5e-4
    warm_up: float = 0.05
    weight_decay: float = 0.0
    patience: int = 3
    longest: int = LONGEST
    tokens_at_once: int = 2048
    spare: bool = False
    kept: str = "f32"
    checkpoint_s: float = 30.0
    max_seconds: float | None = None
    seed: int = 0
    device: str = "cpu"
    threads: int = 0


class LoraSpec(Struct, frozen=True):
    """`path` is the base's file, `sha256` its hash. `told` are conversations to report on; where there are none a part
    of the taught ones is held out for it. `champion` is the adapter in use, with the digests of what it was taught."""

    name: str
    base: str
    path: str
    sha256: str
    talks: tuple[Talk, ...]
    settings: LoraSettings
    told: tuple[Talk, ...] = ()
    champion: bytes = b""
    champion_taught: tuple[int, ...] = ()
    dataset: str = ""
    resume: bytes = b""


class TaughtLora(Struct, frozen=True):
    """`adapter` is a GGUF file. `metrics`: perplexity and perplexity_before (per token of the answers that were held
    out), perplexity_per_byte and perplexity_per_byte_before, n_train, n_valid, tokens_train; and where another version
    was in use, champion and challenger: perplexities on those conversations that neither was taught. `reported` are
    the numbers of the talks that were held out for the report, `taught` digests of those that were taught."""

    adapter: bytes
    metrics: dict[str, float]
    epochs: float
    steps: int
    stopped: str
    curve: tuple[CurvePoint, ...]
    notes: tuple[str, ...]
    reported: tuple[int, ...]
    taught: tuple[int, ...]
    peak_mb: float
    device: str


class MergeSpec(Struct, frozen=True):
    """`target` is the file to write. `kind` is Q8_0, F16 or F32."""

    path: str
    adapter: bytes
    target: str
    name: str
    kind: str = "Q8_0"


class Merged(Struct, frozen=True):
    bytes: int
    changed: int
    """Tensors that the adapter reaches."""
