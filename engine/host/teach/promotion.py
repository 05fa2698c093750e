"""The version in use against the new one, on texts that neither was taught (see engine/train/classify/champion.py).

First choice: the texts that the version in use held out. Where the new data hold such a text as well, the new version's
held-out answer counts; where they do not, the text is read from the data set of that time, if it is still there, and
the new version answers it. If fewer than twenty texts can be had this way, the texts of the new data that the version
in use never saw are asked as well. Only texts of labels that the version in use knows are asked: it cannot be blamed
for labels that came later, while a new version that lacks a label of old has its texts wrong.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import Control
from engine.errors import DataUnusable, PackUnusable, UnknownName
from engine.host.context import Context
from engine.host.read.skills import vectors_for
from engine.serve.classify.skill import TASK, Skill, open_skill
from engine.store import datasets, packs
from engine.train.classify.champion import LEAST_TEXTS, Verdict, compare_grown
from engine.train.classify.files import HELD_OUT_FILE, digests
from engine.train.classify.spec import Taught, TeachSpec

MOST_TEXTS = 2_000  # answered anew for the comparison
NOTHING_TO_COMPARE = Verdict(True, 0, 0, 0, 1.0)


class _Record(NamedTuple):
    """Held-out answers of a version: digest to (true label, answered label), and digests of all texts taught."""

    answers: dict[int, tuple[str, str]]
    taught: set[int]


class _Pair(NamedTuple):
    """A text's true label and the answers of the version in use and of the new one."""

    truth: str
    old: str
    new: str


def compare_versions(
    ctx: Context, name: str, labels: tuple[str, ...], taught: Taught, spec: TeachSpec, ctl: Control
) -> tuple[int, Verdict]:
    """The number that the new version gets, and whether it is to be put to use."""
    try:
        listed = packs.versions(ctx.store, name)
    except UnknownName:
        return 1, NOTHING_TO_COMPARE
    number = listed[0].version + 1
    try:
        champion = packs.current(ctx.store, name, TASK)
        old_skill = open_skill(name, champion.files)
        old = _record(champion.files, old_skill.labels)
    except (PackUnusable, KeyError, ValueError):
        return number, NOTHING_TO_COMPARE  # what does not open cannot be better
    new = _record(taught.files, labels)
    known = frozenset(old_skill.labels)
    new_skill = open_skill(name, taught.files)
    pairs = [
        _Pair(truth, old.answers[digest][1], answer)
        for digest, (truth, answer) in new.answers.items()
        if digest in old.answers and truth in known
    ]
    pairs += _on_stored(ctx, str(champion.manifest.get("dataset", "")), old, new, new_skill, ctl)
    if len(pairs) < LEAST_TEXTS:
        pairs += _on_new_data(ctx, old_skill, old, new, spec, ctl)
    if not pairs:
        return number, NOTHING_TO_COMPARE
    return number, compare_grown(
        np.array([pair.old == pair.truth for pair in pairs]),
        np.array([pair.new == pair.truth for pair in pairs]),
        np.array([pair.new not in known for pair in pairs]),
        sum(truth not in known and answer == truth for truth, answer in new.answers.values()),
    )


def held_before(ctx: Context, name: str, texts: Sequence[str]) -> tuple[int, ...]:
    """Rows of the texts that the version in use held out; none where there is no such version, or it does not say."""
    try:
        champion = packs.current(ctx.store, name, TASK)
        held = _record(champion.files, open_skill(name, champion.files).labels).answers
    except (UnknownName, PackUnusable, KeyError, ValueError):
        return ()
    return tuple(row for row, digest in enumerate(digests(texts).tolist()) if digest in held)


def _record(files: Mapping[str, bytes], labels: tuple[str, ...]) -> _Record:
    with np.load(io.BytesIO(files[HELD_OUT_FILE]), allow_pickle=False) as stored:
        held, truth, answers = stored["held"].tolist(), stored["truth"].tolist(), stored["answers"].tolist()
        taught = set(stored["taught"].tolist())
    pairs = zip(held, truth, answers, strict=True)
    return _Record({digest: (labels[right], labels[given]) for digest, right, given in pairs}, taught)


def _on_stored(ctx: Context, dataset: str, old: _Record, new: _Record, new_skill: Skill, ctl: Control) -> list[_Pair]:
    wanted = old.answers.keys() - new.taught
    if not wanted:
        return []
    found: dict[int, str] = {}
    try:
        for row in datasets.read_rows(ctx.store, dataset, "labelled"):
            digest = int(digests([row["text"]])[0])
            if digest in wanted and digest not in found:
                found[digest] = row["text"]
                if len(found) >= MOST_TEXTS:
                    break
            ctl.check()
    except (UnknownName, DataUnusable):
        return []
    texts = list(found.values())
    answers = _answers(ctx, new_skill, texts, ctl)
    return [
        _Pair(old.answers[digest][0], old.answers[digest][1], answer)
        for digest, answer in zip(found, answers, strict=True)
    ]


def _on_new_data(
    ctx: Context, old_skill: Skill, old: _Record, new: _Record, spec: TeachSpec, ctl: Control
) -> list[_Pair]:
    texts: list[str] = []
    keys: list[int] = []
    for text, digest in zip(spec.texts, digests(spec.texts).tolist(), strict=True):
        wanted = digest in new.answers and digest not in old.taught and new.answers[digest][0] in old_skill.labels
        if wanted and len(texts) < MOST_TEXTS:
            texts.append(text)
            keys.append(digest)
    answers = _answers(ctx, old_skill, texts, ctl)
    return [
        _Pair(new.answers[digest][0], answer, new.answers[digest][1])
        for digest, answer in zip(keys, answers, strict=True)
    ]


def _answers(ctx: Context, skill: Skill, texts: list[str], ctl: Control) -> list[str]:
    if not texts:
        return []
    vectors = vectors_for(ctx, skill, texts, lambda done, total: ctl.report(done, total, "compare"))
    numbers: NDArray[np.int64] = skill.logits(texts, vectors).argmax(axis=1)
    return [skill.labels[number] for number in numbers.tolist()]
