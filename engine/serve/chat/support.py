"""Whether a passage holds what a sentence says: hard facts by rule, the rest by a small fitted model.

The evidence of a sentence are up to three lines of the passage. Its numbers, names, codes and negations must be there
(engine/serve/chat/facts.py); how far its words and its meaning are is weighed by a logistic model whose weights lie in
assets/models/answerability/support.json (packaging/models/fit_support.py; figures in docs/quality-chat.md).
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from engine.language.terms import cjk_share, normalise, query_terms, terms
from engine.paths import assets_folder
from engine.serve.chat.candidates import Candidate
from engine.serve.chat.confidence import Logistic
from engine.serve.chat.evidence import longest_run
from engine.serve.chat.facts import figures, in_digits, strange_fact, turned_round
from engine.serve.chat.lines import Line, lines_of

MOST_LINES = 3
NEW_TERMS = 2
"""A further line belongs to the evidence if it holds so many words of the sentence that no line before it holds."""
NEAR_TERMS = 6
AROUND_FIGURE = 4
CJK_SHARE = 0.3
LEAST_TERMS = 1
LEAST_COPIED = 8
COPIED = 0.99
"""The probability of a sentence that is copied; a piece of a sentence may still say something else than the whole."""
_IRREGULAR = {
    form: base
    for base, forms in (
        line.split(":") for line in (
            "send:sent", "pay:paid", "take:took taken", "keep:kept", "get:got gotten", "buy:bought", "find:found",
            "make:made", "give:gave given", "leav:left", "sell:sold", "tell:told", "hold:held", "choos:chose chosen",
            "writ:wrote written", "begin:began begun", "go:went gone", "come:came", "see:saw seen", "bring:brought",
            "los:lost", "meet:met", "build:built", "spend:spent", "show:shown", "know:knew known", "speak:spoke spoken",
            "feel:felt", "lead:led", "mean:meant", "run:ran", "stand:stood", "teach:taught", "wear:wore worn",
            "break:broke broken", "driv:drove driven", "grow:grew grown", "draw:drew drawn", "eat:ate eaten",
            "child:children", "person:people", "foot:feet",
        )
    )
    for form in forms.split()
}  # fmt: skip
"""Forms that the light stem of the search does not bring together."""
_STUTTER = re.compile(r"\b(\w+(?:\W+\w+){1,7})\W+\1\b|([\u3400-\u9fff]{3,12})\2", re.IGNORECASE)
_STOPS = ".!?。！？;；…"


class Like(NamedTuple):
    """How far the pieces of a text are met by another: their weighted mean, and those that are met least."""

    mean: float
    weakest: float


Likeness = Callable[[str, Sequence[str]], Sequence[Like]]
"""Of a text and each of others (the rerankers' late interaction)."""


class SupportModels(Struct, frozen=True):
    """`english` and `chinese` read the likeness of the bundled rerankers, `plain` does without."""

    english: Logistic
    chinese: Logistic
    plain: Logistic
    version: int = 1


class Support(Struct, frozen=True):
    """Whether a passage holds a sentence. `why` names what is wrong ("" where nothing is): a kind of fact, "negation",
    "opposite", "empty", "loop" (words stand twice in a row), or "unlike". `start` and `end` are the evidence, as
    characters of the candidate's text."""

    held: bool
    probability: float
    start: int
    end: int
    why: str = ""


def support_file() -> Path:
    return assets_folder() / "models" / "answerability" / "support.json"


@lru_cache(maxsize=1)
def bundled_support() -> SupportModels:
    """The fitted models that ship with the program."""
    return msgspec.json.decode(support_file().read_bytes(), type=SupportModels)


def support_of(sentence: str, passage: Candidate, models: SupportModels, likeness: Likeness | None) -> Support:
    """Whether a passage holds a sentence.

    Args:
        likeness: of the reranker that reads the sentence, or None.
    """
    lines = evidence_of(sentence, passage)
    if not lines or len(query_terms(sentence)) < LEAST_TERMS:
        return Support(held=False, probability=0.0, start=0, end=0, why="empty")
    start, end = lines[0].start, lines[-1].end
    if why := wrong_fact(sentence, passage, lines):
        return Support(held=False, probability=0.0, start=start, end=end, why=why)
    if verbatim(sentence, passage.text):
        return Support(held=True, probability=COPIED, start=start, end=end)
    if stutters(sentence):
        return Support(held=False, probability=0.0, start=start, end=end, why="loop")
    model = models.plain
    if likeness is not None:
        model = models.chinese if cjk_share(sentence) > CJK_SHARE else models.english
    probability = model.probability(support_features(sentence, passage, lines, likeness))
    held = probability >= model.threshold
    return Support(held, probability, start, end, "" if held else "unlike")


def verbatim(sentence: str, text: str) -> bool:
    """Whether a sentence stands in a text letter by letter, but for its full stop, capitals and white space."""
    wanted = "".join(normalise(sentence).split()).rstrip(_STOPS)
    return len(wanted) >= LEAST_COPIED and wanted in "".join(normalise(text).split())


def stutters(sentence: str) -> bool:
    """Whether two words or more, or three Chinese characters or more, stand twice in a row: small models do that."""
    return _STUTTER.search(normalise(sentence)) is not None


def wrong_fact(sentence: str, passage: Candidate, lines: Sequence[Line]) -> str | None:
    """What of a sentence its evidence does not bear out by the rules, or None."""
    text = text_of(lines)
    around = f"{passage.title}\n{passage.heading}\n{passage.text}"
    return strange_fact(sentence, text, around) or turned_round(sentence, text)


def text_of(lines: Sequence[Line]) -> str:
    """The evidence as it is compared: rows of tables below their headings."""
    return "\n".join(f"{line.header_text}\n{line.text}" if line.header_text else line.text for line in lines)


def evidence_of(sentence: str, passage: Candidate) -> list[Line]:
    """The lines of a passage that a sentence was probably written from, in order, at most three."""
    lines = lines_of(0, passage)
    wanted = set(_wanted(sentence)) | {f"#{one}" for one in figures(sentence)}
    held = [_held(line) for line in lines]
    chosen: list[int] = []
    missing = set(wanted)
    while len(chosen) < MOST_LINES and missing:
        best = max(
            (i for i in range(len(lines)) if i not in chosen),
            key=lambda i: (len(missing & held[i]), not lines[i].heads, -len(held[i])),
            default=None,
        )
        if best is None:
            break
        new = missing & held[best]
        if not new or (chosen and len(new) < NEW_TERMS and not any(one.startswith("#") for one in new)):
            break
        chosen.append(best)
        missing -= new
    return [lines[i] for i in sorted(chosen)]


def _held(line: Line) -> set[str]:
    text = f"{line.header_text} {line.text}"
    return set(_all(text)) | {f"#{one}" for one in figures(text)}


def support_features(
    sentence: str, passage: Candidate, lines: Sequence[Line], likeness: Likeness | None
) -> dict[str, float]:
    """Plain numbers from 0 to 1 (but the logarithm) about a sentence and its evidence."""
    sentence, text = in_digits(sentence), in_digits(text_of(lines))
    wanted = _wanted(sentence)
    ordered = _all(text)
    held = set(ordered)
    named = held | set(_all(f"{passage.title} {passage.heading}"))
    around = named | set(_all(passage.text))
    place = {term: i for i, term in enumerate(ordered)}
    pairs = list(itertools.pairwise(wanted))
    near = sum(1 for a, b in pairs if a in place and b in place and abs(place[a] - place[b]) <= NEAR_TERMS)
    in_order = sum(1 for a, b in pairs if a in place and b in place and 0 < place[b] - place[a] <= NEAR_TERMS)
    own = set(_wanted(text))
    found = {
        "coverage": _share(wanted, held),
        "named_coverage": _share(wanted, named),
        "passage_coverage": _share(wanted, around),
        "first_held": float(wanted[0] in named),
        "missing": min(1.0, sum(term not in named for term in wanted) / 5),
        "pairs_near": near / len(pairs) if pairs else 1.0,
        "pairs_in_order": in_order / len(pairs) if pairs else 1.0,
        "run": longest_run(sentence, text),
        "reverse": len(own & set(wanted)) / max(1, len(own)),
        "more_lines": (len(lines) - 1) / (MOST_LINES - 1),
        "bound": _bound(sentence, lines),
        "log_terms": math.log1p(len(wanted)) / 4,
    }
    if likeness is not None:
        whole, *each = likeness(sentence, [text, *(in_digits(line.text) for line in lines)])
        found["likeness"] = whole.mean
        found["likeness_weakest"] = whole.weakest
        found["likeness_line"] = max(one.mean for one in each)
        found["likeness_back"] = likeness(text, [sentence])[0].mean
    return found


def _share(wanted: Sequence[str], held: set[str]) -> float:
    return sum(term in held for term in wanted) / max(1, len(wanted))


def _bound(sentence: str, lines: Sequence[Line]) -> float:
    """How much of what stands beside each number of a sentence stands in a line with that number too; the least."""
    numbers = figures(sentence)
    least = 1.0
    for number in numbers:
        at = sentence.find(number)
        near = _wanted(sentence[max(0, at - 40) : at + 40] if at >= 0 else sentence)
        words = [term for term in near if term not in numbers]
        shares = [_share(words, _held(line)) for line in lines if number in figures(f"{line.header_text} {line.text}")]
        least = min(least, max(shares, default=0.0) if words else 1.0)
    return least


def _wanted(text: str) -> list[str]:
    return list(dict.fromkeys(_base(term) for term in query_terms(in_digits(text))))


def _all(text: str) -> list[str]:
    return [_base(term) for term in terms(in_digits(text))]


def _base(term: str) -> str:
    return _IRREGULAR.get(term, term)
