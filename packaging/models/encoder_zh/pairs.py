"""Translations to learn from, the tokens they are read as, and what the English encoder says of their English side."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.language.segment import segmented
from engine.language.terms import normalise
from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.runtimes.word_encoder import Vocabulary

MOST_ENGLISH, MOST_CHINESE = 600, 400
"""Characters of a pair that are read."""
LEFT_OUT = ("pingcap", "poetry")
"""Sources of Chinese text that are not counted: tests/quality measures on questions about TiDB; verses differ."""
MOST_TEXT = {"zh-docs-00": 16_000_000, "zh-general-00": 10_000_000}
LEAST_LATIN, LEAST_CHARACTER, LEAST_PAIR = 3, 2, 12
"""Times in the translations. Of the dictionary every word is learnt, for its own translation teaches it."""
HELD_OUT = ("sentence", "paragraph", "title", "question")
"""Kinds of pairs of which one in 85 is held out."""
_WORD = re.compile(r"[\u4e00-\u9fff]{2,6}")
_HAN = re.compile(r"[\u3400-\u9fff]+")


class Pair(NamedTuple):
    english: str
    chinese: str
    kind: str
    source: str

    @property
    def held_out(self) -> bool:
        return self.kind in HELD_OUT and hashlib.sha256(self.chinese.encode()).digest()[0] < 3


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as body:
        for line in body:
            yield json.loads(line)


def read_pairs(corpus: Path) -> list[Pair]:
    """Every pair of the corpus, cut to what is read."""
    return [
        Pair(row["en"][:MOST_ENGLISH], row["zh"][:MOST_CHINESE], row["kind"], row["source"])
        for row in lines(corpus / "pairs.jsonl.xz")
    ]


def vocabulary_lists(corpus: Path, pairs: list[Pair]) -> tuple[list[str], list[str], list[str], frozenset[str]]:
    """Words, characters and pairs of characters, the commonest first, and the words that are shipped.

    Words are those of the dictionary, and Latin words of the translations. A word of the dictionary that no text uses
    is learnt, because it would else bend its characters, and not shipped.
    """
    known = frozenset(
        word for pair in pairs if pair.kind == "dict" and _WORD.fullmatch(word := normalise(pair.chinese.strip()))
    )
    words: Counter[str] = Counter()
    latin: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    twos: Counter[str] = Counter()

    def count(text: str, translated: bool) -> None:
        for word in segmented(text, known):
            if word in known:
                words[word] += 1
            elif translated and word.isascii():
                latin[word] += 1
        if translated:
            for run in _HAN.findall(normalise(text)):
                characters.update(run)
                twos.update(run[at : at + 2] for at in range(len(run) - 1))

    for pair in pairs:
        if pair.kind != "dict":
            count(pair.chinese, True)
    for name, most in MOST_TEXT.items():
        taken = 0
        for row in lines(corpus / f"{name}.jsonl.xz"):
            if taken < most and not any(one in row["source"] for one in LEFT_OUT):
                taken += len(row["text"])
                count(row["text"], False)
    chosen = [word for word, n in latin.most_common() if n >= LEAST_LATIN]
    used = frozenset(chosen) | words.keys()
    chosen += [word for word, _ in words.most_common()]
    chosen += sorted(known - words.keys())
    return (
        chosen,
        [one for one, n in characters.most_common() if n >= LEAST_CHARACTER],
        [one for one, n in twos.most_common() if n >= LEAST_PAIR],
        used,
    )


def tokens_of(vocabulary: Vocabulary, texts: list[str]) -> list[NDArray[np.int64]]:
    """Token numbers of each text, int64 (tokens,)."""
    return [np.array(vocabulary.tokens(text), dtype=np.int64) for text in texts]


def teacher_vectors(pairs: list[Pair], kept: Path) -> NDArray[np.float32]:
    """What the bundled English encoder says of the English sides, float32 (pairs, 384); kept in a file, float16."""
    if not kept.exists():
        encoder = Encoder.open(bundled_encoder_folder())
        order = sorted(range(len(pairs)), key=lambda row: len(pairs[row].english))
        found = np.zeros((len(pairs), encoder.dimension), dtype=np.float16)
        for start in range(0, len(order), 4096):
            rows = order[start : start + 4096]
            found[rows] = encoder.embed([pairs[row].english for row in rows])
            print(f"teacher: {start + len(rows)} of {len(order)}", flush=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, found)
    loaded = np.load(kept)
    if len(loaded) != len(pairs):
        raise SystemExit(f"{kept} holds {len(loaded)} vectors for {len(pairs)} pairs; delete it or use another --work.")
    return np.asarray(loaded, dtype=np.float32)
