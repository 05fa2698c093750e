"""The worker that turns a Hugging Face folder into a GGUF file. It writes that file and nothing else."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.errors import DiskFull, GgufUnusable
from engine.jobs.child import Link
from engine.packs.manifest import printable
from engine.runtimes.convert.card import licence_of, template_of
from engine.runtimes.convert.config import Config
from engine.runtimes.convert.families import HEADS, LEFT_OUT, PLUS_ONE, PREFIXES, TURN, Place
from engine.runtimes.convert.folder import CONFIG, Folder
from engine.runtimes.convert.model import Model, read_model
from engine.runtimes.convert.shards import Shards, Stored
from engine.runtimes.convert.vocabulary import SETTINGS, Vocabulary, name_for, read_vocabulary
from engine.runtimes.gguf.quantise import BLOCK, quantise, scales_are_sound
from engine.runtimes.gguf.writer import ALIGNMENT, F16, F32, Q8_0, GgufWriter, Planned, file_bytes

AT_ONCE = 1 << 20
"""Numbers turned at once; each takes some 20 bytes on its way."""
FILE_KINDS = {"F32": 0, "F16": 1, "Q8_0": 7}
NO_NUMBERS = ("rotary_emb.inv_freq", "rotary_emb.cos_cached", "rotary_emb.sin_cached")
"""Ends of names of tables that older folders keep and that follow from the config."""


class ConvertSpec(Struct):
    """`kind` is what matrices become: Q8_0, or F16 or F32 where nothing may be lost."""

    folder: str
    target: str
    name: str
    kind: str = "Q8_0"


class Foreseen(Struct):
    """What the file will be; sent before anything of it is written."""

    bytes: int
    architecture: str


class Converted(Struct):
    """`lead` see `Vocabulary`. `tensors` counts what was written."""

    licence: str
    lead: str
    tensors: int


class _Turned(Struct):
    """A tensor on its way: where it comes from (None: a table of ours), and what becomes of it."""

    planned: Planned
    stored: Stored | None = None
    change: str = ""
    table: Any = None


def convert_folder(spec: ConvertSpec, link: Link) -> Converted:
    """Write `spec.target`.

    Raises:
        GgufUnusable, FileMissing: with what is wrong and where; DiskFull, Cancelled, OSError. Nothing is left then.
    """
    try:
        return _convert(spec, link)
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise DiskFull(path=str(Path(spec.target).parent)) from error
        raise


def _convert(spec: ConvertSpec, link: Link) -> Converted:
    folder = Folder(Path(spec.folder))
    if not folder.has(CONFIG):
        raise folder.bad(f"it has no {CONFIG}.")
    config = Config(folder, folder.json(CONFIG, dict[str, Any]))
    link.report(0, None, "look at the folder")
    model = read_model(config)
    with Shards(folder) as shards:
        turned = _plan(folder, model, shards, spec.kind)
        template = template_of(folder, folder.json_if_there(SETTINGS))
        vocabulary = read_vocabulary(folder, config, model.words, template=bool(template.strip()))
        licence = licence_of(folder)
        values = _values(spec, model, vocabulary, licence, template)
        planned = [one.planned for one in turned]
        link.send(Foreseen(file_bytes(values, planned), model.family.architecture))
        total = sum(one.bytes for one in planned)
        done = 0
        with GgufWriter(Path(spec.target), values, planned) as writer:
            del values
            lead, vocabulary = vocabulary.lead, Vocabulary({})
            for one in turned:
                for piece in _pieces(folder, shards, model, one):
                    writer.add(piece)
                    done += piece.nbytes
                    link.report(done >> 20, total >> 20, "convert the weights")
    return Converted(licence, lead, len(planned))


def _values(spec: ConvertSpec, model: Model, vocabulary: Vocabulary, licence: str, template: str) -> dict[str, Any]:
    architecture = model.family.architecture
    values: dict[str, Any] = {
        "general.architecture": architecture,
        "general.type": "model",
        "general.name": name_for(spec.name, vocabulary),
        "general.license": licence,
        "general.file_type": FILE_KINDS[spec.kind],
        "general.quantization_version": 2,
        "general.alignment": ALIGNMENT,
        **{f"{architecture}.{key}": value for key, value in model.values.items()},
        **vocabulary.values,
    }
    if template.strip():
        values["tokenizer.chat_template"] = template
    return values


def _plan(folder: Folder, model: Model, shards: Shards, kind: str) -> list[_Turned]:
    """Every tensor of the file, in order; each of the folder's has its place, or the folder is refused.

    Raises:
        GgufUnusable: a tensor is missing, has another shape, or nobody knows it.
    """
    named: dict[str, Stored] = {}
    head: Stored | None = None
    for name, one in shards.tensors.items():
        if name in HEADS:
            head = one
        elif not name.startswith(LEFT_OUT) and not name.endswith(NO_NUMBERS):
            prefix = next((text for text in PREFIXES if name.startswith(text)), "")
            named[name[len(prefix) :]] = one
    turned = []
    for name, place in model.places.items():
        stored = named.pop(name, None)
        if stored is not None:
            turned.append(_turned(folder, model, stored, place, kind))
        elif not place.optional:
            raise folder.bad(f"its weights have no tensor “{name}”.")
    if named:
        other = printable(next(iter(named.values())).name)
        raise folder.bad(f"its tensor “{other}” has no place in a model of the family {model.family.architecture}.")
    tied = model.family.tied if model.tied is None else model.tied
    if head is None and model.tied is False:
        raise folder.bad("its weights have no tensor “lm_head.weight”, and its config.json says it is one of its own.")
    if head is not None and not tied:
        turned.append(_turned(folder, model, head, Place("", "output.weight", ("words", "width")), kind))
    for name, table in model.tables.items():
        turned.append(_Turned(Planned(name, table.shape, F32), table=table))
    return turned


def _turned(folder: Folder, model: Model, stored: Stored, place: Place, kind: str) -> _Turned:
    shape = tuple(model.sizes[side] for side in place.sides)
    if stored.shape != shape:
        theirs, ours = (" x ".join(map(str, one)) or "one number" for one in (stored.shape, shape))
        raise folder.bad(f"its tensor “{printable(stored.name)}” is {theirs}; its config.json says {ours}.")
    becomes = F32
    if len(shape) > 1 and kind != "F32":
        becomes = Q8_0 if kind == "Q8_0" and shape[-1] % BLOCK == 0 else F16
    return _Turned(Planned(place.target, shape, becomes), stored, place.change)


def _pieces(folder: Folder, shards: Shards, model: Model, one: _Turned) -> Iterator[NDArray[Any]]:
    """What is written for a tensor, some rows at a time."""
    if one.stored is None:
        yield one.table
        return
    rows = one.stored.shape[0]
    step = max(1, AT_ONCE // one.stored.columns)
    if one.change == TURN:
        step = max(1, step // model.head) * model.head
    for first in range(0, rows, step):
        part = shards.rows(one.stored, first, min(step, rows - first))
        if one.change == PLUS_ONE:
            part = part + np.float32(1)
        elif one.change == TURN:
            part = _in_pairs(part, model.head)
        yield _packed(folder, one, part)


def _in_pairs(part: NDArray[np.float32], head: int) -> NDArray[np.float32]:
    """Rows of whole heads: llama.cpp turns neighbours for this family, transformers the two halves of a head."""
    halves = part.reshape(-1, 2, head // 2, *part.shape[1:])
    return np.ascontiguousarray(halves.swapaxes(1, 2)).reshape(part.shape)


def _packed(folder: Folder, one: _Turned, part: NDArray[np.float32]) -> NDArray[Any]:
    bad: Callable[[], GgufUnusable] = lambda: folder.bad(  # noqa: E731
        f"its tensor “{printable(one.stored.name if one.stored else '')}” holds numbers that are none, or too large."
    )
    if one.planned.kind == Q8_0:
        packed = quantise(part)
        if not scales_are_sound(packed):
            raise bad()
        return packed
    with np.errstate(over="ignore"):
        numbers = part.astype("<f2" if one.planned.kind == F16 else "<f4", copy=False)
    if not np.isfinite(numbers).all():
        raise bad()
    return numbers
