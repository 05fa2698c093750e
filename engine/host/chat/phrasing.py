"""Summaries, other tones and drafts of replies: a generator writes, and what the original does not hold is dropped.

Translations are in engine/host/chat/translating.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

import msgspec
from msgspec import Struct

from engine.api import (
    AskQuestion,
    Control,
    DraftReply,
    Generate,
    Phrased,
    PromptMessage,
    Rewrite,
    Summarise,
    Tone,
    Unsupported,
)
from engine.errors import PromptTooLong, UsageError
from engine.host.chat.asking import ask
from engine.host.chat.grounding import DRAFT, instruction_of
from engine.host.generate import adapters, writing
from engine.host.generate.wording import Wording, wording_of
from engine.language.sentences import sentences
from engine.language.terms import cjk_share, terms
from engine.serve.chat.candidates import Candidate
from engine.serve.chat.facts import figures
from engine.serve.chat.grounded import as_data, citation_of, harmless, told, unsupported
from engine.serve.chat.likeness import likeness_for
from engine.serve.chat.lines import lines_of
from engine.serve.chat.retrieve import Hit
from engine.serve.chat.sentences_check import Checked, check, joined, split_cited
from engine.serve.chat.support import bundled_support
from engine.store import conversations, documents
from engine.values import Citation, Sentence

if TYPE_CHECKING:
    from engine.host.context import Context

PIECE = 1800
PIECE_CJK = 700
"""Characters that are read at once."""
LEAST_PIECE = 200
MOST_TEXT = 200_000
MOST_REWRITTEN = 20_000
MOST_TOKENS = 300
MOST_DROPPED = 20
"""Sentences that are told of."""
INSTRUCTIONS = {
    "summary": "Summarise the text in one or two sentences.",
    "formal": "Rewrite the text in a formal tone.",
    "friendly": "Rewrite the text in a friendly tone.",
    "short": "Rewrite the text in fewer words.",
}
"""As the bundled generator was taught; a file that names its own is told those."""


class _Written(Struct, frozen=True):
    """What was written of one piece: the sentences that it holds, of so many."""

    held: tuple[Checked, ...]
    count: int
    text: str
    dropped: tuple[Unsupported, ...] = ()


def summarise(ctx: Context, request: Summarise, ctl: Control) -> Phrased:
    """See `engine.api.Summarise`. Raises: UsageError, UnknownName, and as `writing.generate`."""
    if sum((bool(request.text), request.document_id is not None, request.conversation is not None)) != 1:
        raise UsageError(reason="Give one of a text, a document and a conversation.")
    pack = adapters.choose(ctx, request.pack).name
    pieces = [piece for whole in _source(ctx, request) for piece in pieces_of(whole)]
    length = sum(len(one.text) for one in pieces)
    if not pieces:
        raise UsageError(reason="There is no text to summarise.")
    if length > MOST_TEXT:
        raise UsageError(reason=f"The text has {length:,} characters; the most is {MOST_TEXT:,}.")
    said: list[Sentence] = []
    places: list[Citation] = []
    dropped: list[Unsupported] = []
    wording = wording_of(ctx, request.seed, MOST_TOKENS)
    written = held = 0
    for at, piece in enumerate(pieces):
        ctl.report(at, len(pieces), "summarise")
        for part, found in _write(ctx, pack, "summary", piece, as_data(piece.text), wording, ctl):
            written, held = written + found.count, held + len(found.held)
            dropped += found.dropped
            shown = [(one.text, citation_of(part, one)) for one in found.held] or _first_line(part)
            for text, place in shown:
                if any(one.text == text for one in said):
                    continue
                if part.document and place not in places:
                    places.append(place)
                said.append(Sentence(text, supported=True, citation=places.index(place) if part.document else None))
    return Phrased(
        joined([one.text for one in said]), bool(held), tuple(said), tuple(places), written, held, pack,
        _reason(written, held), tuple(dropped[:MOST_DROPPED]), wording.seed,
    )  # fmt: skip


def rewrite(ctx: Context, request: Rewrite, ctl: Control) -> Phrased:
    """See `engine.api.Rewrite`. Raises: UsageError, and as `writing.generate`."""
    if request.tone not in get_args(Tone):
        raise UsageError(reason=f"A tone is formal, friendly or short, not {request.tone!r}.")
    if not request.text.strip() or len(request.text) > MOST_REWRITTEN:
        reason = f"The text has {len(request.text):,} characters; 1 to {MOST_REWRITTEN:,} can be rewritten."
        raise UsageError(reason=reason)
    pack = adapters.choose(ctx, request.pack).name
    texts: list[str] = []
    dropped: list[Unsupported] = []
    wording = wording_of(ctx, request.seed, MOST_TOKENS)
    written = held = changed = 0
    for piece in pieces_of(as_candidate(request.text.strip())):
        for part, found in _write(ctx, pack, request.tone, piece, harmless(piece.text), wording, ctl):
            written, held = written + found.count, held + len(found.held)
            dropped += found.dropped
            new = joined([one.text for one in found.held])
            if _says_the_same(part.text, new, found, request.tone):
                texts.append(new)
                changed += 1
            else:
                texts.append(part.text)
    text = joined(texts)
    said = tuple(Sentence(text[a:b], supported=True, citation=None) for a, b in sentences(text))
    return Phrased(
        text, changed > 0, said, (), written, held, pack, _reason(written, held if changed else 0),
        tuple(dropped[:MOST_DROPPED]), wording.seed,
    )  # fmt: skip


def draft(ctx: Context, request: DraftReply, ctl: Control) -> Phrased:
    """See `engine.api.DraftReply`. Raises: as `asking.ask` and `rewrite`."""
    pack = adapters.choose(ctx, request.pack).name
    question = AskQuestion(
        collection=request.collection, question=request.message, keep=False, profile=request.profile, pack=pack,
        seed=request.seed,
    )  # fmt: skip
    answer = ask(ctx, question, ctl)
    if answer.mode in ("not_found", "handoff"):
        return Phrased("", False, (), answer.citations, 0, 0, pack, answer.reason)
    plain = Phrased(
        answer.answer, answer.mode == "generated", answer.sentences, answer.citations, len(answer.sentences),
        len(answer.sentences), pack, answer.reason, answer.phrasing.dropped if answer.phrasing is not None else (),
        request.seed or 0,
    )  # fmt: skip
    # What says that sources contradict each other, or was approved word by word, keeps its words.
    if not request.tone or answer.mode == "template" or answer.because == "contradiction":
        return plain
    toned = rewrite(ctx, Rewrite(text=answer.answer, tone=request.tone, pack=pack, seed=request.seed), ctl)
    if not toned.generated:
        return msgspec.structs.replace(plain, reason=f"{answer.reason} Its tone stayed as it was.")
    said = tuple(
        Sentence(one.text, supported=True, citation=_nearest(one, answer.sentences)) for one in toned.sentences
    )
    return msgspec.structs.replace(toned, sentences=said, citations=answer.citations)


def _nearest(one: Sentence, said: Sequence[Sentence]) -> int | None:
    """The citation of the sentence with most of the same words."""
    words = set(terms(one.text))
    best = max(said, key=lambda other: len(words & set(terms(other.text))), default=None)
    return best.citation if best is not None else None


def _source(ctx: Context, request: Summarise) -> list[Candidate]:
    """The text that is summarised: pages, the lines of a conversation, or what was given."""
    if request.text:
        return [as_candidate(request.text)]
    with ctx.store.read() as connection:
        if request.conversation is not None:
            conversations.info(connection, request.conversation)
            found = conversations.messages(connection, request.conversation)
            named = {"user": "Customer", "assistant": "Desk", "person": "Desk"}
            return [as_candidate("\n\n".join(f"{named[one.role]}: {one.text}" for one in found))]
        assert request.document_id is not None
        stored = documents.document(connection, request.document_id)
        return [
            as_candidate(text, stored, page)
            for page in range(1, stored.pages + 1)
            if (text := documents.page_text(connection, stored.id, page)).strip()
        ]


def as_candidate(text: str, stored: documents.StoredDocument | None = None, page: int = 1) -> Candidate:
    if stored is None:
        return Candidate(Hit(0, 0.0), 0, "", "", "", page, False, 0, len(text), text)
    return Candidate(Hit(0, 0.0), stored.id, stored.path, stored.title, "", page, stored.paged, 0, len(text), text)


def pieces_of(whole: Candidate, most: int = 0) -> list[Candidate]:
    """A text in stretches of whole sentences that are short enough to be read at once."""
    most = most or (PIECE_CJK if cjk_share(whole.text) > 0.3 else PIECE)
    spans: list[tuple[int, int]] = []
    for start, end in sentences(whole.text):
        for at in range(start, end, most):
            stop = min(end, at + most)
            if spans and stop - spans[-1][0] <= most:
                spans[-1] = (spans[-1][0], stop)
            else:
                spans.append((at, stop))
    return [
        msgspec.structs.replace(whole, start=whole.start + a, end=whole.start + b, text=whole.text[a:b])
        for a, b in spans
    ]


def _write(
    ctx: Context, pack: str, kind: str, piece: Candidate, text: str, wording: Wording, ctl: Control
) -> Iterator[tuple[Candidate, _Written]]:
    """What the model writes of a piece, or of its halves where it is too long for the model."""
    if not text:
        return
    system = instruction_of(ctx, pack, kind, INSTRUCTIONS[kind])
    request = Generate(
        pack=pack,
        messages=(PromptMessage("system", system), PromptMessage("user", text)),
        max_tokens=wording.most,
        temperature=wording.temperature,
        seed=wording.seed,
    )
    try:
        new = writing.generate(ctx, request, ctl, lambda said: ctl.report(0, None, DRAFT, said)).text
    except PromptTooLong:
        if len(piece.text) <= LEAST_PIECE:
            raise
        for half in pieces_of(piece, max(LEAST_PIECE, len(piece.text) // 2)):
            data = as_data(half.text) if kind == "summary" else harmless(half.text)
            yield from _write(ctx, pack, kind, half, data, wording, ctl)
        return
    said = split_cited(new)
    likeness = likeness_for(new, lambda: ctx.encoder, ctx.cache)
    checked = check(said, [piece], bundled_support(), likeness)
    held = tuple(one for one in checked if one.support.held and not told(one, [piece]))
    dropped = tuple(unsupported(one, [piece]) for one in checked if one not in held)
    yield piece, _Written(held, len(checked), new, dropped)


def _first_line(piece: Candidate) -> list[tuple[str, Citation]]:
    for line in lines_of(0, piece):
        if not line.heads:
            place = Citation(
                piece.doc, piece.page if piece.paged else None, line.text, piece.start + line.start,
                piece.start + line.end, piece.document, piece.title,
            )  # fmt: skip
            return [(" ".join(line.text.split()), place)]
    return []


def _says_the_same(original: str, new: str, found: _Written, tone: Tone) -> bool:
    """Whether a piece in another tone may stand for the original: in fewer words it may leave something out, otherwise
    nothing was dropped and every number is still there."""
    if not new or new == original:
        return False
    if tone == "short":
        return len(new) < len(original) and 2 * len(found.held) >= found.count
    return len(found.held) == found.count and not figures(original) - figures(new)


def _reason(written: int, held: int) -> str:
    if not held:
        return f"Nothing of what the generator wrote is shown: the text does not hold it ({written} sentences)."
    return f"The text holds {held} of {written} sentences that the generator wrote."
