"""The features from which the probability of a right answer is judged.

Each is a plain number that a person can check; all lie in 0..1 except the logarithms. The names are the keys of the
fitted weights (engine/serve/chat/confidence.py).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from engine.language.terms import normalise, query_terms, terms
from engine.serve.chat.candidates import Asked, Candidate, FaqCandidate
from engine.serve.chat.conflicts import names_in, numbers_in
from engine.serve.chat.expected import expected_kind, holds_kind
from engine.serve.chat.quote import Quote
from engine.serve.chat.retrieve import coverage

USUAL_COSINE = 0.2
"""Of a question and a passage that have nothing to do with each other."""
AMONG_FIRST = 5
"""Ranks that count as high for the agreement of words and meaning."""
NEAR_TERMS = 6
GATE_FROM, GATE_TO = 0.25, 0.55
"""Cosines below and above which a passage counts as not at all and as fully like the question."""


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
    kind = expected_kind(asked.text)
    meets = kind is not None and holds_kind(kind, quoted_text(best))
    same = sum(1 for one in quotes[1:3] if one.candidate.document == chosen.document)
    heading = set(query_terms(chosen.heading.split("›")[-1].strip() or chosen.title))
    # In a handful of passages every one ranks high: ranks count as far as the passage is like the question at all.
    alike = min(1.0, max(0.0, (max(cosine, best.cosine) - GATE_FROM) / (GATE_TO - GATE_FROM)))
    agreement = sum(1 / math.log2(1 + rank) for rank in ranks) / 2
    # How far the passage stands out, from the crowd and not from the next best: several documents may say the same. For
    # words this counts as far as the question is covered, since in a small collection any shared word makes a passage
    # the only one.
    word_lift = held_share * max(0.0, words - word_background) / words if words > 0 else 0.0
    others = [one.score for one in quotes if one.candidate.document != chosen.document]
    found = {
        "cosine": cosine,
        "sentence_cosine": best.cosine,
        "heading_cosine": max(best.heading_cosine, 0.0),
        "cosine_lift": max(0.0, cosine - background),
        "coverage": held_share,
        "heading_coverage": coverage(asked.weights, named),
        "heading_asked": len(heading & set(asked.weights)) / max(1, len(heading)),
        "unknown": coverage(asked.weights, set(asked.unknown)),
        # The rarest term that is missing weighs most: it is what the question is about.
        "missing_rarest": max(missing, default=0.0) / max(asked.weights.values(), default=1.0),
        "word_lift": word_lift,
        "alike_agreement": agreement * alike,
        "alike_word_lift": word_lift * alike,
        "alike_same_document": same / 2 * alike,
        "lead": min(0.3, max(0.0, best.score - max(others, default=best.score))),
        "run": longest_run(asked.text, chosen.text),
        "heading_run": longest_run(asked.text, f"{chosen.title} {chosen.heading}"),
        "kind_met": float(kind is not None and meets),
        "kind_missing": float(kind is not None and not meets),
        "log_terms": math.log1p(len(asked.weights)),
        **_crowd(best, quotes, candidates),
        **_wording(asked, best, held),
    }
    # Of the trained reranker, where the search ran it.
    rerank = getattr(chosen.hit, "rerank", None)
    if rerank is not None:
        found["rerank"] = float(rerank)
    return found


def _crowd(best: Quote, quotes: Sequence[Quote], candidates: Sequence[Candidate]) -> dict[str, float]:
    """How the best quote stands among the other candidates."""
    chosen = best.candidate
    cosines = [one.hit.cosine for one in candidates if one.hit.cosine is not None]
    foreign = [one.hit.cosine for one in candidates if one.document != chosen.document and one.hit.cosine is not None]
    first = [one for one in candidates if one.hit.dense_rank is not None and one.hit.dense_rank <= AMONG_FIRST]
    both = sum(1 for one in first if one.hit.word_rank is not None and one.hit.word_rank <= AMONG_FIRST)
    sentences = [one.cosine for one in quotes[1:] if one.candidate.document != chosen.document]
    same = [
        float(best.vector @ one.vector)
        for one in quotes[1:]
        if best.vector is not None and one.vector is not None and one.candidate.document != chosen.document
    ]
    margin = (chosen.hit.cosine or 0.0) - max(foreign, default=USUAL_COSINE)
    return {
        "top_cosine": max(cosines, default=0.0),
        "cosine_margin": min(0.3, max(-0.3, margin)) if cosines else 0.0,
        "sentence_lift": best.cosine - (sum(sentences) / len(sentences) if sentences else USUAL_COSINE),
        "first_of_both": both / AMONG_FIRST,
        "second_source": max(same, default=0.0),
        "document_share": sum(one.document == chosen.document for one in candidates[:5]) / 5,
    }


def _wording(asked: Asked, best: Quote, held: set[str]) -> dict[str, float]:
    """How much of what the question is made of stands in the passage, beyond single terms."""
    ordered = query_terms(asked.text)
    pairs = set(itertools.pairwise(ordered))
    place = {term: i for i, term in enumerate(terms(best.candidate.text))}
    near = sum(1 for a, b in pairs if a in place and b in place and abs(place[a] - place[b]) <= NEAR_TERMS)
    rarest = max(asked.weights, key=lambda term: asked.weights[term], default="")
    names = [term for term in names_in(asked.text) if term in asked.weights]
    numbers = numbers_in(asked.text)
    return {
        "sentence_coverage": best.coverage,
        "pairs_near": near / len(pairs) if pairs else 0.0,
        "rarest_held": float(rarest in held) if rarest else 0.0,
        "names_missing": sum(term not in held for term in names) / len(names) if names else 0.0,
        "numbers_missing": float(bool(numbers - numbers_in(best.candidate.text))),
    }


def quoted_text(quote: Quote) -> str:
    """What the quote says, with the row of headings of a table."""
    offset = quote.candidate.start
    spans = ((quote.header,) if quote.header else ()) + quote.spans
    return "\n".join(quote.candidate.text[start - offset : end - offset] for start, end in spans)


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


def longest_run(question: str, text: str, most: int = 24) -> float:
    """Length of the longest piece of the question that stands in the text, as a share of the question (0..1)."""
    wanted, held = "".join(normalise(question).split())[:200], "".join(normalise(text).split())
    best = 0
    for start in range(len(wanted)):
        while best < most and start + best < len(wanted) and wanted[start : start + best + 1] in held:
            best += 1
    return best / max(1, min(len(wanted), most))
