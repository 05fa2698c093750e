"""Files with one tagged word per line or row: CoNLL, BIO tables, and the sentences they become."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.ingest.spans import BadSpans, read_spans

CONLL = """-DOCSTART- -X- O O

# id = 1
EU NNP I-NP B-ORG
rejects VBZ I-VP O
German JJ I-NP B-MISC

Peter NNP I-NP B-PER
Blackburn NNP I-NP I-PER
"""


def _entities(row: dict[str, str]) -> list[tuple[str, str]]:
    return [(row["text"][span["start"] : span["end"]], span["label"]) for span in json.loads(row["spans"])]


@pytest.mark.parametrize("name", ["a.conll", "a.txt", "a.bio", "a.tsv", "a.csv", "a"])
@pytest.mark.parametrize(("between", "end"), [(" ", "\n"), ("\t", "\r\n")])
def test_conll_whatever_its_name(tmp_path: Path, load, name: str, between: str, end: str) -> None:
    path = tmp_path / name
    path.write_bytes(CONLL.replace(" ", between).replace("\n", end).encode())
    outcome, rows = load(path, "entities")
    assert [row["text"] for row in rows] == ["EU rejects German", "Peter Blackburn"]
    assert _entities(rows[0]) == [("EU", "ORG"), ("German", "MISC")]
    assert _entities(rows[1]) == [("Peter Blackburn", "PER")]
    assert outcome.rejected_count == 0


def test_a_sentence_with_a_fault_is_refused_alone(tmp_path: Path, load) -> None:
    lines = "".join(f"Town{number}\tB-TOWN\n\n" for number in range(100))
    path = tmp_path / "a.conll"
    path.write_text("One\tO\nTwo\n\nThree\tX-TOWN\n\n" + lines, encoding="utf-8")
    outcome, rows = load(path, "entities")
    assert len(rows) == 100
    assert [(one.line, one.code) for one in outcome.rejected] == [(1, "no_tag"), (4, "bad_tag")]
    assert "X-TOWN" in outcome.rejected[1].reason


@pytest.mark.parametrize(
    "text",
    [
        "Sentence #,Word,POS,Tag\nSentence: 1,Anna,NNP,B-PER\n,sings,VBZ,O\nSentence: 2,Oslo,NNP,B-TOWN\n",
        "sentence_id,token,label\n7,Anna,B-PER\n7,sings,O\n8,Oslo,B-TOWN\n",
        "word,tag\nAnna,B-PER\nsings,O\n\nOslo,B-TOWN\n",
        "word,tag\nAnna,B-PER\nsings,O\n,\nOslo,B-TOWN\n",
    ],
)
def test_one_word_per_row(tmp_path: Path, load, text: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(text, encoding="utf-8")
    _outcome, rows = load(path, "entities")
    assert [row["text"] for row in rows] == ["Anna sings", "Oslo"]
    assert [_entities(row) for row in rows] == [[("Anna", "PER")], [("Oslo", "TOWN")]]


def test_a_table_of_labelled_texts_is_no_table_of_words(tmp_path: Path, load) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("text,label\nhello there,greeting\nbye now,farewell\n", encoding="utf-8")
    _outcome, rows = load(path, "labelled")
    assert [row["label"] for row in rows] == ["greeting", "farewell"]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (["B-X", "I-X", "O", "I-Y"], [("a b", "X"), ("d", "Y")]),
        (["B-X", "E-X", "S-X", "S-X"], [("a b", "X"), ("c", "X"), ("d", "X")]),
        (["B-X", "L-X", "U-X", "B-X"], [("a b", "X"), ("c", "X"), ("d", "X")]),
        (["B_X", "M_X", "E_X", "B-Y"], [("a b c", "X"), ("d", "Y")]),
        (["B-X", "B-X", "I-Y", "I-X"], [("a", "X"), ("b", "X"), ("c", "Y"), ("d", "X")]),
    ],
)
def test_schemes_of_tags(tags: list[str], found: list[tuple[str, str]]) -> None:
    marked = read_spans('["a", "b", "c", "d"]', json.dumps(tags))
    assert [(marked.text[s["start"] : s["end"]], s["label"]) for s in json.loads(marked.spans)] == found


def test_chinese_characters_are_joined_without_spaces() -> None:
    marked = read_spans('["浙", "商", "银", "行", "has", "A", "股"]', '["B-C", "I-C", "I-C", "I-C", "O", "O", "O"]')
    assert marked.text == "浙商银行 has A 股"
    assert json.loads(marked.spans) == [{"start": 0, "end": 4, "label": "C"}]


@pytest.mark.parametrize(
    ("text", "spans", "told"),
    [
        ("abcdef", [{"start": 0, "end": 3, "label": "A"}, {"start": 2, "end": 5, "label": "B"}], "overlap"),
        ("abc", [{"start": 1, "end": 9, "label": "A"}], "does not lie in the text of 3 characters"),
        ('["a"]', [1], "numbers"),
        ('["a"]', ["PER"], "neither O nor begins with"),
        ("a b", ["B-X", "O"], "no list of words"),
    ],
)
def test_what_cannot_be_used_is_told(text: str, spans: list[object], told: str) -> None:
    with pytest.raises(BadSpans, match=told):
        read_spans(text, json.dumps(spans))
