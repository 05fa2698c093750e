"""Skills kept open while the workspace is unlocked, and the vectors they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.host.context import Context
from engine.host.needs import copy_mb
from engine.host.read.reading import COVERED_SHARE
from engine.language.reads import read_in
from engine.runtimes.adapted import is_wide, open_adapted
from engine.runtimes.encoder import Encoder
from engine.runtimes.freed import give_back_freed
from engine.runtimes.long_texts import embed_long
from engine.serve.classify.skill import TASK, Calibration, Skill, open_skill
from engine.store import packs

ZERO_SCALE = 20.0
LEAST_LABELS, MOST_LABELS = 2, 200

OnBatch = Callable[[int, int], None]


class OpenSkill(NamedTuple):
    name: str
    version: int
    skill: Skill


def open_pack(ctx: Context, name: str) -> OpenSkill:
    """The version of a skill that is in use, opened once.

    Raises:
        UnknownName, PackUnusable.
    """
    version = packs.current_version(ctx.store, name, TASK)
    kept = ctx.cache.get(("skill", name))
    if isinstance(kept, OpenSkill) and kept.version == version:
        return kept
    pack = packs.load(ctx.store, name, version, TASK)
    opened = OpenSkill(name, pack.version, open_skill(name, pack.files))
    ctx.cache[("skill", name)] = opened
    return opened


def zero_skill(ctx: Context, labels: Sequence[str]) -> Skill:
    """A skill from the names of labels alone.

    Measured with the bundled encoder, names as the data sets give them: BANKING77 test (77 labels) 61 % right, AG News
    (4 labels) 66 %, tweets about finance as bearish, bullish or neutral 30 %. So names must say what the texts are
    about; they do not work for moods and opinions. Scores are a softmax over the cosine times 20, which fits
    the first two best and is not calibrated for your texts.

    Raises:
        UsageError: fewer than two labels, or in a script that the encoder does not know.
    """
    names = tuple(dict.fromkeys(label.strip() for label in labels if label.strip()))
    if not LEAST_LABELS <= len(names) <= MOST_LABELS:
        reason = f"Give {LEAST_LABELS} to {MOST_LABELS} different labels, separated by commas; {len(names)} were given."
        raise UsageError(reason=reason)
    kept = ctx.cache.get(("zero skill", names))
    if isinstance(kept, Skill):
        return kept
    vectors = label_vectors(ctx, names)
    arrays = {
        "mean": np.zeros(vectors.shape[1], dtype=np.float32),
        "dense_weights": np.ascontiguousarray(np.float32(ZERO_SCALE) * vectors.T),
        "bias": np.zeros(len(names), dtype=np.float32),
    }
    skill = Skill(names, arrays, Calibration(languages=("en", "zh")))
    ctx.cache[("zero skill", names)] = skill
    return skill


def label_vectors(ctx: Context, labels: Sequence[str]) -> NDArray[np.float32]:
    """What stands for each label: the mean of its name's vector and that of a sentence about it.

    Raises:
        UsageError: labels in a script that no bundled encoder knows.
    """
    words = [" ".join(label.replace("_", " ").split()) for label in labels]
    unknown = [label for label, word in zip(labels, words, strict=True) if not read_in(word)]
    if unknown:
        shown = "”, “".join(unknown[:5])
        raise UsageError(
            reason=f"Labels alone are not enough for “{shown}”: the bundled encoders do not know this script. "
            "Teach the skill with a few labelled texts per label instead; that works for any script."
        )
    about = [f"这段文字讲的是{word}。" if read_in(word) == "zh" else f"This text is about {word}." for word in words]
    vectors = ctx.bilingual.embed(words) + ctx.bilingual.embed(about)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def vectors_for(
    ctx: Context, skill: Skill, texts: Sequence[str], on_batch: OnBatch | None = None
) -> NDArray[np.float32] | None:
    """The vectors that the skill uses, if it uses any."""
    if not skill.uses_encoder:
        return None
    plain = skill.adapter is None and skill.encoder is None
    encoder = ctx.bilingual if plain and "zh" in skill.calibration.languages else encoder_of(ctx, skill)
    return embed_long(encoder, texts, on_batch=on_batch)


def encoder_of(ctx: Context, skill: Skill) -> Encoder:
    """The bundled encoder, or that of an adapted skill, opened at its first use.

    Raises:
        PackUnusable: the adapter does not load.
    """
    base = ctx.encoder
    with ctx.changing:
        if skill.encoder is None:
            if skill.adapter is None:
                return base
            key = next((key for key, kept in ctx.cache.items() if _is_of(kept, skill)), None)
            need = copy_mb(wide=is_wide(skill.adapter))
            what = f"the skill {key[1]}" if key is not None else "a skill"
            governor = ctx.workers.governor
            with governor.opening(what, need, "encoder of a skill", partial(_give_up, ctx, key)) as room:
                skill.encoder = open_adapted(base, skill.adapter, "skill", beside=skill.beside)
                skill.adapter = None  # the encoder has it now
                give_back_freed()
            if key is not None:
                ctx.cache.hold(key, room)
            else:  # nobody keeps it
                governor.release(room)
        return skill.encoder


def _is_of(kept: object, skill: Skill) -> bool:
    return isinstance(kept, OpenSkill) and kept.skill is skill


def _give_up(ctx: Context, key: tuple[object, ...] | None) -> None:
    if key is not None:
        ctx.cache.give_up(key)


def foreign(ctx: Context, skill: Skill, texts: Sequence[str]) -> NDArray[np.bool_]:
    """Texts in a script that nothing in this skill can read, bool (texts,)."""
    found = np.zeros(len(texts), dtype=bool)
    if skill.uses_lexical:
        return found
    doubtful = [row for row, text in enumerate(texts) if not text.isascii()]
    if doubtful:
        found[doubtful] = ctx.encoder.known_share([texts[row] for row in doubtful]) < COVERED_SHARE
    if "zh" in skill.calibration.languages:
        found[doubtful] &= np.array([read_in(texts[row]) != "zh" for row in doubtful], dtype=bool)
    return found
