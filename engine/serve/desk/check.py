"""Whether a profile can work, by itself: every fault in one sentence each."""

from __future__ import annotations

from engine.api import MASK_KINDS, Profile
from engine.serve.desk.patterns import fault_of
from engine.serve.desk.reading import day_of, number_of
from engine.serve.desk.rules import ORDERING, sentence
from engine.serve.desk.slots import NAMED, needed

MOST_NAME_CHARACTERS = 60
MOST_ROWS = 500
MOST_TEXT_CHARACTERS = 4000


def faults(profile: Profile) -> list[str]:
    """Why a profile may not be stored; empty if it may."""
    found = []
    if not profile.name.strip() or profile.name != profile.name.strip() or len(profile.name) > MOST_NAME_CHARACTERS:
        found.append(f"its name needs 1 to {MOST_NAME_CHARACTERS} characters, with no space around it")
    if not profile.collection.strip():
        found.append("it names no collection")
    for what, share in (("intent_threshold", profile.intent_threshold), ("confirm_from", profile.confirm_from)):
        if not 0 <= share <= 1:
            found.append(f"{what} is {share:g} and must be from 0 to 1")
    for what, rows in (("slots", profile.slots), ("templates", profile.templates), ("rules", profile.rules)):
        if len(rows) > MOST_ROWS:
            found.append(f"it has {len(rows)} {what}; the most is {MOST_ROWS}")
    found += _slots(profile) + _templates(profile) + _rules(profile)
    found += [f"“{kind}” is no kind of personal data; known: {', '.join(MASK_KINDS)}" for kind in profile.mask
              if kind not in MASK_KINDS]  # fmt: skip
    return found


def _slots(profile: Profile) -> list[str]:
    found = [f"the slot “{name}” is there twice" for name in _twice([slot.name for slot in profile.slots])]
    for slot in profile.slots:
        if not NAMED.fullmatch(f"{{{slot.name}}}"):
            found.append(f"the slot name “{slot.name}” may hold letters, digits and _ only")
        if not (slot.kind or slot.pattern or slot.entity):
            found.append(f"the slot “{slot.name}” has neither kind nor pattern nor entity, so nothing can fill it")
        if slot.pattern and (fault := fault_of(slot.pattern)):
            found.append(f"slot “{slot.name}”: {fault}")
        if slot.entity and not profile.entity_pack:
            found.append(f"the slot “{slot.name}” waits for the entity “{slot.entity}”, and the profile has no reader")
    return found


def _templates(profile: Profile) -> list[str]:
    known = {slot.name for slot in profile.slots}
    found = [f"the intent “{name}” has two templates" for name in _twice([one.intent for one in profile.templates])]
    for one in profile.templates:
        if not one.intent:
            found.append("a template names no intent")
        if not (one.text or one.text_zh).strip():
            found.append(f"the template of “{one.intent}” has no text")
        for text in (one.text, one.text_zh):
            if len(text) > MOST_TEXT_CHARACTERS:
                found.append(f"the template of “{one.intent}” is longer than {MOST_TEXT_CHARACTERS:,} characters")
            found += [
                f"the template of “{one.intent}” names the slot “{name}”, which there is not"
                for name in needed(text)
                if name not in known
            ]
        if one.intent in profile.out_of_scope:
            found.append(f"“{one.intent}” has a template and is out of scope")
    if profile.templates and not profile.intent_pack:
        found.append("it has templates and no intent_pack that could tell which one is meant")
    return found


def _rules(profile: Profile) -> list[str]:
    known = {slot.name for slot in profile.slots}
    found = []
    for number, rule in enumerate(profile.rules, 1):
        where = f"rule {number} ({sentence(rule)})"
        if rule.slot not in known:
            found.append(f"{where} names the slot “{rule.slot}”, which there is not")
        if rule.operator not in ("present", "missing") and not rule.value.strip():
            found.append(f"{where} compares with nothing")
        if rule.operator in ORDERING and number_of(rule.value) is None and day_of(rule.value, "2000-01-01") is None:
            found.append(f"{where} compares with “{rule.value}”, which is neither a number nor a day")
        if rule.then == "answer" and not (rule.text or rule.text_zh).strip():
            found.append(f"{where} answers with no text")
        found += [
            f"{where} names the slot “{name}”, which there is not"
            for text in (rule.text, rule.text_zh)
            for name in needed(text)
            if name not in known
        ]
    return found


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
