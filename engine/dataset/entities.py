"""Marked texts: spans that cannot be, that overlap or hold spaces, labels, and what was marked in one place only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from engine.api import LintFinding
from engine.dataset.folding import folded_text
from engine.dataset.labels import FEW_EXAMPLES, alike_labels
from engine.dataset.mentions import MOST_CHARS, mention_findings
from engine.dataset.spans import Span, apart, decode_spans, inside, trimmed
from engine.dataset.tally import EXAMPLES_MAX, Tally, shown
from engine.dataset.texts import Texts

Rows = Iterable[Mapping[str, str]]


class _Marks:
    """What is counted over the spans of all rows."""

    def __init__(self) -> None:
        self.labels: Counter[str] = Counter()
        self.unreadable, self.outside, self.overlapping = Tally(), Tally(), Tally()
        self.spaces, self.blank, self.bare, self.same, self.torn = Tally(), Tally(), Tally(), Tally(), Tally()
        self.kept: list[tuple[str, list[Span]]] = []
        self._kept_chars = 0
        self._seen: dict[int, int] = {}

    def look(self, number: int, text: str, cell: str) -> None:
        spans = decode_spans(cell)
        if spans is None:
            self.unreadable.add(f"row {number}: {cell}")
            return
        good: list[Span] = []
        for span in spans:
            if not inside(span, text):
                self.outside.add(f"row {number}: {span.start} to {span.end} ({span.label}) of {len(text):,} characters")
                continue
            tight = trimmed(span, text)
            if tight is None:
                self.blank.add(f"row {number}: {span.start} to {span.end} ({span.label})")
                continue
            if tight != span:
                self.spaces.add(f"“{text[span.start : span.end]}” ({span.label})")
            good.append(tight)
            self.labels[span.label] += 1
        kept = apart(good)
        for lost in set(good) - set(kept):
            winner = next(one for one in kept if one.start < lost.end and lost.start < one.end)
            self.overlapping.add(
                f"row {number}: {text[lost.start : lost.end]} ({lost.label}) "
                f"in {text[winner.start : winner.end]} ({winner.label})"
            )
        if not spans:
            self.bare.add(text)
        self._repeated(text, good)
        if self._kept_chars <= MOST_CHARS:
            self._kept_chars += len(text)
            self.kept.append((text, kept))

    def _repeated(self, text: str, spans: list[Span]) -> None:
        digest, marks = hash(folded_text(text)), hash(tuple(sorted({(one.start, one.end, one.label) for one in spans})))
        before = self._seen.setdefault(digest, marks) if digest in self._seen else None
        if before is None:
            self._seen[digest] = marks
        elif before == marks:
            self.same.add(text)
        else:
            self.torn.add(text)


def entity_findings(rows: Rows) -> Iterator[LintFinding]:
    texts, marks = Texts(whole=True), _Marks()
    for number, row in enumerate(rows, start=1):
        texts.look(row, ("text",))
        text = row.get("text", "")
        if text.strip():
            marks.look(number, text, row.get("spans", ""))
        else:
            texts.empty.add(f"row {number}")
    yield from texts.findings()
    if texts.rows:
        yield from _unusable(marks)
        yield from _doubtful(marks, texts.rows)
        yield from mention_findings(marks.kept)


def _unusable(marks: _Marks) -> Iterator[LintFinding]:
    if count := marks.unreadable.count:
        yield LintFinding(
            "bad_spans", "error", f"{count:,} rows have spans that cannot be read.", count, marks.unreadable.examples
        )
    if count := marks.outside.count:
        yield LintFinding(
            "outside_spans", "error", f"{count:,} spans do not lie in their text.", count, marks.outside.examples
        )
    if not marks.labels:
        yield LintFinding("no_entities", "error", "No text has a marked entity; there is nothing to learn.", 0)


def _doubtful(marks: _Marks, rows: int) -> Iterator[LintFinding]:
    if count := marks.overlapping.count:
        yield LintFinding(
            "overlapping_spans", "warning", f"{count:,} spans overlap a longer one; the longer one is taught.", count,
            marks.overlapping.examples,
        )  # fmt: skip
    if count := marks.blank.count:
        yield LintFinding(
            "blank_spans", "warning", f"{count:,} spans mark nothing but spaces; they are left out.", count,
            marks.blank.examples,
        )  # fmt: skip
    if count := marks.spaces.count:
        yield LintFinding(
            "loose_spans", "warning", f"{count:,} spans begin or end with spaces; they are taught without them.", count,
            marks.spaces.examples,
        )  # fmt: skip
    yield from alike_labels(marks.labels)
    few = [label for label, count in marks.labels.items() if count < FEW_EXAMPLES]
    if few:
        yield LintFinding(
            "few_examples", "warning", f"{len(few):,} labels have fewer than {FEW_EXAMPLES} examples.", len(few),
            tuple(f"{shown(label)} ({marks.labels[label]})" for label in few[:EXAMPLES_MAX]),
        )  # fmt: skip
    if count := marks.torn.count:
        yield LintFinding(
            "conflicting_spans", "warning", f"{count:,} rows repeat an earlier text with other marks.", count,
            marks.torn.examples,
        )  # fmt: skip
    if count := marks.same.count:
        yield LintFinding(
            "duplicates", "warning", f"{count:,} rows repeat an earlier text.", count, marks.same.examples
        )
    if marks.labels and (count := marks.bare.count):
        yield LintFinding(
            "without_entities", "note",
            f"{count:,} of {rows:,} texts have no entity; they teach what is none, if nothing was forgotten in them.",
            count, marks.bare.examples,
        )  # fmt: skip
