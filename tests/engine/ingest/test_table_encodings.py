"""Encodings told from bytes alone, on whole files and on single short lines."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from engine.ingest.tables.encoding import decide

CHINESE = "text,label\n我的订单什么时候到？,物流\n我想退货，谢谢,退货\n发票怎么开,发票\n"
FRENCH = "text,label\nOù est ma commande ? Je l'ai passée il y a déjà trois jours,livraison\nCafé brûlé,qualité\n"
ACCENTED = [
    "Café au lait",
    "créée hier",
    "L'été dernier",
    "Müller",
    "Straße gesperrt",
    "Ängström",
    "naïve approach",
    "Señor Núñez",
    "São Paulo",
    "coração",
    "smørrebrød",
    "Björk Guðmundsdóttir",
    "œuvre complète",
    "déjà vu",
    "élève",
    "ÉCOLE FERMÉE",
    "¿Dónde está mi pedido?",
    "¡Hola!",
    "£25 refund",
    "25°C outside",
    "Größe ändern",
    "Übermäßig",
    "à bientôt",
    "mañana",
    "Düsseldorf",
    "città è più bella",
    "perché no",
    "Às vezes não é fácil",
    "lançamento",
    "½ cup",
    "“quoted” text",
    "it’s – fine…",
    "10 € please",
    "Français",
    "Élodie Lefèvre",
    "Curaçao",
    "fiancée",
]


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


@pytest.mark.parametrize("text", ACCENTED)
def test_one_accented_line_is_latin(text):
    assert decide([text.encode("cp1252")]).codec == "cp1252"
    assert decide([text.encode("utf-8")]).codec == "utf-8"


@pytest.mark.parametrize(
    "text", ["退货", "纽约", "12强", "瑜伽", "投票权", "A股大涨", "史诗", "T恤, 红色", "您好！", "发票怎么开", "3D打印"]
)
def test_one_chinese_word_is_chinese(text):
    assert decide([text.encode("gb18030")]).codec == "gb18030"
    assert decide([text.encode("utf-8")]).codec == "utf-8"


@pytest.mark.parametrize("text", ["nǐ hǎo", "mơ", "Iași", "Привет", "Καλημέρα", "שלום", "é", "ț"])
def test_one_word_of_other_scripts_in_utf8(text):
    assert decide([text.encode()]).codec == "utf-8"


def test_real_chinese_lines_one_by_one(shared_data: Path):
    with gzip.open(shared_data / "tnews" / "test.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    texts = [row[0] for row in rows if not row[0].isascii()]
    words = [word for row in rows for word in row[2].split(",") if word and not word.isascii()]
    wrong = [text for text in texts if decide([text.encode("gb18030")]).name != "gb18030"]
    assert wrong == []
    wrong_words = [word for word in words if decide([word.encode("gb18030")]).name != "gb18030"]
    assert len(wrong_words) <= 0.002 * len(words)  # two characters alone can be valid UTF-8 as well
    assert [text for text in texts + words if decide([text.encode("utf-8")]).name != "utf-8"] == []


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
