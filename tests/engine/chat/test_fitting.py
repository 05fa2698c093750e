"""An answer that the passages hold but that answers another question is not shown."""

from __future__ import annotations

import pytest

from engine.language.terms import query_terms
from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.serve.chat.candidates import Asked, Candidate
from engine.serve.chat.fitting import fits
from engine.serve.chat.retrieve import Hit
from engine.serve.chat.sentences_check import Checked
from engine.serve.chat.support import Support
from engine.values import Citation

needs_encoder = pytest.mark.skipif(
    not (bundled_encoder_folder() / "trunk.onnx").exists(), reason="the bundled encoder is not built"
)
CARE = "Descale the kettle every 41 days with lemon juice. Rinse it twice afterwards."
RETURNS = "Unused kettles can be returned within 20 days. We pay the postage."
PASSAGES = [
    Candidate(Hit(1, 0.0), 1, "kettle.md", "Kettles", "Kettles › Descaling", 1, False, 100, 100 + len(CARE), CARE),
    Candidate(Hit(2, 0.0), 1, "kettle.md", "Kettles", "Kettles › Returns", 1, False, 300, 300 + len(RETURNS), RETURNS),
]


def asked(text: str, encoder: Encoder | None = None) -> Asked:
    vector = None if encoder is None else encoder.embed([text])[0]
    return Asked(text, dict.fromkeys(query_terms(text), 1.0), {}, frozenset(), vector)


def held(text: str, passage: int) -> Checked:
    start = PASSAGES[passage].text.index(text)
    return Checked(text, passage, Support(held=True, probability=0.9, start=start, end=start + len(text)))


def cited(text: str, passage: int) -> Citation:
    one = PASSAGES[passage]
    start = one.start + one.text.index(text)
    return Citation("kettle.md", None, text, start, start + len(text), document_id=1, title="Kettles")


QUOTE = cited("Unused kettles can be returned within 20 days.", 1)
QUESTION = "Within how many days can unused kettles be returned?"


def test_what_is_written_from_the_quoted_place_fits() -> None:
    assert fits(asked(QUESTION), [held("Unused kettles can be returned within 20 days.", 1)], PASSAGES, [QUOTE], None)


@pytest.mark.parametrize("by_meaning", [pytest.param(True, marks=needs_encoder), False], ids=["meaning", "words"])
def test_a_true_sentence_about_something_else_does_not(by_meaning: bool) -> None:
    encoder = Encoder.open(bundled_encoder_folder()) if by_meaning else None
    embed = None if encoder is None else encoder.embed
    aside = held("Descale the kettle every 41 days with lemon juice.", 0)
    question = asked(QUESTION, encoder)
    assert not fits(question, [aside], PASSAGES, [QUOTE], embed)
    both = [aside, held("Unused kettles can be returned within 20 days.", 1)]
    assert fits(question, both, PASSAGES, [QUOTE], embed)


@needs_encoder
def test_other_words_from_another_place_fit_where_they_answer_as_well() -> None:
    encoder = Encoder.open(bundled_encoder_folder())
    question = asked("How often should I descale the kettle?", encoder)
    quote = cited("Rinse it twice afterwards.", 0)  # a poor one
    assert fits(
        question, [held("Descale the kettle every 41 days with lemon juice.", 0)], PASSAGES, [quote], encoder.embed
    )


def test_without_a_quote_there_is_nothing_to_compare_with() -> None:
    assert fits(asked(QUESTION), [held("Rinse it twice afterwards.", 0)], PASSAGES, [], None)
