"""Byte-level pieces (GPT-2's kind) out of tokenizer.json, and which of llama.cpp's ways of cutting is theirs.

Before pieces are joined a text is cut by regular expressions. llama.cpp knows a fixed list of them by name
(`tokenizer.ggml.pre`, src/llama-vocab.cpp); an expression that is not among them is refused, because with another
one the model would read other tokens than it was taught.
"""

from __future__ import annotations

from typing import Any

from engine.packs.manifest import printable
from engine.runtimes.convert.folder import Folder
from engine.runtimes.convert.pieces import NORMAL, Pieces, TokenizerFile, frame, steps

_GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_DIGIT = r"\p{N}"
_SHORT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_CASED = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+SHORT|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*SHORT|"
)
_REST_SLASH = r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_THREES = _SHORT + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}" + _REST
_ONES = _SHORT + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + _REST
_MARKED = _SHORT + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
CUTS: dict[tuple[str, ...], tuple[str, str]] = {
    (_GPT2,): ("gpt-2", "gpt-2"),
    (_DIGIT, _GPT2): ("smollm", "smollm"),
    (_THREES,): ("dbrx", "llama-bpe"),
    (_ONES,): ("qwen2", "qwen2"),
    (_MARKED,): ("qwen35", "qwen35"),
    (_CASED.replace("SHORT", "") + _DIGIT + _REST_SLASH,): ("tekken", "tekken"),
    (_CASED.replace("SHORT", _SHORT + "?") + r"\p{N}{1,3}" + _REST_SLASH,): ("gpt-4o", "gpt-4o"),
}
"""Expressions in order, to llama.cpp's name: where whole words are put together by the rules, and where a word that is
a piece is taken at once. Not every expression has both; the results differ in words that no rules lead to."""


def is_one(file: TokenizerFile) -> bool:
    """Whether a vocabulary is byte-level."""
    parts = [*steps(file.pre_tokenizer, "pretokenizers"), *steps(file.decoder, "decoders")]
    return any(one.get("type") == "ByteLevel" for one in parts)


def read(folder: Folder, file: TokenizerFile) -> Pieces:
    """The pieces. Raises: GgufUnusable."""
    model = file.model
    assert isinstance(model.vocab, dict)
    for one in steps(file.normalizer, "normalizers"):
        if one.get("type") != "NFC":  # texts are nearly always in this form already
            raise folder.bad(f"its tokenizer.json changes texts by {shown(one)}, which llama.cpp does not.")
    if model.continuing_subword_prefix or model.end_of_word_suffix:
        raise folder.bad("its tokenizer.json marks the parts of words, which llama.cpp does not.")
    begins, ends = frame(file.post_processor)
    found = Pieces("gpt2", _cut(folder, file), adds_begin=begins, adds_end=ends)
    added = {one.id for one in file.added_tokens}
    for text, number in model.vocab.items():
        if number < 0 or number in found.texts:
            raise folder.bad(f"its tokenizer.json gives the token “{printable(text)}” a number that cannot be.")
        if number not in added:
            found.texts[number], found.types[number] = text, NORMAL
    found.merges = []
    for pair in model.merges:
        parts = pair.split(" ") if isinstance(pair, str) else pair
        if len(parts) != 2 or not all(parts) or any(" " in part for part in parts):
            raise folder.bad(f"its tokenizer.json has the rule of joining {printable(repr(pair))}, which is none.")
        found.merges.append(" ".join(parts))
    for token in file.added_tokens:
        found.add(token.id, token.content, special=token.special)
    if model.unk_token is not None and model.unk_token in model.vocab:
        found.ids["unk"] = model.vocab[model.unk_token]
    return found


def _cut(folder: Folder, file: TokenizerFile) -> str:
    expressions: list[str] = []
    for one in steps(file.pre_tokenizer, "pretokenizers"):
        kind, pattern = one.get("type"), one.get("pattern")
        if kind == "ByteLevel" and not one.get("add_prefix_space", True):
            if one.get("use_regex", True):
                expressions.append(_GPT2)
        elif kind == "Split" and isinstance(pattern, dict) and isinstance(pattern.get("Regex"), str):
            if one.get("behavior") not in ("Isolated", "Removed") or (
                one.get("behavior") == "Removed" and not one.get("invert")
            ):
                raise folder.bad(f"its tokenizer.json cuts texts by {shown(one)}, which llama.cpp does not.")
            expressions.append(_plain(pattern["Regex"]))
        elif kind == "Digits" and one.get("individual_digits"):
            expressions.append(_DIGIT)
        else:
            raise folder.bad(f"its tokenizer.json cuts texts by {shown(one)}, which llama.cpp does not.")
    names = CUTS.get(tuple(expressions))
    if names is None:
        text = printable(" then ".join(expressions), 120)
        raise folder.bad(f"its tokenizer.json cuts texts in a way that llama.cpp has no name for (“{text}”).")
    return names[file.model.ignore_merges]


def _plain(expression: str) -> str:
    """One spelling for what is spelled in several ways."""
    for other in (r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])", r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"):
        expression = expression.replace(other, _SHORT)
    return expression.replace("\r", r"\r").replace("\n", r"\n")


def shown(step: dict[str, Any]) -> str:
    kind = step.get("type")
    pattern = step.get("pattern")
    text = next(iter(pattern.values()), "") if isinstance(pattern, dict) else ""
    name = printable(kind) if isinstance(kind, str) else "a step without a name"
    return f"{name} “{printable(text, 120)}”" if isinstance(text, str) and text else name
