"""The third rung of the ladder: a generator phrases what passages say, and what they do not hold is dropped."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from engine.api import Answer, Control, Generate, Generated, Phrasing
from engine.errors import PromptTooLong
from engine.host.generate import adapters, writing
from engine.host.generate.wording import Wording, wording_of
from engine.language.sentences import sentences
from engine.runtimes.gguf.header import read_header
from engine.serve.chat.candidates import Asked, Candidate
from engine.serve.chat.fitting import fits
from engine.serve.chat.grounded import (
    INSTRUCTION,
    MOST_PASSAGES,
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
AGAIN_S, AGAIN_ROOM = 2.0, 0.4
"""A small generator loses its way in much text: one that wrote nothing usable, and was quick about it, is asked once
more over the sentences around the quote alone."""
_ENDS = (".", "!", "?", "。", "！", "？", "]", "”", '"')


def phrased(
    ctx: Context,
    pack: str,
    asked: Asked,
    candidates: Sequence[Candidate],
    quoted: Answer,
    ctl: Control,
    seed: int | None = None,
) -> Answer:
    """The answer in the generator's words as far as the passages hold them, or else the quote.

    Args:
        pack: the generator.
        candidates: the passages that were found, best first.
        quoted: the answer of the rung below.
        seed: lets it choose its words anew.
    Raises:
        As `engine.host.generate.writing.generate`, but for a prompt that is too long: then the quote is given.
    """
    first = quoted.citations[0] if quoted.citations else None
    wording = wording_of(ctx, seed)

    def attempt(grounds: Grounds, *, short: bool) -> tuple[Answer, bool, float]:
        """The answer, whether it is the generator's, and how long that took."""
        new = _written(ctx, pack, asked.text, grounds, wording, ctl, short=short)
        kept = checked_answer(ctx, _whole(new), grounds, quoted, asked)
        answer = kept.answer if kept.answer is not None else _quote_instead(quoted, kept)
        told = _told(pack, kept, wording, new)
        return msgspec.structs.replace(answer, phrasing=told), kept.answer is not None, new.seconds

    for most, room in ((MOST_PASSAGES, 1.0), (2, 1.0), (1, 1.0), (1, 0.3)):
        grounds = grounds_of(candidates, asked.weights, first, most, room)
        if not grounds.passages:
            break
        try:
            answer, written, seconds = attempt(grounds, short=room < 1)
        except PromptTooLong:
            continue
        if written or seconds > AGAIN_S:
            return answer
        around = grounds_of(candidates, asked.weights, first, 1, AGAIN_ROOM)
        if around.passages != grounds.passages:
            with contextlib.suppress(PromptTooLong):
                again, written, _ = attempt(around, short=False)
                return again if written else answer
        return answer
    kept = Kept(None, 0, 0, "too_long")
    return msgspec.structs.replace(_quote_instead(quoted, kept), phrasing=_told(pack, kept, wording, None))


def _whole(new: Generated) -> str:
    """What was written without a last sentence that its length cut short."""
    spans = sentences(new.text)
    if new.finish != "length" or len(spans) < 2 or new.text.rstrip().endswith(_ENDS):
        return new.text
    return new.text[: spans[-1][0]]


def _told(pack: str, kept: Kept, wording: Wording, new: Generated | None) -> Phrasing:
    return Phrasing(
        pack, kept.written, kept.held, kept.dropped, kept.why, wording.seed, wording.temperature,
        new.tokens if new is not None else 0, new.seconds if new is not None else 0.0,
    )  # fmt: skip


def _written(
    ctx: Context, pack: str, question: str, grounds: Grounds, wording: Wording, ctl: Control, *, short: bool
) -> Generated:
    instruction = SHORT_INSTRUCTION if short else instruction_of(ctx, pack)
    most = wording.most // 2 if short else wording.most
    request = Generate(
        pack=pack,
        messages=messages(question, grounds, instruction),
        max_tokens=most,
        temperature=wording.temperature,
        seed=wording.seed,
    )
    done = 0

    def piece(text: str) -> None:
        nonlocal done
        done += 1
        ctl.report(min(done, most), most, DRAFT, text)

    return writing.generate(ctx, request, ctl, piece)


def checked_answer(ctx: Context, text: str, grounds: Grounds, quoted: Answer, asked: Asked) -> Kept:
    """What of a written text the passages hold, provided that it answers the question."""
    said = split_cited(text)
    likeness = likeness_for(" ".join(one.text for one in said), lambda: ctx.encoder, ctx.cache)
    checked = check(said, grounds.passages, bundled_support(), likeness)
    embed = ctx.bilingual.embed if asked.vector is not None else None
    kept = answer_of(
        checked, grounds.passages, quoted,
        lambda held: fits(asked, held, grounds.passages, quoted.citations, embed),
    )  # fmt: skip
    if kept.answer is None:
        return kept
    told = f"{kept.held}/{kept.written}"
    return msgspec.structs.replace(kept, answer=msgspec.structs.replace(kept.answer, reason=reason("generated", told)))


def _quote_instead(quoted: Answer, kept: Kept) -> Answer:
    """The quote, with the reason why nothing that the generator wrote is shown."""
    told = {
        "refused": "The generator found no answer in the passages, so one is quoted.",
        "unsupported": f"The passages hold {kept.held} of {kept.written} sentences that the generator wrote, so one is "
        "quoted.",
        "aside": "What the generator wrote does not answer the question, so a passage is quoted.",
        "too_long": "The passages do not fit into what the generator can read, so one is quoted.",
    }[kept.why]
    return msgspec.structs.replace(quoted, because="quoted", reason=told)


def instruction_of(ctx: Context, pack: str, kind: str = "answer", otherwise: str = INSTRUCTION) -> str:
    """What the model is told to do: in the words that it was taught, where its file names them for this kind."""
    file = adapters.choose(ctx, pack).file
    key = ("taught instruction", file.entry.sha256, kind)
    if key not in ctx.cache:
        taught = read_header(file.path).values.get(_INSTRUCTION_KEY + kind)
        usable = isinstance(taught, str) and 0 < len(taught.strip()) <= _MOST_INSTRUCTION
        ctx.cache[key] = str(taught).strip() if usable else otherwise
    return str(ctx.cache[key])
