"""Two versions of a reader beside each other, on the same marked texts, none of which either was taught.

A text counts as right where exactly its entities were found. Entities are told by their F1: exact match of span and
label, over all texts and by label.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.api import CompareVersions, Control, VersionsCompared
from engine.errors import DataUnusable, UnknownName, UsageError
from engine.host.context import Context
from engine.host.entities.marked import Marked, chosen, read_marked
from engine.host.entities.reading import OpenReader, find_entities, open_files
from engine.language.sentences import sentences
from engine.serve.entities.reader import TASK
from engine.store import packs
from engine.train.classify.champion import two_sided_chance
from engine.train.classify.files import digests
from engine.train.entities import measure
from engine.train.entities.files import HELD_OUT_FILE
from engine.train.entities.measure import Answer

MOST_TEXTS = 2_000
EXAMPLES = 10
EXAMPLE_CHARS = 300
NOTHING = "–"  # where a version found no entity


class _Version(NamedTuple):
    """A version opened; `taught` are digests of its texts, `data` the data sets it was taught and checked on."""

    number: int
    opened: OpenReader
    taught: frozenset[int]
    data: tuple[str, ...]


Answers = list[list[Answer]]


def compare(ctx: Context, request: CompareVersions, ctl: Control) -> VersionsCompared:
    """Ask two versions of a reader the same texts.

    Raises:
        UsageError: twice the same version.
        UnknownName: no such reader, version or data set.
        PackUnusable: it is no reader, or a version's files are damaged.
        DataUnusable: there is no marked text that both can be asked.
    """
    if request.first == request.second:
        raise UsageError(reason=f"Give two different versions of {request.pack} to compare.")
    first, second = (_open(ctx, request.pack, number) for number in (request.first, request.second))
    if request.dataset is not None:
        asked = _untaught([read_marked(ctx, request.dataset, ctl)[0]], first, second)
    else:
        names = dict.fromkeys((*second.data, *first.data))
        asked = _untaught(_present(ctx, names, ctl), first, second)
    if not asked.texts:
        where = f"every text of it was taught to version {first.number} or {second.number}."
        if request.dataset is None:
            where = "no text is left that neither version was taught; name a data set of marked texts to compare them."
        raise DataUnusable(name=request.dataset or request.pack, reason=where)
    truth = [[Answer(span.start, span.end, span.label) for span in row] for row in asked.spans]
    found = [_answers(version, asked.texts, ctl) for version in (first, second)]
    return _compared(request, asked.texts, truth, *found)


def _open(ctx: Context, pack: str, number: int) -> _Version:
    stored = packs.load(ctx.store, pack, number, TASK)
    taught: frozenset[int] = frozenset()
    if HELD_OUT_FILE in stored.files:
        with np.load(io.BytesIO(stored.files[HELD_OUT_FILE]), allow_pickle=False) as kept:
            taught = frozenset(kept["taught"].tolist())
    names = (stored.manifest.get("valid_dataset"), stored.manifest.get("dataset"))
    data = tuple(str(name) for name in names if name)
    return _Version(number, open_files(ctx, pack, number, stored.files), taught, data)


def _present(ctx: Context, names: dict[str, None], ctl: Control) -> Iterator[Marked]:
    """Those data sets that are still here and hold marked texts."""
    for name in names:
        try:
            yield read_marked(ctx, name, ctl)[0]
        except (UnknownName, DataUnusable):
            continue


def _untaught(sets: Sequence[Marked] | Iterator[Marked], first: _Version, second: _Version) -> Marked:
    """Texts that neither version was taught, each once, at most `MOST_TEXTS`."""
    known = set(first.taught | second.taught)
    every = Marked("", [], [])
    for one in sets:
        rows = []
        for row, digest in enumerate(digests(one.texts).tolist()):
            if digest not in known:
                known.add(digest)
                rows.append(row)
        more = chosen(one, rows[: MOST_TEXTS - len(every.texts)])
        every = Marked("", every.texts + more.texts, every.spans + more.spans)
    return every


def _answers(version: _Version, texts: list[str], ctl: Control) -> Answers:
    found = find_entities(version.opened, texts, lambda done, total: ctl.report(done, total, "compare"))
    return [[Answer(one.start, one.end, one.label, one.score) for one in row] for row in found]


def _compared(
    request: CompareVersions, texts: list[str], truth: Answers, first: Answers, second: Answers
) -> VersionsCompared:
    right = [[_same(row, true) for row, true in zip(found, truth, strict=True)] for found in (first, second)]
    only_first = sum(one and not other for one, other in zip(*right, strict=True))
    only_second = sum(other and not one for one, other in zip(*right, strict=True))
    counts = [measure.count(found, truth) for found in (first, second)]
    labels = sorted({one.label for found in (truth, first, second) for row in found for one in row})
    reports = [{one.label: one.f1 for one in measure.per_label(found, truth, labels)} for found in (first, second)]
    return VersionsCompared(
        pack=request.pack,
        first=request.first,
        second=request.second,
        texts=len(texts),
        first_right=sum(right[0]),
        second_right=sum(right[1]),
        only_first=only_first,
        only_second=only_second,
        chance=two_sided_chance(only_first, only_second),
        per_label={label: (reports[0][label], reports[1][label]) for label in labels},
        examples=tuple(_examples(texts, truth, first, second, right)),
        task="entities",
        first_f1=counts[0].scores[2],
        second_f1=counts[1].scores[2],
        f1_chance=measure.differ(*counts),
    )


def _same(one: Sequence[Answer], other: Sequence[Answer]) -> bool:
    return {found[:3] for found in one} == {found[:3] for found in other}


def _examples(
    texts: list[str], truth: Answers, first: Answers, second: Answers, right: list[list[bool]]
) -> Iterator[dict[str, Any]]:
    """Sentences read differently: in turn one of a text that only the first had right, one of a text that only the
    second had, and then those that both had wrong."""
    differ = [row for row in range(len(texts)) if not _same(first[row], second[row])]
    sides = [[row for row in differ if side[row]] for side in right]
    turns = [side[place] for place in range(EXAMPLES) for side in sides if place < len(side)]
    turns += [row for row in differ if not right[0][row] and not right[1][row]]
    for row in turns[:EXAMPLES]:
        begin, end = _where(texts[row], {one[:3] for one in first[row]} ^ {one[:3] for one in second[row]})
        text = texts[row]
        yield {
            "text": text[begin:end],
            "label": _shown(text, truth[row], begin, end),
            "first": _shown(text, first[row], begin, end),
            "second": _shown(text, second[row], begin, end),
        }


def _where(text: str, different: set[tuple[int, int, str]]) -> tuple[int, int]:
    """The sentence in which the first difference lies; of a long one the part around it."""
    start, stop = min(different)[:2]
    around = [span for span in sentences(text) if span[0] < stop and start < span[1]]
    begin, end = (around[0][0], around[-1][1]) if around else (0, len(text))
    if end - begin > EXAMPLE_CHARS:
        begin = max(begin, start - EXAMPLE_CHARS // 2)
        end = max(stop, min(end, begin + EXAMPLE_CHARS))
    return begin, end


def _shown(text: str, answers: Sequence[Answer], begin: int, end: int) -> str:
    """Entities within a part of a text, as a person reads them: “PERSON: Anna Adler; TOWN: Oslo”."""
    inside = sorted(one for one in answers if one.start < end and begin < one.end)
    return "; ".join(f"{one.label}: {' '.join(text[one.start : one.end].split())}" for one in inside) or NOTHING
