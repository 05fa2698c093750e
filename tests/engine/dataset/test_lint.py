"""What lint finds, and what it leaves in peace."""

from __future__ import annotations

import pytest

from engine.dataset.lint import lint
from engine.privacy.personal import find_personal, is_card_number, is_identity_number


def labelled(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"text": text, "label": label} for text, label in pairs]


def codes(rows, kind="labelled") -> dict[str, tuple[str, int]]:
    return {finding.code: (finding.severity, finding.count) for finding in lint(rows, kind)}


GOOD = labelled(*((f"message number {n}", "ab"[n % 2]) for n in range(20)))


def test_good_data_has_no_findings():
    assert lint(GOOD, "labelled") == ()


def test_labels():
    rows = GOOD + labelled(
        ("Message  Number 0", "a"), ("MESSAGE number 1", "a"), ("ｍessage number 1", "a"), ("new", " A"), ("x", "c")
    )
    found = codes(rows)
    assert found["duplicates"] == ("warning", 1)
    assert found["conflicting_labels"] == ("warning", 1)
    assert found["similar_labels"] == ("warning", 1)
    assert found["few_examples"] == ("warning", 2)
    example = next(finding for finding in lint(rows, "labelled") if finding.code == "conflicting_labels").examples[0]
    assert example == "MESSAGE number 1 (b / a)"


def test_one_label_and_empty_things_are_errors():
    assert codes(labelled(("x", "a"), ("y", "a")))["one_label"][0] == "error"
    assert codes([])["no_rows"] == ("error", 0)
    found = codes([*GOOD, {"text": " ", "label": "a"}, {"text": "z", "label": " "}])
    assert found["empty_text"] == ("error", 1)
    assert found["empty_label"] == ("error", 1)
    assert lint([*GOOD, {"text": "", "label": "q"}], "labelled")[0].severity == "error"


def test_imbalance_long_texts_and_label_like_texts():
    rows = labelled(
        *((f"m {n}", "big") for n in range(100)),
        *((f"s {n}", "small") for n in range(5)),
        ("y" * 8000, "big"),
        ("z " * 600, "big"),
    )
    found = codes(rows)
    assert found["imbalance"][0] == "warning"
    assert found["long_text"] == ("note", 1)
    assert found["read_in_windows"] == ("note", 1)
    assert codes(labelled(*((f"m {n}", f"label {n % 38}") for n in range(40))))["many_labels"][0] == "error"
    assert codes(labelled(*((f"m {n}", f"label {n}") for n in range(2000))))["many_labels"][0] == "error"
    two_each = codes(labelled(*((f"m {n}", f"label {n % 2000}") for n in range(4000))))
    assert two_each == {"too_many_labels": ("error", 2000)}


def test_faq_items_events_texts():
    faq = [{"question": "Q?", "answer": "A"}, {"question": "q?", "answer": "a"}, {"question": "Q?", "answer": "B"}]
    assert codes(faq, "faq") == {"duplicates": ("warning", 1), "conflicting_answers": ("warning", 1)}
    items = [{"item": "1", "title": "One"}, {"item": "1", "title": "one"}, {"item": "2", "title": "", "text": ""}]
    assert codes(items, "items") == {"duplicates": ("error", 1), "no_text": ("warning", 1), "same_title": ("note", 1)}
    events = [
        {"user": "u", "item": "i", "time": "2024-03-01T10:00:00"},
        {"user": "u", "item": "i", "time": "2024-03-01T10:00:00"},
        {"user": "v", "item": "j"},
        {"user": "u", "item": "k", "time": "2024-03-02T10:00:00"},
    ]
    assert codes(events, "events") == {"repeated_lines": ("note", 1), "no_time": ("note", 1)}
    assert codes(events[:2], "events")["too_few"][0] == "error"
    assert codes([{"text": "a"}, {"text": "A "}], "texts") == {"duplicates": ("warning", 1)}


def test_one_text_per_label_is_a_description_and_copies_teach_nothing():
    described = labelled(*((f"what label {n} is about", f"label {n}") for n in range(40)))
    assert codes(described) == {"one_each": ("warning", 40)}
    assert "many_labels" in codes(labelled(*((f"text {n}", "a long label that is a text itself " * 2 + str(n))
                                             for n in range(40))))  # fmt: skip
    copies = labelled(*[("give my money back", "refund")] * 9, *[("where is my parcel", "parcel")] * 9)
    finding = lint(copies, "labelled")[0]
    assert (finding.code, finding.severity, finding.count) == ("all_the_same", "error", 18)
    assert "2 different texts" in finding.message
    assert codes(copies + labelled(("I want a refund", "refund")))["duplicates"] == ("warning", 16)


def test_near_duplicates_and_near_conflicts():
    rows = GOOD + labelled(
        ("How do I track the card you sent to me?", "a"),
        ("How do I track the card you sent to him!", "b"),
        ("How do I track the card you sent me", "a"),
        ("The box with number 10 is broken on one side", "a"),
        ("The box with number 11 is broken on one side", "b"),
        ("HOW do I track -- the card you sent to me", "a"),
    )
    found = {finding.code: finding for finding in lint(rows, "labelled")}
    assert found["near_duplicates"].count == 2
    assert found["near_conflicts"].count == 1
    assert found["near_conflicts"].examples[0].startswith("How do I track the card you sent to him! (b) ≈ ")
    assert found["near_conflicts"].severity == "warning"


def test_personal_data_is_counted_and_not_shown():
    secret = "ann.smith@example.org"
    rows = [*GOOD, {"text": f"write to {secret}", "label": "a"}, {"text": "call 13912345678 or b@c.de", "label": "b"}]
    finding = next(finding for finding in lint(rows, "labelled") if finding.code == "personal_data")
    assert finding.count == 2
    assert "e-mail addresses in 2" in finding.message
    assert "phone numbers in 1" in finding.message
    assert finding.examples == ("write to •••", "call ••• or •••")
    assert secret not in str(lint([*rows, *rows], "labelled"))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("mail me: jo_do+x@mail.example.co.uk.", ["email"]),
        ("邮箱zhang@example.cn，谢谢", ["email"]),
        ("card 4111 1111 1111 1111 please", ["card"]),
        ("card 4111 1111 1111 1112", []),
        ("5500-0000-0000-0004", ["card"]),
        ("身份证11010519491231002X。", ["identity_number"]),
        ("身份证110105194912310021", []),
        ("电话13812345678", ["phone"]),
        ("+44 20 7946 0958", ["phone"]),
        ("(212) 555-0187", ["phone"]),
        ("+86 138 1234 5678", ["phone"]),
        ("order 113542617735902 of 2024-03-01 12:30", []),
        ("version 1.2.3.4 and 1,234,567.89", []),
        ("a@b", []),
        ("", []),
    ],
)
def test_personal_data_in_texts(text, kinds):
    assert [found.kind for found in find_personal(text)] == kinds


def test_check_digits():
    # Numbers of the card networks' own test sets; the identity number is the example of GB 11643-1999.
    assert all(map(is_card_number, ["378282246310005", "6011111111111117", "4012888888881881"]))
    assert not is_card_number("4012888888881882")
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194913310021")


def test_personal_data_is_fast_on_hostile_text():
    import time

    began = time.perf_counter()
    for text in ["1" * 200_000, "1 " * 100_000, "a@" * 100_000, "+1" * 100_000, "a." * 100_000 + "@", "1-" * 100_000]:
        find_personal(text)
    assert time.perf_counter() - began < 5


def test_real_data_has_few_findings(shared_data):
    import csv
    import gzip

    with gzip.open(shared_data / "banking77" / "train.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = codes(rows)
    assert not any(severity == "error" for severity, _ in found.values())
    assert "similar_labels" not in found
