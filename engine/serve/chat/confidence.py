"""The probability that an answer is right, from a small logistic model over plain features.

The weights lie in assets/models/answerability/model.json and are fitted by packaging/models/fit_confidence.py; the
model card beside them says on what, and how reliable the probabilities are on questions that were held out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.language.reads import ReadLanguage
from engine.paths import assets_folder


class Logistic(Struct, frozen=True):
    """p = 1 / (1 + exp(-(bias + sum of weight * feature))); below `threshold` the answer is not given."""

    weights: dict[str, float]
    bias: float
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        total = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


class Judge(Struct, frozen=True):
    """One model per rung of the ladder, with and without vectors."""

    faq_dense: Logistic
    faq_words: Logistic
    quote_dense: Logistic
    quote_words: Logistic
    quote_rerank: Logistic | None = None
    """For quotes whose passage the reranker looked at, where such a model was fitted."""
    faq_chinese: Logistic | None = None
    quote_chinese: Logistic | None = None
    """For questions in Chinese, whose vectors come from another encoder and lie otherwise."""
    version: int = 1

    def of_approved(self, *, vectors: bool, language: ReadLanguage) -> Logistic:
        """The model that fits what is known about an approved answer."""
        if not vectors:
            return self.faq_words
        return self.faq_chinese if self.faq_chinese is not None and language == "zh" else self.faq_dense

    def of_quote(self, features: Mapping[str, float], *, vectors: bool, language: ReadLanguage) -> Logistic:
        """The model that fits what is known about a quote."""
        if not vectors:
            return self.quote_words
        if self.quote_chinese is not None and language == "zh":
            return self.quote_chinese
        return self.quote_rerank if self.quote_rerank is not None and "rerank" in features else self.quote_dense


def model_file() -> Path:
    return assets_folder() / "models" / "answerability" / "model.json"


@lru_cache(maxsize=1)
def bundled_judge() -> Judge:
    """The fitted models that ship with the program."""
    return msgspec.json.decode(model_file().read_bytes(), type=Judge)
