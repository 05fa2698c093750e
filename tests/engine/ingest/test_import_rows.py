"""Columns become fields, rows are checked by kind, and every refusal has its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import ColumnsUnknown, FileUnusable, UsageError
from engine.ingest.mapping import guess_kind, guess_mapping
from engine.ingest.times import TimeReader, day_comes_first


@pytest.mark.parametrize(
    ("kind", "columns", "mapping"),
    [
        ("labelled", ["text", "label"], {"text": "text", "label": "label"}),
        ("labelled", ["split", "utterance", "intent", "category", "tags"], {"text": "utterance", "label": "intent"}),
        ("labelled", ["编号", "消息", "类别"], {"text": "消息", "label": "类别"}),
        ("labelled", ["用户留言内容", "所属分类"], {"text": "用户留言内容", "label": "所属分类"}),
        ("labelled", ["Customer Message", "ticketCategory"], {"text": "Customer Message", "label": "ticketCategory"}),
        ("faq", ["id", "问题", "答案"], {"question": "问题", "answer": "答案"}),
        ("faq", ["Question", "Answer", "title"], {"question": "Question", "answer": "Answer"}),
        (
            "items",
            ["book_id", "work_id", "original_title", "title", "text_reviews_count"],
            {"item": "book_id", "title": "title"},
        ),
        ("items", ["商品编号", "商品名称", "描述"], {"item": "商品编号", "title": "商品名称", "text": "描述"}),
        (
            "items",
            ["SKU", "Name", "Description", "Category", "price", "In stock", "valid_until"],
            {
                "item": "SKU",
                "title": "Name",
                "text": "Description",
                "categories": "Category",
                "price": "price",
                "available": "In stock",
                "valid_until": "valid_until",
            },
        ),
        (
            "events",
            ["CustomerID", "StockCode", "Quantity", "InvoiceDate"],
            {"user": "CustomerID", "item": "StockCode", "time": "InvoiceDate", "value": "Quantity"},
        ),
        ("events", ["user_id", "book_id", "rating"], {"user": "user_id", "item": "book_id", "value": "rating"}),
        ("events", ["用户", "商品", "行为", "时间"], {"user": "用户", "item": "商品", "type": "行为", "time": "时间"}),
        (
            "events",
            ["customerId", "productId", "timestamp"],
            {"user": "customerId", "item": "productId", "time": "timestamp"},
        ),
        ("entities", ["id", "text", "entities"], {"text": "text", "spans": "entities"}),
    ],
)
def test_fields_from_names(kind, columns, mapping):
    assert guess_mapping(kind, columns) == mapping


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (["text", "label"], "labelled"),
        (["question", "answer"], "faq"),
        (["user", "item", "time"], "events"),
        (["item", "title", "category"], "items"),
        (["message"], "texts"),
        (["foo", "bar"], "texts"),
        (["id", "text", "entities"], "entities"),
        (["tokens", "tags"], "entities"),
        (["utterance", "intent", "tags"], "labelled"),
    ],
)
def test_kind_from_names(columns, kind):
    assert guess_kind(columns)[0] == kind


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_mapping_by_hand_wins(tmp_path, load):
    path = csv_file(tmp_path, "text,message,label,extra\nold,new,a,x\n")
    outcome, rows = load(path, "labelled", text="message")
    assert outcome.mapping == {"text": "message", "label": "label"}
    assert rows == [{"text": "new", "label": "a", "text_": "old", "extra": "x"}]
    outcome, rows = load(path, "labelled", text="Message", label="extra")
    assert outcome.mapping == {"text": "message", "label": "extra"}
    with pytest.raises(ColumnsUnknown, match="no column body; its columns are: text, message, label, extra"):
        load(path, "labelled", text="body")
    with pytest.raises(UsageError, match="two fields at once"):
        load(path, "labelled", text="extra", label="extra")


def test_missing_field_names_it_and_the_columns(tmp_path, load):
    path = csv_file(tmp_path, "text,size\nabc,1\nabd,2\nabe,3\n")
    with pytest.raises(ColumnsUnknown, match="no column for “label”; its columns are: text, size") as caught:
        load(path)
    assert caught.value.exit_code == 4


def test_fields_from_values_with_a_word_of_warning(tmp_path, load):
    lines = "".join(f"{n},a long enough sentence number {n},{'yes' if n % 2 else 'no'}\n" for n in range(20))
    outcome, rows = load(csv_file(tmp_path, "foo,bar,baz\n" + lines))
    assert outcome.mapping == {"text": "bar", "label": "baz"}
    assert len(outcome.warnings) == 2
    assert rows[1] == {"text": "a long enough sentence number 1", "label": "yes", "foo": "1"}


def test_labelled_rows(tmp_path, load):
    path = csv_file(
        tmp_path, 'text,label\n  keeps its spaces ,  a \n"   ",b\nx,\ny,"  "\nz,"[""one""]"\nw,"[""p"",""q""]"\n'
    )
    outcome, rows = load(path)
    assert rows == [{"text": "  keeps its spaces ", "label": "a"}, {"text": "z", "label": "one"}]
    assert [(row.line, row.reason) for row in outcome.rejected] == [
        (3, "the text is empty"),
        (4, "the label is empty"),
        (5, "the label is empty"),
        (7, "has 2 labels where one belongs"),
    ]
    assert outcome.labels == {"a": 1, "one": 1}
    assert outcome.warnings == ("Spaces around the label were removed in 2 rows.",)
    assert (outcome.rows, outcome.accepted, outcome.rejected_count) == (6, 2, 4)


def test_events(tmp_path, load):
    path = csv_file(
        tmp_path,
        "user,item,type,time,value\n"
        "u1, i1 ,buy,2024-03-01,2\n,i1,buy,,\nu1,,buy,,\nu1,i2,view,yesterday,1\n"
        "u1,i2,view,,many\nu1,i2,,,nan\nu2,i2,,1709294400,\n",
    )
    outcome, rows = load(path, "events")
    assert rows == [
        {"user": "u1", "item": "i1", "type": "buy", "time": "2024-03-01T00:00:00", "value": "2"},
        {"user": "u2", "item": "i2", "type": "", "time": "2024-03-01T12:00:00", "value": ""},
    ]
    assert [(row.line, row.code) for row in outcome.rejected] == [
        (3, "empty"),
        (4, "empty"),
        (5, "bad_time"),
        (6, "bad_number"),
        (7, "bad_number"),
    ]
    assert "“yesterday” in time is no date or time" in outcome.rejected[2].reason


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-03-01", "2024-03-01T00:00:00"),
        ("2024-03-01 12:30", "2024-03-01T12:30:00"),
        ("2024/3/1 8:05", "2024-03-01T08:05:00"),
        ("2024-03-01T12:30:00+08:00", "2024-03-01T04:30:00"),
        ("2024-03-01T12:30:00Z", "2024-03-01T12:30:00"),
        ("1709296200", "2024-03-01T12:30:00"),
        ("1709296200000", "2024-03-01T12:30:00"),
        ("01.03.2024", "2024-03-01T00:00:00"),
        ("2024年3月1日", "2024-03-01T00:00:00"),
        ("2024年3月1日 8时5分", "2024-03-01T08:05:00"),
        ("03/01/2024", "2024-03-01T00:00:00"),
        ("soon", None),
        ("2024-13-01", None),
        ("5", None),
        ("", None),
        ("31/12/99", None),
        ("9" * 25, None),
    ],
)
def test_times(written, iso):
    reader = TimeReader()
    assert reader.read(written) == iso
    assert reader.read(written) == iso  # from memory


def test_day_or_month_first():
    assert day_comes_first(["03/04/2024", "25/04/2024"]) is True
    assert day_comes_first(["03/04/2024", "04/25/2024"]) is False
    assert day_comes_first(["03/04/2024"]) is None
    assert TimeReader(True).read("03/04/2024") == "2024-04-03T00:00:00"


def test_entities(tmp_path, load):
    rows = [
        {
            "text": "Ann in Rome",
            "spans": [{"start": 7, "end": 11, "label": "place"}, {"start": 0, "end": 3, "type": "person"}],
        },
        {"text": "nothing", "spans": []},
        {"text": "short", "spans": [{"start": 2, "end": 9, "label": "x"}]},
        {"text": "abc", "spans": [{"start": 0, "end": 2, "label": "x", "text": "bc"}]},
        {"text": "abc", "spans": "rubbish"},
        {"text": "abc", "spans": [{"start": 0, "end": 2}]},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    outcome, kept = load(path, "entities")
    assert json.loads(kept[0]["spans"]) == [
        {"start": 0, "end": 3, "label": "person"},
        {"start": 7, "end": 11, "label": "place"},
    ]
    assert len(kept) == 2
    assert [row.line for row in outcome.rejected] == [3, 4, 5, 6]


def test_words_with_tags_become_spans(tmp_path, load):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"tokens": ["New", "York", "and", "Ann", "Bo"], "tags": ["B-place", "I-place", "O", "B-person", "B-person"]}\n'
        '{"tokens": ["a"], "tags": ["O", "O"]}\n',
        encoding="utf-8",
    )
    outcome, rows = load(path, "entities")
    spans = json.loads(rows[0]["spans"])
    assert [(rows[0]["text"][s["start"] : s["end"]], s["label"]) for s in spans] == [
        ("New York", "place"),
        ("Ann", "person"),
        ("Bo", "person"),
    ]
    assert outcome.rejected[0].reason == "there are 2 tags for 1 words"


def test_nothing_usable_tells_the_first_reasons(tmp_path, load):
    path = csv_file(tmp_path, "text,label\n,a\nb,\nc,\nd,\n")
    with pytest.raises(FileUnusable, match=r"none of its 4 rows can be used \(line 2: the text is empty; .*and 1 more"):
        load(path)


def test_columns_that_turn_up_late(tmp_path, load):
    path = tmp_path / "a.jsonl"
    early = '{"text": "a", "label": "x"}\n' * 1500
    path.write_text(early + '{"label": "y", "late": "new", "text": "b"}\n', encoding="utf-8")
    outcome, rows = load(path)
    assert outcome.accepted == 1501
    assert rows[-1] == {"text": "b", "label": "y", "late": "new"}
    assert outcome.columns == ("text", "label", "late")


def test_only_a_hundred_refusals_are_kept_but_all_counted(tmp_path, load):
    path = csv_file(tmp_path, "text,label\n" + ",a\n" * 500 + "good,a\n")
    outcome, _ = load(path)
    assert len(outcome.rejected) == 100
    assert outcome.rejected_count == 500
    assert outcome.rejected[0].line == 2
