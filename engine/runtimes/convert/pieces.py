"""The pieces of a vocabulary, and the form of tokenizer.json. Source: huggingface/tokenizers, its serialisation."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
"""Types of tokens, numbered alike by SentencePiece and GGUF."""


class Added(Struct):
    """A token beside the trained ones."""

    text: str
    special: bool


class Pieces(Struct):
    """`texts` and `types` by number. `scores` (SentencePiece) or `merges` (byte-level) say which pieces join first.
    `space` is where a space is put before a text: "always", "first", "never"; None where that is no question.
    `frame_unknown`: the file does not say whether texts begin with a token. `strips`: steering tokens take the spaces
    behind them along."""

    model: str
    pre: str
    texts: dict[int, str] = field(default_factory=dict)
    types: dict[int, int] = field(default_factory=dict)
    scores: dict[int, float] | None = None
    merges: list[str] | None = None
    added: dict[int, Added] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    adds_begin: bool = False
    adds_end: bool = False
    frame_unknown: bool = False
    space: str | None = None
    strips: bool = False

    def add(self, number: int, text: str, *, special: bool) -> None:
        if number >= 0 and text:
            self.added[number] = Added(text, special)


class AddedToken(Struct):
    id: int
    content: str
    special: bool = False
    rstrip: bool = False


class TokenizerModel(Struct):
    type: str = ""
    vocab: dict[str, int] | list[Any] = field(default_factory=dict)
    merges: list[str | list[str]] = field(default_factory=list)
    unk_token: str | None = None
    byte_fallback: bool = False
    ignore_merges: bool = False
    continuing_subword_prefix: str | None = None
    end_of_word_suffix: str | None = None


class TokenizerFile(Struct):
    """tokenizer.json, as far as it is read."""

    model: TokenizerModel
    added_tokens: list[AddedToken] = field(default_factory=list)
    normalizer: Any = None
    pre_tokenizer: Any = None
    post_processor: Any = None
    decoder: Any = None


def steps(part: Any, inner: str) -> list[dict[str, Any]]:
    """A normaliser or the like as a flat list; `inner` is what a sequence calls its parts."""
    if not isinstance(part, dict):
        return []
    if part.get("type") != "Sequence":
        return [part]
    listed = part.get(inner)
    return [step for one in (listed if isinstance(listed, list) else []) for step in steps(one, inner)]


def frame(part: Any) -> tuple[bool, bool]:
    """Whether a post-processor puts a token before a text, and after it."""
    begins = ends = False
    for one in steps(part, "processors"):
        single = one.get("single")
        if one.get("type") == "TemplateProcessing" and isinstance(single, list) and len(single) > 1:
            first, last = ((isinstance(part, dict) and "SpecialToken" in part) for part in (single[0], single[-1]))
            begins, ends = begins or first, ends or last
    return begins, ends
