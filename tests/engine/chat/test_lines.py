"""Table rows are read with their headings, and questions wait for a kind of answer."""

from __future__ import annotations

import pytest

from engine.language.terms import terms
from engine.serve.chat.candidates import Asked, Candidate
from engine.serve.chat.expected import expected_kind, holds_kind
from engine.serve.chat.ladder import _citation, _texts
from engine.serve.chat.lines import lines_of
from engine.serve.chat.quote import best_quotes
from engine.serve.chat.retrieve import Hit

HOURS = (
    "No appointment is needed.\n\nWhen we are open\n\nDay | Walk-in room | Blood samples\n"
    "Monday | 8:00 to 19:00 | closed\nSaturday | 9:00 to 12:00 | closed\n\nCall before you come."
)


def _candidate(text: str) -> Candidate:
    return Candidate(Hit(1, 1.0), 1, "hours.md", "Opening hours", "", 1, False, 0, len(text), text)


def test_a_row_of_a_table_is_read_with_the_names_of_its_cells_and_its_heading() -> None:
    lines = {line.text: line for line in lines_of(0, _candidate(HOURS))}
    row = lines["Saturday | 9:00 to 12:00 | closed"]
    assert row.header is not None
    assert HOURS[slice(*row.header)] == "Day | Walk-in room | Blood samples"
    assert row.in_place == "When we are open: Day: Saturday; Walk-in room: 9:00 to 12:00; Blood samples: closed"
    assert not row.heads


def test_headings_of_sections_and_tables_answer_nothing_and_sentences_do() -> None:
    heads = [line.text for line in lines_of(0, _candidate(HOURS)) if line.heads]
    assert heads == ["When we are open", "Day | Walk-in room | Blood samples"]


PRICES = (
    "Boat | Day price | Week price\nRed canoe | 30 euros | 150 euros\nBlue canoe | 30 euros | 160 euros\n"
    "Long canoe with seats | 30 euros | 170 euros\nSailing boat | 90 euros | 450 euros"
)


@pytest.mark.parametrize("question", ["What is the day price of a canoe?", "Price of the long canoe with seats?"])
def test_the_rows_that_are_quoted_are_the_rows_that_are_shown(question: str) -> None:
    words = dict.fromkeys(terms(question), 1.0)
    asked = Asked(question, words, words, frozenset(), None)
    (quote,) = best_quotes(asked, [_candidate(PRICES)], None)
    assert quote.header is not None
    shown = "\n".join(_texts(quote)[1:])
    citation = _citation(quote)
    assert PRICES[citation.start : citation.end] == shown == citation.excerpt
    best = "Long canoe with seats" if "seats" in question else "canoe"
    assert best in shown


@pytest.mark.parametrize(
    ("question", "kind", "answer", "no_answer"),
    [
        ("How long does a patient wait after a vaccination?", "duration", "Wait 15 minutes.", "Wait in the hall."),
        ("Which number reaches the nurse's advice line?", "phone", "Call 01632 960 411.", "Call the nurse, room 12."),
        ("What does it cost to have a kayak delivered?", "money", "Large items: £18", "Large items: by lorry"),
        ("When is the walk-in room open on Saturday?", "time", "Saturday | 9:00 to 12:00", "It is open to all."),
        ("睡袋保修几年？", "duration", "睡袋保修 5 年。", "睡袋有保修。"),
        ("皮划艇运费是多少？", "money", "大件 120 元", "大件物流"),
    ],
)
def test_a_question_for_a_quantity_waits_for_one(question: str, kind: str, answer: str, no_answer: str) -> None:
    found = expected_kind(question)
    assert found == kind
    assert holds_kind(found, answer)
    assert not holds_kind(found, no_answer)


def test_other_questions_wait_for_nothing_in_particular() -> None:
    assert expected_kind("How do I undo my last change?") is None
    assert expected_kind("怎样改用户的密码？") is None
