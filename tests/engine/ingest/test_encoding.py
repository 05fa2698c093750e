"""Texts in each encoding are read as they were written, down to single short words."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FileUnusable
from engine.ingest.encoding import decode, detect_encoding

TEXTS = {
    "gb18030": [
        "你好", "我要退款", "姓名,城市\n张三,北京\n", "text,label\n退货怎么办,退货\n", "A座,B座", "订单号A12退款",
        "價格與數量的說明，請問這個訂單", "價格與數量的說明，請問這個訂單什麼時候會到，謝謝您的幫助。" * 9,
        "我的快递还没到，please help", "退货", "纽约", "12强", "瑜伽", "投票权", "A股大涨", "史诗", "T恤, 红色",
        "您好！", "发票怎么开", "3D打印",
    ],
    "utf-16-le": ["hello", "你好世界", "a,b\n退货怎么办,退货\n", "café à", "Привет, мир\n", "注文した,商品\n"],
    "utf-16-be": ["hello", "你好世界我们", "a,b\n退货怎么办,退货\n", "Привет, мир\n", "注文した,商品\n", "สวัสดี,a\n"],
    "utf-16": ["hello", "你好"],
    "utf-32": ["hello", "你好"],
    "utf-8": [
        "hello", "你好", "café", "Привет мир", "🏕", "退货", "纽约", "12强", "瑜伽", "投票权", "A股大涨", "史诗",
        "T恤, 红色", "您好！", "发票怎么开", "3D打印", "nǐ hǎo", "mơ", "Iași", "Привет", "Καλημέρα", "שלום", "é", "ț",
    ],
    "utf-8-sig": ["hello", "你好"],
}  # fmt: skip
SHOWN = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""What a text with a mark is called, where Python's name leaves the order of bytes to it."""
LATIN = [
    "Café au lait", "créée hier", "L'été dernier", "Müller", "Straße gesperrt", "Ängström", "naïve approach",
    "Señor Núñez", "São Paulo", "coração", "smørrebrød", "Björk Guðmundsdóttir", "déjà vu", "élève", "ÉCOLE FERMÉE",
    "¿Dónde está mi pedido?", "¡Hola!", "£25 refund", "25°C outside", "Größe ändern", "Übermäßig", "à bientôt",
    "mañana", "Düsseldorf", "città è più bella", "perché no", "Às vezes não é fácil", "lançamento", "½ cup",
    "Français", "Élodie Lefèvre", "Curaçao", "fiancée", "café", "text,label\ncafé fermé,plainte\n", "Größe",
    "GRÖßE", "naïve", "25°C", "£25", "señor", "très élevé à Noël", "Ça", "créée", "ÅÄÖ", "smörgåsbord är på väg",
    "déjà vu à 10 h",
]  # fmt: skip
WINDOWS = ["œuvre complète", "“quoted” text", "it’s – fine…", "10 € please", "it’s “fine” – café"]


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts])
def test_text_comes_back(encoding: str, text: str) -> None:
    found, told = decode(text.encode(encoding))
    assert (found, told.name) == (text, SHOWN.get(encoding, encoding))
    assert not told.guessed


@pytest.mark.parametrize("text", LATIN + WINDOWS)
def test_accents_come_back(text: str) -> None:
    found, told = decode(text.encode("cp1252"))
    assert (found, told.name) == (text, "cp1252" if text in WINDOWS else "latin-1")
    assert decode(text.encode("utf-8"))[1].name == "utf-8"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200))
def test_any_utf8_text_comes_back(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode())[0] == text


def test_real_chinese_lines_one_by_one(shared_data: Path) -> None:
    with gzip.open(shared_data / "tnews" / "test.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    texts = [row[0] for row in rows if not row[0].isascii()]
    words = [word for row in rows for word in row[2].split(",") if word and not word.isascii()]
    assert [text for text in texts if detect_encoding(text.encode("gb18030")).name != "gb18030"] == []
    wrong_words = [word for word in words if detect_encoding(word.encode("gb18030")).name != "gb18030"]
    assert len(wrong_words) <= 0.002 * len(words)  # two characters alone can be valid UTF-8 as well
    assert [text for text in texts + words if detect_encoding(text.encode("utf-8")).name != "utf-8"] == []


def test_head_may_end_inside_a_character() -> None:
    data = "退货".encode() * 100
    for cut in range(290, 300):
        assert detect_encoding(data[:cut], whole=False).name == "utf-8"
    legacy = ("退货怎么办" * 50).encode("gb18030")
    assert detect_encoding(legacy[:333], whole=False).name == "gb18030"


@pytest.mark.parametrize("start", [0, 1, 2])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_one_endless_line(start: int, codec: str) -> None:
    text = "x" * (start + 300_000) + "退货怎么办" * 60_000
    found, told = decode(text.encode(codec))
    assert told.name == codec
    assert found == text


def test_others_are_guessed_and_said_so() -> None:
    text = "Привет, как дела? Где мой заказ? Спасибо за помощь, возврат товара." * 3
    found, told = decode(text.encode("cp1251"))
    assert found == text
    assert "cp1251 was guessed" in told.warnings()[0]


def test_declared_encoding_counts_only_where_there_is_doubt() -> None:
    assert decode("Возврат".encode("cp1251"), declared="windows-1251")[0] == "Возврат"
    assert decode("Возврат".encode(), declared="windows-1251")[0] == "Возврат"
    assert decode("café".encode("latin-1"), declared="utf-8")[0] == "café"
    assert decode("café".encode("latin-1"), declared="no-such-thing")[0] == "café"


def test_ascii_head_with_one_stray_byte_is_told_by_place() -> None:
    with pytest.raises(FileUnusable, match=r"byte 9 \(line 2\)"):
        decode(b"caf\xc3\xa9\ncaf\xe9\n")


def test_chinese_utf8_with_a_line_of_another_encoding() -> None:
    with pytest.raises(FileUnusable, match="line 31"):
        decode("第一行文字说明\n".encode() * 30 + "坏行内容".encode("gb18030") + b"\n")


def test_one_line_of_utf8_with_a_stray_byte() -> None:
    with pytest.raises(FileUnusable, match=r"is UTF-8, but at byte 780 "):
        decode("这是一个很长的段落没有换行。".encode()[:39] * 20 + b"\xe9" + "再来一些".encode())


@pytest.mark.parametrize("data", [bytes(500), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", random.Random(1).randbytes(4000)])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(FileUnusable):
        decode(data)
