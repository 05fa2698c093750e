"""The third rung of the ladder: a generator phrases what passages say, and what they do not hold is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from engine.api import Answer, Control, Generate
from engine.errors import PromptTooLong
from engine.host.generate import files, writing
from engine.runtimes.gguf.header import read_header
from engine.serve.chat.candidates import Asked, Candidate
from engine.serve.chat.grounded import (
    INSTRUCTION,
    MOST_PASSAGES,
    MOST_TOKENS,
    SHORT_INSTRUCTION,
    Grounds,
    Kept,
    answer_of,
    grounds_of,
    messages,
)
from engine.serve.chat.likeness import likeness_for
from engine.serve.chat.sentences_check import check, split_cited
from engine.serve.chat.support import bundled_support
from engine.serve.desk.phrases import reason

if TYPE_CHECKING:
    from engine.host.context import Context

DRAFT = "draft"
"""The stage of progress notes with text that was not checked yet."""
_INSTRUCTION_KEY = "casemate.instruction."
_MOST_INSTRUCTION = 1000


def phrased(
    ctx: Context, pack: str, asked: Asked, candidates: Sequence[Candidate], quoted: Answer, ctl: Control
) -> Answer:
    """The answer in the generator's words as far as the passages hold them, or else the quote.

    Args:
        pack: the generator.
        candidates: the passages that were found, best first.
        quoted: the answer of the rung below.
    Raises:
        As `engine.host.generate.writing.generate`, but for a prompt that is too long: then the quote is given.
    """
    first = quoted.citations[0] if quoted.citations else None
    for most, room in ((MOST_PASSAGES, 1.0), (2, 1.0), (1, 1.0), (1, 0.3)):
        grounds = grounds_of(candidates, asked.weights, first, most, room)
        if not grounds.passages:
            break
        try:
            text = _written(ctx, pack, asked.text, grounds, ctl, short=room < 1)
        except PromptTooLong:
            continue
        kept = checked_answer(ctx, text, grounds, quoted)
        return kept.answer if kept.answer is not None else _quote_instead(quoted, kept)
    return _quote_instead(quoted, Kept(None, 0, 0, "too_long"))


def _written(ctx: Context, pack: str, question: str, grounds: Grounds, ctl: Control, *, short: bool) -> str:
    instruction = SHORT_INSTRUCTION if short else instruction_of(ctx, pack)
    most = MOST_TOKENS // 2 if short else MOST_TOKENS
    request = Generate(
        pack=pack,
        messages=messages(question, grounds, instruction),
        max_tokens=most,
        temperature=0,
        seed=0,
    )
    done = 0

    def piece(text: str) -> None:
        nonlocal done
        done += 1
        ctl.report(min(done, most), most, DRAFT, text)

    return writing.generate(ctx, request, ctl, piece).text


def checked_answer(ctx: Context, text: str, grounds: Grounds, quoted: Answer) -> Kept:
    """What of a written text the passages hold."""
    said = split_cited(text)
    likeness = likeness_for(" ".join(one.text for one in said), lambda: ctx.encoder, ctx.cache)
    checked = check(said, grounds.passages, bundled_support(), likeness)
    kept = answer_of(checked, grounds.passages, quoted)
    if kept.answer is None:
        return kept
    told = f"{kept.held} of {kept.written}"
    return msgspec.structs.replace(kept, answer=msgspec.structs.replace(kept.answer, reason=reason("generated", told)))


def _quote_instead(quoted: Answer, kept: Kept) -> Answer:
    """The quote, with the reason why nothing that the generator wrote is shown."""
    told = {
        "refused": "The generator found no answer in the passages, so one is quoted.",
        "unsupported": f"The passages hold {kept.held} of {kept.written} sentences that the generator wrote, so one is "
        "quoted.",
        "too_long": "The passages do not fit into what the generator can read, so one is quoted.",
    }[kept.why]
    return msgspec.structs.replace(quoted, because="quoted", reason=told)


def instruction_of(ctx: Context, pack: str, kind: str = "answer", otherwise: str = INSTRUCTION) -> str:
    """What the model is told to do: in the words that it was taught, where its file names them for this kind."""
    file = files.find(pack)
    key = ("taught instruction", file.entry.sha256, kind)
    if key not in ctx.cache:
        taught = read_header(file.path).values.get(_INSTRUCTION_KEY + kind)
        usable = isinstance(taught, str) and 0 < len(taught.strip()) <= _MOST_INSTRUCTION
        ctx.cache[key] = str(taught).strip() if usable else otherwise
    return str(ctx.cache[key])
