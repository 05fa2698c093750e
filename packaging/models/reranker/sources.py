"""Questions and the passages that answer them, from sets whose licences let what is learnt from them be shipped.

Pools are kept apart: a question's wrong passages come from its own pool, as they would from one collection. Nothing
that tests/quality measures on is in here: no flat_help_kb, abcd, tidb_faq_zh or SeniorHealth, and of the other parts
of MedQuAD only the subjects that `taught` lets in.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

MOST_CHARACTERS = 650
"""Of a passage: about 130 word pieces."""
MEDQUAD = ("NHLBI", "CDC", "CancerGov", "MPlusHealthTopics", "GARD", "GHR")
_SAID = {
    "What is (are)": ("What is {}?", "tell me about {}", "{}", "I was told I have {}, what does it mean?"),
    "What are the symptoms of": ("What are the symptoms of {}?", "what does {} feel like", "warning signs {}"),
    "What are the treatments for": ("What are the treatments for {}?", "therapy for {}", "can {} be cured?"),
    "What causes": ("What causes {}?", "why does {} happen", "reasons for {}"),
    "How to diagnose": ("How is {} diagnosed?", "which examinations show {}", "how do you know that you have {}"),
    "How to prevent": ("How to prevent {}?", "protect myself against {}"),
    "Who is at risk for": ("Who is at risk for {}?", "what makes {} more likely"),
    "Is": ("Is {} inherited?", "does {} run in families", "can my children get {} from me"),
    "How many people are affected by": ("How common is {}?", "is {} rare"),
    "What are the genetic changes related to": ("Which genes are behind {}?", "gene mutation {}"),
    "What is the outlook for": ("What is the outlook for {}?", "how long do people live with {}"),
    "What are the stages of": ("What are the stages of {}?", "how far can {} spread"),
}  # fmt: skip


class Pair(NamedTuple):
    """`passage` counts in the passages of the pool."""

    question: str
    passage: int


class Pool(NamedTuple):
    name: str
    licence: str
    passages: list[tuple[str, str]]
    """(title, text)."""
    pairs: list[Pair]


def taught(subject: str) -> bool:
    """Whether a subject of MedQuAD may be learnt from; the others are for measuring."""
    return hashlib.sha256(f"casemate-medquad:{subject.lower()}".encode()).digest()[0] % 2 == 0


def lines(path: Path) -> Iterator[dict[str, Any]]:
    body = path.read_bytes()
    for line in (lzma.decompress(body) if path.suffix == ".xz" else gzip.decompress(body)).splitlines():
        yield json.loads(line)


def cut(text: str, most: int = MOST_CHARACTERS) -> list[str]:
    """Sentences and lines joined to pieces of at most `most` characters."""
    pieces: list[str] = []
    for part in re.split(r"(?<=[.!?])\s+|\n+", text):
        for start in range(0, len(part), most):
            piece = part[start : start + most].strip()
            if pieces and len(pieces[-1]) + len(piece) + 1 <= most:
                pieces[-1] += " " + piece
            elif piece:
                pieces.append(piece)
    return pieces


def pools(data: Path, corpus: Path, seed: int = 0) -> list[Pool]:
    """Everything that is learnt from, some thousand questions per pool at most."""
    chooser = random.Random(seed)
    found = [_medquad(data, chooser), _bitext(data, chooser)]
    return [*found, *_instructions(corpus, chooser), *_pages(corpus, chooser)]


def _medquad(data: Path, chooser: random.Random, most: int = 900) -> Pool:
    rows = [row for part in MEDQUAD for row in lines(data / "medquad" / f"{part}.jsonl.gz")]
    subjects = sorted({row["focus"] for row in rows if taught(row["focus"])})
    chooser.shuffle(subjects)
    wanted = set(subjects[:900])
    passages: list[tuple[str, str]] = []
    pairs: list[Pair] = []
    for row in rows:
        if row["focus"] not in wanted or len(pairs) >= most:
            continue
        pieces = cut(row["answer"])[:3]
        first = len(passages)
        title = row["focus"] if chooser.random() < 0.5 else ""
        passages += [(title, piece) for piece in pieces]
        named = [row["focus"], *(row["synonyms"] or [])[:4]]
        opening = next((one for one in _SAID if row["question"].startswith(one)), None)
        if opening and pieces:
            said = chooser.choice(_SAID[opening]).format(chooser.choice(named))
            pairs.append(Pair(said, first))
    return Pool("medquad", "CC BY 4.0", passages, pairs)


def _bitext(data: Path, chooser: random.Random, each: int = 15) -> Pool:
    """Complaints and wishes of customers beside the answers that a desk gives to each of 27 of them."""
    by_intent: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in lines(data / "bitext_support" / "qa.jsonl.gz"):
        by_intent[row["intent"]].append(row)
    passages, pairs = [], []
    for _, rows in sorted(by_intent.items()):
        chooser.shuffle(rows)
        answers = [re.sub(r"\{\{|\}\}", "", row["response"])[:MOST_CHARACTERS] for row in rows[:4]]
        first = len(passages)
        passages += [("", answer) for answer in answers]
        pairs += [Pair(row["instruction"], first + i % len(answers)) for i, row in enumerate(rows[4 : 4 + each])]
    return Pool("bitext_support", "CDLA-Sharing-1.0", passages, pairs)


def _instructions(corpus: Path, chooser: random.Random, most: int = 600) -> list[Pool]:
    """How-tos, questions and answers of help pages, definitions, and natural questions with their paragraph."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in lines(corpus / "instruct.jsonl.xz"):
        kind = row["kind"]
        if row["lang"] == "en" and kind in ("howto", "faq", "qa", "definition", "explain") and len(row["prompt"]) > 8:
            rows[row["source"], "short" if kind in ("definition", "explain") else "help"].append(row)
    made = []
    for (source, kind), found in sorted(rows.items()):
        chooser.shuffle(found)
        passages: list[tuple[str, str]] = []
        at: dict[str, int] = {}
        pairs = []
        for row in found[: most if kind == "help" else most // 3]:
            topic = str(row.get("context") or "")
            title = topic.removeprefix("Topic: ") if topic.startswith("Topic: ") else ""
            whole = topic if row["kind"] == "qa" else row["response"]
            pieces = cut(whole)[:4]
            if row["kind"] == "qa":
                pieces = [piece for piece in pieces if row["response"] in piece] + [
                    piece for piece in pieces if row["response"] not in piece
                ]
            if not pieces or len(pieces[0]) < 40:
                continue
            for piece in pieces:
                if piece not in at:
                    at[piece] = len(passages)
                    passages.append((title if chooser.random() < 0.7 else "", piece))
            pairs.append(Pair(row["prompt"], at[pieces[0]]))
        made.append(Pool(f"{source} {kind}", "see the model card", passages, pairs))
    return made


def _pages(corpus: Path, chooser: random.Random, most: int = 130) -> list[Pool]:
    """Sections of textbooks and help pages; a sentence of the section, left out of it, stands for the question.

    Source: Lee, Chang, Toutanova 2019, "Latent Retrieval for Weakly Supervised Open Domain Question Answering".
    """
    rows: dict[str, list[str]] = defaultdict(list)
    for row in lines(corpus / "en-docs-00.jsonl.xz"):
        rows[row["source"]].append(row["text"])
    made = []
    for source, texts in sorted(rows.items()):
        chooser.shuffle(texts)
        passages: list[tuple[str, str]] = []
        pairs = []
        for text in texts[: 2 * most]:
            parts = [part for part in text.split("\n\n") if len(part) > 200]
            if not parts or len(pairs) >= most:
                continue
            head = text.split("\n\n", 1)[0].strip()
            title = head if len(head) < 80 else ""
            part = chooser.choice(parts)
            sentences = [one for one in re.split(r"(?<=[.!?])\s+", part) if 30 < len(one) < 220]
            if len(sentences) < 3:
                continue
            asked = chooser.choice(sentences)
            rest = part if chooser.random() < 0.15 else part.replace(asked, " ")
            pieces = cut(rest)
            if not pieces:
                continue
            pairs.append(Pair(asked, len(passages)))
            passages.append((title if chooser.random() < 0.5 else "", pieces[0]))
        made.append(Pool(f"{source} pages", "see the model card", passages, pairs))
    return made
