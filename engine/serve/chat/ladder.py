"""The answer ladder, in order of risk: an approved answer, a quoted passage, or "this is not in your documents".

Nothing is generated here, and the text of documents is only ever quoted: an instruction that stands in a document is
shown like any other sentence and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from engine.api import Answer
from engine.language.reads import read_in
from engine.language.sentences import sentences
from engine.language.terms import cjk_share, terms
from engine.serve.chat.candidates import Asked, Candidate, Embed, FaqCandidate
from engine.serve.chat.confidence import Judge, Logistic
from engine.serve.chat.conflicts import conflict
from engine.serve.chat.contradict import Kind, disagreement
from engine.serve.chat.evidence import faq_features, quote_features
from engine.serve.chat.quote import Quote, best_quotes
from engine.serve.desk.phrases import reason
from engine.values import Citation, Sentence

NOT_FOUND_EN = "This is not in your documents."
NOT_FOUND_ZH = "您的文件中没有这方面的内容。"
QUOTED_FROM = 5
"""Passages that are looked into for an answer."""
NEAR_PLACES = 3
NEAR_SHARE = 0.25
"""A refusal names the nearest places if the probability reached this share of the threshold."""
SECOND_SOURCE_COSINE = 0.8
SECOND_SOURCE_OVERLAP = 0.5
DISAGREEING = 0.5
"""A quote that another document contradicts is right in one of two cases, if that."""
Dates = Callable[[int], str]
"""From a document's id to its day, ISO 8601, or ""."""
_DISAGREE = {
    "number": ("give different numbers", "给出的数字不同"),
    "date": ("give different dates or times", "给出的日期或时间不同"),
    "negation": ("say the opposite of each other", "说法相反"),
}


def decide(
    asked: Asked,
    faq: Sequence[FaqCandidate],
    candidates: Sequence[Candidate],
    judge: Judge,
    embed: Embed | None,
    dates: Dates | None = None,
) -> Answer:
    """Answer by the first rung that is sure enough.

    Args:
        faq: approved answers with a like question, most like first.
        candidates: passages, best first.
        embed: for the sentences of the passages; None where the encoder cannot read the question.
        dates: the day of a document, for sources that contradict each other.
    Returns:
        An Answer without seconds and ids. Its confidence is the probability that what it says is right; for
        "not found" that is the probability that no answer would have been right.
    """
    vectors = embed is not None and asked.vector is not None
    language = read_in(asked.text)
    if answer := _approved(asked, faq, judge.of_approved(vectors=vectors, language=language)):
        return answer
    quotes = best_quotes(asked, candidates[:QUOTED_FROM], embed)
    if not quotes:
        return not_found(asked.text, 1.0, ())
    features = quote_features(asked, quotes, candidates)
    model = judge.of_quote(features, vectors=vectors, language=language)
    probability = model.probability(features)
    if probability >= model.threshold:
        if found := disagreement(asked, quotes):
            return _disagreeing(asked, quotes[0], *found, probability, dates)
        return _quoted(quotes, probability)
    near = quotes[:NEAR_PLACES] if probability >= NEAR_SHARE * model.threshold else []
    return not_found(asked.text, 1.0 - probability, tuple(_citation(quote) for quote in near))


def _approved(asked: Asked, faq: Sequence[FaqCandidate], model: Logistic) -> Answer | None:
    for i, one in enumerate(faq[:3]):
        others = [other for j, other in enumerate(faq) if j != i and other.answer != one.answer]
        probability = model.probability(faq_features(asked, one, others))
        if probability < model.threshold or conflict(asked.text, one.question, one.answer):
            continue
        citation = Citation(
            doc=one.doc,
            page=one.page if one.paged else None,
            excerpt=one.answer,
            start=one.start,
            end=one.end,
            document_id=one.document,
            title=one.title,
            date=one.date,
        )
        said = tuple(Sentence(one.answer[a:b], supported=True, citation=0) for a, b in sentences(one.answer))
        return Answer(
            one.answer, "template", probability, (citation,), said, seconds=0.0, because="approved",
            reason=reason("approved", one.question),
        )  # fmt: skip
    return None


def _quoted(quotes: Sequence[Quote], probability: float) -> Answer:
    best = quotes[0]
    sources = [best, *_second_sources(quotes)]
    said = tuple(Sentence(_tidy(text), supported=True, citation=0) for text in _texts(best))
    return Answer(
        answer=_joined(best),
        mode="quote",
        confidence=probability,
        citations=tuple(_citation(source) for source in sources),
        sentences=said,
        seconds=0.0,
    )


def _disagreeing(
    asked: Asked, best: Quote, other: Quote, kind: Kind, probability: float, dates: Dates | None
) -> Answer:
    """Both quotes with where they stand, and a sentence that says that they do not agree."""
    chinese = cjk_share(asked.text) > 0.3
    citations = tuple(
        msgspec.structs.replace(_citation(one), date=dates(one.candidate.document) if dates else "")
        for one in (best, other)
    )
    blocks = [
        f"{_place(citation, chinese=chinese)}\n{_joined(one)}"
        for citation, one in zip(citations, (best, other), strict=True)
    ]
    said = (
        f"您的文件不一致：它们{_DISAGREE[kind][1]}。"
        if chinese
        else f"Your documents do not agree: they {_DISAGREE[kind][0]}."
    )
    quoted = [
        Sentence(_tidy(text), supported=True, citation=i) for i, one in enumerate((best, other)) for text in _texts(one)
    ]
    return Answer(
        answer="\n\n".join([said, *blocks]),
        mode="quote",
        confidence=probability * DISAGREEING,
        citations=citations,
        sentences=(Sentence(said, supported=True, citation=None), *quoted),
        seconds=0.0,
        because="contradiction",
        reason=f"Documents answer the question, and they {_DISAGREE[kind][0]}.",
    )


def _place(citation: Citation, *, chinese: bool) -> str:
    """The line above a quote: its document, page and day."""
    name = citation.title or citation.doc
    parts = [f"《{name}》" if chinese else f"“{name}”"]
    if citation.page is not None:
        parts.append(f"第 {citation.page} 页" if chinese else f"page {citation.page}")
    if citation.date:
        parts.append(citation.date)
    return ("，" if chinese else ", ").join(parts) + ("：" if chinese else ":")


def _second_sources(quotes: Sequence[Quote]) -> list[Quote]:
    """Other places that say the same as the best quote, at most two."""
    best = quotes[0]
    mine = set(terms(_joined(best)))
    found = []
    for one in quotes[1:]:
        shared = len(mine & set(terms(_joined(one)))) / max(1, len(mine))
        alike = shared >= SECOND_SOURCE_OVERLAP
        if best.vector is not None and one.vector is not None:
            alike = alike and float(best.vector @ one.vector) >= SECOND_SOURCE_COSINE
        if alike and not _overlap(best, one):
            found.append(one)
    return found[:2]


def _overlap(one: Quote, other: Quote) -> bool:
    a, b = one.candidate, other.candidate
    return (
        (a.document, a.page) == (b.document, b.page)
        and one.spans[0][0] < other.spans[-1][1]
        and other.spans[0][0] < one.spans[-1][1]
    )


def not_found(question: str, confidence: float, near: tuple[Citation, ...]) -> Answer:
    """The refusal, in the language of the question."""
    text = NOT_FOUND_ZH if cjk_share(question) > 0.3 else NOT_FOUND_EN
    return Answer(text, "not_found", confidence, near, (), seconds=0.0)


def _texts(quote: Quote) -> list[str]:
    """The quoted lines; rows of a table after the row of its headings."""
    offset = quote.candidate.start
    header = (quote.header,) if quote.header else ()
    return [quote.candidate.text[start - offset : end - offset] for start, end in (*header, *quote.spans)]


def _joined(quote: Quote) -> str:
    """The answer: the quoted stretch as it stands on the page, or rows of a table below its headings."""
    if quote.header:
        return "\n".join(_texts(quote))
    return _stretch(quote)


def _stretch(quote: Quote) -> str:
    """The quoted stretch as it stands on the page, line breaks of lists included."""
    offset = quote.candidate.start
    return quote.candidate.text[quote.spans[0][0] - offset : quote.spans[-1][1] - offset]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _citation(quote: Quote) -> Citation:
    one = quote.candidate
    return Citation(
        doc=one.doc,
        page=one.page if one.paged else None,
        excerpt=_stretch(quote),
        start=quote.spans[0][0],
        end=quote.spans[-1][1],
        document_id=one.document,
        title=one.title,
    )
