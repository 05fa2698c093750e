"""How good a recommender is, and what was cleaned out of the events that it learned from, as text."""

from __future__ import annotations

from engine import api
from engine.cli.output import table


def fitted(r: api.RecommenderFitted) -> str:
    head = (
        f"{r.pack} version {r.version}: {r.users:,} people, {r.items:,} items, {r.events:,} events, {r.seconds:.1f} s."
    )
    lines = [head, *(f"Note: {warning}" for warning in r.warnings)]
    if r.types:
        lines.append(table(["type", "events", "weight"], [(name, t.count, t.weight) for name, t in r.types.items()]))
    if r.cleaned:
        rows = [(one.code, one.count, "; ".join(one.examples[:2])) for one in r.cleaned]
        lines.append(table(["cleaned", "lines", "such as"], rows))
    return "\n".join([*lines, rankings(r.metrics)])


def evaluated(r: api.RecommenderEvaluated) -> str:
    values = {name: getattr(r, name) for name in api.RankingMetrics.__struct_fields__}
    lines = [f"{r.users:,} people.", rankings({"this model": api.RankingMetrics(**values), **r.baselines})]
    if r.differences:
        rows = [(name, f"{d.mean:+.4f}", f"{d.low:+.4f} to {d.high:+.4f}") for name, d in r.differences.items()]
        lines.append(table(["against", "NDCG@10 gained", "95 %"], rows))
    if r.slices:
        slices = [(name, s.users, s.ndcg_10, s.recall_10) for name, s in r.slices.items()]
        lines.append(table(["slice", "people", "NDCG@10", "recall@10"], slices))
    return "\n".join(lines)


def rankings(metrics: dict[str, api.RankingMetrics]) -> str:
    if not metrics:
        return ""
    rows = [
        (name, m.ndcg_10, f"{m.interval[0]:.3f} to {m.interval[1]:.3f}", m.recall_10, m.mrr, m.coverage, m.novelty,
         m.diversity, m.popularity_bias)
        for name, m in metrics.items()
    ]  # fmt: skip
    heads = ["model", "NDCG@10", "95 %", "recall@10", "MRR", "coverage", "novelty", "diversity", "popularity"]
    return table(heads, rows)
