"""Recommend: fit, rank, forget, measure."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct, field

from engine.api.base import Request, Result
from engine.api.data import LintFinding
from engine.values import Rejection


class FitRecommender(Request, frozen=True):
    """`weights`: how much an event of a type counts, -1 to 1, in place of the usual weight; below 0 it speaks against
    the item, and 0 leaves such events out."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Learn recommendations {pack}"
    items: str
    events: str
    pack: str
    max_minutes: float | None = None
    seed: int = 0
    weights: dict[str, float] = {}


class RankingMetrics(Struct, frozen=True):
    """Full ranking over all items that the person has no training event with."""

    ndcg_10: float = field(name="ndcg@10")
    recall_10: float = field(name="recall@10")
    coverage: float
    """Share of items that appear in at least one list."""
    mrr: float = 0.0
    """Mean of 1 / place of the first held-out item among the first ten; 0 where there is none."""
    novelty: float = 0.0
    """Mean over listed items of -log2 of the share of people who chose them: how little known they are."""
    diversity: float = 0.0
    """Mean of 1 - cosine over the pairs of a list: of the texts, or where there are none of the people who chose."""
    popularity_bias: float = 0.0
    """How popular listed items are, over how popular the held-out ones are: 1 is as people choose themselves."""
    interval: tuple[float, float] = (0.0, 0.0)
    """95 % of ndcg@10, by drawing people again."""
    at: dict[str, float] = {}
    """ndcg and recall at other lengths: "ndcg@5", "recall@20" ..."""
    slices: dict[str, SliceMetrics] = {}


class SliceMetrics(Struct, frozen=True):
    """A part of the people ("history 1-9"), or of the held-out items ("new items"), with who counts in it."""

    users: int
    ndcg_10: float = field(name="ndcg@10")
    recall_10: float = field(name="recall@10")


class Difference(Struct, frozen=True):
    """ndcg@10 of the model minus that of a baseline, for the same people; 95 % by drawing people again."""

    mean: float
    low: float
    high: float


class EventType(Struct, frozen=True):
    """Events of a type that were learned from, and how much one of them counts."""

    count: int
    weight: float


class RecommenderFitted(Result, frozen=True):
    """`metrics`: of the model and of every baseline, on a held-out part of each person's events. `cleaned`: events
    that were left out or put right, by reason. `types`: of the events, "(none)" for those without one."""

    pack: str
    version: int
    users: int
    items: int
    events: int
    seconds: float
    peak_mb: float
    metrics: dict[str, RankingMetrics]
    warnings: tuple[str, ...] = ()
    cleaned: tuple[LintFinding, ...] = ()
    types: dict[str, EventType] = {}


class RecommendTop(Request, frozen=True):
    """Give `user` (known to the pack) or `history` (item ids of somebody unknown to it).

    Attributes:
        text: a wish in plain words (“something like the Ridge 2 but cheaper”); with it, user and history are optional.
        diversity: "off", "some" or "strong" in place of the pack's rule.
        without: ids that are taken out of the history first, to see what would change.
        record: keep the list as shown, with the chance that each place had, so that clicks can be counted and versions
            compared; `RankedItems.shown` is its number.
        explore: share of the places of a recorded list, 0..0.5, that show something further down by lot. Without it
            nothing can be said afterwards about any other version.
    """

    pack: str
    user: str | None = None
    history: tuple[str, ...] = ()
    k: int = 10
    text: str = ""
    diversity: str | None = None
    without: tuple[str, ...] = ()
    record: bool = False
    explore: float = 0.0


class RankedItem(Struct, frozen=True):
    """`why` names the ground of `reason`: "behaviour", "text", "popular", "together", "pinned", "explored";
    `because` the items that led here. `price`, `categories` and `image` are as the item data set has them now."""

    item: str
    title: str
    score: float
    reason: str
    why: str = ""
    because: tuple[str, ...] = ()
    price: float | None = None
    categories: tuple[str, ...] = ()
    image: str = ""


class RankedItems(Result, frozen=True):
    items: tuple[RankedItem, ...]
    unknown: tuple[str, ...] = ()
    """Ids in `history` that the pack does not know."""
    understood: tuple[str, ...] = ()
    """How a wish in words was read."""
    shown: int = 0
    """Number of the list where it was recorded, for `RecordFeedback`."""
    history: tuple[tuple[str, str], ...] = ()
    """What counted, (id, title), newest known last; sensitive categories left out."""


class RecommendFile(Request, frozen=True):
    """Lists for every user of a table (column user, or the only column), or for everybody where `input` is empty.

    `output` ends in .csv (columns user, place, item, title, score, reason) or holds jsonl lines `user`, `items`.
    """

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Recommend into {output}"
    pack: str
    input: str
    output: str
    k: int = 10


class FileRecommended(Result, frozen=True):
    output: str
    users: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    seconds: float


class SimilarItems(Request, frozen=True):
    pack: str
    item: str
    k: int = 10


class TogetherItems(Request, frozen=True):
    """What the people who chose all of `items` chose too; with `bundle` one set around the first item."""

    pack: str
    items: tuple[str, ...]
    k: int = 10
    bundle: bool = False


class ListPeople(Request, frozen=True):
    """People or items known to a recommender, for pickers: ids (and titles) that contain `query`."""

    pack: str
    query: str = ""
    what: str = "users"
    limit: int = 50


class People(Result, frozen=True):
    entries: tuple[tuple[str, str], ...]
    """(id, title or number of events)."""


class ForgetUser(Request, frozen=True):
    """Remove a person from the pack and from every event data set it was fitted on, and refit what they touched."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Forget a person in {pack}"
    pack: str
    user: str


class UserForgotten(Result, frozen=True):
    user: str
    events_removed: int
    version: int


class EvaluateRecommender(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Evaluate {pack}"
    pack: str
    holdout: str
    baselines: bool = False


class RecommenderEvaluated(Result, frozen=True):
    users: int
    ndcg_10: float = field(name="ndcg@10")
    recall_10: float = field(name="recall@10")
    coverage: float
    baselines: dict[str, RankingMetrics]
    skipped_users: int = 0
    skipped_items: int = 0
    mrr: float = 0.0
    novelty: float = 0.0
    diversity: float = 0.0
    popularity_bias: float = 0.0
    interval: tuple[float, float] = (0.0, 0.0)
    at: dict[str, float] = {}
    slices: dict[str, SliceMetrics] = {}
    """Those of `RankingMetrics`; "new people" are those of the file that the pack does not know, ranked by what is
    popular and counted nowhere else."""
    differences: dict[str, Difference] = {}
    """The model against each baseline."""
