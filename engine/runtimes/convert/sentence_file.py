"""SentencePiece's own file, tokenizer.model: a protocol buffer, read bounded and field by field.

Source: google/sentencepiece, src/sentencepiece_model.proto; protobuf.dev, "Encoding".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from engine.runtimes.convert.folder import Folder
from engine.runtimes.convert.pieces import BYTE, NORMAL, UNKNOWN, Pieces

MOST_BYTES = 32 << 20
MOST_PIECES = 1 << 20
VARINT, WIDE, BYTES, SMALL = 0, 1, 2, 5
JOINS = 2
"""The kind of model that joins pairs (BPE)."""
_PIECE, _TRAINER, _NORMALISER = 1, 2, 3
_KIND, _FIRST_ID = 3, 40
_CHARSMAP, _DUMMY_PREFIX, _EXTRA_SPACES = 2, 3, 4


class _Damaged(Exception):
    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def read(folder: Folder, name: str) -> Pieces:
    """The pieces of a file. Raises: GgufUnusable."""
    raw = memoryview(folder.read(name, MOST_BYTES))
    found = Pieces("llama", "default", scores={}, frame_unknown=True, adds_begin=True, space="always")
    kind, ids = 1, dict(zip(("unk", "bos", "eos", "pad"), (0, 1, 2, -1), strict=True))
    try:
        for field, value in _fields(raw):
            if field == _PIECE and isinstance(value, memoryview):
                if len(found.texts) >= MOST_PIECES:
                    raise folder.bad(f"its {name} has more than {MOST_PIECES:,} pieces.")
                _add_piece(found, value)
            elif field == _TRAINER and isinstance(value, memoryview):
                for key, one in _fields(value):
                    if isinstance(one, int):
                        kind = one if key == _KIND else kind
                        if _FIRST_ID <= key < _FIRST_ID + len(ids):
                            ids[list(ids)[key - _FIRST_ID]] = _signed(one)
            elif field == _NORMALISER and isinstance(value, memoryview):
                for key, one in _fields(value):
                    if key == _CHARSMAP and isinstance(one, memoryview) and len(one):
                        raise folder.bad(f"its {name} changes letters before cutting, which llama.cpp does not.")
                    if key == _DUMMY_PREFIX:
                        found.space = "always" if one else "never"
    except (_Damaged, UnicodeDecodeError) as error:
        where = f" at byte {error.at:,}" if isinstance(error, _Damaged) else ""
        raise folder.bad(f"its {name} is damaged{where}.") from error
    if kind != JOINS:
        raise folder.bad(f"its {name} cuts by likelihood (unigram); only the kind that joins pairs (BPE) is read.")
    if sum(one == BYTE for one in found.types.values()) != 256:
        raise folder.bad(f"its {name} has no pieces for single bytes, which llama.cpp needs.")
    found.ids = {key: number for key, number in ids.items() if number in found.texts}
    return found


def _add_piece(found: Pieces, raw: memoryview) -> None:
    text, score, kind = "", 0.0, NORMAL
    for key, value in _fields(raw):
        if key == 1 and isinstance(value, memoryview):
            text = bytes(value).decode("utf-8")
        elif key == 2 and isinstance(value, float):
            score = value
        elif key == 3 and isinstance(value, int):
            kind = value
    number = len(found.texts)
    found.texts[number] = text
    found.types[number] = kind if NORMAL <= kind <= BYTE else UNKNOWN
    assert found.scores is not None
    found.scores[number] = score if score == score else 0.0


def _fields(raw: memoryview) -> Iterator[tuple[int, int | float | memoryview]]:
    """Field numbers and values of a message, in order."""
    at = 0
    while at < len(raw):
        tag, at = _varint(raw, at)
        kind = tag & 7
        if kind == VARINT:
            value, at = _varint(raw, at)
            yield tag >> 3, value
        elif kind == BYTES:
            length, at = _varint(raw, at)
            if length > len(raw) - at:
                raise _Damaged(at)
            yield tag >> 3, raw[at : at + length]
            at += length
        elif kind in (SMALL, WIDE):
            size = 4 if kind == SMALL else 8
            if size > len(raw) - at:
                raise _Damaged(at)
            yield tag >> 3, struct.unpack("<f" if kind == SMALL else "<d", raw[at : at + size])[0]
            at += size
        else:
            raise _Damaged(at)


def _varint(raw: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for turn in range(10):
        if at >= len(raw):
            break
        value |= (raw[at] & 127) << 7 * turn
        at += 1
        if raw[at - 1] < 128:
            return value, at
    raise _Damaged(at)


def _signed(value: int) -> int:
    """Negative numbers are written as 64 bits."""
    return value - (1 << 64) if value >> 63 else value
