"""Conversations as tokens: what the template makes of them, cut by the model's own vocabulary, and which are learned.

Each answer begins where the rendered prompt ends, and ends with the token that ends a turn; those tokens are learned,
and no others. Answers of one conversation share a sequence as long as the template only ever adds at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.dataset.folding import folded_text
from engine.runtimes.gguf.template import ChatTemplate
from engine.runtimes.llama_vocabulary import Vocabulary
from engine.train.generator.values import Talk

MOST_HELD = 200
HELD_SHARE = 0.1
LEAST_HELD = 2
LONG_ANSWER = 60
"""Characters; shorter answers are often the same without belonging together."""
FEW = 20
"""With fewer conversations one part is held out, which says when to stop and is reported on."""


class Cut(NamedTuple):
    """`tokens` of a conversation; `learned` says of each whether it is an answer's. `bytes` counts those of the
    answers, `talk` is the conversation's number."""

    tokens: NDArray[np.int32]
    learned: NDArray[np.bool_]
    bytes: int
    talk: int


class Cutter:
    """Turns conversations into tokens."""

    def __init__(self, template: ChatTemplate, vocabulary: Vocabulary, begin: str, longest: int) -> None:
        self._template, self._vocabulary, self._begin, self._longest = template, vocabulary, begin, longest
        self._end = vocabulary.turn_end
        self._end_mark = "" if self._end is None else vocabulary.mark(self._end)
        self.too_long = 0

    def cut(self, talk: Talk, number: int) -> list[Cut]:
        """The sequences of a conversation; none where no answer of it fits.

        Raises:
            TemplateUnusable.
        """
        found: list[Cut] = []
        tokens: list[int] = []
        learned: list[bool] = []
        text, size = "", 0

        def close() -> None:
            nonlocal tokens, learned, text, size
            if any(learned):
                found.append(Cut(np.array(tokens, np.int32), np.array(learned), size, number))
            tokens, learned, text, size = [], [], "", 0

        for at, turn in enumerate(talk.turns):
            if turn.role != "assistant" or not turn.content.strip() or (talk.last_only and at + 1 < len(talk.turns)):
                continue
            prompt = self._template.render(talk.turns[:at])
            answer = self._template.harmless(turn.content.strip())
            said = self._answer(answer)
            if tokens and prompt.startswith(text):
                more = self._vocabulary.tokens(prompt[len(text) :], begin=False, special=True)
                if len(tokens) + len(more) + len(said) > self._longest:
                    close()
            else:
                close()
            if not tokens:
                more = self._prompt(prompt)
            if len(tokens) + len(more) + len(said) > self._longest:
                self.too_long += 1
                continue
            tokens += more + said
            learned += [False] * len(more) + [True] * len(said)
            text = f"{prompt}{answer}{self._end_mark}"
            size += len(answer.encode())
        close()
        return found

    def _prompt(self, prompt: str) -> list[int]:
        """As the generator's worker cuts it (engine/serve/generate/work.py)."""
        begin = self._vocabulary.adds_begin and not (self._begin and prompt.startswith(self._begin))
        return self._vocabulary.tokens(prompt, begin=begin, special=not self._template.plain)

    def _answer(self, answer: str) -> list[int]:
        spaced = self._template.plain and not self._vocabulary.adds_space
        said = self._vocabulary.tokens(f" {answer}" if spaced else answer, begin=False, special=False)
        return said if self._end is None else [*said, self._end]


def digests(talks: Sequence[Talk]) -> list[int]:
    """64 bits of each conversation, its case, width and spaces aside."""
    return [int.from_bytes(blake2b(_key(one).encode(), digest_size=8).digest(), "little", signed=True) for one in talks]


def _key(talk: Talk) -> str:
    return "\n".join(f"{turn.role}: {folded_text(turn.content)}" for turn in talk.turns if turn.role != "system")


def _groups(talks: Sequence[Talk]) -> list[list[int]]:
    """Conversations that belong together, and so on one side of a split: they begin with the same question, or have
    the same long answer."""
    leader: dict[str, int] = {}
    above = list(range(len(talks)))

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for number, talk in enumerate(talks):
        asked = next((turn.content for turn in talk.turns if turn.role == "user"), "")
        keys = [f"q {folded_text(asked)}"]
        keys += [
            f"a {folded_text(turn.content)}"
            for turn in talk.turns
            if turn.role == "assistant" and len(turn.content) >= LONG_ANSWER
        ]
        for key in keys:
            first, second = sorted((top(leader.setdefault(key, number)), top(number)))
            above[second] = first
    groups: dict[int, list[int]] = {}
    for number in range(len(talks)):
        groups.setdefault(top(number), []).append(number)
    return list(groups.values())


class Parts(NamedTuple):
    """Numbers of conversations: those that are learned, those that say when to stop, those that are reported on."""

    taught: list[int]
    stop: list[int]
    report: list[int]


def split(talks: Sequence[Talk], *, report: bool, seed: int) -> Parts:
    """The same split for the same seed and talks.

    Args:
        report: hold out a part to report on.
    """
    order = _groups(talks)
    np.random.default_rng(seed).shuffle(order)
    wanted = min(MOST_HELD, max(LEAST_HELD, round(HELD_SHARE * len(talks))))
    parts: list[list[int]] = [[], [], []]
    wants_two = report and len(talks) >= FEW
    for group in order:
        if len(group) > max(wanted, 1) * 2:  # too much of it all to do without
            parts[0] += group
        elif len(parts[1]) < wanted:
            parts[1] += group
        elif wants_two and len(parts[2]) < wanted:
            parts[2] += group
        else:
            parts[0] += group
    if report and not wants_two:
        parts[2] = list(parts[1])
    return Parts(*map(sorted, parts))


def cut_all(cutter: Cutter, talks: Sequence[Talk], numbers: Sequence[int], tell: Callable[[], None]) -> list[Cut]:
    """All sequences of these conversations."""
    found: list[Cut] = []
    for number in numbers:
        tell()
        found += cutter.cut(talks[number], number)
    return found
