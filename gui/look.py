"""What the window remembers about its own look: theme, font size, language, place. Nothing of the workspace."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths


def look_file() -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "casemate" / "window.ini"


class Look:
    """Reads and writes the choices; a file that cannot be written only loses them."""

    def __init__(self) -> None:
        self._settings = QSettings(str(look_file()), QSettings.Format.IniFormat)

    def _get(self, key: str, default: str) -> str:
        return str(self._settings.value(key, default))

    @property
    def theme(self) -> str:
        return self._get("theme", "system")

    @theme.setter
    def theme(self, choice: str) -> None:
        self._settings.setValue("theme", choice)

    @property
    def font_size(self) -> str:
        return self._get("font_size", "normal")

    @font_size.setter
    def font_size(self, choice: str) -> None:
        self._settings.setValue("font_size", choice)

    @property
    def language(self) -> str:
        return self._get("language", "system")

    @language.setter
    def language(self, choice: str) -> None:
        self._settings.setValue("language", choice)

    @property
    def geometry(self) -> QByteArray | None:
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)


def keep_no_history() -> None:
    """Stop Qt's own file dialog from noting the visited folders in a file of its own (QtProject.conf).

    Names of files can be private. The native dialogs of Windows and macOS are the system's own matter.
    """
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        QSettings.setPath(QSettings.Format.NativeFormat, scope, os.devnull)
