"""Questions and answers, items, and events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from engine.api import LintFinding
from engine.dataset.folding import folded_text
from engine.dataset.tally import Tally
from engine.dataset.texts import Texts

Rows = Iterable[Mapping[str, str]]


def faq_findings(rows: Rows) -> Iterator[LintFinding]:
    texts, duplicates, conflicts, no_answer = Texts(), Tally(), Tally(), Tally()
    seen: dict[int, int] = {}
    for row in rows:
        texts.look(row, ("question", "answer"))
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
    if count := no_answer.count:
        yield LintFinding("empty_answer", "error", f"{count:,} questions have no answer.", count, no_answer.examples)
    if count := duplicates.count:
        yield LintFinding(
            "duplicates", "warning", f"{count:,} rows repeat an earlier question with the same answer.", count,
            duplicates.examples,
        )  # fmt: skip
    if count := conflicts.count:
        yield LintFinding(
            "conflicting_answers", "warning", f"{count:,} questions stand there before with another answer.", count,
            conflicts.examples,
        )  # fmt: skip


def item_findings(rows: Rows) -> Iterator[LintFinding]:
    texts, duplicates, bare, same_title = Texts(), Tally(), Tally(), Tally()
    ids: set[int] = set()
    titles: set[int] = set()
    for row in rows:
        texts.look(row, ("title", "text"))
        item, title = row.get("item", ""), row.get("title", "")
        _once(ids, item, duplicates, item)
        if not title.strip() and not row.get("text", "").strip():
            bare.add(item)
        elif title.strip():
            _once(titles, folded_text(title), same_title, title)
    yield from texts.findings()
    if count := duplicates.count:
        yield LintFinding(
            "duplicates", "error", f"{count:,} rows repeat the number of an earlier item.", count, duplicates.examples
        )
    if count := bare.count:
        yield LintFinding(
            "no_text", "warning", f"{count:,} items have neither title nor text; nothing but behaviour can place them.",
            count, bare.examples,
        )  # fmt: skip
    if count := same_title.count:
        yield LintFinding(
            "same_title", "note", f"{count:,} items have the title of an earlier item.", count, same_title.examples
        )


def _once(seen: set[int], value: str, repeated: Tally, example: str) -> None:
    digest = hash(value)
    if digest in seen:
        repeated.add(example)
    seen.add(digest)


def event_findings(rows: Rows) -> Iterator[LintFinding]:
    count = 0
    duplicates, no_time = Tally(), 0
    seen: set[int] = set()
    people: Counter[str] = Counter()
    items: Counter[str] = Counter()
    for row in rows:
        count += 1
        user, item, time = row.get("user", ""), row.get("item", ""), row.get("time", "")
        people[user] += 1
        items[item] += 1
        no_time += not time
        digest = hash((user, item, row.get("type", ""), time))
        if digest in seen:
            duplicates.add(f"{user} · {item}")
        seen.add(digest)
    if count == 0:
        yield LintFinding("no_rows", "error", "There are no rows.", 0)
        return
    if len(people) < 2 or len(items) < 2:
        yield LintFinding(
            "too_few", "error",
            f"{len(people):,} people and {len(items):,} items: nothing can be learned from so few.", count,
        )  # fmt: skip
    if repeated := duplicates.count:
        yield LintFinding(
            "duplicates", "note", f"{repeated:,} events repeat an earlier one of the same person, item, type and time.",
            repeated, duplicates.examples,
        )  # fmt: skip
    if 0 < no_time < count:
        yield LintFinding("no_time", "note", f"{no_time:,} events have no time.", no_time)
    once = sum(1 for seen_times in people.values() if seen_times == 1)
    if once > 0.5 * len(people):
        yield LintFinding("single_events", "warning", f"{once:,} of {len(people):,} people have a single event.", once)
