"""Short texts in each encoding are read as they were written."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FileUnusable
from engine.ingest.encoding import decode, detect_encoding

TEXTS = {
    "gb18030": [
        "你好", "我要退款", "姓名,城市\n张三,北京\n", "text,label\n退货怎么办,退货\n", "A座,B座", "订单号A12退款",
        "價格與數量的說明，請問這個訂單", "我的快递还没到，please help",
    ],
    "latin-1": [
        "café", "text,label\ncafé fermé,plainte\n", "Größe", "GRÖßE", "Müller", "naïve", "25°C", "£25", "señor",
        "¿Dónde está mi pedido?", "très élevé à Noël", "Ça", "créée", "ÅÄÖ", "smörgåsbord är på väg", "déjà vu à 10 h",
    ],
    "utf-16-le": ["hello", "你好世界", "a,b\n退货怎么办,退货\n", "café à"],
    "utf-16-be": ["hello", "你好世界我们", "a,b\n退货怎么办,退货\n"],
    "utf-16": ["hello", "你好"],
    "utf-32": ["hello", "你好"],
    "utf-8": ["hello", "你好", "café", "Привет мир", "🏕"],
    "utf-8-sig": ["hello", "你好"],
    "cp1252": ["it’s “fine” – café"],
}  # fmt: skip


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts])
def test_text_comes_back(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200))
def test_any_utf8_text_comes_back(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode())[0] == text


def test_head_may_end_inside_a_character() -> None:
    data = "退货".encode() * 100
    for cut in range(290, 300):
        assert detect_encoding(data[:cut], whole=False) == "utf-8"
    legacy = ("退货怎么办" * 50).encode("gb18030")
    assert detect_encoding(legacy[:333], whole=False) == "gb18030"


def test_ascii_head_with_one_stray_byte_is_told_by_place() -> None:
    with pytest.raises(FileUnusable, match=r"byte 9 \(line 2\)"):
        decode(b"caf\xc3\xa9\ncaf\xe9\n")


def test_chinese_utf8_with_a_line_of_another_encoding() -> None:
    with pytest.raises(FileUnusable, match="line 31"):
        decode("第一行文字说明\n".encode() * 30 + "坏行内容".encode("gb18030") + b"\n")


@pytest.mark.parametrize("data", [bytes(500), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", random.Random(1).randbytes(4000)])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(FileUnusable):
        decode(data)
