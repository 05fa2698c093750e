"""Fill a workspace with the bundled samples: the same acts that a person would do, one after the other."""

from __future__ import annotations

import time

from engine import api
from engine.host.context import Context
from engine.host.registry import handler_of, handles
from engine.samples import SampleOrganisation, samples
from engine.values import DatasetKind

NAMES = {
    "en": {
        "messages": "Customer messages", "notes": "Clinic notes", "catalogue": "Catalogue", "purchases": "Purchases",
        "message skill": "Message topics", "note skill": "Note topics", "taste": "Shop recommendations",
    },
    "zh": {
        "messages": "顾客留言", "notes": "门诊记录",
        "catalogue": "商品目录", "purchases": "购买记录", "message skill": "留言主题", "note skill": "记录主题",
        "taste": "商品推荐",
    },
}  # fmt: skip


def steps(language: str) -> list[api.Request]:
    """The requests that put the samples into a workspace, in order."""
    found, names = samples(language), NAMES[language]

    def index(organisation: SampleOrganisation) -> api.Request:
        paths = tuple(str(path) for path in organisation.documents)
        return api.AddDocuments(collection=organisation.name, paths=paths)

    def take_in(organisation: SampleOrganisation, kind: DatasetKind, name: str) -> api.Request:
        return api.ImportData(path=str(organisation.table(kind).path), name=names[name], kind=kind, replace=True)

    return [
        index(found.shop),
        index(found.clinic),
        take_in(found.shop, "labelled", "messages"),
        take_in(found.clinic, "labelled", "notes"),
        take_in(found.shop, "items", "catalogue"),
        take_in(found.shop, "events", "purchases"),
        api.TrainClassifier(dataset=names["messages"], pack=names["message skill"], method="head"),
        api.TrainClassifier(dataset=names["notes"], pack=names["note skill"], method="head"),
        api.FitRecommender(items=names["catalogue"], events=names["purchases"], pack=names["taste"]),
    ]


@handles(api.LoadSamples)
def load_samples(ctx: Context, request: api.LoadSamples, ctl: api.Control) -> api.SamplesLoaded:
    began, names = time.monotonic(), NAMES[request.language]
    requests = steps(request.language)
    for done, step in enumerate(requests):
        ctl.report(done, len(requests), "samples", "")
        handler_of(type(step))(ctx, step, _Part(ctl, done, len(requests)))
    ctl.report(len(requests), len(requests), "samples")
    return api.SamplesLoaded(
        datasets=tuple(names[key] for key in ("messages", "notes", "catalogue", "purchases")),
        collections=tuple(organisation.name for organisation in samples(request.language).organisations),
        packs=tuple(names[key] for key in ("message skill", "note skill", "taste")),
        seconds=round(time.monotonic() - began, 2),
    )


class _Part:
    """The control of one step: its progress is told as the whole's."""

    def __init__(self, ctl: api.Control, done: int, total: int) -> None:
        self._ctl, self._done, self._total = ctl, done, total

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None:
        del done, total, stage, note, values  # one step
        self._ctl.report(self._done, self._total, "samples")

    def check(self) -> None:
        self._ctl.check()
