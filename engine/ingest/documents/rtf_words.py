"""The vocabulary of rich text (RTF) as far as its text needs it: character sets, characters, groups without text.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import codecs

CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
"""Fonts' character sets (fcharset) other than that of the document."""
SYMBOL_CHARSET = 2

CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "softline": "\n",
    "nestcell": " ", "nestrow": "\n",
}  # fmt: skip
SIGNS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}"}
"""After a backslash; others (such as "-", where a word may be broken) show nothing."""

_UNSEEN = (
    "colortbl pict header headerl headerr headerf footer footerl footerr footerf footnote annotation themedata "
    "colorschememapping datastore latentstyles listtable listoverridetable rsidtbl generator xmlnstbl filetbl revtbl "
    "fldinst nonshppict tc tcn xe bkmkstart bkmkend private sp shprslt objdata objclass mmathPr pgptbl"
)
UNSEEN = frozenset(_UNSEEN.split())
"""Groups that hold no text of the document."""
OPENED = frozenset({"shpinst", "shptxt"})
"""Groups marked as "skip if unknown" whose text is shown: boxes of text."""


def code_page(number: int) -> str:
    """The codec of a Windows code page, cp1252 where Python has none."""
    name = {65001: "utf-8", 936: "gb18030", 54936: "gb18030", 10000: "mac_roman", 1361: "johab"}.get(
        number, f"cp{number}"
    )
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
