"""A model's vocabulary as llama.cpp reads it, with its weights or without, and how llama.cpp is reached at all."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.errors import GgufUnusable, RuntimeMissing, UsageError
from engine.packs.manifest import printable

LOG_ERROR = 4


class Vocabulary:
    """Texts to tokens and back."""

    def __init__(self, lib: Any, vocab: Any) -> None:
        self._lib, self._vocab = lib, vocab
        self.vocabulary = int(lib.llama_vocab_n_tokens(vocab))
        self._pieces: dict[int, bytes] = {}
        self._buffer = ctypes.create_string_buffer(256)

    @property
    def adds_begin(self) -> bool:
        return bool(self._lib.llama_vocab_get_add_bos(self._vocab))

    @property
    def adds_space(self) -> bool:
        """Whether texts are cut as if a space stood before them (SentencePiece)."""
        return int(self._lib.llama_vocab_type(self._vocab)) == SENTENCE_PIECE

    @property
    def turn_end(self) -> int | None:
        """The token that ends a turn, or else a text; None where the model has neither."""
        for found in (self._lib.llama_vocab_eot(self._vocab), self._lib.llama_vocab_eos(self._vocab)):
            if found >= 0:
                return int(found)
        return None

    def tokens(self, text: str, *, begin: bool, special: bool) -> list[int]:
        """Cut a text into tokens.

        Args:
            begin: put the token before it that the model's texts begin with, where the model has one.
            special: read steering tokens in the text as such, not as writing.
        """
        raw = text.encode("utf-8")
        room = len(raw) + 8
        for _ in range(2):
            found = (self._lib.llama_token * room)()
            count = self._lib.llama_tokenize(self._vocab, raw, len(raw), found, room, begin, special)
            if count >= 0:
                return list(found[:count])
            room = -count
        raise UsageError(reason="The text cannot be cut into tokens.")

    def piece(self, token: int) -> bytes:
        """A token's bytes; several tokens may share a character. Steering tokens have none."""
        found = self._pieces.get(token)
        if found is None:
            found = self._pieces[token] = self._read_piece(token, special=False)
        return found

    def mark(self, token: int) -> str:
        """A token as it stands in a template's text, steering tokens too."""
        return self._read_piece(token, special=True).decode("utf-8", "replace")

    def _read_piece(self, token: int, *, special: bool) -> bytes:
        size = len(self._buffer)
        count = self._lib.llama_token_to_piece(self._vocab, token, self._buffer, size, 0, special)
        if count < 0:
            self._buffer = ctypes.create_string_buffer(-count)
            count = self._lib.llama_token_to_piece(self._vocab, token, self._buffer, -count, 0, special)
        return self._buffer.raw[: max(0, count)]

    def ends(self, token: int) -> bool:
        """Whether the model says with this token that it is done."""
        return bool(self._lib.llama_vocab_is_eog(self._vocab, token))


SENTENCE_PIECE = 1


@contextlib.contextmanager
def vocabulary_of(path: Path) -> Iterator[Vocabulary]:
    """The vocabulary of a file whose header was checked; none of its weights are loaded.

    Raises:
        RuntimeMissing, GgufUnusable.
    """
    lib = bindings(path.name)
    said = hear(lib)
    params = lib.llama_model_default_params()
    params.vocab_only = True
    model = lib.llama_model_load_from_file(str(path).encode("utf-8"), params)
    if not model:
        raise refused(path, "llama.cpp does not read its vocabulary", said)
    try:
        yield Vocabulary(lib, lib.llama_model_get_vocab(model))
    finally:
        lib.llama_model_free(model)


def bindings(name: str) -> Any:
    """llama_cpp's C interface. Raises: RuntimeMissing."""
    try:
        return importlib.import_module("llama_cpp.llama_cpp")
    except (ImportError, OSError, RuntimeError) as error:
        raise RuntimeMissing(what="llama.cpp (the package llama-cpp-python)", name=name) from error


def hear(lib: Any) -> list[str]:
    """Keep llama.cpp's complaints for the reason of a refusal, and its chatter off the terminal."""
    said: list[str] = []

    def heard(level: int, text: bytes, _data: Any) -> None:
        if level == LOG_ERROR and text.strip():
            said.append(text.decode("utf-8", "replace"))
            del said[8:]

    global _listener  # llama.cpp keeps the pointer
    _listener = lib.llama_log_callback(heard)
    lib.llama_log_set(_listener, ctypes.c_void_p(0))
    return said


_listener: Any = None


def refused(path: Path, what: str, said: list[str]) -> GgufUnusable:
    """The refusal of a file, with llama.cpp's own first complaint."""
    why = printable(" ".join(said[0].split()), 200).rstrip(".") if said else ""
    return GgufUnusable(path=str(path), reason=f"{what} ({why})." if why else f"{what}.")
