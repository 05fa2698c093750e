"""Tables with one word per row, as taggers export them: rows become sentences.

A column of words, a column of BIO tags, and what tells sentences apart: a column with their number or name (written on
each row, or on the first of each sentence), else blank lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from engine.ingest.kinds import folded
from engine.ingest.tables.conll_table import COLUMNS, TAG, Sentences
from engine.ingest.tables.table import BATCH_ROWS, Batch, Reject, Table

LOOK_ROWS = 300
_WORDS = ("token", "tokens", "word", "words", "form", "text", "字", "词", "词语")
_TAGS = (
    "tag",
    "tags",
    "ner",
    "ner_tag",
    "ner_tags",
    "bio",
    "iob",
    "label",
    "labels",
    "entity",
    "spans",
    "标签",
    "标注",
    "实体",
)
_SENTENCES = (
    "sentence", "sentence_id", "sent_id", "sent", "sentence_number", "sentence_no", "sentence_idx", "sid", "doc_id",
    "doc", "document", "句子", "句子编号", "句号", "文档",
)  # fmt: skip


def tokens_as_texts(table: Table, mapping: Mapping[str, str]) -> Table | None:
    """The same table with a sentence per row, if it has one word per row; else None.

    Args:
        mapping: what the person said: `text` names the column of words, `spans` that of tags.
    """
    names = [folded(column) for column in table.columns]
    words = _place(table.columns, names, mapping.get("text"), _WORDS)
    tags = _place(table.columns, names, mapping.get("spans"), _TAGS, but=words)
    if words is None or tags is None:
        return None
    sample: list[list[str]] = []
    for batch in table.batches(lambda *_: None):
        sample += batch.rows
        if len(sample) >= LOOK_ROWS:
            break
    found = [
        row[tags].strip() for row in islice(sample, LOOK_ROWS) if len(row) > max(words, tags) and row[words].strip()
    ]
    if not found or not all(TAG.fullmatch(tag) for tag in found) or all(tag == "O" for tag in found):
        return None
    return TokenTable(table, words, tags, _place(table.columns, names, None, _SENTENCES))


def _place(
    columns: Sequence[str], names: Sequence[str], wanted: str | None, known: Sequence[str], but: int | None = None
) -> int | None:
    if wanted is not None:
        return columns.index(wanted) if wanted in columns else None
    at = [(known.index(name), place) for place, name in enumerate(names) if name in known and place != but]
    return min(at)[1] if at else None


class TokenTable:
    """Rows of words as sentences; see `Table`."""

    def __init__(self, table: Table, words: int, tags: int, sentence: int | None) -> None:
        self._table, self._words, self._tags, self._sentence = table, words, tags, sentence
        self.format, self.encoding, self.delimiter = table.format, table.encoding, table.delimiter
        self.source = table.source
        self.columns = list(COLUMNS)
        self.warnings = [*table.warnings, "One word per row was found; rows were put together to sentences."]

    def batches(self, reject: Reject) -> Iterator[Batch]:
        sentences = Sentences(reject)
        made = Batch([], [])
        last_line, last_name = 0, ""
        for batch in self._table.batches(reject):
            for line, row in zip(batch.lines, batch.rows, strict=True):
                word, tag, name = (self._cell(row, place) for place in (self._words, self._tags, self._sentence))
                if self._sentence is not None:
                    new = bool(name) and name != last_name
                    last_name = name or last_name
                else:
                    new = last_line > 0 and line > last_line + 1
                if new or not (word or tag):
                    sentences.end(made)
                last_line = line
                if word and tag:
                    sentences.word(line, word, tag)
                elif word or tag:
                    sentences.fault(
                        line, "no_tag", f"row {line} has a {'word and no tag' if word else 'tag and no word'}"
                    )
                if len(made.rows) >= BATCH_ROWS:
                    yield made
                    made = Batch([], [])
        sentences.end(made)
        if made.rows:
            yield made

    @staticmethod
    def _cell(row: Sequence[str], place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""
