"""Items for a wish in words: by what it means, by its words, by the item it names, within what it asks for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import RankedItem
from engine.errors import UsageError
from engine.language.terms import cjk_share, is_cjk, normalise, query_terms, terms
from engine.serve.recommend.facts import ItemFacts
from engine.serve.recommend.lists import finished
from engine.serve.recommend.model import History, RecommendModel
from engine.serve.recommend.rank import best_of, score_items
from engine.serve.recommend.reasons import title_of
from engine.serve.recommend.rules import Rules
from engine.serve.recommend.title_words import TitleWords
from engine.serve.recommend.wish import Wish, read_wish
from engine.serve.recommend.wish_chinese import read_chinese_wish

WORDS_WEIGHT = 0.5
"""Of words that stand in the title, beside the cosine of the meanings."""
TASTE_WEIGHT = 0.15
NAMED_SHARE = 0.6
"""So much of what follows “like” has to stand in a title for it to name that item."""

CHINESE_SHARE = 0.3
"""Of the letters of a wish; titles in it may be English."""

Embed = Callable[[list[str]], NDArray[np.float32]]


class Found(NamedTuple):
    """`understood`: sentences about what was read out of the words."""

    items: tuple[RankedItem, ...]
    understood: tuple[str, ...]


class _Scores(NamedTuple):
    meaning: NDArray[np.float32]
    words: NDArray[np.float32]
    taste: NDArray[np.float32]

    @property
    def total(self) -> NDArray[np.float32]:
        return self.meaning + self.words + self.taste


def search_items(
    model: RecommendModel,
    facts: ItemFacts,
    words: str,
    history: History,
    k: int,
    rules: Rules,
    embed: Embed,
    *,
    exclude: NDArray[np.int64] | None = None,
) -> Found:
    """The best items for a wish.

    Args:
        history: of whoever asks; it tips the balance between items that suit equally well. Its items are left out.
        embed: texts to float32 rows of length one, by what made the vectors of the items.
    Raises:
        UsageError: there is nothing in the words to search for.
    """
    read = read_chinese_wish if cjk_share(words) >= CHINESE_SHARE else read_wish
    wish = read(words, facts.category_names)
    index = model.title_words
    anchor = _named(index, wish.like)
    asked = " ".join(part for part in ("" if anchor is not None else wish.like, wish.text) if part)
    told: list[str] = []
    allowed = _allowed(model, facts, wish, anchor, history, rules, told)
    if anchor is None and not asked and not told:
        raise UsageError(reason="Say in a few words what it should be like.")
    scores = _scores(model, index, asked, anchor, rules.profile(history), embed)
    if asked:
        told.insert(0, f"About: {asked}.")
    if anchor is not None:
        told.insert(0, f"Like “{title_of(model, anchor)}”.")
        allowed[anchor] = False
    allowed[history.items] = False
    if exclude is not None:
        allowed[exclude] = False
    total = scores.total
    best = best_of(total, model.popularity, np.flatnonzero(allowed), k)
    ranked = tuple(_item(model, int(place), scores, asked, anchor) for place in best)
    return Found(finished(model, facts, ranked, Rules()), tuple(told))


def _named(index: TitleWords, like: str) -> int | None:
    """The item whose title covers the words best, if it covers most of them."""
    asked = list(dict.fromkeys(query_terms(like)))
    known = [term for term in asked if term in index.places]
    if not known:
        return None
    weights = {term: index.weight(term) for term in asked}
    covered: dict[int, float] = {}
    for term in known:
        for place in index.places[term].tolist():
            covered[place] = covered.get(place, 0.0) + weights[term]
    best = max(covered, key=lambda place: (covered[place], -place))
    return best if covered[best] >= NAMED_SHARE * sum(weights.values()) else None


def _scores(
    model: RecommendModel, index: TitleWords, asked: str, anchor: int | None, profile: History, embed: Embed
) -> _Scores:
    items = len(model.item_ids)
    meaning, by_words, taste = (np.zeros(items, np.float32) for _ in range(3))
    if model.vectors is not None:
        parts = [] if anchor is None else [model.vectors.of(np.array([anchor]))[0]]
        if asked:
            parts.append(embed([asked])[0])
        if parts:
            direction = np.sum(parts, axis=0)
            length = float(np.linalg.norm(direction))
            meaning = model.vectors.cosines((direction / (length or 1)).astype(np.float32))
    wanted = list(dict.fromkeys(query_terms(asked)))
    weight = sum(index.weight(term) for term in wanted)
    for term in wanted:
        if term in index.places:
            by_words[index.places[term]] += np.float32(WORDS_WEIGHT * index.weight(term) / weight)
    if anchor is not None:
        taste += _share(score_items(model, model.history_of([anchor])))
    if (profile.strengths > 0).any():
        taste += _share(score_items(model, profile))
    return _Scores(meaning, by_words, taste * np.float32(TASTE_WEIGHT))


def _share(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    best = float(scores.max(initial=0))
    return np.asarray(np.maximum(scores, 0) / best if best > 0 else np.zeros_like(scores), np.float32)


def _allowed(
    model: RecommendModel,
    facts: ItemFacts,
    wish: Wish,
    anchor: int | None,
    history: History,
    rules: Rules,
    told: list[str],
) -> NDArray[np.bool_]:
    """Which items the wish and the rules leave; says in `told` what the wish was taken to mean."""
    allowed = np.ones(len(model.item_ids), bool) if rules.allowed is None else rules.allowed.copy()
    price = facts.price
    least, most = wish.least, wish.most
    if wish.cheaper or wish.dearer:
        reference = _reference(model, facts, anchor, history)
        if reference is None:
            told.append("No price is known to compare with, so that “cheaper” or “dearer” did not count.")
        else:
            value, named = reference
            word = "Cheaper" if wish.cheaper else "Dearer"
            told.append(f"{word} than {named} ({value:,.2f}).")
            allowed &= price < value if wish.cheaper else price > value
    if most is not None:
        allowed &= price <= most
        told.append(f"At most {most:,.2f}.")
    if least is not None:
        allowed &= price >= least
        told.append(f"At least {least:,.2f}.")
    if wish.categories:
        within = np.zeros(len(allowed), bool)
        for name in wish.categories:
            within |= facts.in_category(facts.category_index[name.casefold()])
        allowed &= within
        told.append(f"Only in: {', '.join(wish.categories)}.")
    for name in wish.without_categories:
        allowed &= ~facts.in_category(facts.category_index[name.casefold()])
    index = model.title_words
    for word in wish.without:
        allowed[_with_all(index, word)] = False
    if wish.without_categories or wish.without:
        told.append(f"Without: {', '.join((*wish.without_categories, *wish.without))}.")
    if wish.in_stock:
        allowed &= facts.available
        told.append("In stock.")
    return allowed


def _with_all(index: TitleWords, word: str) -> NDArray[np.int64]:
    """The titles that have every term of a word: a Chinese one has several."""
    found = [index.of(term) for term in terms(word)]
    return functools.reduce(np.intersect1d, found) if found else np.empty(0, np.int64)


def _held(asked: str, title: str, index: TitleWords, place: int) -> list[str]:
    """What of the words stands in a title: words, and of Chinese the longest runs of two characters or more."""
    held: list[str] = []
    folded = normalise(title)
    for word in asked.split():
        if not any(map(is_cjk, word)):
            held += [word] * any(place in index.of(term) for term in query_terms(word))
            continue
        start, plain = 0, normalise(word)
        while start < len(plain):
            longest = next((end for end in range(len(plain), start + 1, -1) if plain[start:end] in folded), 0)
            held += [plain[start:longest]] * bool(longest)
            start = longest or start + 1
    return held


def _reference(
    model: RecommendModel, facts: ItemFacts, anchor: int | None, history: History
) -> tuple[float, str] | None:
    """The price that “cheaper” compares with: of the named item, else the middle one of the person's choices."""
    if anchor is not None and not np.isnan(facts.price[anchor]):
        return float(facts.price[anchor]), f"“{title_of(model, anchor)}”"
    known = facts.price[history.items]
    known = known[~np.isnan(known)]
    return (float(np.median(known)), "what was chosen before") if len(known) else None


def _item(model: RecommendModel, place: int, scores: _Scores, asked: str, anchor: int | None) -> RankedItem:
    index = model.title_words
    held = _held(asked, model.titles[place], index, place)
    parts = (float(scores.meaning[place]), float(scores.words[place]), float(scores.taste[place]))
    because: tuple[str, ...] = ()
    if held and parts[1] > 0 and parts[1] >= max(parts[0], parts[2]):
        reason, why = f"Its title has “{' '.join(held)}”.", "text"
    elif parts[0] > 0 and anchor is not None and parts[0] >= parts[2]:
        reason, why = f"Its description is close to “{title_of(model, anchor)}”.", "text"
        because = (model.item_ids[anchor],)
    elif parts[0] > 0 and parts[0] >= parts[2]:
        reason, why = "Its description is close to your words.", "text"
    elif parts[2] > 0:
        reason, why = "It suits what was chosen before.", "behaviour"
    else:
        count, people = int(model.popularity[place]), model.people
        reason = f"Chosen by {count:,} of {people:,} people." if count else "Nobody has chosen it yet."
        why = "popular"
    return RankedItem(
        item=model.item_ids[place], title=model.titles[place], score=round(float(scores.total[place]), 6),
        reason=reason, why=why, because=because,
    )  # fmt: skip
