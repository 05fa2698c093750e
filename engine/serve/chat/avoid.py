"""Answering again from other sources: what the answers before stood on is left out."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from engine.api import Answer
from engine.serve.chat.candidates import Candidate, FaqCandidate
from engine.values import Citation

_OF_THE_DESK = ("approved", "confirmed")


class Avoided(Struct, frozen=True):
    """Answers that were not what the person wanted."""

    answers: tuple[Answer, ...] = ()

    @property
    def citations(self) -> list[Citation]:
        return [one for answer in self.answers if answer.mode != "not_found" for one in answer.citations]

    @property
    def anything(self) -> bool:
        """Whether something was answered before, and not only refused."""
        return any(answer.mode != "not_found" for answer in self.answers)

    def passages(self, candidates: Sequence[Candidate], most: int) -> list[Candidate]:
        """At most so many candidates, without those that overlap a place that was cited."""
        cited = [(one.document_id, one.page, one.start, one.end) for one in self.citations if one.document_id]
        kept = [
            one
            for one in candidates
            if not any(
                one.document == document and page in (None, one.page) and one.start < end and start < one.end
                for document, page, start, end in cited
            )
        ]
        return kept[:most]

    def faq(self, candidates: Sequence[FaqCandidate]) -> list[FaqCandidate]:
        """Without approved answers that were given; those of other places that say the same go as well."""
        given = {answer.answer for answer in self.answers if answer.mode == "template"}
        return [one for one in candidates if one.answer not in given]

    def template(self, intent: str, because: str) -> bool:
        """Whether the desk's own answer to an intent was among them."""
        return because in _OF_THE_DESK and any(
            answer.intent == intent and answer.because in _OF_THE_DESK and not answer.citations
            for answer in self.answers
        )
