"""From texts to entities with offsets in characters: words, passages, states, tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.serve.entities.passages import Lengths, cut_passages
from engine.serve.entities.reader import Reader
from engine.serve.entities.windows import HiddenStates, word_states
from engine.serve.entities.words import Bounds, split_words

TOGETHER_CHARS = 200_000  # read at once: bounds the states held in memory to about 100 MB
TOGETHER_TEXTS = 256

OnTexts = Callable[[int, int], None]


class Extracted(NamedTuple):
    """An entity; `score` is the probability that its span and its label are right."""

    start: int
    end: int
    label: str
    score: float


class _Passage(NamedTuple):
    """Part of a text: `begin` is its first character there, `bounds` are those of its words within it."""

    row: int
    begin: int
    text: str
    bounds: Bounds


def extract(
    reader: Reader, encoder: HiddenStates | None, texts: Sequence[str], on_texts: OnTexts | None = None
) -> list[list[Extracted]]:
    """The entities of each text, in order, none within another.

    Args:
        encoder: that of the reader; may be None where it needs no states.
        on_texts: called with (texts done, texts in all) as the work goes on; what it raises stops it.
    """
    found: list[list[Extracted]] = []
    begin = 0
    while begin < len(texts):
        end, chars = begin + 1, len(texts[begin])
        while end < len(texts) and end - begin < TOGETHER_TEXTS and chars + len(texts[end]) <= TOGETHER_CHARS:
            chars += len(texts[end])
            end += 1

        def told(done: int, total: int, begin: int = begin, size: int = end - begin) -> None:
            if on_texts is not None:
                on_texts(begin + size * done // (total + 1), len(texts))

        found += _together(reader, encoder, texts[begin:end], told)
        begin = end
        if on_texts is not None:
            on_texts(begin, len(texts))
    return found


def _together(
    reader: Reader, encoder: HiddenStates | None, texts: Sequence[str], told: OnTexts
) -> list[list[Extracted]]:
    passages = [passage for row, text in enumerate(texts) for passage in _passages(reader, row, text)]
    parts, bounds = [one.text for one in passages], [one.bounds for one in passages]
    words = [[part[start:end] for start, end in of_part] for part, of_part in zip(parts, bounds, strict=True)]
    states = None
    if encoder is not None and reader.needs_states:
        states = word_states(encoder, parts, bounds, reader.layers, on_batch=told)
    found: list[list[Extracted]] = [[] for _ in texts]
    for passage, entities in zip(passages, reader.read(words, states), strict=True):
        for one in entities:
            start, end = passage.bounds[one.first][0], passage.bounds[one.last - 1][1]
            label = reader.labels[one.label]
            found[passage.row].append(Extracted(passage.begin + start, passage.begin + end, label, one.score))
    return found


def _passages(reader: Reader, row: int, text: str) -> list[_Passage]:
    bounds = split_words(text, reader.fineness)
    lengths = Lengths(reader.settings.longest, reader.settings.usual)
    found = []
    for first, last in cut_passages(text, bounds, lengths):
        begin, end = bounds[first][0], bounds[last - 1][1]
        shifted = [(start - begin, stop - begin) for start, stop in bounds[first:last]]
        found.append(_Passage(row, begin, text[begin:end], shifted))
    return found
