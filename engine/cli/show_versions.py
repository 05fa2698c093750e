"""How versions and the labelling queue look on a terminal."""

from __future__ import annotations

from engine import api
from engine.cli.output import table

MOST_LABELS = 40


def versions(r: api.Versions) -> str:
    return f"{r.pack} ({r.task})\n" + table(
        ["version", "in use", "method", "data set", "made", "size", "accuracy"],
        [
            (v.version, v.current, v.method, v.dataset, v.created, f"{v.bytes / 1e6:.2f} MB",
             v.metrics.get("accuracy", v.metrics.get("f1")))
            for v in r.versions
        ],
    )  # fmt: skip


def compared(r: api.VersionsCompared) -> str:
    lines = [
        f"{r.texts:,} texts: version {r.first} had {r.first_right:,} right ({r.first_right / r.texts:.1%}), "
        f"version {r.second} {r.second_right:,} ({r.second_right / r.texts:.1%}).",
        f"Only version {r.first} had {r.only_first:,} right, only version {r.second} {r.only_second:,}; "
        f"chance of such a difference by luck: {r.chance:.3f}.",
    ]
    if r.first_f1 is not None and r.second_f1 is not None and r.f1_chance is not None:
        lines.insert(
            0,
            f"F1 of version {r.first} {r.first_f1:.1%}, of version {r.second} {r.second_f1:.1%}; "
            f"chance of such a difference by luck: {r.f1_chance:.3f}. A text is right where exactly its entities were "
            "found.",
        )
    moved = sorted(r.per_label.items(), key=lambda pair: -abs(pair[1][1] - pair[1][0]))[:MOST_LABELS]
    first, second = f"F1 of version {r.first}", f"F1 of version {r.second}"
    lines += ["", table(["label", first, second], [(label, one, other) for label, (one, other) in moved])]
    if r.examples:
        columns = ["text", "label", f"version {r.first}", f"version {r.second}"]
        rows = [(one["text"], one["label"], one["first"], one["second"]) for one in r.examples]
        lines += ["", table(columns, rows)]
    return "\n".join(lines)


def queue(r: api.LabellingQueue) -> str:
    lines = [f"Waiting: {r.waiting:,}; labelled and not yet taught: {r.labelled:,}."]
    if r.labels:
        more = f" and {len(r.labels) - MOST_LABELS:,} more" if len(r.labels) > MOST_LABELS else ""
        lines.append(f"Labels: {', '.join(r.labels[:MOST_LABELS])}{more}")
    if r.texts:
        rows = [
            (str(one.id), one.pack, one.source, one.suggested[0][0] if one.suggested else "", one.text)
            for one in r.texts
        ]
        lines += ["", table(["id", "model", "from", "guess", "text"], rows)]
    return "\n".join(lines)


def queue_taught(r: api.QueueTaught) -> str:
    end = "It is now in use." if r.promoted else "It did worse than the version in use, which stays."
    told = f", accuracy {r.metrics['accuracy']:.1%} on held-out texts" if "accuracy" in r.metrics else ""
    return f"{r.added:,} labelled texts are in {r.dataset}; {r.pack} version {r.version} was taught{told}. {end}"
