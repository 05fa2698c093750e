"""A model's folder as Hugging Face's programs write it. Its files are read bounded; none of its code is ever run."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

from engine.errors import FileMissing, GgufUnusable
from engine.packs.manifest import printable

CONFIG = "config.json"
INDEX = "model.safetensors.index.json"
MOST_CONFIG = 4 << 20
MOST_TOKENIZER = 128 << 20
PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl")

T = TypeVar("T")


def is_model_folder(path: Path) -> bool:
    """Whether a folder looks like a model's: it has a config, weights or an adapter."""
    names = (CONFIG, INDEX, "model.safetensors", "adapter_config.json")
    return path.is_dir() and any((path / name).is_file() for name in names)


def folder_name(path: Path) -> str:
    """What to call the model: the folder's name, or the model's where the folder is one of Hugging Face's cache."""
    path = path.absolute()
    if path.parent.name == "snapshots" and path.parent.parent.name.startswith("models--"):
        return path.parent.parent.name.split("--")[-1]
    return path.name


class Folder:
    """Reads files of one folder.

    Raises:
        FileMissing.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise FileMissing(path=str(path))
        self.path = path

    def bad(self, reason: str) -> GgufUnusable:
        return GgufUnusable(path=str(self.path), reason=reason)

    def has(self, name: str) -> bool:
        return (self.path / name).is_file()

    def names(self) -> list[str]:
        """Plain files, in order. Raises: GgufUnusable."""
        try:
            return sorted(one.name for one in self.path.iterdir() if one.is_file())
        except OSError as error:
            raise self.bad(f"it cannot be read ({error.strerror}).") from error

    def open(self, name: str) -> tuple[BinaryIO, int]:
        """A file open for reading, and its length. Only regular files are opened, so nothing waits for a pipe.

        Raises:
            GgufUnusable.
        """
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            file = os.fdopen(os.open(self.path / name, flags), "rb", buffering=0)
        except OSError as error:
            raise self.bad(f"its file {printable(name)} cannot be read ({error.strerror}).") from error
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            file.close()
            raise self.bad(f"its {printable(name)} is no regular file.")
        return file, status.st_size

    def read(self, name: str, most: int) -> bytes:
        """A whole file of at most `most` bytes. Raises: GgufUnusable."""
        file, size = self.open(name)
        with file:
            if size > most:
                raise self.bad(f"its file {name} has {size:,} bytes, and the most is {most:,}.")
            try:
                return file.read(size)  # a buffer of this size is made at once
            except OSError as error:
                raise self.bad(f"its file {name} cannot be read ({error.strerror}).") from error

    def text(self, name: str, most: int) -> str:
        """A whole text file. Raises: GgufUnusable."""
        try:
            return self.read(name, most).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self.bad(f"its file {name} is no UTF-8 text (byte {error.start:,}).") from error

    def beginning(self, name: str, most: int) -> str:
        """The first bytes of a text file, whatever they are. Raises: GgufUnusable."""
        file, _ = self.open(name)
        with file:
            try:
                return file.read(most).decode("utf-8-sig", "replace")
            except OSError as error:
                raise self.bad(f"its file {name} cannot be read ({error.strerror}).") from error

    def json(self, name: str, kind: type[T], most: int = MOST_CONFIG) -> T:
        """A JSON file, checked to be of a kind. Raises: GgufUnusable."""
        raw = self.read(name, most)
        try:
            return msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=kind)
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
            said = printable(" ".join(str(error).split()), 200).rstrip(".")
            raise self.bad(f"its file {name} cannot be read as what it should be ({said}).") from error

    def json_if_there(self, name: str) -> dict[str, Any]:
        """A small JSON object; empty where there is no such file. Raises: GgufUnusable."""
        return self.json(name, dict[str, Any]) if self.has(name) else {}
