"""How hard a passphrase is to guess, roughly: enough to give a hint, no promise."""

from __future__ import annotations

import math
from enum import IntEnum

_COMMON = ("password", "passwort", "123456", "qwerty", "abc123", "letmein", "admin", "welcome", "iloveyou", "casemate")


class Strength(IntEnum):
    NONE = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


def guess_bits(passphrase: str) -> float:
    """An upper estimate of the bits a guesser needs; repeated and running characters count little."""
    if not passphrase:
        return 0.0
    pool = 0
    pool += 26 if any("a" <= c <= "z" for c in passphrase) else 0
    pool += 26 if any("A" <= c <= "Z" for c in passphrase) else 0
    pool += 10 if any(c.isdigit() for c in passphrase) else 0
    pool += 32 if any(c.isascii() and not c.isalnum() for c in passphrase) else 0
    pool += 2000 if any(not c.isascii() for c in passphrase) else 0
    fresh = sum(
        1.0 if place == 0 or abs(ord(c) - ord(passphrase[place - 1])) > 1 else 0.3 for place, c in enumerate(passphrase)
    )
    bits = min(fresh, len(set(passphrase)) * 1.6) * math.log2(max(pool, 2))
    words = passphrase.split()
    if len(words) > 1 and all(word.isascii() and word.isalpha() for word in words):
        bits = min(bits, 12.0 * len(words))  # a word is worth about a list of four thousand
    lowered = passphrase.lower()
    return bits * 0.4 if any(word in lowered for word in _COMMON) else bits


def strength(passphrase: str) -> Strength:
    bits = guess_bits(passphrase)
    if bits <= 0:
        return Strength.NONE
    for least, value in ((70, Strength.STRONG), (50, Strength.GOOD), (34, Strength.FAIR)):
        if bits >= least:
            return value
    return Strength.WEAK
