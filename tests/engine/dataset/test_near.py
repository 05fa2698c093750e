"""Near duplicates against the slow and certain way, their time, and leaks into a valid set."""

from __future__ import annotations

import random
import time

from engine.dataset.leakage import find_leaks, leakage
from engine.dataset.near import LEAST_CHARS, SIMILAR, near_pairs

WORDS = ["please", "tell", "where", "card", "that", "ordered", "last", "week", "is", "now", "and", "who", "has"]


def shared(one: str, other: str) -> float:
    runs = [{text[at : at + 3] for at in range(len(text) - 2)} for text in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def test_finds_what_comparing_all_pairs_finds():
    chance = random.Random(3)
    texts: list[str] = []
    for _ in range(150):
        text = " ".join(chance.choice(WORDS) + chance.choice("abcdefgh") for _ in range(10))
        texts.append(text)
        letters = list(text)
        for _ in range(chance.choice((1, 1, 2, 3))):
            letters[chance.randrange(len(letters))] = "q"
        texts.append(" ".join("".join(letters).split()))
    certain = {
        later
        for later in range(len(texts))
        if any(shared(texts[later], texts[earlier]) >= SIMILAR for earlier in range(later))
    }
    found = {later for _, later in near_pairs(texts)}
    assert found <= certain
    assert len(certain) > 60
    assert len(found) >= 0.95 * len(certain)


def test_short_texts_are_only_compared_for_being_equal():
    assert near_pairs(["yes please", "Yes, please!", "yes pleasee"]) == [(0, 1)]
    assert len("yes pleasee") < LEAST_CHARS
    assert near_pairs(["", "?!", "  "]) == []
    assert near_pairs(["退货要多久才能到账呢？", "退货要多久才能到账呢"]) == [(0, 1)]
    half = "\ud800 half a character in a longer text"
    assert near_pairs([half, half]) == [(0, 1)]


def test_time_is_bounded_for_many_like_texts_and_long_texts():
    began = time.process_time()
    alike = [f"Your order {n} has been shipped and will arrive within three days." for n in range(10_000)]
    assert len(near_pairs(alike)) > 9_000
    long = ["".join(random.Random(n).choices("abcdefghij ", k=100_000)) for n in range(20)]
    assert near_pairs(long) == []
    assert time.process_time() - began < 15


def test_leaks():
    taught = ["Where is my parcel?", "I want to send this coat back to the shop", "Anything else"]
    valid = ["where is  my PARCEL?", "I want to send this coat back to the shop.", "Something new", "Something new"]
    leaks = find_leaks(taught, valid)
    assert (leaks.same, leaks.near) == ((0,), (1,))
    findings = leakage(leaks, valid, "check")
    assert [(finding.code, finding.count) for finding in findings] == [("leakage", 1), ("near_leakage", 1)]
    assert "check" in findings[0].message
    assert leakage(find_leaks(taught, ["Something new"]), ["Something new"], "check") == ()
