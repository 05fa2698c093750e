"""What a probe is given and what it finds."""

from __future__ import annotations

from msgspec import Struct

from engine.train.encoder.settings import AdaptSettings


class ProbeSpec(Struct, frozen=True):
    """`texts` is a sample with every label's share, in random order; `truth` numbers its labels from 0 to `labels` - 1.
    `label_vectors` float32 bytes (labels, 384) for zero-shot, empty where it cannot be asked. `adapt` carries what a
    training would use; its method is set by the probe."""

    texts: tuple[str, ...]
    truth: tuple[int, ...]
    labels: int
    known_share: float
    covered: bool
    encoder_folder: str
    threads: int
    seconds: float
    seed: int
    adapt: AdaptSettings
    smoothing: float = 0.1
    label_vectors: bytes = b""


class HeadPoint(Struct, frozen=True):
    """A head taught on `taught` texts had `wrong` of `asked` held-out texts wrong, and took `fit_s` seconds."""

    taught: int
    asked: int
    wrong: int
    fit_s: float


class ShortRun(Struct, frozen=True):
    """A head and LoRA taught on the same texts: wrong answers of each, and texts that only one of them had right."""

    taught: int
    asked: int
    passes: float
    head_wrong: int
    lora_wrong: int
    only_head: int
    only_lora: int


class LayerRates(Struct, frozen=True):
    """Seconds: `trunk_s` per text through the trunk, `step_s` per taught text by method, `look_s` per text looked at,
    `single_s` per text that goes alone. `pieces` is the mean number of word pieces, `long_pieces` that of the longest
    texts."""

    trunk_s: float
    pieces: float
    long_pieces: int
    step_s: dict[str, float]
    look_s: float
    single_s: float


class Probed(Struct, frozen=True):
    """`texts` of the sample were used. Seconds: `embed_s` per text through the whole encoder, `features_s` per text for
    a head's features, `load_s` to load the encoder and torch, `seconds` in all; `began` is the moment of the clock when
    the worker was ready. `zero_wrong` counts zero-shot's wrong
    answers among `texts`. `rates` is None where nothing can be adapted, and `missing` says why; `run` is None where
    the time was too short for it."""

    texts: int
    embed_s: float
    load_s: float
    head: tuple[HeadPoint, ...]
    zero_wrong: int | None
    rates: LayerRates | None
    run: ShortRun | None
    device: str
    device_title: str
    missing: str = ""
    features_s: float = 0.0
    seconds: float = 0.0
    began: float = 0.0
