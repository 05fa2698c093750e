"""The features from which the probability of a right answer is judged.

Each is a plain number that a person can check; all lie in 0..1 except the logarithms. The names are the keys of the
fitted weights (engine/serve/chat/confidence.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.language.terms import normalise, query_terms, terms
from engine.serve.chat.candidates import Asked, Candidate, FaqCandidate
from engine.serve.chat.quote import Quote
from engine.serve.chat.retrieve import coverage

USUAL_COSINE = 0.2
"""Of a question and a passage that have nothing to do with each other."""


def quote_features(asked: Asked, quotes: Sequence[Quote], candidates: Sequence[Candidate]) -> dict[str, float]:
    """Features of "the best quote answers the question". `quotes` are best first and not empty."""
    best = quotes[0]
    chosen = best.candidate
    named = set(terms(f"{chosen.title} {chosen.heading}"))
    held = named | set(terms(chosen.text))
    words = chosen.hit.bm25 or 0.0
    word_background = _background([one.hit.bm25 or 0.0 for one in candidates], 0.0)
    cosine = chosen.hit.cosine or 0.0
    background = _background([one.hit.cosine for one in candidates if one.hit.cosine is not None], USUAL_COSINE)
    ranks = [rank for rank in (chosen.hit.word_rank, chosen.hit.dense_rank) if rank]
    held_share = coverage(asked.weights, held)
    missing = [asked.weights[term] for term in asked.weights if term not in held]
    return {
        "cosine": cosine,
        "sentence_cosine": best.cosine,
        "coverage": held_share,
        "quote_coverage": coverage(asked.weights, named | _span_terms(best)),
        "unknown": coverage(asked.weights, set(asked.unknown)),
        # The rarest term that is missing weighs most: it is what the question is about.
        "missing_rarest": max(missing, default=0.0) / max(asked.weights.values(), default=1.0),
        "agreement": sum(1 / math.log2(1 + rank) for rank in ranks) / 2,
        # How far the passage stands out, from the crowd and not from the next best: several documents may say the
        # same. For words this counts as far as the question is covered, since in a small collection any shared word
        # makes a passage the only one.
        "word_lift": held_share * max(0.0, words - word_background) / words if words > 0 else 0.0,
        "cosine_lift": max(0.0, cosine - background),
        "run": longest_run(asked.text, chosen.text),
        "log_terms": math.log1p(len(asked.weights)),
    }


def faq_features(asked: Asked, best: FaqCandidate, others: Sequence[FaqCandidate]) -> dict[str, float]:
    """Features of "the approved question asks the same"."""
    approved = set(terms(best.question))
    known = approved | set(terms(best.answer))
    asked_terms = set(asked.faq_weights)
    # The approved question's own terms, with the weight they have where the question shares them and 1 elsewhere.
    own = {term: asked.faq_weights.get(term, 1.0) for term in query_terms(best.question)}
    similar = best.hit.cosine or 0.0
    runner_up = max((one.hit.cosine or 0.0 for one in others), default=0.0)
    runner_up_words = max((one.hit.bm25 or 0.0 for one in others), default=0.0)
    words = best.hit.bm25 or 0.0
    return {
        "cosine": similar,
        "coverage": coverage(asked.faq_weights, approved),
        "coverage_with_answer": coverage(asked.faq_weights, known),
        "reverse_coverage": coverage(own, asked_terms),
        "unknown": coverage(asked.faq_weights, asked_terms - known),
        # More than 0.3 tells no more than 0.3: it is what a collection of few questions gives by itself.
        "cosine_margin": min(0.3, similar - runner_up),
        "word_margin": (words - runner_up_words) / max(words, runner_up_words, 1e-9),
        "run": longest_run(asked.text, best.question),
        "log_terms": math.log1p(len(asked.faq_weights)),
    }


def _background(scores: Sequence[float], few: float) -> float:
    """Mean of the weaker half of the candidates' scores; `few` where there are too few to be a crowd."""
    weaker = sorted(scores)[: len(scores) // 2]
    return sum(weaker) / len(weaker) if len(scores) >= 4 else few


def _span_terms(quote: Quote) -> set[str]:
    offset = quote.candidate.start
    return {term for start, end in quote.spans for term in terms(quote.candidate.text[start - offset : end - offset])}


def longest_run(question: str, text: str, most: int = 24) -> float:
    """Length of the longest piece of the question that stands in the text, as a share of the question (0..1)."""
    wanted, held = "".join(normalise(question).split())[:200], "".join(normalise(text).split())
    best = 0
    for start in range(len(wanted)):
        while best < most and start + best < len(wanted) and wanted[start : start + best + 1] in held:
            best += 1
    return best / max(1, min(len(wanted), most))
