"""A folder's vocabulary as GGUF keeps it: what is common to all kinds of tokenizers.

Which kind a folder has is found here; byte-level pieces are read by bytes_bpe.py, SentencePiece's by sentence_bpe.py.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from engine.packs.manifest import printable
from engine.runtimes.convert import bytes_bpe, sentence_bpe, sentence_file
from engine.runtimes.convert.config import Config
from engine.runtimes.convert.folder import MOST_TOKENIZER, Folder
from engine.runtimes.convert.pieces import CONTROL, UNUSED, USER_DEFINED, Pieces, TokenizerFile
from engine.runtimes.gguf import kinds
from engine.runtimes.gguf.facts import MOST_TOKEN
from engine.runtimes.gguf.writer import Typed

JSON, SENTENCE, SETTINGS = "tokenizer.json", "tokenizer.model", "tokenizer_config.json"
# These tokenizers' programs go by their settings and not by the file's own frame.
FRAMED_BY_SETTINGS = ("Llama", "CodeLlama", "Gemma")
SPACE_MARK = "▁"
PHI_3_TOKENS = {"<unk>", "<s>", "</s>", "<|endoftext|>"}


class Vocabulary(Struct):
    """`values` are GGUF keys and values; `lead` is a text that both programs have to read before another so that they
    begin alike (empty: nothing). `strips` see `name_for`."""

    values: dict[str, Any]
    lead: str = ""
    strips: bool = False


def read_vocabulary(folder: Folder, config: Config, words: int, *, template: bool) -> Vocabulary:
    """The vocabulary, filled up to as many tokens as the model has vectors.

    Args:
        words: vectors of tokens.
        template: conversations go through a chat template, whose prompts begin with a steering token.
    Raises:
        GgufUnusable: it is of a kind that llama.cpp does not have, or does not fit the weights.
    """
    settings = folder.json_if_there(SETTINGS)
    pieces = _pieces(folder, settings)
    texts, types, scores = _laid_out(folder, pieces, words)
    ids = {text: number for number, text in enumerate(texts)}
    if len(ids) != len(texts):
        twice = next(text for number, text in enumerate(texts) if ids[text] != number)
        raise folder.bad(f"its vocabulary has the token “{printable(twice)}” twice.")
    values: dict[str, Any] = {
        "tokenizer.ggml.model": pieces.model,
        "tokenizer.ggml.pre": pieces.pre,
        "tokenizer.ggml.tokens": Typed(kinds.STRING, texts),
        "tokenizer.ggml.token_type": Typed(kinds.I32, types),
    }
    if scores:
        values["tokenizer.ggml.scores"] = Typed(kinds.F32, scores)
    if pieces.merges is not None:
        values["tokenizer.ggml.merges"] = Typed(kinds.STRING, pieces.merges)
    begin, end = _special_ids(folder, config, settings, pieces, ids, values)
    values["tokenizer.ggml.add_bos_token"] = _frames(settings, pieces, "bos", pieces.adds_begin) and begin >= 0
    values["tokenizer.ggml.add_eos_token"] = _frames(settings, pieces, "eos", pieces.adds_end) and end >= 0
    lead = ""
    if pieces.space is not None:
        # llama.cpp puts the space after every steering token. Where a model's makers put it before a text alone, the
        # prompts of its template, which begin with a steering token, have none.
        first_only = pieces.space == "first" and template and begin >= 0
        values["tokenizer.ggml.add_space_prefix"] = pieces.space != "never" and not first_only
        lead = texts[begin] if first_only else ""
    return Vocabulary(values, lead, pieces.strips and ids.keys() >= PHI_3_TOKENS)


def name_for(name: str, vocabulary: Vocabulary) -> str:
    """The name in the file. llama.cpp lets steering tokens take the spaces behind them along where the name tells of
    Phi 3, and asks for that vocabulary's tokens then, so it has to tell of it there and nowhere else."""
    told = re.compile(r"phi-?3", re.IGNORECASE)
    if vocabulary.strips:
        return name if told.search(name) else f"{name} (phi-3)"
    return told.sub("Phi 3", name)


def _pieces(folder: Folder, settings: dict[str, Any]) -> Pieces:
    if folder.has(JSON):
        file = folder.json(JSON, TokenizerFile, MOST_TOKENIZER)
        if file.model.type not in ("", "BPE") or not isinstance(file.model.vocab, dict):
            raise folder.bad(f"its {JSON} is of the kind {printable(file.model.type or 'not named')}; BPE is read.")
        if bytes_bpe.is_one(file):
            return bytes_bpe.read(folder, file)
        return sentence_bpe.read(folder, file)
    if folder.has(SENTENCE):
        pieces = sentence_file.read(folder, SENTENCE)
        _add_plain(folder, settings, pieces)
        return pieces
    if folder.has("tekken.json") or folder.has("vocab.json"):
        raise folder.bad(f"its tokenizer is in a form that is not read; take the model with its {JSON}.")
    raise folder.bad(f"it brings no tokenizer ({JSON} or {SENTENCE}).")


def _add_plain(folder: Folder, settings: dict[str, Any], pieces: Pieces) -> None:
    """Tokens that were added beside a tokenizer.model."""
    for text, number in folder.json_if_there("added_tokens.json").items():
        if type(number) is int:
            pieces.add(number, text, special=False)
    listed = settings.get("added_tokens_decoder")
    for key, one in (listed if isinstance(listed, dict) else {}).items():
        content = one.get("content") if isinstance(one, dict) else None
        if isinstance(key, str) and key.isdecimal() and len(key) < 10 and isinstance(content, str):
            pieces.add(int(key), content, special=one.get("special") is True)
            pieces.strips = pieces.strips or (one.get("special") is True and one.get("rstrip") is True)


def _laid_out(folder: Folder, pieces: Pieces, words: int) -> tuple[list[str], list[int], list[float]]:
    """Text, type and score of each number from 0; numbers without a token get a name of their own."""
    beyond = max(pieces.texts, default=-1)
    if beyond < 1:
        raise folder.bad("its tokenizer has no tokens.")
    if beyond >= words:
        raise folder.bad(f"its tokenizer has a token of number {beyond:,}, and the model {words:,} vectors for tokens.")
    texts = [f"[PAD{number}]" for number in range(words)]
    types = [UNUSED] * words
    scores = [-10_000_000.0] * words if pieces.scores is not None else []
    for number, text in pieces.texts.items():
        texts[number], types[number] = text, pieces.types[number]
        if pieces.scores is not None:
            scores[number] = pieces.scores.get(number, 0.0)
    taken = set(pieces.texts.values())
    for number, added in pieces.added.items():
        if number >= words:  # for pictures, as a rule, whose vectors are not part of the model
            continue
        text = added.text
        if not added.special and SPACE_MARK in text:
            spaced = text.replace(SPACE_MARK, " ")  # llama.cpp looks for these in the text as it was written
            text = spaced if spaced not in taken else text
        taken.add(text)
        texts[number] = text
        if types[number] in (UNUSED, 1):
            types[number] = CONTROL if added.special else USER_DEFINED
        elif added.special and types[number] == USER_DEFINED:
            types[number] = CONTROL
    if any(len(text.encode()) > MOST_TOKEN for text in texts):
        raise folder.bad(f"its tokenizer has a token of more than {MOST_TOKEN:,} bytes.")
    return texts, types, scores


def _special_ids(
    folder: Folder,
    config: Config,
    settings: dict[str, Any],
    pieces: Pieces,
    ids: dict[str, int],
    values: dict[str, Any],
) -> tuple[int, int]:
    """Write which tokens begin, end, fill up; returns the first two, -1 for none."""
    named = folder.json_if_there("special_tokens_map.json")
    inner = config.part("text_config").values if "text_config" in config.values else {}
    taught = folder.json_if_there("generation_config.json")

    def listed(key: str) -> list[int]:
        found = [source.get(key) for source in (taught, config.values, inner)]
        flat = [one for value in found for one in (value if isinstance(value, list) else [value])]
        return [one for one in flat if type(one) is int and 0 <= one < len(ids)]

    def number(name: str) -> int:
        for source in (settings, named):
            entry = source.get(f"{name}_token")
            text = entry.get("content") if isinstance(entry, dict) else entry
            if isinstance(text, str) and text in ids:
                return ids[text]
        return next(iter(listed(f"{name}_token_id")), pieces.ids.get(name, -1))

    found = {name: number(name) for name in ("bos", "eos", "unk", "pad")}
    if found["eos"] < 0:
        raise folder.bad(f"neither its {SETTINGS} nor its config.json names the token that ends a text (eos_token).")
    keys = {"bos": "bos", "eos": "eos", "unk": "unknown", "pad": "padding"}
    for name, one in found.items():
        if one >= 0:
            values[f"tokenizer.ggml.{keys[name]}_token_id"] = one
    further = [one for one in dict.fromkeys(listed("eos_token_id")) if one != found["eos"]]
    for key, one in zip(("eot", "eom"), further, strict=False):  # whatever else ends an answer
        values[f"tokenizer.ggml.{key}_token_id"] = one
    return found["bos"], found["eos"]


def _frames(settings: dict[str, Any], pieces: Pieces, name: str, own: bool) -> bool:
    """Whether texts begin (or end) with the token for it."""
    said = settings.get(f"add_{name}_token")
    kind = settings.get("tokenizer_class")
    if isinstance(kind, str) and kind.startswith(FRAMED_BY_SETTINGS):
        return said if isinstance(said, bool) else name == "bos"
    return said if isinstance(said, bool) and pieces.frame_unknown else own
