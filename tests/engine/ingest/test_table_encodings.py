"""Tables in each encoding: told from the whole file, read line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CHINESE = "text,label\n我的订单什么时候到？,物流\n我想退货，谢谢,退货\n发票怎么开,发票\n"
FRENCH = "text,label\nOù est ma commande ? Je l'ai passée il y a déjà trois jours,livraison\nCafé brûlé,qualité\n"


@pytest.mark.parametrize(
    ("codec", "shown"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_chinese_in_every_encoding(codec, shown, tmp_path: Path, read_table):
    path = tmp_path / "订单.csv"
    path.write_bytes(CHINESE.encode(codec))
    found = read_table(path)
    assert found.table.encoding == shown
    assert found.rows[0] == ["我的订单什么时候到？", "物流"]
    assert len(found.rows) == 3
    assert found.refused == []


@pytest.mark.parametrize(
    ("codec", "shown"),
    [
        ("latin-1", "latin-1"),
        ("cp1252", "latin-1"),
        ("utf-8", "utf-8"),
        ("utf-16-be", "utf-16-be"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_accents_in_every_encoding(codec, shown, tmp_path: Path, read_table):
    path = tmp_path / "commandes.csv"
    path.write_bytes(FRENCH.encode(codec))
    found = read_table(path)
    assert found.table.encoding == shown
    assert found.rows[1] == ["Café brûlé", "qualité"]


def test_curly_quotes_are_windows(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_bytes("text,label\n“It’s late” – 10 €,delay\nplain,delay\n".encode("cp1252"))
    found = read_table(path)
    assert found.table.encoding == "cp1252"
    assert found.rows[0][0] == "“It’s late” – 10 €"


@pytest.mark.parametrize(
    ("codec", "texts"),
    [
        ("cp1251", ["Привет как дела", "Где мой заказ?", "Возврат товара", "Спасибо за помощь"]),
        ("big5", ["請問我的訂單在哪裡", "我想要退貨謝謝", "這個商品很好用"]),
        ("shift_jis", ["注文した商品が届きません", "返品したいのですが", "ありがとうございます"]),
    ],
)
def test_others_are_guessed_and_said_so(codec, texts, tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_bytes(("text,label\n" + "".join(f"{text},x\n" for text in texts * 5)).encode(codec))
    found = read_table(path)
    assert [row[0] for row in found.rows[: len(texts)]] == texts
    assert "guessed" in found.table.warnings[0]


def test_accents_late_in_a_plain_file(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_bytes(b"text,label\n" + b"plain words here,a\n" * 20_000 + "déjà vu,b\n".encode("latin-1"))
    found = read_table(path)
    assert found.table.encoding == "latin-1"
    assert found.rows[-1] == ["déjà vu", "b"]


def test_latin_line_in_a_utf8_file_is_refused_with_its_line(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_bytes("text,label\nCafé,a\nthé,b\n".encode() + "brûlé,c\n".encode("latin-1") + "été,d\nñ,e\n".encode())
    found = read_table(path)
    assert found.table.encoding == "utf-8"
    assert [row[0] for row in found.rows] == ["Café", "thé", "été", "ñ"]
    assert [(line, code) for line, code, _ in found.refused] == [(4, "encoding")]
    assert "not UTF-8" in found.refused[0][2]


def test_utf8_line_in_a_chinese_gb18030_file_is_refused(tmp_path: Path, read_table):
    lines = ["text,label\n", "我的订单什么时候到,物流\n", "我想退货,退货\n", "发票怎么开,发票\n"]
    path = tmp_path / "a.csv"
    path.write_bytes(
        "".join(lines).encode("gb18030") + "怎么申请退款,退款\n".encode() + "谢谢您,问候\n".encode("gb18030")
    )
    found = read_table(path)
    assert found.table.encoding == "gb18030"
    assert found.lines == [2, 3, 4, 6]
    assert found.refused == [(5, "encoding", "the line is written in UTF-8, and the rest of the file in GB18030")]


def test_utf8_line_in_a_latin_file_is_refused(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_bytes("text,label\nété,a\nthé,b\nbrûlé,c\n".encode("latin-1") + "déjà,d\n".encode())
    found = read_table(path)
    assert found.lines == [2, 3, 4]
    assert [line for line, _, _ in found.refused] == [5]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "cp1252"])
@pytest.mark.parametrize("start", [0, 1, 2])
def test_json_in_one_line_longer_than_the_blocks_read(codec, start, tmp_path: Path, read_table):
    text = "déjà vu, " if codec == "cp1252" else "退货怎么办，"
    rows = [{"text": "x" * start + text * 40, "label": "a"}] * 4000
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(codec))
    found = read_table(path)
    assert found.refused == []
    assert found.rows == [["x" * start + text * 40, "a"]] * 4000


def test_accents_late_in_one_long_line(tmp_path: Path, read_table):
    rows = [{"text": "plain words"}] * 200_000 + [{"text": "déjà vu"}]
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("cp1252"))
    found = read_table(path)
    assert found.table.encoding == "latin-1"
    assert found.rows[-1] == ["déjà vu"]
