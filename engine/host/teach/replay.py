"""Continual learning: what a skill was taught is taught along with what is new.

A version taught that way keeps texts and labels of everything it knows in a file of its own, inside the encrypted
workspace; the file is never exported (engine/host/models/exchange.py). A version taught on one data set keeps no copy:
its texts are read from that data set as long as it is there.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from engine.dataset.lint import folded_text
from engine.errors import DataUnusable, EngineError, PackUnusable, UnknownName
from engine.host.context import Context
from engine.serve.classify.skill import LABELS_FILE, TASK
from engine.store import datasets, packs
from engine.train.classify.champion import Verdict

REPLAY_FILE = "replay.bin"
MOST_TEXTS = 20_000  # kept in all: about 1.5 MB of messages, packed
LEAST_PER_LABEL = 100
MOST_BYTES = 512 << 20  # of a replay file unpacked

Example = tuple[str, str]
_decoder = msgspec.msgpack.Decoder(list[tuple[str, str]])


def per_label(labels: int) -> int:
    """How many texts of each label are kept: an even share of `MOST_TEXTS`, at least `LEAST_PER_LABEL`.

    BANKING77 taught in seven steps of eleven labels on frozen vectors (accuracy on all 77 at the end; points lost on
    the labels known before, per step): everything kept 93.2 %, 0.8; 100 per label 92.6 %, 1.2; 50: 90.9 %, 2.2; 20:
    86.7 %, 4.2. Its 130 texts per label are kept whole.
    """
    return max(LEAST_PER_LABEL, MOST_TEXTS // max(1, labels))


def replay_file(texts: Sequence[str], labels: Sequence[str], *, per_label: int, seed: int) -> bytes:
    """Texts and labels as bytes; of a label with more than `per_label` texts a random part.

    Measured as above: with 100 per label a part chosen to have the label's mean (herding, Rebuffi et al. 2017) is as
    good as a random one (92.7 %), with 50 one point better; the texts nearest to the mean are far worse (82.4 %).
    """
    by_label: dict[str, list[int]] = defaultdict(list)
    for row, label in enumerate(labels):
        by_label[label].append(row)
    rng = np.random.default_rng(seed)
    kept: list[int] = []
    for label in sorted(by_label):
        rows = np.asarray(by_label[label])
        kept += (rows if len(rows) <= per_label else rng.choice(rows, per_label, replace=False)).tolist()
    return zlib.compress(msgspec.msgpack.encode([(texts[row], labels[row]) for row in sorted(kept)]), 6)


def read_replay(name: str, body: bytes) -> list[Example]:
    """The texts and labels of a replay file.

    Raises:
        PackUnusable: it is damaged.
    """
    try:
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(body, MOST_BYTES)
        if not unpacker.eof:
            raise ValueError("it is cut short or too large")
        return _decoder.decode(plain)
    except (zlib.error, msgspec.MsgspecError, ValueError) as error:
        raise PackUnusable(name=name, reason=f"its file {REPLAY_FILE} is damaged ({error}).") from error


def replayed(ctx: Context, pack: str) -> list[Example]:
    """What the version in use was taught, as far as it is still at hand; nothing where there is no version.

    Raises:
        PackUnusable: the name belongs to a model for another task, or its files are damaged.
    """
    try:
        champion = packs.current(ctx.store, pack, TASK)
    except UnknownName:
        return []
    if REPLAY_FILE in champion.files:
        return read_replay(pack, champion.files[REPLAY_FILE])
    labels = known_labels(champion)
    try:
        rows = datasets.read_rows(ctx.store, str(champion.manifest.get("dataset", "")), "labelled")
        return [
            (row["text"], row["label"].strip())
            for row in rows
            if row["text"].strip() and row["label"].strip() in labels
        ]
    except (UnknownName, DataUnusable):
        return []


def known_labels(pack: packs.StoredPack) -> frozenset[str]:
    """The labels of a stored classifier; none where they cannot be read."""
    try:
        return frozenset(msgspec.json.decode(pack.files.get(LABELS_FILE, b"[]"), type=list[str]))
    except msgspec.MsgspecError:
        return frozenset()


def with_replayed(
    ctx: Context, pack: str, dataset: str, texts: Sequence[str], labels: Sequence[str]
) -> tuple[list[str], list[str], int]:
    """New texts and labels followed by the replayed ones that are not among them (a new label of a text wins).

    Returns:
        texts, labels, and how many were replayed.
    Raises:
        DataUnusable: the version in use knows labels of which no text is left, so it would forget them.
    """
    if _taught_from(ctx, pack, dataset):
        return list(texts), list(labels), 0
    seen = {folded_text(text) for text in texts}
    more = list(_unseen(replayed(ctx, pack), seen))
    all_labels = [*labels, *(label for _, label in more)]
    lost = sorted(_labels_in_use(ctx, pack) - set(all_labels))
    if lost:
        shown = "”, “".join(lost[:5]) + ("”, …" if len(lost) > 5 else "”")
        raise DataUnusable(
            name=dataset,
            reason=f"{pack} knows {len(lost):,} labels that it lacks (“{shown}), and the texts they were taught from "
            "are gone, so they would be forgotten. Add some texts of these labels, or teach without keeping what is "
            "known.",
        )
    return [*texts, *(text for text, _ in more)], all_labels, len(more)


def _taught_from(ctx: Context, pack: str, dataset: str) -> bool:
    """Whether the version in use knows this data set and nothing else: then it holds all there is to keep, and what
    was taken out of it since was meant to go."""
    try:
        champion = packs.current(ctx.store, pack, TASK)
    except UnknownName:
        return False
    return champion.manifest.get("dataset") == dataset and REPLAY_FILE not in champion.files


def _unseen(rows: Sequence[Example], seen: set[str]) -> Iterator[Example]:
    for text, label in rows:
        folded = folded_text(text)
        if folded not in seen:
            seen.add(folded)
            yield text, label


def _labels_in_use(ctx: Context, pack: str) -> frozenset[str]:
    try:
        return known_labels(packs.current(ctx.store, pack, TASK))
    except EngineError:
        return frozenset()


def forgetting(verdict: Verdict) -> dict[str, float]:
    """Accuracy on held-out texts of the labels known before: of the version in use `before`, of the new one `after`.

    Args:
        verdict: the comparison of both; it asks texts of the old labels alone (engine/host/teach/promotion.py).
    Returns:
        Empty where there was no text to ask. `lost` is before - after; below zero means that something was gained.
    """
    if not verdict.texts:
        return {}
    before, after = verdict.champion_right / verdict.texts, verdict.challenger_right / verdict.texts
    return {"before": before, "after": after, "lost": before - after, "texts": float(verdict.texts)}
