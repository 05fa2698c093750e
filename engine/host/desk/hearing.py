"""What the models make of a message: intents from the profile's skill, entities from its reader."""

from __future__ import annotations

import datetime
from collections import defaultdict

from engine.api import Profile
from engine.host.context import Context
from engine.language.terms import cjk_share
from engine.serve.desk.heard import Heard, Language
from engine.values import LabelScore

PROMISED = 0.98
"""The share of right answers for which a skill's own promise gives the threshold."""
UNPROMISED = 0.85
"""The threshold where the skill promises nothing; its scores are calibrated, so about as many are right."""
LEAST_THRESHOLD = 0.5
"""A skill that hardly errs promises even for low scores, but only for messages like those it was taught; what is none
of its intents often scores below this."""
KEPT_INTENTS = 5
CHINESE_SHARE = 0.3


def language_of(profile: Profile | None, text: str, before: str = "") -> Language:
    """The language to answer in: the profile's, else the message's, else that of the last message ("12345")."""
    if profile is not None and profile.language:
        return profile.language
    for said in (text, before):
        if any(char.isalpha() for char in said):
            return "zh" if cjk_share(said) > CHINESE_SHARE else "en"
    return "en"


def hear(ctx: Context, profile: Profile, text: str, before: str = "", today: str = "") -> Heard:
    """Understand one message.

    Args:
        before: the customer's last message.
        today: ISO day; empty for this day.
    Raises:
        UnknownName, PackUnusable: a model that the profile names is not there, or is damaged.
    """
    intents, threshold = _intents(ctx, profile, text)
    return Heard(
        text=text,
        language=language_of(profile, text, before),
        intents=intents,
        threshold=threshold,
        entities=_entities(ctx, profile, text),
        today=today or datetime.date.today().isoformat(),
    )


def _intents(ctx: Context, profile: Profile, text: str) -> tuple[tuple[LabelScore, ...], float]:
    if not profile.intent_pack:
        return (), 1.0
    from engine.host.read.skills import foreign, open_pack, vectors_for

    skill = open_pack(ctx, profile.intent_pack).skill
    promise = skill.promise(PROMISED)
    promised = max(promise.threshold, LEAST_THRESHOLD) if promise.kept else UNPROMISED
    threshold = profile.intent_threshold or promised
    if foreign(ctx, skill, [text])[0]:
        return (), threshold
    row = skill.probabilities([text], vectors_for(ctx, skill, [text]))[0]
    best = sorted(range(len(row)), key=lambda i: -float(row[i]))[:KEPT_INTENTS]
    return tuple(LabelScore(skill.labels[i], float(row[i])) for i in best), threshold


def _entities(ctx: Context, profile: Profile, text: str) -> dict[str, tuple[str, ...]]:
    if not profile.entity_pack:
        return {}
    from engine.host.entities.reading import find_entities, open_pack

    found: dict[str, list[str]] = defaultdict(list)
    for one in find_entities(open_pack(ctx, profile.entity_pack), [text])[0]:
        found[one.label].append(one.text)
    return {label: tuple(values) for label, values in found.items()}
