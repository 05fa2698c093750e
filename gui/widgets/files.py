"""Asking for files; one place, so that tests can answer and no history of names is kept on disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_open_file(parent: QWidget, title: str, filters: str = "") -> Path | None:
    """One existing file, or None. `filters` as Qt writes them: "Tables (*.csv *.xlsx)"."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", filters)
    return Path(name) if name else None


def ask_open_files(parent: QWidget, title: str, filters: str = "") -> list[Path]:
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", filters)
    return [Path(name) for name in names]


def ask_folder(parent: QWidget, title: str) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def ask_save_file(parent: QWidget, title: str, suggestion: str, filters: str = "") -> Path | None:
    """Where to save, or None; asks before overwriting."""
    name, _ = QFileDialog.getSaveFileName(parent, title, suggestion, filters)
    return Path(name) if name else None
