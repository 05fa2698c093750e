"""One turn of the desk: what it says, or that the documents shall be looked into. Values in, values out.

The ladder: an approved answer (a template with its slots) -> a passage of the documents -> ask again -> a person.
`first` decides before the documents are looked into, `after_looking` once they had no answer. Danger and the wish for
a person come before everything else; rules come before templates.
"""

from __future__ import annotations

import msgspec

from engine.api import DeskState, Profile, Rule, Template
from engine.serve.desk.danger import danger
from engine.serve.desk.heard import Because, Heard, Look, Move
from engine.serve.desk.phrases import of_two, say
from engine.serve.desk.replies import chosen, is_question, means_another, reply
from engine.serve.desk.rules import sentence, verdict
from engine.serve.desk.slots import fill, find_slots, needed
from engine.values import LabelScore

MOST_TRIES = 2
"""So often a slot is asked for before a person takes over."""
SECOND_SHARE = 0.2
"""The second intent is worth asking about from this probability on."""
NARROW = 0.15
"""Even a sure intent is asked about where the second is this near."""
CLEAR = 0.9
"""Two intents are together this probable where the customer is asked at once which one is meant."""
SHORT_TERMS = 12


def first(profile: Profile, state: DeskState, heard: Heard) -> Move | Look:
    """What to do with a message, before any document is looked into."""
    if trouble := danger(heard.text):
        return _trouble(profile, state, heard, trouble)
    kind = reply(heard.text)
    if kind == "person":
        return _over(state, heard, "asked_for_person", say("person", heard.language))
    if state.waiting not in ("choice", "confirm") and means_another(heard.text):
        state = msgspec.structs.replace(state, slots={})
    if state.waiting == "slot":
        return _answering_slot(profile, state, heard, stop=kind == "stop")
    if state.waiting in ("choice", "confirm"):
        if state.waiting == "choice" and (place := chosen(heard.text, _titles(profile, state, heard))) is not None:
            return _complete(profile, _settled(state), heard, state.asked[place], 1.0, "confirmed")
        if state.waiting == "confirm" and kind == "yes":
            return _complete(profile, _settled(state), heard, state.asked[0], 1.0, "confirmed")
        if kind in ("no", "stop"):
            return _rephrase(state, heard)
    if kind == "stop":
        return Move(say("stopped", heard.language), "template", "stopped", DeskState(state.profile, slots=state.slots))
    return _fresh(profile, state, heard, kind)


def after_looking(profile: Profile, look: Look, heard: Heard) -> Move:
    """What to do when the documents had no answer: make sure, ask for other words, and then a person."""
    state = look.state
    if look.again:
        return _ask_again(profile, state, heard, look.again)
    likely = next((one for one in heard.intents if _can_answer(profile, one.label)), None)
    if state.tries == 0 and not look.intent and (several := _ambiguous(profile, heard, sure=False)):
        return _which(profile, state, heard, several)
    if state.tries == 0 and likely and likely.score >= profile.confirm_from and not look.intent:
        asked = msgspec.structs.replace(state, waiting="confirm", asked=(likely.label,))
        title = _title(profile, likely.label, heard)
        text = say("confirm", heard.language, title=title)
        return Move(text, "template", "unsure", asked, likely.score, likely.label, "confirm", likely.label)
    if state.tries == 0:
        return _rephrase(state, heard)
    if not profile.handoff_not_found:
        return Move(say("not_found", heard.language), "not_found", "not_found", _settled(state))
    return _over(state, heard, "not_understood")


def answered(look: Look) -> DeskState:
    """The state after the documents answered."""
    if look.again:
        return look.state
    return msgspec.structs.replace(_settled(look.state), intent=look.intent)


def _fresh(profile: Profile, state: DeskState, heard: Heard, kind: str) -> Move | Look:
    top = heard.intents[0] if heard.intents else LabelScore("", 0.0)
    sure = bool(top.label) and top.score >= heard.threshold
    if kind in ("greeting", "thanks") and not (sure and _can_answer(profile, top.label)):
        own = of_two(profile.greeting, profile.greeting_zh, heard.language) if kind == "greeting" else ""
        because: Because = "greeting" if kind == "greeting" else "thanks"
        return Move(own or say(kind, heard.language), "template", because, _settled(state))
    if sure and top.label in profile.out_of_scope:
        return _over(state, heard, "out_of_scope", say("out_of_scope", heard.language), detail=top.label, top=top)
    several = _ambiguous(profile, heard, sure=sure)
    if several and _clearly(heard, several):
        return _which(profile, state, heard, several)
    if sure and _can_answer(profile, top.label):
        return _complete(profile, _settled(state), heard, top.label, top.score, "approved")
    found = find_slots(profile.slots, heard)
    short = len(heard.text.split()) <= SHORT_TERMS and not is_question(heard.text)
    if not sure and short and state.intent and set(found) & set(_needs(profile, state.intent, heard)):
        # "and for 4711?": the talk goes on about the same thing.
        return _complete(profile, _settled(state), heard, state.intent, state.score, "approved")
    kept = msgspec.structs.replace(state, slots=state.slots | found, waiting="", asked=())
    return Look(kept, top.label if sure else "", top.score)


def _answering_slot(profile: Profile, state: DeskState, heard: Heard, *, stop: bool) -> Move | Look:
    slot, intent = state.asked[0], state.intent
    if stop:
        return Move(say("stopped", heard.language), "template", "stopped", DeskState(state.profile, slots=state.slots))
    if find_slots(profile.slots, heard, slot).get(slot):
        return _complete(profile, state, heard, intent, state.score, "approved", asked=slot)
    top_intent = heard.intents[0] if heard.intents else LabelScore("", 0.0)
    if top_intent.score >= heard.threshold and top_intent.label != intent and _can_answer(profile, top_intent.label):
        return _fresh(profile, _settled(state), heard, "")
    if is_question(heard.text):
        return Look(state, "", 0.0, again=slot)
    return _ask_again(profile, state, heard, slot)


def _ask_again(profile: Profile, state: DeskState, heard: Heard, slot: str) -> Move:
    if state.tries + 1 >= MOST_TRIES:
        return _over(state, heard, "slot_not_given", detail=slot)
    asked = msgspec.structs.replace(state, tries=state.tries + 1)
    text = say("again", heard.language) + _question(profile, slot, heard)
    return Move(text, "template", "slot_missing", asked, state.score, state.intent, slot, slot)


def _complete(
    profile: Profile, state: DeskState, heard: Heard, intent: str, score: float, because: Because, asked: str = ""
) -> Move | Look:
    """Answer an intent that is settled: rules, then what is missing, then the template, then the documents."""
    slots = state.slots | find_slots(profile.slots, heard, asked)
    state = msgspec.structs.replace(state, intent=intent, slots=slots, waiting="", asked=(), tries=0, score=score)
    if acted := _apply_rules(profile, state, heard, score, last=False):
        return acted
    for name in _needs(profile, intent, heard):
        if not slots.get(name):
            waiting = msgspec.structs.replace(state, waiting="slot", asked=(name,))
            text = _question(profile, name, heard)
            return Move(text, "template", "slot_missing", waiting, score, intent, name, name)
    if acted := _apply_rules(profile, state, heard, score, last=True):
        return acted
    template = _template(profile, intent)
    if template is None:
        return Look(state, intent, score)
    text = fill(of_two(template.text, template.text_zh, heard.language), slots)
    return Move(text, "template", because, state, score, intent, detail=intent)


def _apply_rules(profile: Profile, state: DeskState, heard: Heard, score: float, *, last: bool) -> Move | None:
    """The first rule that acts. What is missing counts as missing only once everything has been asked for (`last`)."""
    for rule in _rules(profile, state.intent):
        if rule.operator == "missing" and not last:
            continue
        found = verdict(rule, state.slots, heard.today)
        if found == "yes" and rule.then == "answer":
            text = fill(of_two(rule.text, rule.text_zh, heard.language), state.slots)
            return Move(text, "template", "rule", state, score, state.intent, detail=sentence(rule))
        if found in ("yes", "unclear"):
            own = fill(of_two(rule.text, rule.text_zh, heard.language), state.slots) if rule.then == "handoff" else ""
            top = LabelScore(state.intent, score)
            return _over(state, heard, "rule", own, detail=sentence(rule), top=top)
    return None


def _over(
    state: DeskState, heard: Heard, because: Because, text: str = "", *, detail: str = "", top: LabelScore | None = None
) -> Move:
    """Give the customer to a person. What was said so far stays known."""
    said = text or say("handoff", heard.language)
    intent = top.label if top else state.intent
    score = top.score if top else 1.0
    after = DeskState(state.profile, intent="" if because == "out_of_scope" else intent, slots=state.slots, score=score)
    return Move(said, "handoff", because, after, score, intent, detail=detail)


def _trouble(profile: Profile, state: DeskState, heard: Heard, kind: str) -> Move:
    if kind == "abuse":
        return _over(state, heard, "abuse", say("abuse", heard.language))
    line = of_two(profile.helpline, profile.helpline_zh, heard.language)
    return _over(state, heard, "self_harm", "\n\n".join(filter(None, (say("self_harm", heard.language), line))))


def _rephrase(state: DeskState, heard: Heard) -> Move:
    after = msgspec.structs.replace(state, intent="", waiting="rephrase", asked=(), tries=state.tries + 1)
    return Move(say("rephrase", heard.language), "not_found", "not_found", after, asks="rephrase")


def _which(profile: Profile, state: DeskState, heard: Heard, several: list[LabelScore]) -> Move:
    names = tuple(one.label for one in several)
    after = msgspec.structs.replace(
        state, waiting="choice", asked=names, slots=state.slots | find_slots(profile.slots, heard)
    )
    lines = [say("which", heard.language)]
    lines += [f"{i}. {_title(profile, name, heard)}" for i, name in enumerate(names, 1)]
    score = sum(one.score for one in several)
    return Move("\n".join(lines), "template", "ambiguous", after, score, asks="choice", detail=", ".join(names))


def _ambiguous(profile: Profile, heard: Heard, *, sure: bool) -> list[LabelScore]:
    """The two (or three) intents that are together sure and apart not; empty where one stands out."""
    if len(heard.intents) < 2:
        return []
    near = [one for one in heard.intents[:3] if one.score >= SECOND_SHARE and _can_answer(profile, one.label)]
    if len(near) < 2 or (sure and near[0].score - near[1].score > NARROW):
        return []
    answers = {_same_answer(profile, one.label) for one in near}
    return near if sum(one.score for one in near) >= heard.threshold and len(answers) > 1 else []


def _clearly(heard: Heard, several: list[LabelScore]) -> bool:
    """Whether two intents stand out so far that documents need not be asked first. A message about something else
    spreads over all the intents of a small skill, and would look as if it meant them all."""
    return len(several) == 2 and len(heard.intents) > 2 and sum(one.score for one in several) >= CLEAR


def _same_answer(profile: Profile, intent: str) -> str:
    template = _template(profile, intent)
    return template.text or template.text_zh if template else intent


def _settled(state: DeskState) -> DeskState:
    return msgspec.structs.replace(state, waiting="", asked=(), tries=0)


def _template(profile: Profile, intent: str) -> Template | None:
    return next((one for one in profile.templates if one.intent == intent), None)


def _rules(profile: Profile, intent: str) -> list[Rule]:
    return [rule for rule in profile.rules if rule.intent in ("", intent)]


def _can_answer(profile: Profile, intent: str) -> bool:
    own = any(rule.intent == intent for rule in profile.rules)
    return intent not in profile.out_of_scope and (own or _template(profile, intent) is not None)


def _needs(profile: Profile, intent: str, heard: Heard) -> list[str]:
    """The slots that an intent waits for: first those of its own rules, which may end the matter."""
    ruled = [
        rule.slot for rule in profile.rules if rule.intent == intent and rule.operator not in ("present", "missing")
    ]
    template = _template(profile, intent)
    named = needed(of_two(template.text, template.text_zh, heard.language)) if template else []
    return list(dict.fromkeys([*ruled, *named]))


def _question(profile: Profile, name: str, heard: Heard) -> str:
    slot = next((one for one in profile.slots if one.name == name), None)
    own = of_two(slot.ask, slot.ask_zh, heard.language) if slot else ""
    return own or say("ask", heard.language, slot=name.replace("_", " "))


def _title(profile: Profile, intent: str, heard: Heard) -> str:
    template = _template(profile, intent)
    own = of_two(template.title, template.title_zh, heard.language) if template else ""
    return own or intent.replace("_", " ")


def _titles(profile: Profile, state: DeskState, heard: Heard) -> list[str]:
    return [_title(profile, name, heard) for name in state.asked]
