"""The history of a skill: its versions, which one is in use, and two of them beside each other.

Two versions are compared on texts that neither saw with a label. A text that a version held out in training has its
held-out answer on record; one that it never saw is answered now; one that it was taught is left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import CompareVersions, Control, VersionInfo, Versions, VersionsCompared
from engine.errors import DataUnusable, UnknownName, UsageError
from engine.host.context import Context
from engine.host.read.skills import vectors_for
from engine.serve.classify.skill import TASK, Skill, open_skill
from engine.store import datasets, packs
from engine.train.classify.champion import two_sided_chance
from engine.train.classify.files import HELD_OUT_FILE, digests
from engine.train.classify.metrics import count_answers

MOST_TEXTS = 20_000
BATCH_TEXTS = 1_000
EXAMPLES = 10
EXAMPLE_CHARS = 300


def list_versions(ctx: Context, pack: str) -> Versions:
    """Every version of a skill, newest first.

    Raises:
        UnknownName.
    """
    found = packs.versions(ctx.store, pack)
    return Versions(pack=found[0].name, task=found[0].task, versions=tuple(_info(one) for one in found))


def _info(version: packs.PackVersion) -> VersionInfo:
    manifest = version.manifest
    metrics = manifest.get("metrics")
    comparison = manifest.get("comparison")
    return VersionInfo(
        version=version.version,
        created=version.created,
        current=version.current,
        method=str(manifest.get("method", "")),
        dataset=str(manifest.get("dataset", "")),
        bytes=version.bytes,
        metrics=_numbers(metrics) if isinstance(metrics, dict) else {},
        comparison=comparison if isinstance(comparison, dict) else {},
    )


def _numbers(values: dict[str, Any]) -> dict[str, float]:
    return {str(name): float(value) for name, value in values.items() if isinstance(value, int | float)}


class _Version(NamedTuple):
    """A version opened: `held` maps the digest of a held-out text to its true label and the answer given."""

    number: int
    dataset: str
    skill: Skill
    held: dict[int, tuple[str, str]]
    taught: frozenset[int]


class _Asked(NamedTuple):
    """A text of the comparison; `text` is "" where only its digest is left."""

    digest: int
    text: str
    label: str


def compare(ctx: Context, request: CompareVersions, ctl: Control) -> VersionsCompared:
    """Ask two versions the same texts.

    Raises:
        UsageError: twice the same version.
        UnknownName: no such skill, version or data set.
        PackUnusable: it is no classifier, or a version's files are damaged.
        DataUnusable: there is no text that both can be asked.
    """
    if request.first == request.second:
        raise UsageError(reason=f"Give two different versions of {request.pack} to compare.")
    first = _open(ctx, request.pack, request.first)
    second = _open(ctx, request.pack, request.second)
    if request.dataset is not None:
        asked = _usable(_rows(ctx, [request.dataset], ctl), first, second)
    else:
        names = [name for name in dict.fromkeys((second.dataset, first.dataset)) if name]
        asked = _usable(_rows(ctx, _present(ctx, names), ctl), first, second)
        known = {one.digest for one in asked}
        asked += [one for one in _on_record(first, second) if one.digest not in known]
    if not asked:
        where = f"every text of it was taught to version {first.number} or {second.number}."
        if request.dataset is None:
            where = "nothing is left that both versions held out; name a labelled data set to compare them on."
        raise DataUnusable(name=request.dataset or request.pack, reason=where)
    answers = [_answers(ctx, version, asked, ctl) for version in (first, second)]
    return _compared(request, asked, *answers)


def _open(ctx: Context, pack: str, number: int) -> _Version:
    stored = packs.load(ctx.store, pack, number, TASK)
    skill = open_skill(pack, stored.files)
    held: dict[int, tuple[str, str]] = {}
    taught: frozenset[int] = frozenset()
    if HELD_OUT_FILE in stored.files:
        with np.load(io.BytesIO(stored.files[HELD_OUT_FILE]), allow_pickle=False) as kept:
            rows = zip(kept["held"].tolist(), kept["truth"].tolist(), kept["answers"].tolist(), strict=True)
            held = {digest: (skill.labels[truth], skill.labels[answer]) for digest, truth, answer in rows}
            taught = frozenset(kept["taught"].tolist())
    return _Version(number, str(stored.manifest.get("dataset", "")), skill, held, taught)


def _present(ctx: Context, names: Iterable[str]) -> list[str]:
    """Those data sets that are still here and labelled."""
    found = []
    for name in names:
        try:
            datasets.read_rows(ctx.store, name, "labelled")
        except (UnknownName, DataUnusable):
            continue
        found.append(name)
    return found


def _rows(ctx: Context, names: Iterable[str], ctl: Control) -> Iterator[tuple[str, str]]:
    for name in names:
        for number, row in enumerate(datasets.read_rows(ctx.store, name, "labelled")):
            if number % 500 == 0:
                ctl.report(number, None, "read")
            if row["text"].strip() and row["label"].strip():
                yield row["text"], row["label"].strip()


def _usable(rows: Iterable[tuple[str, str]], first: _Version, second: _Version) -> list[_Asked]:
    """Rows that neither version saw with a label, each text once, at most `MOST_TEXTS`."""
    asked: dict[int, _Asked] = {}
    for text, label in rows:
        digest = int(digests([text])[0])
        seen = any(digest in one.taught and digest not in one.held for one in (first, second))
        if not seen and digest not in asked:
            asked[digest] = _Asked(digest, text, label)
            if len(asked) == MOST_TEXTS:
                break
    return list(asked.values())


def _on_record(first: _Version, second: _Version) -> list[_Asked]:
    """What both held out with the same label, by digest alone."""
    return [
        _Asked(digest, "", label)
        for digest, (label, _) in second.held.items()
        if digest in first.held and first.held[digest][0] == label
    ]


def _answers(ctx: Context, version: _Version, asked: list[_Asked], ctl: Control) -> list[str]:
    """The version's label for each text: the one on record where it held the text out, otherwise asked now."""
    answers = [version.held[one.digest][1] if one.digest in version.held else "" for one in asked]
    anew = [row for row, one in enumerate(asked) if one.digest not in version.held]
    for begin in range(0, len(anew), BATCH_TEXTS):
        ctl.report(begin, len(anew), "compare")
        rows = anew[begin : begin + BATCH_TEXTS]
        texts = [asked[row].text for row in rows]
        vectors = vectors_for(ctx, version.skill, texts, lambda _done, _total: ctl.check())
        for row, number in zip(rows, version.skill.logits(texts, vectors).argmax(axis=1).tolist(), strict=True):
            answers[row] = version.skill.labels[number]
    return answers


def _compared(request: CompareVersions, asked: list[_Asked], first: list[str], second: list[str]) -> VersionsCompared:
    truth = [one.label for one in asked]
    first_right = np.array([answer == label for answer, label in zip(first, truth, strict=True)])
    second_right = np.array([answer == label for answer, label in zip(second, truth, strict=True)])
    only_first, only_second = int((first_right & ~second_right).sum()), int((second_right & ~first_right).sum())
    names = sorted({*truth, *first, *second})
    scores = [_f1(truth, answers, names) for answers in (first, second)]
    return VersionsCompared(
        pack=request.pack,
        first=request.first,
        second=request.second,
        texts=len(asked),
        first_right=int(first_right.sum()),
        second_right=int(second_right.sum()),
        only_first=only_first,
        only_second=only_second,
        chance=two_sided_chance(only_first, only_second),
        per_label={name: (scores[0][name], scores[1][name]) for name in names},
        examples=tuple(_examples(asked, first, second, first_right, second_right)),
    )


def _f1(truth: list[str], answers: list[str], names: list[str]) -> dict[str, float]:
    numbers = {name: number for number, name in enumerate(names)}
    counted = count_answers(
        np.array([numbers[label] for label in truth]), np.array([numbers[label] for label in answers]), names
    )
    return {report.label: report.f1 for report in counted.per_label}


def _examples(
    asked: list[_Asked],
    first: list[str],
    second: list[str],
    first_right: NDArray[np.bool_],
    second_right: NDArray[np.bool_],
) -> Iterator[dict[str, Any]]:
    """Texts with different answers: in turn one that only the first had right, one that only the second had, and then
    those that both had wrong."""
    differ = [row for row, one in enumerate(asked) if one.text and first[row] != second[row]]
    sides = [
        [row for row in differ if first_right[row]],
        [row for row in differ if second_right[row]],
    ]
    turns = [side[place] for place in range(EXAMPLES) for side in sides if place < len(side)]
    turns += [row for row in differ if not first_right[row] and not second_right[row]]
    for row in turns[:EXAMPLES]:
        yield {
            "text": asked[row].text[:EXAMPLE_CHARS],
            "label": asked[row].label,
            "first": first[row],
            "second": second[row],
        }
