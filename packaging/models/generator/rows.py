"""Tuning rows: instruction, the user's turn and the wanted answer.

Grounded questions come from pages (`questions.py`), from the question-and-answer records of the corpus, from MedQuAD
and from invented facts (`invented.py`). One to four passages stand in a row; the others are from the same page or
source, which makes them hard to tell apart. In REFUSED of the rows the right passage is taken away and the answer is
the fixed refusal, provided that no other passage holds the words that were asked for. Answers are sentences of the
passages as they stand. Replies, summaries, titles and rewrites follow in `other_rows.py`.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator import invented, other_rows, questions, wording

from engine.language.sentences import sentences as spans

REFUSED = 0.2
SHORTEST, LONGEST = 40, 90
"""Words of a passage."""
MORE = 3
"""Further questions in a row, at most."""
HELD_OUT_ONE_IN = 40
SOFTWARE_ONE_IN = 5
"""Reference pages of programming are many, and far from what a desk is asked."""
SHARES = {"page": 0.45, "record": 0.17, "medical": 0.08, "invented": 0.13, "other": 0.17}
"""Shares of the kinds among all rows."""

Row = dict[str, Any]


def passages_of(text: str) -> list[str]:
    """A page cut between sentences into passages of SHORTEST to LONGEST words; line breaks stay."""
    found: list[str] = []
    start = end = count = 0
    for first, last in spans(text):
        size = len(text[first:last].split())
        if count and count + size > LONGEST:
            found.append(text[start:end].strip())
            start, count = first, 0
        end = last
        count += size
    if count:
        found.append(text[start:end].strip())
    return [passage for passage in found if SHORTEST // 2 <= len(passage.split()) <= 2 * LONGEST]


def holds(passage: str, asked_words: set[str]) -> bool:
    """True where a passage has most of the words that were asked for, so it might answer."""
    if not asked_words:
        return True
    own = set(questions.words(passage))
    return len(asked_words & own) >= max(1, 0.7 * len(asked_words))


def grounded(
    right: str,
    others: Sequence[str],
    question: str,
    answer: Sequence[str],
    source: str,
    kind: str,
    rarity: Mapping[str, int],
    r: random.Random,
) -> Row | None:
    """A row with the right passage among others, or without it and refused; None where that cannot be said surely.

    Further questions on the same passages follow: most of a row is passages, and each question on them is another
    lesson for nearly nothing.
    """
    asked_words = set(questions.content(question))
    wrong = [text for text in others if text != right and not any(sentence in text for sentence in answer)]
    r.shuffle(wrong)
    wrong = wrong[: r.choice([0, 1, 1, 2, 2, 3])]
    if r.random() < REFUSED:
        wrong = [text for text in wrong if not holds(text, asked_words)]
        if not wrong or not asked_words:
            return None
        return make_row(wrong, question, [], source, kind, further(wrong, question, rarity, r))
    shown = [right, *wrong]
    r.shuffle(shown)
    number = shown.index(right) + 1
    told = [(sentence, number) for sentence in answer]
    return make_row(shown, question, told, source, kind, further(shown, question, rarity, r, absent=others))


def further(
    shown: Sequence[str], question: str, rarity: Mapping[str, int], r: random.Random, absent: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Up to MORE other questions on the passages, each with its answer, one in five on a passage that is absent."""
    found: list[tuple[str, str]] = []
    for _ in range(MORE):
        hidden = [text for text in absent if text not in shown]
        missing = bool(hidden) and r.random() < REFUSED
        passage = r.choice(hidden if missing else shown)
        told = [sentence for sentence in questions.split(passage) if questions.good(sentence)]
        if not told:
            continue
        sentence = r.choice(told)
        asked = questions.ask(sentence, rarity, r)
        if asked is None or asked == question or any(asked == other or sentence in said for other, said in found):
            continue
        if missing:
            words = set(questions.content(asked))
            if words and not any(holds(text, words) for text in shown):
                found.append((asked, wording.REFUSAL))
        elif sum(sentence in text for text in shown) == 1:
            found.append((asked, wording.cited([(sentence, list(shown).index(passage) + 1)])))
    return found


def make_row(
    passages: Sequence[str],
    question: str,
    answer: Sequence[tuple[str, int]],
    source: str,
    kind: str,
    more: Sequence[tuple[str, str]] = (),
) -> Row:
    """A grounded row; without answer sentences it is a refusal."""
    return {
        "kind": kind if answer else f"{kind}-refused",
        "source": source,
        "system": wording.INSTRUCTIONS["answer"],
        "user": wording.asked(passages, question),
        "answer": wording.cited(answer) if answer else wording.REFUSAL,
        "key": " ".join(sentence for sentence, _ in answer),
        "more": list(more),
    }


def page_rows(documents: Sequence[Mapping[str, Any]], r: random.Random) -> Iterator[Row]:
    """Rows of pages, up to three per page. Passages of the same page and of other pages of its source stand beside."""
    rarity = questions.count_words(document["text"] for document in documents)
    order = list(range(len(documents)))
    r.shuffle(order)
    recent: dict[str, list[str]] = defaultdict(list)
    for number in order:
        source = documents[number]["source"]
        passages = passages_of(documents[number]["text"])
        r.shuffle(passages)
        for passage in passages[:3]:
            told = questions.split(passage)
            able = [place for place, sentence in enumerate(told) if questions.good(sentence)]
            if not able:
                continue
            shaped = [place for place in able if questions.shape(told[place], random.Random(0))]
            place = r.choice(shaped if shaped and r.random() < 0.75 else able)
            question = questions.ask(told[place], rarity, r)
            if question is None:
                continue
            answer = [told[place]]
            if place + 1 < len(told) and questions.follows_on(told[place + 1]) and r.random() < 0.7:
                answer.append(told[place + 1])
            others = [text for text in passages if text != passage][:3] + r.sample(
                recent[source], min(2, len(recent[source]))
            )
            made = grounded(passage, others, question, answer, source, "page", rarity, r)
            if made:
                yield made
        recent[source] = (recent[source] + passages)[-60:]


def first_sentences(text: str, r: random.Random) -> list[str]:
    """The one to three sentences at the start of an answer that stand for it."""
    told = [sentence for sentence in questions.split(text) if len(sentence) > 8 and sentence[-1] in ".!:;)"]
    return told[: r.choice([1, 1, 2, 2, 3])]


def record_rows(records: Sequence[Mapping[str, Any]], r: random.Random) -> Iterator[Row]:
    """Rows of the corpus' question-and-answer records."""
    rarity = questions.count_words(record["response"] for record in records)
    by_source: dict[str, list[str]] = defaultdict(list)
    useful = [record for record in records if record["kind"] in ("faq", "howto", "definition", "explain")]
    for record in useful:
        by_source[record["source"]].extend(passages_of(record["response"])[:1] or [record["response"]])
    for record in records:
        if record["kind"] == "qa":
            yield from _span_row(record, rarity, r)
    order = list(useful)
    r.shuffle(order)
    for record in order:
        cut = passages_of(record["response"])[:1] or (
            [record["response"]] if len(record["response"].split()) < 2 * LONGEST else []
        )
        if not cut or len(cut[0]) < 25:
            continue
        right = cut[0]
        answer = first_sentences(right, r)
        if not answer:
            continue
        topic = record.get("context", "").removeprefix("Topic: ").strip()
        if topic and r.random() < 0.5:
            right = f"{topic}\n{right}"
        pool = by_source[record["source"]]
        others = r.sample(pool, min(4, len(pool)))
        made = grounded(right, others, record["prompt"], answer, record["source"], "record", rarity, r)
        if made:
            yield made


def _span_row(record: Mapping[str, Any], rarity: Mapping[str, int], r: random.Random) -> Iterator[Row]:
    """The sentence that holds the short answer of a `qa` record."""
    passages = passages_of(record.get("context", ""))
    for passage in passages:
        for sentence in questions.split(passage):
            if record["response"].rstrip(".") in sentence:
                others = [text for text in passages if text != passage]
                made = grounded(passage, others, record["prompt"], [sentence], record["source"], "record", rarity, r)
                if made:
                    yield made
                return


def medical_rows(data: Path, r: random.Random) -> Iterator[Row]:
    """Rows of MedQuAD: other answers about the same illness stand beside the right one."""
    for path in sorted((data / "medquad").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        by_focus: dict[str, list[str]] = defaultdict(list)
        kept = []
        for record in records:
            cut = passages_of(record.get("answer") or "")[:1]
            if cut and "NHLBI" not in path.name:
                by_focus[record["focus"]].append(cut[0])
                kept.append((record, cut[0]))
        everything = [passage for _, passage in kept]
        rarity = questions.count_words(everything)
        r.shuffle(kept)
        for record, right in kept[:1500]:
            answer = first_sentences(right, r)
            if not answer:
                continue
            others = by_focus[record["focus"]][:4] + r.sample(everything, min(2, len(everything)))
            question = record["question"].replace("What is (are)", r.choice(["What is", "What are"])).replace("??", "?")
            made = grounded(right, others, question.strip(), answer, "medquad", "medical", rarity, r)
            if made:
                yield made


def invented_rows(count: int, r: random.Random) -> Iterator[Row]:
    """Rows of invented facts."""
    for _ in range(count):
        passages, (first, *rest) = invented.row(r)
        more = [(question, wording.cited(answer) if answer else wording.REFUSAL) for question, answer in rest]
        yield make_row(passages, first[0], first[1], "invented", "invented", more)


def make_all(
    documents: Sequence[Mapping[str, Any]],
    documents_aside: Sequence[Mapping[str, Any]],
    records: Sequence[Mapping[str, Any]],
    data: Path | None,
    *,
    limit: int,
    seed: int,
) -> tuple[list[Row], list[Row]]:
    """Rows to learn from, shuffled, and rows held out.

    Held out are rows of held-out pages, one in HELD_OUT_ONE_IN of the records and medical answers by number, three
    kinds of customers' requests (`other_rows.HELD_OUT_INTENTS`), and invented facts with another seed.
    """
    r = random.Random(seed)
    made: dict[str, list[Row]] = {kind: [] for kind in SHARES}
    aside: list[Row] = []

    def deal(kind: str, found: Iterator[Row]) -> None:
        wanted = int(limit * SHARES[kind])
        for number, row in enumerate(found):
            if len(made[kind]) >= wanted:
                return
            (aside if number % HELD_OUT_ONE_IN == 0 and kind != "page" else made[kind]).append(row)

    pages = [
        page
        for number, page in enumerate(documents)
        if page.get("group") != "software" or number % SOFTWARE_ONE_IN == 0
    ]
    deal("page", page_rows(pages, r))
    aside.extend(page_rows(documents_aside, random.Random(seed + 1)))
    deal("record", record_rows(records, r))
    if data is not None and (data / "medquad").is_dir():
        deal("medical", medical_rows(data, r))
    deal("invented", invented_rows(int(limit * SHARES["invented"] * 1.1) + 50, random.Random(seed + 2)))
    other, other_aside = other_rows.make(
        documents, records, data, int(limit * SHARES["other"]), random.Random(seed + 3)
    )
    made["other"] = other
    aside.extend(other_aside)
    everything = [row for kind in made.values() for row in kind]
    r.shuffle(everything)
    r.shuffle(aside)
    return everything, aside
