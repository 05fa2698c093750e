"""Questions that a sentence of a page answers, made by rules from the sentence alone.

A rule needs a clear shape ("To print a label, choose ...", "A lien is ...", "If you cancel ..."); a sentence that fits
none gives a question of its rarest words, as people type into a search field. So what is asked is always answered by
the sentence, and the model learns to find it and to copy it.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from engine.language.sentences import sentences as spans

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]|\d(?:[\d.,:]*\d)?%?")
STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "must",
        "my",
        "no",
        "nor",
        "not",
        "of",
        "on",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "s",
        "same",
        "she",
        "should",
        "so",
        "some",
        "such",
        "t",
        "than",
        "that",
        "the",
        "their",
        "theirs",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "upon",
        "us",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yours",
        "also",
        "any",
        "each",
        "both",
        "all",
        "about",
        "after",
        "before",
        "between",
        "because",
        "during",
        "here",
        "just",
        "like",
        "many",
        "new",
        "one",
        "two",
        "use",
        "used",
        "using",
        "make",
        "made",
        "get",
        "see",
        "first",
    ]
)
_TO = re.compile(r"^To ([a-z]+ [^,.;:]{4,80}), (?=[a-z])")
_CAN = re.compile(r"^You can (?:also )?([a-z]+ [^,.;:()]{6,90})[.,]")
_MUST = re.compile(r"^You (?:must|need to|have to|should) ([a-z]+ [^,.;:()]{6,90})[.,]")
_IF = re.compile(r"^If you ([a-z’']+ [^,.;:()]{4,80}), ")
_IS = re.compile(
    r"^(?:An?|The)? ?([A-Za-z][\w’'-]*(?: [\w’'-]+){0,4}) (is|are) (?:an?|the|one|used|called|any|known)\b"
)
_WHEN = re.compile(r"^When you ([a-z]+ [^,.;:()]{4,80}), ")
_BECAUSE = re.compile(r"^((?:The|An?|These|Most|Many|Some) [^,.;:()]{10,90}) because ")
_POINTS_BACK = re.compile(
    r"^(?:This|That|These|Those|It|They|He|She|Such|Thus|However|But|And|Also|For example|In addition)\b"
)
_FOLLOWS_ON = re.compile(r"^(?:Then|Next|After that|It|They|This|You can also)\b")
_NOT_A_NAME = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "he",
        "she",
        "they",
        "we",
        "you",
        "what",
        "which",
        "who",
        "one",
        "another",
        "each",
    ]
)


def split(text: str) -> list[str]:
    """Sentences of a text."""
    return [text[start:end] for start, end in spans(text)]


def words(text: str) -> list[str]:
    """Words and numbers in small letters."""
    return [found.lower().replace("’", "'") for found in WORD.findall(text)]


def content(text: str) -> list[str]:
    """Words that carry meaning."""
    return [word for word in words(text) if word not in STOP]


def good(sentence: str) -> bool:
    """True for a whole sentence that can stand alone as an answer."""
    return (
        30 <= len(sentence) <= 320
        and sentence[0].isupper()
        and sentence[-1] in ".!"
        and not _POINTS_BACK.match(sentence)
        and len(content(sentence)) >= 4
        and "http" not in sentence
        and sentence.count("(") == sentence.count(")")
    )


def follows_on(sentence: str) -> bool:
    """True for a sentence that says more about the one before it."""
    return bool(_FOLLOWS_ON.match(sentence)) and 20 <= len(sentence) <= 200 and sentence[-1] == "."


def mine(text: str) -> str:
    """ "you" as the one who asks says it."""
    text = re.sub(r"\byour\b", "my", text)
    text = re.sub(r"\byou're\b|\byou’re\b|\byou are\b", "I'm", text)
    return re.sub(r"\byou\b", "I", text)


def shape(sentence: str, chooser: random.Random) -> str | None:
    """A question by the first rule that fits, or None."""
    if found := _TO.match(sentence):
        goal = mine(found[1])
        return chooser.choice(
            [f"How do I {goal}?", f"How can I {goal}?", f"I want to {goal}.", f"What do I do to {goal}?"]
        )
    if found := _IF.match(sentence):
        case = mine(found[1])
        return chooser.choice([f"What happens if I {case}?", f"What if I {case}?", f"What should I do if I {case}?"])
    if found := _WHEN.match(sentence):
        return chooser.choice([f"What happens when I {mine(found[1])}?", f"What when I {mine(found[1])}?"])
    if found := _MUST.match(sentence):
        return chooser.choice([f"Do I need to {mine(found[1])}?", f"Must I {mine(found[1])}?"])
    if found := _CAN.match(sentence):
        able = mine(found[1])
        return chooser.choice([f"Can I {able}?", f"Is it possible to {able}?", f"How can I {able}?"])
    if (found := _IS.match(sentence)) and len(found[1]) > 2 and found[1].split()[0].lower() not in _NOT_A_NAME:
        name = found[1] if found[1][1:2].isupper() else found[1][0].lower() + found[1][1:]
        return chooser.choice([f"What {found[2]} {name}?", f"What does {name} mean?", f"Explain {name}.", f"{name}?"])
    if found := _BECAUSE.match(sentence):
        reason = found[1][0].lower() + found[1][1:]
        return chooser.choice([f"Why is it that {reason}?", f"What is the reason that {reason}?"])
    return None


def by_words(sentence: str, rarity: Mapping[str, int], chooser: random.Random) -> str | None:
    """A question of the two to four rarest content words, in their order; None where too few are rare enough."""
    seen = list(dict.fromkeys(content(sentence)))
    seen = [word for word in seen if len(word) > 3 or word.isdigit()]
    wanted = chooser.randint(2, 4)
    rare = sorted(seen, key=lambda word: (rarity.get(word, 0), word))[:wanted]
    if len(rare) < 2:
        return None
    said = " ".join(word for word in seen if word in rare)
    return chooser.choice(
        [
            f"{said}?",
            said,
            f"What about {said}?",
            f"Tell me about {said}.",
            f"What do you know about {said}?",
            f"Question on {said}",
        ]
    )


def ask(sentence: str, rarity: Mapping[str, int], chooser: random.Random) -> str | None:
    """A question that the sentence answers, sometimes typed without care."""
    question = shape(sentence, chooser) or by_words(sentence, rarity, chooser)
    if question is None or len(question) > 160:
        return None
    if chooser.random() < 0.12:
        question = question.lower().rstrip("?.")
    elif chooser.random() < 0.1:
        question = chooser.choice(["Hi, ", "Hello, ", "Please help: ", "Sorry, "]) + question[0].lower() + question[1:]
    return question


def count_words(texts: Iterable[str]) -> Counter[str]:
    """In how many texts each word is."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(set(words(text)))
    return found
