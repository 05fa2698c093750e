"""A folder for other programs, written whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine.errors import InputError
from engine.report.save import told


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """All files or none: into a folder beside, which is then renamed.

    Raises:
        InputError: there is something already. DiskFull, FolderNotWritable, FileUnusable.
    """
    beside = folder.with_name(folder.name + ".part")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(reason=f"{folder} exists already. Name a new or an empty folder.")
        beside.mkdir(parents=True)
        for name, body in files.items():
            (beside / name).write_bytes(body)
        if folder.exists():
            folder.rmdir()
        beside.replace(folder)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise told(error, folder) from error
