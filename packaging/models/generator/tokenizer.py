"""Stage 2: a byte-level BPE trained on a sample of the texts, and all texts as tokens.

    python packaging/models/generator/tokenizer.py --work DIR [--shape cpu]

Texts are cut before merging as Qwen 2 cuts them: every digit alone, so a number is copied digit by digit and never
through a rare piece. llama.cpp knows this cutting as `qwen2`; ids are equal there (tests). No normaliser: what is read
is what was written. Ids 0 to 3 are the marks of `wording.SPECIALS`.

Writes `tokenizer.json`, `tokens/GROUP.bin` (uint16, each document ended by id 0), `tokens/heldout-SOURCE.bin`, and the
tuning rows as `tune.bin`, `tune.counts` (a byte a token, 1 where the model writes it) and `tune-index.npy` (int64
(rows, 2): start, end).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from generator import shapes, wording
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

CUT = (
    r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|"
    r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
SAMPLE_BYTES = {"help": 12e6, "textbooks": 8e6, "software": 3e6, "books": 5e6, "instruct": 3e6}
AT_ONCE = 2000
LONGEST_ROW = 768


def empty() -> Tokenizer:
    """A tokenizer without a vocabulary."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(CUT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    return made


def learn(texts: Iterable[str], vocabulary: int) -> Tokenizer:
    """Train on texts. The same texts in the same order give the same tokenizer."""
    made = empty()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=list(wording.SPECIALS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        min_frequency=2,
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    return made


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a .jsonl file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def sample(work: Path) -> Iterator[str]:
    """The first bytes of each group's shuffled documents, and the words of the rows."""
    for group, limit in SAMPLE_BYTES.items():
        path, taken = work / "text" / f"{group}.jsonl", 0.0
        if not path.exists():
            continue
        for document in lines(path):
            if taken > limit:
                break
            taken += len(document["text"])
            yield document["text"]
    for number, row in enumerate(lines(work / "rows.jsonl")):
        if number >= 5000:
            break
        yield row["user"]


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    held: list[Any] = []
    for item in items:
        held.append(item)
        if len(held) == AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def write_tokens(tokenizer: Tokenizer, texts: Iterable[str], path: Path) -> int:
    """Documents as one file of uint16 tokens; how many tokens."""
    new, count = path.with_suffix(".new"), 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with new.open("wb") as file:
        for batch in _batches(texts):
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                tokens = np.asarray([*encoding.ids, 0], np.uint16)
                count += len(tokens)
                file.write(tokens.tobytes())
    new.replace(path)
    return count


def write_rows(tokenizer: Tokenizer, rows: Iterable[dict[str, Any]], path: Path) -> int:
    """Rows as tokens, a byte for each token that is 1 where the model writes it, and where each row begins and ends.

    A row that is too long loses its last questions; one that is too long with a single question is left out.
    """
    new, index, at = path.with_suffix(".new"), [], 0
    with new.open("wb") as file, path.with_suffix(".counts").open("wb") as counts:
        for batch in _batches(rows):
            texts = [wording.pieces(row) for row in batch]
            flat = [text for pieces in texts for text, _ in pieces]
            encoded = iter(tokenizer.encode_batch_fast(flat, add_special_tokens=False))
            for pieces in texts:
                tokens: list[int] = []
                written: list[int] = []
                parts = [(next(encoded).ids, ours) for _, ours in pieces]
                for (before, _), (after, _) in zip(parts[::2], parts[1::2], strict=True):
                    if len(tokens) + len(before) + len(after) > LONGEST_ROW:
                        break
                    tokens += before + after
                    written += [0] * len(before) + [1] * len(after)
                if tokens:
                    file.write(np.asarray(tokens, np.uint16).tobytes())
                    counts.write(bytes(written))
                    index.append((at, at + len(tokens)))
                    at += len(tokens)
    np.save(path.with_name(f"{path.stem}-index.npy"), np.asarray(index, np.int64).reshape(-1, 2))
    new.replace(path)
    return at


def _as_stream(rows: Path, stream: Path) -> None:
    """The rows once more as documents for pre-training, each ended by id 0."""
    tokens = np.fromfile(rows, np.uint16)
    ends = np.load(rows.with_name(f"{rows.stem}-index.npy"))[:, 1]
    np.insert(tokens, ends, 0).tofile(stream)


def run(work: Path, vocabulary: int) -> None:
    """Train the tokenizer and write all tokens. Done already: nothing happens."""
    done = work / "tokens" / "counts.json"
    if done.exists():
        print("tokenizer: done already", flush=True)
        return
    path = work / "tokenizer.json"
    if path.exists():
        tokenizer = Tokenizer.from_file(str(path))
    else:
        tokenizer = learn(sample(work), vocabulary)
        tokenizer.save(str(path.with_suffix(".new")))
        path.with_suffix(".new").replace(path)
    counts: dict[str, int] = {}
    for text in sorted((work / "text").glob("*.jsonl")):
        counts[text.stem] = write_tokens(
            tokenizer, (document["text"] for document in lines(text)), work / "tokens" / f"{text.stem}.bin"
        )
    for text in sorted((work / "heldout").glob("*.jsonl")):
        name = f"heldout-{text.stem}"
        counts[name] = write_tokens(
            tokenizer, (document["text"] for document in lines(text)), work / "tokens" / f"{name}.bin"
        )
    counts["rows"] = write_rows(tokenizer, lines(work / "rows.jsonl"), work / "tokens" / "tune.bin")
    _as_stream(work / "tokens" / "tune.bin", work / "tokens" / "rows.bin")
    write_rows(tokenizer, lines(work / "rows-heldout.jsonl"), work / "tokens" / "tune-heldout.bin")
    done.write_text(json.dumps(counts, indent=1))
    print(f"tokenizer: {tokenizer.get_vocab_size()} pieces, tokens {counts}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--shape", choices=sorted(shapes.TABLE), default="cpu")
    options = parser.parse_args()
    run(options.work, shapes.TABLE[options.shape].student.vocabulary)


if __name__ == "__main__":
    main()
