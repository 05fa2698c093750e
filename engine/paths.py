"""Where the program's own files are, from source, installed or frozen."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def assets_folder() -> Path:
    """The folder `assets/`: beside the packages, or inside the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "assets"


def data_folder() -> Path:
    """The platform's folder for this user's data; the default workspace lies in it."""
    from platformdirs import user_data_path

    return user_data_path("casemate", appauthor=False)


def models_folder() -> Path:
    """Where the generators lie that this user took in; the variable CASEMATE_MODELS names another folder."""
    named = os.environ.get("CASEMATE_MODELS", "")
    return Path(named).expanduser().absolute() if named else data_folder() / "models"


def default_workspace() -> Path:
    return data_folder() / "workspace"
