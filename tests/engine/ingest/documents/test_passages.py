"""Passages: true slices of their page, of the wanted length, never across a heading that matters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.ingest.documents.clean import Block, make_page, normalise
from engine.ingest.documents.values import FaqEntry, ParsedDocument
from engine.ingest.passages import MOST_WORDS, count_words, split_passages

SENTENCE = "The heron stood by the water and waited for the fish to come. "
CHINESE = "苍鹭站在水边，等着鱼游过来。"


def document(*pages: list[Block], faq: tuple[FaqEntry, ...] = ()) -> ParsedDocument:
    made = tuple(make_page(number, blocks) for number, blocks in enumerate(pages, start=1))
    return ParsedDocument(title="t", format="md", pages=made, paged=len(made) > 1, faq=faq)


BLOCKS = st.builds(
    Block,
    st.sampled_from(["heading", "paragraph", "paragraph", "item", "row"]),
    st.one_of(
        st.text(max_size=300),
        st.integers(1, 60).map(lambda times: SENTENCE * times),
        st.integers(1, 60).map(lambda times: CHINESE * times),
        st.integers(1, 3000).map(lambda times: "x" * times),
    ),
    st.integers(1, 4),
)


@given(st.lists(st.lists(BLOCKS, max_size=12), max_size=4))
def test_passages_are_slices_that_cover_every_body(pages: list[list[Block]]) -> None:
    parsed = document(*pages)
    passages = split_passages(parsed)
    for page in parsed.pages:
        covered = set()
        last = 0
        for passage in (one for one in passages if one.page == page.number):
            assert passage.text == page.text[passage.start : passage.end]
            assert passage.text.strip()
            assert passage.start >= last, "passages overlap or stand in disorder"
            last = passage.end
            covered.update(range(passage.start, passage.end))
            assert count_words(passage.text) <= MOST_WORDS * 1.25
        for heading in page.headings:
            covered.update(range(heading.start, heading.end))
        assert all(at in covered for at, char in enumerate(page.text) if not char.isspace())


@given(st.lists(BLOCKS, max_size=12))
def test_headings_of_a_page_are_slices_too(blocks: list[Block]) -> None:
    page = make_page(1, blocks)
    assert page.text == normalise(page.text)
    assert all(page.text[h.start : h.end].strip() for h in page.headings)


@given(st.lists(st.text("a0 ，。苍鹭站\n", max_size=30), max_size=8))
def test_joined_lines_are_no_longer_than_their_sum(lines: list[str]) -> None:
    assert count_words("\n".join(lines)) <= sum(map(count_words, lines)) + 1e-6


def test_length_of_english_and_chinese_passages() -> None:
    english = split_passages(document([Block("paragraph", SENTENCE * 80)]))
    assert all(60 <= count_words(one.text) <= 160 for one in english)
    assert all(one.text.endswith("come.") for one in english)
    chinese = split_passages(document([Block("paragraph", CHINESE * 150)]))
    assert all(120 <= len(one.text) <= 350 for one in chinese)
    assert all(one.text.endswith("。") for one in chinese)


def test_headings_cut_and_are_carried_along() -> None:
    parsed = document(
        [Block("heading", "Birds", 1), Block("heading", "Heron", 2), Block("paragraph", SENTENCE * 8)],
        [Block("paragraph", SENTENCE * 8), Block("heading", "Stork", 2), Block("paragraph", SENTENCE * 8)],
    )
    assert [(one.page, one.heading) for one in split_passages(parsed)] == [
        (1, "Birds › Heron"),
        (2, "Birds › Heron"),
        (2, "Birds › Stork"),
    ]


def test_small_sections_are_joined() -> None:
    blocks = []
    for name in ("Dogs", "Cats", "Birds"):
        blocks += [Block("heading", name, 2), Block("paragraph", "Not in the house.")]
    (passage,) = split_passages(document(blocks))
    assert passage.heading == "Dogs"
    assert passage.text == "Not in the house.\n\nCats\n\nNot in the house.\n\nBirds\n\nNot in the house."


def test_questions_never_share_a_passage() -> None:
    blocks = []
    for question in ("Dogs?", "Cats?"):
        blocks += [Block("heading", question, 2), Block("paragraph", "No.")]
    parsed = document(blocks, faq=(FaqEntry("Dogs?", "No.", 2), FaqEntry("Cats?", "No.", 3)))
    assert [(one.heading, one.text) for one in split_passages(parsed)] == [("Dogs?", "No."), ("Cats?", "No.")]


def test_a_document_of_headings_can_still_be_found() -> None:
    (passage,) = split_passages(document([Block("heading", "Closed on Sunday", 1), Block("heading", "Bring a mat", 2)]))
    assert passage.text == "Closed on Sunday\n\nBring a mat"
