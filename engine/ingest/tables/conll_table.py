"""CoNLL and BIO files: one word per line with its tag last, a blank line between sentences; no header.

Each sentence becomes one row of two cells, JSON lists of its words and of its tags, which `engine.ingest.spans` turns
into a text with spans. Columns between word and tag (part of speech, chunk) are not read. Lines that begin with “#” and
have no tag are remarks, “-DOCSTART-” stands between documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from engine.ingest.encoding import Encoding
from engine.ingest.tables.lines import TextLines
from engine.ingest.tables.source import Source
from engine.ingest.tables.table import BATCH_ROWS, Batch, Reject, check_cells

ENDINGS = (".conll", ".conllu", ".bio", ".iob", ".iob2", ".bioes", ".bmes")
COLUMNS = ("tokens", "tags")
LOOK_LINES = 400
FITTING_SHARE = 0.98
MOST_WORDS = 5_000  # of a sentence; more means that nothing stands between sentences
TAG = re.compile(r"O|[BIESLUM][-_]\S+")
_DOCUMENT = "-DOCSTART-"


def looks_like_conll(lines: Iterable[str]) -> bool:
    """Whether lines are words with BIO tags: nearly all end in a tag, and some tag begins an entity."""
    filled = fitting = begins = 0
    for line in lines:
        parts = _parts(line)
        if not parts or parts[0] == _DOCUMENT or _is_remark(line, parts):
            continue
        filled += 1
        fits = len(parts) >= 2 and TAG.fullmatch(parts[-1]) is not None
        if filled == 1 and not fits:
            return False  # a header
        fitting += fits
        begins += fits and parts[-1] != "O"
    return filled > 0 and begins > 0 and fitting >= FITTING_SHARE * filled


def _parts(line: str) -> list[str]:
    """Cells of a line: between tabs where there are any, else between spaces."""
    line = line.strip("\r\n")
    if "\t" in line:
        return [part.strip() for part in line.split("\t") if part.strip()]
    return line.split()


def _is_remark(line: str, parts: Sequence[str]) -> bool:
    return line.startswith("#") and TAG.fullmatch(parts[-1]) is None


class ConllTable:
    """A file of tagged words; see `Table`."""

    format = "conll"
    delimiter: str | None = None

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self.source = source
        self.encoding: str | None = encoding.name
        self.warnings: list[str] = []
        self.columns = list(COLUMNS)
        self._encoding = encoding

    @classmethod
    def fits(cls, source: Source, encoding: Encoding) -> bool:
        return looks_like_conll(islice(iter(TextLines(source, encoding)), LOOK_LINES))

    def batches(self, reject: Reject) -> Iterator[Batch]:
        text = TextLines(self.source, self._encoding)
        sentences = Sentences(reject)
        batch = Batch([], [])
        for number, line in enumerate(text, 1):
            parts = _parts(line)
            if not parts or parts[0] == _DOCUMENT:
                sentences.end(batch)
            elif text.flagged and (fault := check_cells([line], self.encoding)):
                sentences.fault(number, *fault)
            elif _is_remark(line, parts):
                continue
            elif len(parts) >= 2:
                sentences.word(number, parts[0], parts[-1])
            else:
                sentences.fault(number, "no_tag", f"line {number} has a word and no tag")
            if len(batch.rows) >= BATCH_ROWS:
                yield batch
                batch = Batch([], [])
        sentences.end(batch)
        if batch.rows:
            yield batch


class Sentences:
    """Gathers words into sentences; a sentence with a fault is refused as a whole, with the line it began on."""

    def __init__(self, reject: Reject) -> None:
        self._reject = reject
        self._words: list[str] = []
        self._tags: list[str] = []
        self._begin = 0
        self._fault: tuple[str, str] | None = None

    def word(self, line: int, word: str, tag: str) -> None:
        self._begin = self._begin or line
        if TAG.fullmatch(tag) is None:
            self.fault(line, "bad_tag", f"the tag “{tag[:40]}” in line {line} is neither O nor begins with B- or I-")
            return
        if len(self._words) >= MOST_WORDS:
            self.fault(
                line, "too_long", f"the sentence has more than {MOST_WORDS:,} words; a blank line belongs between two"
            )
            return
        self._words.append(word)
        self._tags.append(tag)

    def fault(self, line: int, code: str, reason: str) -> None:
        self._begin = self._begin or line
        self._fault = self._fault or (code, reason)

    def end(self, batch: Batch) -> None:
        """The sentence is over; its row goes into `batch`."""
        if self._fault is not None:
            self._reject(self._begin, *self._fault)
        elif self._words:
            batch.lines.append(self._begin)
            batch.rows.append([_encoded(self._words), _encoded(self._tags)])
        self._words, self._tags, self._begin, self._fault = [], [], 0, None


def _encoded(values: Sequence[str]) -> str:
    return msgspec.json.encode(values).decode()
