"""Which fonts the window asks for: the system's own first, then fallbacks that carry Chinese."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont

_LATIN = {
    "win32": ["Segoe UI Variable Text", "Segoe UI"],
    "darwin": [".AppleSystemUIFont", "Helvetica Neue"],
}
_LINUX = ["Inter", "Adwaita Sans", "Cantarell", "Ubuntu", "Noto Sans"]
_CJK = {
    "win32": ["Microsoft YaHei UI", "Microsoft YaHei"],
    "darwin": ["PingFang SC", "Hiragino Sans GB"],
}
_CJK_LINUX = ["Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"]
_MONO = {"win32": ["Cascadia Mono", "Consolas"], "darwin": ["SF Mono", "Menlo"]}
_MONO_LINUX = ["JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono"]


def families() -> list[str]:
    """Families for running text, best first; Qt takes each missing character from the next one."""
    return _LATIN.get(sys.platform, _LINUX) + _CJK.get(sys.platform, _CJK_LINUX) + ["sans-serif"]


def mono_families() -> list[str]:
    return _MONO.get(sys.platform, _MONO_LINUX) + _CJK.get(sys.platform, _CJK_LINUX) + ["monospace"]


def body_font(pixels: int) -> QFont:
    font = QFont()
    font.setFamilies(families())
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
