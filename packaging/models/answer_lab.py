"""Collections in memory over public question sets, for fitting and measuring the answer ladder.

Uses the program's own store and search, so that features are those that the program will see. A document is taken out
of a collection by leaving its passages out of every ranking and out of the counts of terms.
"""

from __future__ import annotations

import gzip
import json
import lzma
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import msgspec
import numpy as np

from engine.host.chat.searching import Searcher, embed_covered, passage_embedding_text
from engine.ingest.documents.work import ParsedFile
from engine.language.terms import terms
from engine.serve.chat.candidates import Asked, Candidate, FaqCandidate
from engine.serve.chat.rerank import Rerank
from engine.serve.chat.retrieve import rarity
from engine.store import documents
from engine.store.answers import NewAnswer
from engine.store.documents import NewDocument
from engine.store.migrations import migrate
from engine.store.passages import NewPassage, Vectors

DIMENSION = 384


class Text(NamedTuple):
    """A document of a collection: a title and paragraphs of passage length."""

    id: str
    title: str
    passages: tuple[str, ...]


class Question(NamedTuple):
    text: str
    document: str
    """Id of the document that answers it."""
    span: str = ""
    """The answer's words, where the set gives them."""
    approved: str = ""
    """The same question in the words of the set, where `text` says it differently."""


class Domain(NamedTuple):
    name: str
    language: str
    texts: list[Text]
    questions: list[Question]


class Lab:
    """One collection.

    Attributes:
        rerank: gives the reranker for a question, as in the program; None for a search without.
        by_words: search as for a language that no encoder reads.
    """

    rerank: Callable[[str], Rerank | None] | None = None
    by_words: bool = False

    def __init__(self, embed: Any) -> None:
        self.embed = embed
        self.connection = apsw.Connection(":memory:")
        migrate(self.connection)
        self.id = documents.ensure_collection(self.connection, "lab")
        self.cache: dict[tuple[Any, ...], Any] = {}
        self._held: dict[str, Counter[str]] = {}
        self._passages = 0

    def add(self, texts: Sequence[Text]) -> Lab:
        with self.connection:
            for one in texts:
                page, found = "", []
                for text in one.passages:
                    found.append(NewPassage(1, len(page), len(page) + len(text), text, ""))
                    page += text + "\n\n"
                inputs = [passage_embedding_text(one.title, "", text) for text in one.passages]
                vectors = Vectors.quantise(embed_covered(self.embed, inputs, DIMENSION))
                documents.put(self.connection, self.id, NewDocument(
                    path=one.id, sha256="", title=one.title, format="txt", size=len(page), paged=False,
                    pages=[(1, page)], passages=found, vectors=vectors,
                ))  # fmt: skip
                self._held[one.id] = Counter()
                for text in one.passages:
                    self._held[one.id].update(set(terms(f"{one.title} {text}")))
                self._passages += len(found)
        return self

    def add_files(self, files: Sequence[ParsedFile]) -> Lab:
        """Parsed documents, with their headings; the path is the id."""
        with self.connection:
            for file in files:
                parsed = file.document
                assert parsed is not None, file
                inputs = [passage_embedding_text(parsed.title, one.heading, one.text) for one in file.passages]
                documents.put(self.connection, self.id, NewDocument(
                    path=file.path, sha256="", title=parsed.title, format=parsed.format, size=file.size_bytes,
                    paged=parsed.paged, pages=[(page.number, page.text) for page in parsed.pages],
                    passages=[NewPassage(one.page, one.start, one.end, one.text, one.heading) for one in file.passages],
                    vectors=Vectors.quantise(embed_covered(self.embed, inputs, DIMENSION)),
                ))  # fmt: skip
                self._held[file.path] = Counter()
                for passage in file.passages:
                    self._held[file.path].update(set(terms(f"{parsed.title} {passage.heading} {passage.text}")))
                self._passages += len(file.passages)
        return self

    def add_faq(self, pairs: Sequence[tuple[str, str]]) -> Lab:
        """Approved answers; the n-th has the id n + 1."""
        questions = embed_covered(self.embed, [question for question, _ in pairs], DIMENSION)
        with self.connection:
            documents.put(self.connection, self.id, NewDocument(
                path="faq", sha256="", title="", format="csv", size=0, paged=False, pages=[(1, "")], passages=[],
                vectors=Vectors.quantise(np.zeros((0, DIMENSION), np.float32)),
                answers=[NewAnswer(q, a, "faq", i + 1) for i, (q, a) in enumerate(pairs)],
                answer_vectors=Vectors.quantise(questions),
            ))  # fmt: skip
        return self

    @property
    def searcher(self) -> Searcher:
        collection = documents.collection(self.connection, "lab")
        return Searcher(self.connection, collection, self.embed, self.cache, rerank=Lab.rerank)

    def look(self, question: str, without: str | None = None, count: int = 10) -> tuple[Asked, list[Candidate]]:
        """The question and its candidates, as if the document `without` were not there."""
        searcher = self.searcher
        asked = self._asked(searcher, question)
        if without is not None:
            gone = self._held[without]
            from engine.store import passages

            counts = passages.document_counts(self.connection, self.id, list(asked.weights))
            counts = {term: max(0, n - gone[term]) for term, n in counts.items()}
            asked = msgspec.structs.replace(
                asked,
                weights=rarity(counts, self._passages),
                unknown=frozenset(term for term, n in counts.items() if n == 0),
            )
        found = searcher.candidates(searcher.rank(asked, "bm25" if Lab.by_words else "auto"))
        return asked, [one for one in found if one.doc != without][:count]

    @staticmethod
    def _asked(searcher: Searcher, question: str) -> Asked:
        asked = searcher.understand(question)
        return msgspec.structs.replace(asked, vector=None) if Lab.by_words else asked

    def look_faq(self, question: str, without: str = "") -> tuple[Asked, list[FaqCandidate]]:
        searcher = self.searcher
        asked = self._asked(searcher, question)
        return asked, [one for one in searcher.faq(asked) if not without or one.answer != without]


# --- public sets ----------------------------------------------------------------------------------------------


def articles_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a packed file of JSON lines."""
    return list(_lines(path))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.read_bytes()
    text = lzma.decompress(packed) if path.suffix == ".xz" else gzip.decompress(packed)
    for line in text.splitlines():
        yield json.loads(line)


def _cut(text: str, most: int) -> tuple[str, ...]:
    """Paragraphs joined to pieces of at most `most` characters."""
    pieces: list[str] = []
    for paragraph in text.split("\n"):
        for start in range(0, len(paragraph), most):
            part = paragraph[start : start + most].strip()
            if pieces and len(pieces[-1]) + len(part) + 1 <= most:
                pieces[-1] = f"{pieces[-1]}\n{part}".strip()
            elif part:
                pieces.append(part)
    return tuple(pieces)[:8]


def instruct_domains(corpus: Path, most: int, seed: int) -> list[Domain]:
    """Natural questions with the paragraph that answers them, and questions from the headings of help pages."""
    wanted = {
        ("en", "qa", "deepmind/xquad"): "xquad-en",
        ("zh", "qa", "ymcui/cmrc2018"): "cmrc-zh",
        ("zh", "qa", "DRCKnowledgeTeam/DRCD"): "drcd-zh",
        ("en", "howto", "MicrosoftDocs/dynamics365smb-docs"): "dynamics-en",
        ("en", "faq", "MicrosoftDocs/dynamics365smb-docs"): "dynamics-en",
        ("en", "faq", "department-of-veterans-affairs/vagov-content"): "government-en",
        ("en", "howto", "department-of-veterans-affairs/vagov-content"): "government-en",
        ("en", "faq", "GSA/digitalgov.gov"): "government-en",
        ("en", "faq", "18F/18f.gsa.gov"): "government-en",
        ("zh", "howto", "MicrosoftDocs/OfficeDocs-SkypeForBusiness-pr.zh-CN"): "teams-zh",
        ("zh", "faq", "MicrosoftDocs/OfficeDocs-SkypeForBusiness-pr.zh-CN"): "teams-zh",
        ("zh", "howto", "MicrosoftDocs/Dynamics-365-Operations.zh-cn"): "operations-zh",
        ("zh", "faq", "MicrosoftDocs/Dynamics-365-Operations.zh-cn"): "operations-zh",
    }
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _lines(corpus / "instruct.jsonl.xz"):
        name = wanted.get((row["lang"], row["kind"], row["source"]))
        if name and len(row["prompt"]) > 6:
            rows[name].append(row)
    made = []
    for name, found in sorted(rows.items()):
        language = name[-2:]
        size = 350 if language == "zh" else 900
        random.Random(seed).shuffle(found)
        texts: dict[str, Text] = {}
        questions = []
        for row in found:
            if row["kind"] == "qa":
                body, title, span = row["context"], "", row["response"]
            else:
                body, span = row["response"], ""
                title = str(row.get("context", "")).removeprefix("Topic: ").removeprefix("主题：")
            if body not in texts:
                if len(texts) >= most:
                    continue
                texts[body] = Text(f"{name}-{len(texts)}", title, _cut(body, size))
            if sum(one.document == texts[body].id for one in questions[-8:]) < 3:
                questions.append(Question(row["prompt"], texts[body].id, span))
        made.append(Domain(name, language, list(texts.values()), questions))
    return made


def medquad_domain(data: Path, most: int, seed: int) -> Domain:
    """Pages about diseases; the questions of the set, said as a person would."""
    said = {
        "What are the treatments for": ["How is {} treated?", "what can be done against {}"],
        "What are the symptoms of": ["How do I notice {}?", "signs of {}"],
        "What causes": ["Where does {} come from?", "why do people get {}"],
        "How to diagnose": ["How do doctors find out whether it is {}?", "tests for {}"],
        "How to prevent": ["What can I do so that I do not get {}?", "avoiding {}"],
        "What is (are)": ["Could you explain {}?", "{} - what does that mean?"],
        "Who is at risk for": ["Who gets {}?", "am I in danger of {}"],
    }
    chooser = random.Random(seed)
    rows = [row for name in ("NHLBI", "CDC", "SeniorHealth") for row in _lines(data / "medquad" / f"{name}.jsonl.gz")]
    # Whole diseases, so that a question about another aspect of the same disease is there to be confused with.
    focuses = sorted({row["focus"] for row in rows})
    chooser.shuffle(focuses)
    rows = [row for focus in focuses for row in rows if row["focus"] == focus][:most]
    chooser.shuffle(rows)
    texts, questions = [], []
    for row in rows:
        made = Text(row["id"], row["focus"], _cut(row["answer"], 900))
        texts.append(made)
        for opening, ways in said.items():
            if row["question"].startswith(opening):
                said_so = chooser.choice(ways).format(row["focus"])
                questions.append(Question(said_so, made.id, approved=row["question"]))
    return Domain("medquad-en", "en", texts, questions)
