"""What lint finds in marked texts."""

from __future__ import annotations

import json

from engine.dataset.lint import lint
from engine.dataset.spans import Span, apart, decode_spans, trimmed


def marked(text: str, *spans: tuple[int, int, str]) -> dict[str, str]:
    return {"text": text, "spans": json.dumps([{"start": a, "end": b, "label": label} for a, b, label in spans])}


def found(rows):
    return {finding.code: finding for finding in lint(rows, "entities")}


GOOD = [marked(f"Doctor Who met patient {name}.", (23, 23 + len(name), "name"))
        for name in ("Kim", "Ana", "Leo", "Mia", "Ida")]  # fmt: skip


def test_good_rows_have_no_findings():
    assert found(GOOD) == {}


def test_spans_that_cannot_be_are_errors():
    rows = [*GOOD, marked("short", (0, 9, "name")), marked("x y", (2, 2, "name")), {"text": "a b", "spans": "[{]"}]
    findings = found(rows)
    assert (findings["outside_spans"].severity, findings["outside_spans"].count) == ("error", 2)
    assert findings["outside_spans"].examples[0] == "row 6: 0 to 9 (name) of 5 characters"
    assert (findings["bad_spans"].severity, findings["bad_spans"].count) == ("error", 1)
    assert found([marked("nothing here"), marked("nor here")])["no_entities"].severity == "error"
    assert found([{"text": " ", "spans": ""}])["empty_text"].severity == "error"
    assert found([])["no_rows"].severity == "error"


def test_overlaps_spaces_and_case():
    text = "New York University is in New York"
    rows = [
        *GOOD,
        marked(text, (0, 8, "place"), (0, 19, "school"), (26, 34, "place")),
        marked("in  Rome ", (2, 9, "Name"), (2, 4, "name")),
        marked("to Rome", (2, 3, "name")),
    ]
    findings = found(rows)
    assert findings["overlapping_spans"].count == 1
    assert findings["overlapping_spans"].examples == ("row 6: New York (place) in New York University (school)",)
    assert findings["loose_spans"].count == 1
    assert findings["blank_spans"].count == 2
    assert findings["similar_labels"].examples == ("“name” / “Name”",)
    assert findings["few_examples"].count == 3


def test_words_marked_here_and_not_there():
    rows = [
        *GOOD,
        marked("Kim called.", (0, 3, "name")),
        marked("Then kim rang, then Kimberly."),
        marked("感冒发烧三天", (0, 2, "病")),
        marked("患者感冒两周", (2, 4, "病")),
        marked("又感冒了"),
    ]
    findings = found(rows)
    assert findings["unmarked_mentions"].count == 2
    assert findings["unmarked_mentions"].examples == (
        "Kim: marked 2 ×, not marked 1 ×", "感冒: marked 2 ×, not marked 1 ×",
    )  # fmt: skip
    assert findings["without_entities"].count == 2
    torn = found([*GOOD, marked("Kim", (0, 3, "city"))])["torn_mentions"]
    assert torn.examples == ("Kim: name 1 ×, city 1 ×",)


def test_repeats():
    findings = found([*GOOD, GOOD[0], marked(GOOD[1]["text"]), marked(GOOD[2]["text"].upper(), (23, 26, "name"))])
    assert findings["duplicates"].count == 2
    assert findings["conflicting_spans"].count == 1


def test_spans_as_values():
    assert decode_spans("") == []
    assert decode_spans('[{"start": 3, "end": 5, "label": "b"}, {"start": 0, "end": 1, "label": "a", "x": 1}]') == [
        Span(0, 1, "a"), Span(3, 5, "b"),
    ]  # fmt: skip
    assert decode_spans('{"start": 3}') is None
    assert decode_spans("[" * 100_000) is None
    assert trimmed(Span(0, 4, "a"), " ab ") == Span(1, 3, "a")
    assert trimmed(Span(0, 2, "a"), "  ") is None
    assert apart([Span(0, 3, "a"), Span(2, 9, "b"), Span(8, 10, "c"), Span(10, 11, "d"), Span(0, 2, "e")]) == [
        Span(0, 2, "e"), Span(2, 9, "b"), Span(10, 11, "d"),
    ]  # fmt: skip
