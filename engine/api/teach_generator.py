"""Teach a generator: LoRA over a file that was taken in, and a new file of both."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from msgspec import Struct

from engine.api.base import Request, Result
from engine.api.teach import CurvePoint


class GeneratorOptions(Struct, frozen=True):
    """What a person may set; the defaults suit a few hundred to a few thousand conversations.

    Attributes:
        rank: of the LoRA matrices, 1 to 256; None takes 16.
        alpha: what is learned is scaled by alpha / rank; None takes twice the rank.
        epochs: at most; training stops when held-out conversations gain nothing more.
        learning_rate: None takes one by the model's width.
        longest: tokens of a conversation that are learned from, at most what the base was taught; None takes 1,024.
    """

    rank: int | None = None
    alpha: float | None = None
    epochs: int | None = None
    learning_rate: float | None = None
    longest: int | None = None


class TrainGenerator(Request, frozen=True):
    """Teach a generator the answers of a data set.

    `dataset` is of kind faq (question, answer, and where it has them: system, passages, conversation), or of kind texts
    whose rows are conversations (JSON lists of turns). "approved" takes the desk's own approved answers and what its
    people said in conversations, "approved:COLLECTION" those of one collection, unless a data set has that name.
    `base` is a generator by its name.
    """

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Train {pack}"
    dataset: str
    base: str
    pack: str
    method: str = "lora"
    valid_dataset: str | None = None
    max_minutes: float | None = None
    seed: int = 0
    device: str = "auto"
    options: GeneratorOptions = GeneratorOptions()


class GeneratorTrained(Result, frozen=True):
    """`metrics`: perplexity and perplexity_before (of the base alone), per token of the answers in held-out
    conversations; perplexity_per_byte and perplexity_per_byte_before; right_tokens and right_tokens_before (share of
    the answers' tokens that were the likeliest; `valid_score` of the curve is the same on other conversations);
    n_train, n_valid (conversations); where a version was in use before, champion and challenger (perplexities on what
    neither was taught) and n_compared; where rows have passages, grounded and grounded_before (share of written
    sentences that the passages hold) and n_grounded.

    `promoted` is False where the version in use was better; `notes` say so in words."""

    pack: str
    version: int
    method: str
    seconds: float
    epochs: float
    metrics: dict[str, float]
    promoted: bool
    peak_mb: float
    adapter_bytes: int
    base: str
    base_sha256: str
    device: str
    rank: int
    alpha: float
    needed_mb: float
    curve: tuple[CurvePoint, ...] = ()
    notes: tuple[str, ...] = ()


class MergeGenerator(Request, frozen=True):
    """Make one file of a generator and what was learned over it, and take it in under the name `name`. The file lies
    outside the workspace and is not encrypted, like every generator."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Merge {pack} into {name}"
    pack: str
    name: str
    kind: Literal["Q8_0", "F16", "F32"] = "Q8_0"


class GeneratorMerged(Result, frozen=True):
    """`model` is the new generator as the list of models shows it."""

    name: str
    base: str
    bytes: int
    sha256: str
    changed: int
    seconds: float
    model: dict[str, Any] = {}
