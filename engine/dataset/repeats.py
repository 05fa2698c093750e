"""Texts that stand in a data set more than once: the same, nearly the same, and with labels that contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.api import LintFinding
from engine.dataset.folding import bare_words, folded_text
from engine.dataset.near import MOST_TEXTS, near_pairs
from engine.dataset.tally import Tally, shown

KEPT_CHARS = 2_000  # of a text that is kept to look for others like it
KEPT_TOTAL = 20_000_000


class Repeats:
    """Remembers a 64-bit digest of each text, and the first texts themselves for the ones nearly the same."""

    def __init__(self) -> None:
        self._rows = 0
        self._same, self._conflicts = Tally(), Tally()
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._seen: dict[int, int] = {}
        self._different: Counter[int] = Counter()
        self._in_conflict: set[int] = set()
        self._kept: list[tuple[str, int]] = []
        self._kept_chars = 0

    def look(self, text: str, label: str) -> None:
        self._rows += 1
        digest = hash(folded_text(text))
        number = self._number(label)
        before = self._seen.get(digest)
        if before is None:
            self._seen[digest] = number
            self._different[number] += 1
            if len(self._kept) < MOST_TEXTS and self._kept_chars < KEPT_TOTAL:
                self._kept.append((text[:KEPT_CHARS], number))
                self._kept_chars += min(len(text), KEPT_CHARS)
        elif before == number:
            self._same.add(text)
        elif digest not in self._in_conflict:
            self._in_conflict.add(digest)
            self._conflicts.add(f"{shown(text, 40)} ({self._names[before]} / {label})")

    def _number(self, label: str) -> int:
        if label not in self._numbers:
            self._numbers[label] = len(self._names)
            self._names.append(label)
        return self._numbers[label]

    def findings(self) -> Iterator[LintFinding]:
        count = self._same.count
        labelled = self._names != [""]
        if count and labelled and max(self._different.values()) == 1:
            yield LintFinding(
                "all_the_same", "error",
                f"The {self._rows:,} rows hold only {len(self._seen):,} different texts, one per label: "
                "nothing can be learned from copies.",
                self._rows, self._same.examples,
            )  # fmt: skip
        elif count:
            yield LintFinding(
                "duplicates", "warning", f"{count:,} rows repeat an earlier text.", count, self._same.examples
            )
        if count := self._conflicts.count:
            yield LintFinding(
                "conflicting_labels", "warning", f"{count:,} texts carry different labels in different rows.",
                count, self._conflicts.examples,
            )  # fmt: skip
        yield from self._near()

    def _near(self) -> Iterator[LintFinding]:
        alike, apart = Tally(), Tally()
        for earlier, later in near_pairs([text for text, _ in self._kept]):
            (one, label), (other, other_label) = self._kept[earlier], self._kept[later]
            if label == other_label:
                alike.add(f"{shown(other, 60)} ≈ {shown(one, 60)}")
            elif _without_digits(one) != _without_digits(other) or bare_words(one) == bare_words(other):
                apart.add(f"{shown(other, 50)} ({self._names[other_label]}) ≈ {shown(one, 50)} ({self._names[label]})")
        if count := alike.count:
            yield LintFinding(
                "near_duplicates", "note", f"{count:,} texts are nearly the same as an earlier one.", count,
                alike.examples,
            )  # fmt: skip
        if count := apart.count:
            yield LintFinding(
                "near_conflicts", "warning",
                f"{count:,} texts are nearly the same as an earlier one and carry another label.", count,
                apart.examples,
            )  # fmt: skip


def _without_digits(text: str) -> str:
    """“room 12” and “room 13” may well carry different labels."""
    return "".join(letter for letter in bare_words(text) if not letter.isdigit())
