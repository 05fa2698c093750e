"""The same words marked in one place and not in another: what a marking person overlooked.

Words of texts with spaces are looked up by whole words, Chinese and Japanese by characters. Only the first
`MOST_CHARS` characters of a data set are looked through, so that the time is bounded (about two seconds).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from engine.api import LintFinding
from engine.dataset.spans import Span
from engine.dataset.tally import EXAMPLES_MAX, shown
from engine.language.terms import is_cjk

MOST_CHARS = 2_000_000
LEAST_MARKED = 2
USUALLY = 0.5  # share of a mention's places that are marked: from here on, the unmarked ones look forgotten
LEAST_LETTERS = 3
_MOST_WORDS, _MOST_CJK = 6, 12
_WORD = re.compile(r"[^\W_]+")

Marked = tuple[str, Sequence[Span]]


def mention_findings(rows: Iterable[Marked]) -> Iterator[LintFinding]:
    """Findings about mentions over texts and their spans (inside the text, apart from each other)."""
    kept: list[Marked] = []
    total = 0
    for text, spans in rows:
        total += len(text)
        if total > MOST_CHARS:
            break
        kept.append((text, spans))
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    written: dict[str, str] = {}
    for text, spans in kept:
        for span in spans:
            mention = text[span.start : span.end]
            if len(mention) >= (2 if _cjk(mention) else LEAST_LETTERS):
                labels[mention.casefold()][span.label] += 1
                written.setdefault(mention.casefold(), mention)
    missed = _unmarked(kept, labels)
    doubtful = [
        (mention, count, sum(labels[mention].values()))
        for mention, count in missed.most_common()
        if sum(labels[mention].values()) >= max(LEAST_MARKED, USUALLY * (count + sum(labels[mention].values())))
    ]
    if doubtful:
        places = sum(count for _, count, _ in doubtful)
        yield LintFinding(
            "unmarked_mentions", "warning",
            f"{places:,} places hold words that are marked elsewhere and are not marked here.", places,
            tuple(
                f"{shown(written[mention], 50)}: marked {marked:,} ×, not marked {count:,} ×"
                for mention, count, marked in doubtful[:EXAMPLES_MAX]
            ),
        )  # fmt: skip
    torn = [(mention, found) for mention, found in labels.items() if len(found) > 1]
    if torn:
        torn.sort(key=lambda pair: -(sum(pair[1].values()) - max(pair[1].values())))
        yield LintFinding(
            "torn_mentions", "note", f"{len(torn):,} mentions carry different labels in different places.", len(torn),
            tuple(
                f"{shown(written[mention], 40)}: "
                + ", ".join(f"{shown(label, 20)} {count:,} ×" for label, count in found.most_common(3))
                for mention, found in torn[:EXAMPLES_MAX]
            ),
        )  # fmt: skip


def _cjk(mention: str) -> bool:
    return any(map(is_cjk, mention))


def _unmarked(rows: Sequence[Marked], known: dict[str, Counter[str]]) -> Counter[str]:
    """How often each known mention stands where no span touches it; the longest mention at a place counts."""
    words = {mention for mention in known if not _cjk(mention)}
    runs = {mention for mention in known if _cjk(mention) and len(mention) <= _MOST_CJK}
    longest = max(map(len, runs), default=0)
    first_words = {match[0] for mention in words if (match := _WORD.match(mention))}
    first_letters = {mention[0] for mention in runs}
    found: Counter[str] = Counter()
    for text, spans in rows:
        folded = text.casefold()
        if len(folded) != len(text):  # a letter that folds to two would shift every place after it
            folded = text.lower() if len(text.lower()) == len(text) else text
        taken = bytearray(len(text))
        for span in spans:
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
        parts = [match.span() for match in _WORD.finditer(folded)]
        for place, (start, end) in enumerate(parts):
            if folded[start:end] not in first_words:
                continue
            for last in range(min(place + _MOST_WORDS, len(parts)) - 1, place - 1, -1):
                if _count(found, folded, start, parts[last][1], words, taken):
                    break
        if runs:
            for start, letter in enumerate(folded):
                if letter in first_letters:
                    for end in range(min(start + longest, len(folded)), start + 1, -1):
                        if _count(found, folded, start, end, runs, taken):
                            break
    return found


def _count(found: Counter[str], text: str, start: int, end: int, known: set[str], taken: bytearray) -> bool:
    mention = text[start:end]
    if mention not in known or any(taken[start:end]):
        return False
    found[mention] += 1
    taken[start:end] = b"\1" * (end - start)
    return True
