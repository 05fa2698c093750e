"""Every bundled sample reads as what it is said to be."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from engine.errors import UnknownName
from engine.ingest.documents import find_documents, parse_document
from engine.ingest.passages import split_passages
from engine.language.terms import cjk_share
from engine.samples import LANGUAGES, SampleOrganisation, samples

ORGANISATIONS = [(language, key) for language in LANGUAGES for key in ("shop", "clinic")]


def organisation(language: str, key: str) -> SampleOrganisation:
    return getattr(samples(language), key)  # type: ignore[no-any-return]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("language", "key"), ORGANISATIONS)
def test_documents(language: str, key: str) -> None:
    found = find_documents(organisation(language, key).documents)
    assert not found.skipped
    formats = set()
    for path in found.files:
        document = parse_document(path)
        formats.add(document.format)
        assert not document.warnings, path
        assert all(page.text for page in document.pages), path
        passages = split_passages(document)
        assert passages, path
        for passage in passages:
            page = document.pages[passage.page - 1]
            assert passage.text == page.text[passage.start : passage.end]
        text = " ".join(page.text for page in document.pages)
        assert "\ufffd" not in text
        assert (cjk_share(text) > 0.7) == (language == "zh"), path
        if document.format == "pdf":
            assert len(document.pages) >= 2, path
            assert len(document.pages[0].headings) >= 3, path
    assert {"md", "docx", "pdf"} <= formats


@pytest.mark.parametrize(("language", "key"), ORGANISATIONS)
def test_built_documents_say_what_their_sources_say(language: str, key: str) -> None:
    """The text of each PDF, Word and HTML file has every word of its source, in order."""
    sources = Path(__file__).resolve().parents[4] / "packaging" / "samples" / "sources" / language / key
    for path in find_documents(organisation(language, key).documents[-1:]).files:
        source = parse_document(sources / f"{path.stem}.md")
        built = "".join(page.text for page in parse_document(path).pages)
        assert "".join(built.split()) == "".join(source.pages[0].text.split()), path


@pytest.mark.parametrize(("language", "key"), ORGANISATIONS)
def test_questions(language: str, key: str) -> None:
    sample = organisation(language, key)
    questions = [json.loads(line) for line in sample.questions.read_text("utf-8").splitlines()]
    assert len(questions) >= 20
    assert sum(question["doc"] is None for question in questions) >= 5
    assert len({question["id"] for question in questions}) == len(questions)
    assert all(question["doc"] is None or (sample.folder / question["doc"]).is_file() for question in questions)


@pytest.mark.parametrize(("language", "least"), [("en", 40), ("zh", 30)])
def test_faq(language: str, least: int) -> None:
    document = parse_document(samples(language).shop.table("faq").path)
    assert len(document.faq) >= least
    assert len({entry.question for entry in document.faq}) == len(document.faq)


@pytest.mark.parametrize(
    ("language", "key", "least", "labels"),
    [("en", "shop", 320, 8), ("zh", "shop", 200, 8), ("en", "clinic", 160, 5), ("zh", "clinic", 100, 5)],
)
def test_labelled_texts(language: str, key: str, least: int, labels: int) -> None:
    found = rows(organisation(language, key).table("labelled").path)
    counts = Counter(row["label"] for row in found)
    assert len(found) >= least
    assert len(counts) == labels
    assert min(counts.values()) >= 20
    words = [frozenset(row["text"].lower().split() if language == "en" else row["text"]) for row in found]
    for at, one in enumerate(words):
        for other in words[:at]:
            assert len(one & other) < 0.8 * len(one | other), (sorted(one), sorted(other))


@pytest.mark.parametrize(("language", "least_items"), [("en", 80), ("zh", 50)])
def test_purchases_belong_to_the_catalogue(language: str, least_items: int) -> None:
    shop = samples(language).shop
    items = [row["item"] for row in rows(shop.table("items").path)]
    events = rows(shop.table("events").path)
    assert len(items) == len(set(items)) >= least_items
    assert {event["item"] for event in events} <= set(items)
    assert len(events) >= 1500
    assert len({event["user"] for event in events}) >= 150


def test_unknown_language() -> None:
    with pytest.raises(UnknownName):
        samples("xx")
