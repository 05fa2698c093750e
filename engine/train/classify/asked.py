"""Asks a head that was just taught any texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.train.classify.choose import Choice
from engine.train.classify.features import Scaling, make_features, only
from engine.train.classify.head import Head
from engine.train.classify.spec import TeachSpec

if TYPE_CHECKING:
    from engine.runtimes.bilingual import BilingualEncoder
    from engine.runtimes.encoder import Encoder


class Asked:
    """Asks a head any texts: logits, float32 (texts, labels). The encoder is opened when it is first needed."""

    def __init__(self, spec: TeachSpec, choice: Choice, scaling: Scaling, head: Head | None) -> None:
        self._spec, self._choice, self._scaling, self._head = spec, choice, scaling, head
        self._encoder: Encoder | BilingualEncoder | None = None

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        from engine.runtimes.long_texts import embed_long

        if self._head is None:
            return np.zeros((len(texts), len(self._spec.labels)), dtype=np.float32)
        vectors = None
        if self._choice.features != "lexical":
            if self._encoder is None:
                self._encoder = _opened(self._spec)
            vectors = embed_long(self._encoder, texts)
        return self._head.logits(only(make_features(texts, vectors, self._scaling), self._choice.features))


def _opened(spec: TeachSpec) -> Encoder | BilingualEncoder:
    """The encoders that gave the vectors of a training."""
    from engine.runtimes.bilingual import BilingualEncoder
    from engine.runtimes.encoder import Encoder
    from engine.runtimes.word_encoder import WordEncoder

    english = Encoder.open(Path(spec.encoder_folder), threads=spec.threads or None)
    if not spec.word_encoder_folder:
        return english
    chinese = WordEncoder.open(Path(spec.word_encoder_folder))
    return BilingualEncoder(english, lambda: chinese)
