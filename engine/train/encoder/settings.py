"""How the encoder is adapted; the defaults are measured (docs/benchmarks.md)."""

from __future__ import annotations

from msgspec import Struct

METHODS = ("lora", "adalora", "prefix", "full")


class AdaptSettings(Struct, frozen=True):
    """Attributes:
    method: lora, adalora, prefix or full.
    layers: how many upper layers are taught, 1 to 3.
    rank, alpha: of LoRA; what is taught is scaled by alpha / rank.
    prefix: places of a prefix, at most 16.
    dropout: inside the layers, as the encoder itself was trained; adapter_dropout: on what goes into LoRA.
    epochs: at most.
    batch_texts: texts per step.
    learning_rate, head_rate: highest, for the layers and for what stands on them.
    warm_up: share of the steps in which the rates rise.
    patience: looks at the validation texts without a better score before training ends.
    average: weight of the old value in the running mean of the taught weights (Polyak averaging); 0 is off.
    adversarial: length of the change to the incoming states, as a share of their own length (FGM); 0 is off.
    checkpoint_s: seconds between checkpoints.
    device: cpu, cuda or mps.
    """

    method: str = "lora"
    layers: int = 3
    rank: int = 16
    alpha: float = 32.0
    prefix: int = 8
    dropout: float = 0.1
    adapter_dropout: float = 0.0
    epochs: int = 8
    batch_texts: int = 32
    learning_rate: float = 1e-3
    head_rate: float = 5e-3
    weight_decay: float = 0.01
    warm_up: float = 0.06
    patience: int = 3
    average: float = 0.0
    adversarial: float = 0.0
    checkpoint_s: float = 30.0
    max_seconds: float | None = None
    seed: int = 0
    device: str = "cpu"
