"""Tuning rows for the tasks beside answering: replies to customers, summaries, titles and rewrites.

Replies are those of the Bitext set with its placeholders filled by plain words, so that a reply never promises a phone
number that nobody wrote. Rewrites are made by rules (short forms written out, or the other way round; the first
sentence alone): small lessons in changing a text without changing what it says.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator import questions, wording

_PLAIN = (
    ("phone", "our phone number"),
    ("email", "our email address"),
    ("hour", "our opening hours"),
    ("availability", "our opening hours"),
    ("live chat", "live chat"),
    ("website", "our website"),
    ("company", "our company"),
    ("number", "given"),
    ("id", "given"),
)
HELD_OUT_INTENTS = ("track_refund", "change_shipping_address", "delete_account")
_PLACEHOLDER = re.compile(r"\{\{([^}]*)\}\}")
_CONTACT = re.compile(r"@|\d{3}[ )-]+\d{3}|www\.|https?:")
"""Addresses and numbers that a reply would invent."""
_LONG_NUMBER = re.compile(r"\d{4,}")
"""Order numbers, which some replies of the set miscopy."""
_SHORT_FORMS = (
    ("do not", "don't"),
    ("does not", "doesn't"),
    ("cannot", "can't"),
    ("is not", "isn't"),
    ("are not", "aren't"),
    ("will not", "won't"),
    ("did not", "didn't"),
    ("should not", "shouldn't"),
    ("you are", "you're"),
    ("it is", "it's"),
    ("we are", "we're"),
    ("you will", "you'll"),
    ("we will", "we'll"),
)


def fill(reply: str) -> str:
    """A reply without placeholders: what they stand for is said in plain words."""

    def plain(found: re.Match[str]) -> str:
        name = found[1].strip().lower()
        for word, said in _PLAIN:
            if word in name:
                return said
        return found[1].strip()

    return re.sub(r"\b(the|your|our) (?=our )", "", _PLACEHOLDER.sub(plain, reply)).strip()


def _row(task: str, user: str, answer: str, source: str, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "source": source,
        "system": wording.INSTRUCTIONS[task],
        "user": user,
        "answer": answer,
        "key": answer,
    }


def replies(data: Path, r: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Replies to learn from and those of HELD_OUT_INTENTS."""
    learn: list[dict[str, Any]] = []
    aside: list[dict[str, Any]] = []
    path = data / "bitext_support" / "qa.jsonl.gz"
    if not path.exists():
        return learn, aside
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            full, short = record.get("response") or "", record.get("response_short") or ""
            answer = fill(short if short and (not full or r.random() < 0.35) else full)
            if not 20 <= len(answer) <= 1100 or _CONTACT.search(answer):
                continue
            if any(number not in record["instruction"] for number in _LONG_NUMBER.findall(answer)):
                continue
            row = _row("reply", fill(record["instruction"]), answer, "bitext_support", "reply")
            (aside if record["intent"] in HELD_OUT_INTENTS else learn).append(row)
    return learn, aside


def summaries(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Summaries and titles of the corpus; the text is cut at about 300 words."""
    found = []
    for record in records:
        if record["kind"] in ("summary", "title") and record.get("context"):
            text = " ".join(record["context"].split(" ")[:300]).strip()
            found.append(_row(record["kind"], text, record["response"], record["source"], record["kind"]))
    return found


def rewrites(documents: Sequence[Mapping[str, Any]], count: int, r: random.Random) -> list[dict[str, Any]]:
    """Texts with short forms written out (formal), used (friendly), or with the first sentence alone (short)."""
    found: list[dict[str, Any]] = []
    order = list(range(len(documents)))
    r.shuffle(order)
    for number in order:
        if len(found) >= count:
            break
        told = [sentence for sentence in questions.split(documents[number]["text"]) if questions.good(sentence)]
        if len(told) < 2:
            continue
        start = r.randrange(len(told) - 1)
        text = " ".join(told[start : start + r.randint(2, 3)])
        source = documents[number]["source"]
        long_form, short_form = text.replace("’", "'"), text.replace("’", "'")
        for written, spoken in _SHORT_FORMS:
            long_form = re.sub(rf"\b{spoken}\b", written, long_form)
            short_form = re.sub(rf"\b{written}\b", spoken, short_form)
        if long_form != short_form:
            pair = ("formal", short_form, long_form) if r.random() < 0.5 else ("friendly", long_form, short_form)
        elif r.random() < 0.15:
            pair = ("short", text, told[start])
        else:
            continue
        found.append(_row(pair[0], pair[1], pair[2], source, "rewrite"))
    return found


def make(
    documents: Sequence[Mapping[str, Any]],
    records: Sequence[Mapping[str, Any]],
    data: Path | None,
    limit: int,
    r: random.Random,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows to learn from, at most `limit`, and rows held out."""
    learn, aside = replies(data, r) if data is not None else ([], [])
    r.shuffle(learn)
    r.shuffle(aside)
    rest = summaries(records)
    r.shuffle(rest)
    changed = rewrites(documents, limit // 5, r)
    chosen = learn[: limit * 3 // 5] + rest[: limit // 5] + changed
    return chosen[:limit], aside[:150]
