"""Translations: a generator writes; a piece whose numbers, codes, script or length speak against it is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from engine.api import Control, Generate, Language, Phrased, PromptMessage, Translate, Unsupported
from engine.errors import PromptTooLong, UsageError
from engine.host.chat.grounding import DRAFT, instruction_of
from engine.host.chat.phrasing import LEAST_PIECE, MOST_DROPPED, as_candidate, pieces_of
from engine.host.generate import adapters, writing
from engine.host.generate.wording import Wording, wording_of
from engine.language.terms import cjk_share
from engine.serve.chat.grounded import MOST_TOLD, gives_orders, harmless
from engine.serve.chat.translation_check import fault_of, missing_names, written_in
from engine.values import Sentence

if TYPE_CHECKING:
    from engine.host.context import Context

MOST_TEXT = 20_000
PIECE, PIECE_CJK = 600, 220
"""Characters that are translated at once: small models lose the thread in more."""
MOST_TOKENS = 400
INSTRUCTIONS: dict[Language, str] = {
    "en": "Translate the text into English. Keep every number, date, code and name. Write the translation only.",
    "zh": "Translate the text into Chinese. Keep every number, date, code and name. Write the translation only.",
}
"""Said to a file that names none of its own (`casemate.instruction.translate_zh`, `…translate_en`)."""
WORDS = {
    "empty": "It wrote nothing new.",
    "script": "It did not write in that language.",
    "number": "Numbers or dates are others in what it wrote.",
    "unit": "A number counts something else in what it wrote.",
    "code": "Codes or addresses are others in what it wrote.",
    "length": "What it wrote is far too short or too long.",
    "loop": "What it wrote goes in circles.",
    "order": "What it wrote repeats an order to a model.",
    "too_long": "It cannot read so much at once.",
}
"""Why parts were not taken, as the reason of the result says it."""


def translate(ctx: Context, request: Translate, ctl: Control) -> Phrased:
    """See `engine.api.Translate`. Raises: UsageError, UnknownName, and as `writing.generate`."""
    if request.to not in get_args(Language):
        raise UsageError(reason=f"A translation is into en or zh, not {request.to!r}.")
    text = request.text.strip()
    if not text or len(text) > MOST_TEXT:
        raise UsageError(reason=f"The text has {len(text):,} characters; 1 to {MOST_TEXT:,} can be translated.")
    lines = text.split("\n")
    if all(_stays(line, request.to) for line in lines):
        language = {"en": "English", "zh": "Chinese"}[request.to]
        raise UsageError(reason=f"There is nothing to translate: the text is in {language} already.")
    pack = adapters.choose(ctx, request.pack).name
    wording = wording_of(ctx, request.seed, MOST_TOKENS)
    said: list[Sentence] = []
    dropped: list[Unsupported] = []
    names: dict[str, None] = {}
    shown: list[str] = []
    written = held = 0
    for at, line in enumerate(lines):
        ctl.report(at, len(lines), "translate")
        if _stays(line, request.to):
            shown.append(line)
            continue
        parts = []
        for piece in pieces_of(as_candidate(line), PIECE_CJK if cjk_share(line) > 0.3 else PIECE):
            new, why = _piece(ctx, pack, piece.text, request.to, wording, ctl)
            written += 1
            if why:
                dropped.append(Unsupported(new[:MOST_TOLD], why))
                parts.append(piece.text)
                continue
            held += 1
            missing = missing_names(piece.text, new)
            names.update(dict.fromkeys(missing))
            parts.append(new)
            said.append(Sentence(new, supported=not missing, citation=None))
        shown.append(("" if request.to == "zh" else " ").join(parts))
    reason = _reason(written, held, dropped, list(names))
    whole = "\n".join(shown) if held else ""
    return Phrased(
        whole, held > 0, tuple(said), (), written, held, pack, reason, tuple(dropped[:MOST_DROPPED]), wording.seed
    )  # fmt: skip


def _stays(line: str, to: Language) -> bool:
    """Whether a line needs no translation: it is in the language already, or has no letters."""
    if not any(char.isalpha() for char in line):
        return True
    return cjk_share(line) > 0 and written_in(line, "zh") if to == "zh" else written_in(line, "en")


def _piece(ctx: Context, pack: str, text: str, to: Language, wording: Wording, ctl: Control) -> tuple[str, str]:
    """What the model writes for a piece, and why it is not shown ("" where it is)."""
    kind = f"translate_{to}"
    request = Generate(
        pack=pack,
        messages=(
            PromptMessage("system", instruction_of(ctx, pack, kind, INSTRUCTIONS[to])),
            PromptMessage("user", harmless(text)),
        ),
        max_tokens=wording.most,
        temperature=wording.temperature,
        seed=wording.seed,
    )
    try:
        new = writing.generate(ctx, request, ctl, lambda piece: ctl.report(0, None, DRAFT, piece)).text
    except PromptTooLong:
        if len(text) <= LEAST_PIECE:
            return "", "too_long"
        halves = pieces_of(as_candidate(text), max(LEAST_PIECE, len(text) // 2))
        found = [_piece(ctx, pack, half.text, to, wording, ctl) for half in halves]
        whole = ("" if to == "zh" else " ").join(one for one, _ in found)
        return whole, next((why for _, why in found if why), "")
    new = " ".join(new.split())
    why = "order" if gives_orders(new) and not gives_orders(text) else fault_of(harmless(text), new, to)
    return new, why


def _reason(written: int, held: int, dropped: list[Unsupported], names: list[str]) -> str:
    why = " ".join(dict.fromkeys(WORDS[one.why] for one in dropped))
    if not held:
        return f"The generator did not translate it. {why} A model that was not taught both languages cannot translate."
    told = "Numbers, dates and codes are the same in both texts; whether the words mean the same was not checked."
    if dropped:
        told = f"{held} of {written} parts were translated; the others stay as they were. {why}"
    if names:
        told += f" Not found in the translation, check them: {', '.join(names[:10])}."
    return told
