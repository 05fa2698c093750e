"""What is wrong or doubtful in a data set, before anything is learned from it.

One pass over the rows; texts are remembered as 64-bit digests only, so a million rows take about 100 MB. What is
found is told with counts and at most five examples, shortened; personal data is counted and never shown or stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from engine.api import LintFinding
from engine.privacy.personal import find_personal
from engine.values import DatasetKind

FEW_EXAMPLES = 5
LONG_TEXT_CHARS = 5_000
IMBALANCE_RATIO = 20
MANY_LABELS_SHARE = 0.5
EXAMPLES_MAX = 5
EXAMPLE_CHARS = 80
_SPACES = re.compile(r"\s+")
_ORDER = {"error": 0, "warning": 1, "note": 2}
_PERSONAL = {
    "email": "e-mail addresses",
    "phone": "phone numbers",
    "card": "payment card numbers",
    "identity_number": "identity numbers",
}
_TEXT_FIELDS: Mapping[DatasetKind, tuple[str, ...]] = {
    "labelled": ("text",),
    "entities": ("text",),
    "texts": ("text",),
    "faq": ("question", "answer"),
    "items": ("title", "text"),
    "events": (),
}

Rows = Iterable[Mapping[str, str]]


class _Tally:
    """Counts something and keeps the first few examples of it."""

    def __init__(self) -> None:
        self.count = 0
        self.examples: list[str] = []

    def add(self, example: str) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES_MAX:
            self.examples.append(_short(example))

    def finding(self, code: str, severity: str, message: str) -> Iterator[LintFinding]:
        if self.count:
            text = message.format(n=f"{self.count:,}")
            yield LintFinding(code, severity, text, self.count, tuple(self.examples))


def lint(rows: Rows, kind: DatasetKind) -> tuple[LintFinding, ...]:
    """Look through the rows of a data set.

    Args:
        rows: canonical fields; read once, in order.
    Returns:
        Findings, errors first. An "error" is what training on these rows would refuse.
    """
    found: list[LintFinding] = []
    if kind in ("labelled", "texts", "entities"):
        found = list(_texts(rows, kind))
    elif kind == "faq":
        found = list(_faq(rows))
    elif kind == "items":
        found = list(_items(rows))
    elif kind == "events":
        found = list(_events(rows))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def folded_text(text: str) -> str:
    """A text as it is compared for being the same: without case, width and differences of spacing."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


class _Texts:
    """What is looked at in every text, whatever the kind."""

    def __init__(self) -> None:
        self.rows = 0
        self.long, self.empty = _Tally(), _Tally()
        self.personal: Counter[str] = Counter()
        self.personal_rows = 0

    def look(self, row: Mapping[str, str], fields: Iterable[str]) -> None:
        self.rows += 1
        kinds: set[str] = set()
        for field in fields:
            text = row.get(field, "")
            if len(text) > LONG_TEXT_CHARS:
                self.long.add(text)
            kinds.update(item.kind for item in find_personal(text))
        self.personal.update(kinds)
        self.personal_rows += bool(kinds)

    def findings(self) -> Iterator[LintFinding]:
        if self.rows == 0:
            yield LintFinding("no_rows", "error", "There are no rows.", 0)
        yield from self.empty.finding("empty_text", "error", "{n} rows have no text.")
        yield from self.long.finding(
            "long_text",
            "note",
            f"{{n}} texts have more than {LONG_TEXT_CHARS:,} characters; only their beginning counts.",
        )
        if self.personal_rows:
            parts = ", ".join(f"{_PERSONAL[kind]} in {count:,}" for kind, count in self.personal.most_common())
            yield LintFinding(
                "personal_data", "warning", f"{self.personal_rows:,} rows hold personal data: {parts}.",
                self.personal_rows,
            )  # fmt: skip


def _texts(rows: Rows, kind: DatasetKind) -> Iterator[LintFinding]:
    labelled = kind == "labelled"
    texts, duplicates, conflicts = _Texts(), _Tally(), _Tally()
    labels: Counter[str] = Counter()
    label_ids: dict[str, int] = {}
    seen: dict[int, int] = {}
    in_conflict: set[int] = set()
    for row in rows:
        text = row.get("text", "")
        texts.look(row, _TEXT_FIELDS[kind])
        label = row.get("label", "") if labelled else ""
        labels[label] += 1
        if not text.strip():
            texts.empty.add(label or "(no text)")
            continue
        digest = hash(folded_text(text))
        label_id = label_ids.setdefault(label, len(label_ids))
        before = seen.setdefault(digest, label_id) if digest in seen else None
        if before is None:
            seen[digest] = label_id
        elif before == label_id:
            duplicates.add(text)
        elif digest not in in_conflict:
            in_conflict.add(digest)
            conflicts.add(f"{_short(text, 40)} ({list(label_ids)[before]} / {label})")
    yield from texts.findings()
    yield from duplicates.finding("duplicates", "warning", "{n} rows repeat an earlier text.")
    if labelled and texts.rows:
        yield from conflicts.finding(
            "conflicting_labels", "warning", "{n} texts carry different labels in different rows."
        )
        yield from _labels(labels, texts.rows)


def _labels(labels: Counter[str], rows: int) -> Iterator[LintFinding]:
    unlabelled = labels.pop("", 0) + sum(labels.pop(label) for label in list(labels) if not label.strip())
    if unlabelled:
        yield LintFinding("empty_label", "error", f"{unlabelled:,} rows have no label.", unlabelled)
    if len(labels) < 2:
        only = tuple(_short(label) for label in labels)
        yield LintFinding(
            "one_label",
            "error",
            "There is only one label; a skill needs at least two to tell apart.",
            len(labels),
            only,
        )
        return
    alike = [names for names in _alike(labels).values() if len(names) > 1]
    if alike:
        shown = tuple(" / ".join(f"“{_short(name)}”" for name in names) for names in alike[:EXAMPLES_MAX])
        yield LintFinding(
            "similar_labels", "warning", f"{len(alike):,} labels differ only in case or spaces.", len(alike), shown
        )
    if len(labels) > max(20, MANY_LABELS_SHARE * rows):
        yield LintFinding(
            "many_labels", "error", f"{len(labels):,} labels in {rows:,} rows: this column is hardly a label.",
            len(labels), tuple(_short(label) for label, _ in labels.most_common(EXAMPLES_MAX)),
        )  # fmt: skip
        return
    few = [label for label, count in labels.items() if count < FEW_EXAMPLES]
    if few:
        shown = tuple(f"{_short(label)} ({labels[label]})" for label in few[:EXAMPLES_MAX])
        yield LintFinding(
            "few_examples", "warning", f"{len(few):,} labels have fewer than {FEW_EXAMPLES} examples.", len(few), shown
        )
    (most, most_count), (least, least_count) = labels.most_common()[0], labels.most_common()[-1]
    if most_count >= IMBALANCE_RATIO * least_count:
        yield LintFinding(
            "imbalance", "warning",
            f"The labels are unequal: “{_short(most)}” has {most_count:,} rows, “{_short(least)}” {least_count:,}.",
            len(labels), (f"{_short(most)} ({most_count})", f"{_short(least)} ({least_count})"),
        )  # fmt: skip


def _alike(labels: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        groups[re.sub(r"[\s_-]+", "", folded_text(label))].append(label)
    return groups


def _faq(rows: Rows) -> Iterator[LintFinding]:
    texts, duplicates, conflicts, no_answer = _Texts(), _Tally(), _Tally(), _Tally()
    seen: dict[int, int] = {}
    for row in rows:
        texts.look(row, _TEXT_FIELDS["faq"])
        question, answer = row.get("question", ""), row.get("answer", "")
        if not question.strip():
            texts.empty.add(answer)
            continue
        if not answer.strip():
            no_answer.add(question)
        digest, said = hash(folded_text(question)), hash(folded_text(answer))
        if digest not in seen:
            seen[digest] = said
        elif seen[digest] == said:
            duplicates.add(question)
        else:
            conflicts.add(question)
    yield from texts.findings()
    yield from no_answer.finding("empty_answer", "error", "{n} questions have no answer.")
    yield from duplicates.finding("duplicates", "warning", "{n} rows repeat an earlier question with the same answer.")
    yield from conflicts.finding(
        "conflicting_answers", "warning", "{n} questions stand there before with another answer."
    )


def _items(rows: Rows) -> Iterator[LintFinding]:
    texts, duplicates, bare, same_title = _Texts(), _Tally(), _Tally(), _Tally()
    ids: set[int] = set()
    titles: set[int] = set()
    for row in rows:
        texts.look(row, _TEXT_FIELDS["items"])
        item, title = row.get("item", ""), row.get("title", "")
        _once(ids, item, duplicates, item)
        if not title.strip() and not row.get("text", "").strip():
            bare.add(item)
        elif title.strip():
            _once(titles, folded_text(title), same_title, title)
    yield from texts.findings()
    yield from duplicates.finding("duplicates", "error", "{n} rows repeat the number of an earlier item.")
    yield from bare.finding(
        "no_text", "warning", "{n} items have neither title nor text; nothing but behaviour can place them."
    )
    yield from same_title.finding("same_title", "note", "{n} items have the title of an earlier item.")


def _once(seen: set[int], value: str, repeated: _Tally, example: str) -> None:
    digest = hash(value)
    if digest in seen:
        repeated.add(example)
    seen.add(digest)


def _events(rows: Rows) -> Iterator[LintFinding]:
    count = 0
    duplicates, no_time = _Tally(), _Tally()
    seen: set[int] = set()
    people: Counter[str] = Counter()
    items: Counter[str] = Counter()
    for row in rows:
        count += 1
        user, item, time = row.get("user", ""), row.get("item", ""), row.get("time", "")
        people[user] += 1
        items[item] += 1
        if not time:
            no_time.count += 1
        digest = hash((user, item, row.get("type", ""), time))
        if digest in seen:
            duplicates.add(f"{user} · {item}")
        seen.add(digest)
    if count == 0:
        yield LintFinding("no_rows", "error", "There are no rows.", 0)
        return
    if len(people) < 2 or len(items) < 2:
        yield LintFinding(
            "too_few",
            "error",
            f"{len(people):,} people and {len(items):,} items: nothing can be learned from so few.",
            count,
        )
    yield from duplicates.finding(
        "duplicates", "note", "{n} events repeat an earlier one of the same person, item, type and time."
    )
    if 0 < no_time.count < count:
        yield from no_time.finding("no_time", "note", "{n} events have no time.")
    once = sum(1 for seen_times in people.values() if seen_times == 1)
    if once > 0.5 * len(people):
        yield LintFinding("single_events", "warning", f"{once:,} of {len(people):,} people have a single event.", once)


def _short(text: str, limit: int = EXAMPLE_CHARS) -> str:
    text = _SPACES.sub(" ", text[: 4 * limit]).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"
