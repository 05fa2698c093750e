"""Questions and answers, items, and events."""

from __future__ import annotations

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


def event_findings(rows: Rows, value_means: str = "") -> Iterator[LintFinding]:
    """What cleaning would leave out, and what is thin in the rest."""
    import numpy as np

    from engine.dataset.events import clean_events, read_events

    read = read_events(rows)
    if read.rows == 0:
        yield LintFinding("no_rows", "error", "There are no rows.", 0)
        return
    table, cleaned = clean_events(read, value_means)
    yield from cleaned
    events = np.bincount(table.user, minlength=1)
    people, items = int((events > 0).sum()), len(np.unique(table.item))
    if people < 2 or items < 2:
        yield LintFinding(
            "too_few", "error", f"{people:,} people and {items:,} items: nothing can be learned from so few.",
            len(table.user),
        )  # fmt: skip
    no_time = int(np.isnan(table.time).sum())
    if 0 < no_time < len(table.user):
        yield LintFinding("no_time", "note", f"{no_time:,} events have no time.", no_time)
    once = int((events == 1).sum())
    if once > 0.5 * people:
        yield LintFinding("single_events", "warning", f"{once:,} of {people:,} people have a single event.", once)
