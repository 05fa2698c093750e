"""How far the bundled encoders read the texts of a data set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from engine.language.reads import read_in

if TYPE_CHECKING:
    from engine.host.context import Context
    from engine.runtimes.bilingual import BilingualEncoder
    from engine.runtimes.encoder import Encoder

COVERED_SHARE = 0.5
"""Of word pieces known to the encoder; below, an encoder-only skill is guessing."""
CHINESE_SHARE = 0.85
"""What Chinese texts count as: their vectors tell less than those of English texts, so letters are always tried too."""
LEAST_SHARE = 0.05
"""Of the texts, from which a language counts as taught."""


class Reading(NamedTuple):
    """`known_share`: median share of a text's pieces that are known, 0 to 1. `languages`: "en", "zh", both or none."""

    known_share: float
    languages: tuple[str, ...]
    mostly_chinese: bool

    @property
    def covered(self) -> bool:
        return self.known_share >= COVERED_SHARE

    @property
    def adaptable(self) -> bool:
        """Whether layers can be adapted: only the English encoder has any."""
        return self.covered and not self.mostly_chinese


def reading_of(ctx: Context, texts: Sequence[str]) -> Reading:
    """`texts`: a sample; not empty."""
    counts = Counter(read_in(text) for text in texts)
    languages = tuple(one for one in ("en", "zh") if counts[one] >= max(1.0, LEAST_SHARE * len(texts)))
    if 2 * counts["zh"] > len(texts):
        return Reading(CHINESE_SHARE, languages, True)
    if 2 * counts[""] > len(texts):  # its letters may be in the vocabulary, one by one, and still say nothing
        return Reading(0.0, languages, False)
    return Reading(float(np.median(ctx.encoder.known_share(texts))), languages, False)


def reader_of(ctx: Context, reading: Reading) -> Encoder | BilingualEncoder:
    """What embeds such texts for a skill without layers of its own."""
    return ctx.bilingual if "zh" in reading.languages else ctx.encoder
