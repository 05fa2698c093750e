"""The language of the window: the system's or a choice, switched while the program runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.paths import assets_folder

# Each language in its own words, so that it is found by those who read no other.
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
CHOICES = ("system", *LANGUAGES)

_installed: list[QTranslator] = []
_current = "en"


def current() -> str:
    """The language in use: "en" or "zh_CN"."""
    return _current


def resolve(choice: str) -> str:
    """The language that a choice means; an unknown one counts as the system's."""
    if choice in LANGUAGES:
        return choice
    for name in QLocale.system().uiLanguages():
        if name.lower().startswith("zh"):
            return "zh_CN"
        if name.lower().startswith("en"):
            return "en"
    return "en"


def use_language(choice: str) -> str:
    """Install the texts of a language; widgets made from now on speak it. Returns the language in use."""
    global _current
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("a language needs an application")
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    _current = resolve(choice)
    QLocale.setDefault(QLocale(_current))
    # English needs a file too: it says "1 file" and "2 files".
    places = (
        (str(assets_folder() / "i18n"), f"casemate_{_current}"),
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{_current}"),
    )
    for folder, name in places[: 1 if _current == "en" else 2]:
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            _installed.append(translator)
        else:
            import logging

            logging.getLogger(__name__).warning("no texts %s in %s", name, folder)
    return _current
