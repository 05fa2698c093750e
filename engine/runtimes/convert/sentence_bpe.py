"""SentencePiece's pieces (Llama 2, Mistral, Gemma) out of tokenizer.json, which keeps rules of joining for scores.

SentencePiece, and llama.cpp with it, joins the two neighbours whose joined piece has the best score. tokenizer.json
lists for each piece, from the best down, all pairs that make it; so the first rule that makes a piece tells its score.
"""

from __future__ import annotations

from typing import Any

from engine.packs.manifest import printable
from engine.runtimes.convert.bytes_bpe import shown
from engine.runtimes.convert.folder import Folder
from engine.runtimes.convert.pieces import BYTE, NORMAL, UNKNOWN, Pieces, TokenizerFile, frame, steps

SPACE_MARK = "▁"


def read(folder: Folder, file: TokenizerFile) -> Pieces:
    """The pieces. Raises: GgufUnusable."""
    model = file.model
    assert isinstance(model.vocab, dict)
    begins, ends = frame(file.post_processor)
    found = Pieces("llama", "default", adds_begin=begins, adds_end=ends, space=_space(folder, file))
    bytes_named = {f"<0x{number:02X}>" for number in range(256)}
    if not model.byte_fallback or not bytes_named <= model.vocab.keys():
        raise folder.bad("its tokenizer.json has no pieces for single bytes, which llama.cpp needs.")
    added = {one.id for one in file.added_tokens}
    for text, number in model.vocab.items():
        if number < 0 or number in found.texts:
            raise folder.bad(f"its tokenizer.json gives the token “{printable(text)}” a number that cannot be.")
        if text == model.unk_token:
            found.ids["unk"] = number
            found.texts[number], found.types[number] = text, UNKNOWN
        elif text in bytes_named:
            found.texts[number], found.types[number] = text, BYTE
        elif number not in added:
            found.texts[number], found.types[number] = text, NORMAL
    found.scores = _scores(folder, model.merges, model.vocab)
    for one in file.added_tokens:
        found.add(one.id, one.content, special=one.special)
        found.strips = found.strips or (one.special and one.rstrip)
    return found


def _scores(folder: Folder, merges: list[str | list[str]], vocab: dict[str, int]) -> dict[int, float]:
    """The better a piece, the sooner its first rule; pieces without a rule are never made, and come last."""
    scores: dict[int, float] = {}
    for pair in merges:
        text = pair.replace(" ", "", 1) if isinstance(pair, str) else "".join(pair)
        number = vocab.get(text)
        if number is None:
            raise folder.bad(f"its tokenizer.json has the rule of joining {printable(repr(pair))} for no piece.")
        if number not in scores:
            scores[number] = -float(len(scores) + 1)
    last = -float(len(scores) + 1)
    return {number: scores.get(number, last) for number in vocab.values()}


def _space(folder: Folder, file: TokenizerFile) -> str:
    """Where a space is put before a text: "always", "first" or "never"."""
    space, marked = "never", False
    for one in steps(file.normalizer, "normalizers"):
        kind = one.get("type")
        if kind == "Prepend" and one.get("prepend") == SPACE_MARK:
            space = "always"
        elif kind == "Replace" and one.get("content") == SPACE_MARK and one.get("pattern") == {"String": " "}:
            marked = True
        else:
            raise folder.bad(f"its tokenizer.json changes texts by {shown(one)}, which llama.cpp does not.")
    for one in steps(file.pre_tokenizer, "pretokenizers"):
        if one.get("type") == "Metaspace" and one.get("replacement", SPACE_MARK) == SPACE_MARK:
            space, marked = _scheme(one), True
        elif not _cuts_nothing(one, marked):
            raise folder.bad(f"its tokenizer.json cuts texts by {shown(one)}, which llama.cpp does not.")
    if not marked:
        raise folder.bad("its tokenizer.json does not mark spaces as SentencePiece does, and is not byte-level either.")
    return space


def _scheme(step: dict[str, Any]) -> str:
    scheme = step.get("prepend_scheme")
    if scheme in ("always", "first", "never"):
        return str(scheme)
    return "always" if step.get("add_prefix_space", True) else "never"


def _cuts_nothing(step: dict[str, Any], marked: bool) -> bool:
    """Gemma's cut at spaces, of which none are left."""
    return marked and step.get("type") == "Split" and step.get("pattern") == {"String": " "}
