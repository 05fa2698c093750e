"""Tokenizer, streams and rows of the bundled generator."""

import json
import random

import numpy as np
import pytest
from generator import invented, quantise, questions, rows, stream, tokenizer, wording

TEXTS = [
    "The quick brown fox returns 3 orders for $12.50 and doesn't wait.",
    "A refund takes five days. Order 48213 was sent on 3 May 2024.",
    *quantise.HARD_TEXTS,
]
PAGES = [
    {
        "source": "openstax/osbooks-psychology",
        "text": "To cancel an order, open the order page and choose Cancel in the top menu. "
        "A deposit is a sum that the customer pays before the work begins. You can change your delivery address until "
        "the parcel leaves our warehouse. If you lose your card, call the service line and ask for a replacement card. "
        f"Support in region {number} answers within {number + 2} working days after the written request arrived.",
    }
    for number in range(40)
]


@pytest.fixture(scope="module")
def small():
    return tokenizer.learn([*TEXTS, *(page["text"] for page in PAGES)] * 3, 420)


def test_every_text_comes_back(small):
    for text in TEXTS:
        assert small.decode(small.encode(text, add_special_tokens=False).ids) == text


def test_marks_come_first_and_digits_stand_alone(small):
    assert [small.token_to_id(mark) for mark in wording.SPECIALS] == [0, 1, 2, 3]
    assert all(sum(c.isdigit() for c in piece) <= 1 for piece in small.get_vocab())
    assert small.encode("<|im_end|>").ids == [2]


def test_the_same_texts_give_the_same_tokenizer(small):
    assert tokenizer.learn([*TEXTS, *(page["text"] for page in PAGES)] * 3, 420).to_str() == small.to_str()


def test_windows_follow_from_their_number_and_keep_the_shares(tmp_path):
    files = {}
    for number, name in enumerate(("help", "books")):
        files[name] = tmp_path / name
        (np.arange(5000, dtype=np.uint16) + 10000 * number).tofile(files[name])
    made = stream.Stream(files, {"help": 0.75, "books": 0.25, "absent": 0.5}, 32, seed=3)
    read = made.rows(0, 1000)
    assert read.shape == (1000, 33)
    assert (read[:, 1:] - read[:, :-1] == 1).all()
    assert (read[:, 0] < 10000).mean() == 0.75
    again = stream.Stream(files, {"help": 0.75, "books": 0.25}, 32, seed=3)
    assert (again.row(777) == read[777]).all()
    first_pass = read[read[:, 0] >= 10000][:150, 0]
    assert len(set(first_pass.tolist())) == 150
    assert made.passes(1000)["books"] == pytest.approx(250 * 32 / 5000, abs=0.01)


def test_a_group_too_small_for_a_window_is_said(tmp_path):
    np.arange(4, dtype=np.uint16).tofile(tmp_path / "few")
    with pytest.raises(ValueError, match="enough tokens"):
        stream.Stream({"few": tmp_path / "few"}, {"few": 1.0}, 32, seed=0)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("To print a label, choose Print in the menu of the order.", "print a label"),
        ("If you lose your card, call the service line at once.", "I lose my card"),
        ("You can change your address until the parcel leaves.", "change my address"),
        ("A lien is a claim of a lender on a thing that was pledged.", "lien"),
    ],
)
def test_a_sentence_gives_a_question_that_it_answers(sentence, wanted):
    for seed in range(5):
        assert wanted in questions.shape(sentence, random.Random(seed))


def test_a_sentence_that_points_back_is_no_answer():
    assert not questions.good("This is done by the second clerk in the afternoon.")
    assert questions.good("The second clerk prints the labels in the afternoon.")


def parts(row):
    """Passages by number, and the question."""
    told, question = row["user"].removeprefix("Passages:\n").rsplit("\n\nQuestion: ", 1)
    found = {}
    for piece in told.split("\n\n["):
        number, text = piece.removeprefix("[").split("] ", 1)
        found[int(number)] = text
    return found, question


def all_asked(row):
    """Every question of a row with its answer."""
    return [(parts(row)[1], row["answer"]), *row["more"]]


def test_answers_are_sentences_of_the_cited_passage_and_refusals_lack_it():
    made = list(rows.page_rows(PAGES, random.Random(1))) + list(rows.invented_rows(300, random.Random(2)))
    refused = asked = 0
    for row in made:
        passages, _ = parts(row)
        assert row["kind"].endswith("-refused") == (row["answer"] == wording.REFUSAL) == (not row["key"])
        for question, answer in all_asked(row):
            assert question
            asked += 1
            if answer == wording.REFUSAL:
                refused += 1
                continue
            for piece in answer.split("]")[:-1]:
                sentence, number = piece.rsplit(" [", 1)
                assert sentence.strip() in passages[int(number)]
    assert asked > 2 * len(made)
    assert 0.05 < refused / asked < 0.4


def test_a_refused_page_row_has_no_passage_with_the_words_asked_for():
    seen = 0
    for row in rows.page_rows(PAGES, random.Random(4)):
        passages, _ = parts(row)
        for question, answer in all_asked(row):
            if answer == wording.REFUSAL:
                seen += 1
                assert not any(rows.holds(text, set(questions.content(question))) for text in passages.values())
    assert seen


def test_invented_records_are_asked_by_name_and_refused_when_absent():
    r = random.Random(7)
    absent = 0
    for _ in range(200):
        passages, asked = invented.row(r)
        for question, answer in asked:
            for sentence, number in answer:
                assert sentence in passages[number - 1]
            absent += not answer
            assert question
    assert absent > 50


def test_rows_know_which_tokens_the_model_writes(small, tmp_path):
    made = list(rows.invented_rows(20, random.Random(3)))
    tokenizer.write_rows(small, made, tmp_path / "tune.bin")
    tokens, index = np.fromfile(tmp_path / "tune.bin", np.uint16), np.load(tmp_path / "tune-index.npy")
    counts = np.fromfile(tmp_path / "tune.counts", np.uint8)
    assert len(counts) == len(tokens) == index[-1, 1]
    start, end = index[0]
    row, own = made[0], slice(start, end)
    written = small.decode(tokens[own][counts[own] == 1].tolist(), skip_special_tokens=False)
    wanted = [row["answer"], *(answer for _, answer in row["more"])]
    shown = written.split(wording.END_OF_TURN)[:-1]
    assert shown
    assert shown == wanted[: len(shown)]
    whole = small.decode(tokens[own].tolist(), skip_special_tokens=False)
    assert "".join(text for text, _ in wording.pieces(row)).startswith(whole)
    assert json.loads(json.dumps(row))["more"] == [list(pair) for pair in row["more"]]
