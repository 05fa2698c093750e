"""Which fonts the window asks for: the system's own on Windows and macOS, Source Sans on Linux, then Chinese ones.

Linux has no font that is always there, and a Chinese font alone sets Latin quotation marks full width; so Source
Sans Pro (SIL Open Font License, `assets/fonts/OFL.txt`) comes along and is read into this process only.
"""

from __future__ import annotations

import sys
from functools import cache

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase

from engine.paths import assets_folder

_LATIN = {
    "win32": ["Segoe UI Variable Text", "Segoe UI"],
    "darwin": [".AppleSystemUIFont", "Helvetica Neue"],
}
_LINUX = ["Source Sans Pro", "Noto Sans", "DejaVu Sans"]
_CJK = {
    "win32": ["Microsoft YaHei UI", "Microsoft YaHei"],
    "darwin": ["PingFang SC", "Hiragino Sans GB"],
}
_CJK_LINUX = ["Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"]
_MONO = {"win32": ["Cascadia Mono", "Consolas"], "darwin": ["SF Mono", "Menlo"]}
_MONO_LINUX = ["JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono"]


@cache
def load_bundled() -> None:
    """Make the bundled font known to Qt, where it is used."""
    if sys.platform not in _LATIN:
        for name in ("Regular", "Semibold"):
            QFontDatabase.addApplicationFont(str(assets_folder() / "fonts" / f"SourceSansPro-{name}.otf"))


def families() -> list[str]:
    """Families for running text, best first; Qt takes each missing character from the next one."""
    latin, chinese = _LATIN.get(sys.platform, _LINUX), _CJK.get(sys.platform, _CJK_LINUX)
    if QLocale().language() == QLocale.Language.Chinese:
        # One font for a whole line keeps its height and base line, and texts level with their icons.
        latin, chinese = chinese, latin
    return [*latin, *chinese, "sans-serif"]


def mono_families() -> list[str]:
    return _MONO.get(sys.platform, _MONO_LINUX) + _CJK.get(sys.platform, _CJK_LINUX) + ["monospace"]


def body_font(pixels: int) -> QFont:
    font = QFont()
    font.setFamilies(families())
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
