"""The reader in use against the new one, on marked texts that neither was taught.

Asked are the texts that the new version's report is about, as far as the version in use never learned them, and those
that the version in use held out, as far as its data set still has them and the new version did not learn them. The new
version loses if its F1 is lower by more than chance explains: approximate randomisation, one-sided, 5 %.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from engine.api import Control
from engine.errors import DataUnusable, PackUnusable, UnknownName
from engine.host.context import Context
from engine.host.entities.marked import Marked, read_marked
from engine.host.entities.reading import OpenReader, find_entities, open_files
from engine.serve.entities.reader import TASK
from engine.store import packs
from engine.train.classify.files import digests
from engine.train.entities.files import HELD_OUT_FILE
from engine.train.entities.measure import Answer, Counts, count, loses

MOST_TEXTS = 1_000
LEAST_TEXTS = 20  # with fewer there is nothing to say, and the newer data win
CHANCE = 0.05


class Verdict(NamedTuple):
    """F1 of both on `texts` texts; `chance` of such a loss by luck."""

    promote: bool
    texts: int
    champion_f1: float
    challenger_f1: float
    chance: float


NOTHING_TO_COMPARE = Verdict(True, 0, 0.0, 0.0, 1.0)


class _Record(NamedTuple):
    """Digests of texts."""

    taught: set[int]
    held: set[int]


def compare_versions(
    ctx: Context, name: str, files: Mapping[str, bytes], asked: Marked, ctl: Control
) -> tuple[int, Verdict]:
    """The number that the new version gets, and whether it is to be put to use.

    Args:
        files: of the new version.
        asked: marked texts of the new training's data, valid texts included.
    """
    try:
        listed = packs.versions(ctx.store, name)
    except UnknownName:
        return 1, NOTHING_TO_COMPARE
    number = listed[0].version + 1
    try:
        stored = packs.current(ctx.store, name, TASK)
        champion = open_files(ctx, name, stored.version, stored.files)
        old, new = _record(stored.files), _record(files)
    except (PackUnusable, KeyError, ValueError):
        return number, NOTHING_TO_COMPARE  # what does not open cannot be better
    wanted = _chosen(asked, new.held - old.taught)
    wanted = _joined(wanted, _chosen(_stored(ctx, stored.manifest, ctl), old.held - new.taught))
    if not wanted.texts:
        return number, NOTHING_TO_COMPARE
    challenger = open_files(ctx, name, number, files)
    return number, judge(_counts(champion, wanted, ctl), _counts(challenger, wanted, ctl))


def judge(champion: Counts, challenger: Counts) -> Verdict:
    """Whether the challenger is put to use, from what both found in the same texts."""
    old, new = champion.scores[2], challenger.scores[2]
    chance = loses(champion, challenger) if new < old else 1.0
    lost = len(champion.table) >= LEAST_TEXTS and new < old and chance < CHANCE
    return Verdict(not lost, len(champion.table), old, new, chance)


def _record(files: Mapping[str, bytes]) -> _Record:
    with np.load(io.BytesIO(files[HELD_OUT_FILE]), allow_pickle=False) as stored:
        return _Record(set(stored["taught"].tolist()), set(stored["held"].tolist()))


def _stored(ctx: Context, manifest: Mapping[str, object], ctl: Control) -> Marked:
    """The data set that the version in use was checked on, if it is still there."""
    name = str(manifest.get("valid_dataset") or manifest.get("dataset") or "")
    try:
        return read_marked(ctx, name, ctl)[0]
    except (UnknownName, DataUnusable):
        return Marked(name, [], [])


def _chosen(marked: Marked, wanted: set[int]) -> Marked:
    rows = [row for row, digest in enumerate(digests(marked.texts).tolist()) if digest in wanted][:MOST_TEXTS]
    return Marked(marked.name, [marked.texts[row] for row in rows], [marked.spans[row] for row in rows])


def _joined(first: Marked, second: Marked) -> Marked:
    """Both, each text once."""
    known = set(digests(first.texts).tolist())
    rows = [row for row, digest in enumerate(digests(second.texts).tolist()) if digest not in known]
    return Marked(
        first.name,
        [*first.texts, *(second.texts[row] for row in rows)],
        [*first.spans, *(second.spans[row] for row in rows)],
    )


def _counts(opened: OpenReader, asked: Marked, ctl: Control) -> Counts:
    found = find_entities(opened, asked.texts, lambda done, total: ctl.report(done, total, "compare"))
    answers = [[Answer(one.start, one.end, one.label, one.score) for one in row] for row in found]
    truth = [[Answer(span.start, span.end, span.label) for span in row] for row in asked.spans]
    return count(answers, truth)
