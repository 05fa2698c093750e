"""Recommend: fit, rank, forget, measure."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct, field

from engine.api.base import Request, Result
from engine.values import Rejection


class FitRecommender(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Learn recommendations {pack}"
    items: str
    events: str
    pack: str
    max_minutes: float | None = None
    seed: int = 0


class RankingMetrics(Struct, frozen=True):
    """Full ranking over all items that the person has no training event with."""

    ndcg_10: float = field(name="ndcg@10")
    recall_10: float = field(name="recall@10")
    coverage: float
    """Share of items that appear in at least one list."""


class RecommenderFitted(Result, frozen=True):
    """`metrics`: of the model and of every baseline, on a held-out part of each person's events."""

    pack: str
    version: int
    users: int
    items: int
    events: int
    seconds: float
    peak_mb: float
    metrics: dict[str, RankingMetrics]
    warnings: tuple[str, ...] = ()


class RecommendTop(Request, frozen=True):
    """Give `user` (known to the pack) or `history` (item ids of somebody unknown to it)."""

    pack: str
    user: str | None = None
    history: tuple[str, ...] = ()
    k: int = 10


class RankedItem(Struct, frozen=True):
    """`why` names the ground of `reason`: "behaviour", "text", "popular"; `because` the items that led here."""

    item: str
    title: str
    score: float
    reason: str
    why: str = ""
    because: tuple[str, ...] = ()


class RankedItems(Result, frozen=True):
    items: tuple[RankedItem, ...]
    unknown: tuple[str, ...] = ()
    """Ids in `history` that the pack does not know."""


class RecommendFile(Request, frozen=True):
    """Lists for every user of a table (column user, or the only column) into jsonl lines `user`, `items`."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Recommend for {input}"
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
