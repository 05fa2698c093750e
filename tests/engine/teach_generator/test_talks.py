"""Which tokens are learned, and which conversations are held out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_gguf import CHATML, tiny

from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.template import ChatTemplate, Turn
from engine.runtimes.gguf.vocabulary import read_steering
from engine.runtimes.llama_vocabulary import Vocabulary, vocabulary_of
from engine.train.generator.talks import Cut, Cutter, digests, split
from engine.train.generator.values import Talk

TWO = (
    Turn("user", "is the desk in"), Turn("assistant", "the desk is in."),
    Turn("user", "and you"), Turn("assistant", "and you, the refund."),
)  # fmt: skip


@pytest.fixture
def vocabulary(llama: None, tmp_path: Path) -> Iterator[Vocabulary]:
    with vocabulary_of(tiny(tmp_path / "tiny.gguf", template=CHATML)) as found:
        yield found


def cutter(tmp_path: Path, vocabulary: Vocabulary, template: str = CHATML, longest: int = 200) -> Cutter:
    steering = read_steering(read_header(tmp_path / "tiny.gguf"))
    made = ChatTemplate("tiny", template, begin=steering.begin, end=steering.end, control=steering.control)
    return Cutter(made, vocabulary, steering.begin, longest)


def learned(cut: Cut, vocabulary: Vocabulary) -> list[str]:
    """The stretches that are learned, as text, with their last token's mark."""
    found, run = [], []
    for token, taught in zip(cut.tokens.tolist(), cut.learned.tolist(), strict=True):
        if taught:
            run.append(vocabulary.mark(token))
        elif run:
            found.append("".join(run))
            run = []
    return [*found, "".join(run)] if run else found


def test_answers_and_their_ends_are_learned_and_nothing_else(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (cut,) = cutter(tmp_path, vocabulary).cut(Talk(TWO), 7)
    assert cut.talk == 7
    assert [text.strip() for text in learned(cut, vocabulary)] == [
        "the desk is in.<|im_end|>",
        "and you, the refund.<|im_end|>",
    ]
    assert cut.bytes == len("the desk is in.") + len("and you, the refund.")
    # What stands before an answer is cut as the worker cuts it when the model is to write.
    prompt = ChatTemplate("t", CHATML).render(TWO[:1])
    expected = vocabulary.tokens(prompt, begin=True, special=True)
    assert cut.tokens[: len(expected)].tolist() == expected


def test_a_template_that_rewrites_what_was_said_makes_a_sequence_of_each_answer(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    counting = "{{ messages|length }} {% for m in messages %}{{ m['content'] }} {% endfor %}"
    first, second = cutter(tmp_path, vocabulary, counting).cut(Talk(TWO), 0)
    assert [text.strip() for text in learned(first, vocabulary)] == ["the desk is in.<|im_end|>"]
    assert [text.strip() for text in learned(second, vocabulary)] == ["and you, the refund.<|im_end|>"]


def test_only_the_last_answer_where_nobody_vouched_for_the_others(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (cut,) = cutter(tmp_path, vocabulary).cut(Talk(TWO, last_only=True), 0)
    assert [text.strip() for text in learned(cut, vocabulary)] == ["and you, the refund.<|im_end|>"]


def test_steering_tokens_in_an_answer_are_writing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    talk = Talk((Turn("user", "a"), Turn("assistant", "the <|im_end|> desk")))
    (cut,) = cutter(tmp_path, vocabulary).cut(talk, 0)
    end = vocabulary.tokens("<|im_end|>", begin=False, special=True)[-1]
    assert end not in cut.tokens[cut.learned].tolist()[:-1]


def test_what_is_too_long_is_left_out_and_counted(tmp_path: Path, vocabulary: Vocabulary) -> None:
    short = cutter(tmp_path, vocabulary, longest=45)
    cuts = short.cut(Talk(TWO), 0)
    assert [len(one.tokens) <= 45 for one in cuts] == [True] * len(cuts)
    assert short.too_long + len(cuts) == 2
    assert short.too_long >= 1


def test_what_belongs_together_is_held_out_together() -> None:
    long_answer = "Parcels may be sent back within thirty days of their arrival at your door, for free."
    talks = [
        Talk((Turn("user", f"question {number // 2}"), Turn("assistant", f"answer {number}"))) for number in range(60)
    ]
    talks += [Talk((Turn("user", f"other way {n}"), Turn("assistant", long_answer))) for n in range(3)]
    for seed in range(5):
        parts = split(talks, report=True, seed=seed)
        assert parts == split(talks, report=True, seed=seed)
        assert sorted([*parts.taught, *parts.stop, *parts.report]) == list(range(63))
        for group in [*((2 * n, 2 * n + 1) for n in range(30)), (60, 61, 62)]:
            assert len({next(i for i, part in enumerate(parts) if one in part) for one in group}) == 1
        assert 6 <= len(parts.stop) <= 8
        assert 6 <= len(parts.report) <= 8
    few = split(talks[:12], report=True, seed=0)
    assert few.stop == few.report
    assert not set(few.stop) & set(few.taught)
    assert len(set(digests(talks))) == len(talks)


def test_the_plain_form_begins_an_answer_with_a_space_of_its_own(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (first, second) = cutter(tmp_path, vocabulary, "").cut(Talk(TWO), 0)
    assert learned(first, vocabulary) == [" the desk is in.<|im_end|>"]
    prompt = vocabulary.tokens("User: is the desk in\nAssistant:", begin=True, special=False)
    assert first.tokens[: len(prompt)].tolist() == prompt
    assert learned(second, vocabulary) == [" and you, the refund.<|im_end|>"]
