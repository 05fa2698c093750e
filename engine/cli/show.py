"""How each result looks to a person on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from engine import api
from engine.cli import (
    show_desk,
    show_entities,
    show_generate,
    show_handoff,
    show_library,
    show_measured,
    show_recommend,
    show_search,
    show_taught,
    show_versions,
)
from engine.cli.output import cell, clip, facts, table

MOST_ROWS = 40


def _rejected(result: Any) -> str:
    if not result.rejected_count:
        return ""
    listed = "\n".join(f"  line {one.line}: {one.reason}" for one in result.rejected[:20])
    more = result.rejected_count - min(20, len(result.rejected))
    return f"\n{result.rejected_count:,} rows were refused:\n{listed}" + (f"\n  and {more:,} more" if more > 0 else "")


def _imported(r: api.DataImported) -> str:
    lines = [f"{r.accepted:,} of {r.rows:,} rows are in the data set {r.dataset} ({r.kind}), in {r.seconds:.1f} s."]
    lines += [f"Note: {warning}" for warning in r.warnings]
    return "\n".join(lines) + _rejected(r)


def _datasets(r: api.Datasets) -> str:
    return table(
        ["name", "kind", "rows", "labels", "version", "created", "source"],
        [(d.name, d.kind, d.rows, d.labels, d.version, d.created, d.source) for d in r.datasets],
    )


def _dataset_page(r: api.DatasetPage) -> str:
    text = table(r.columns, r.rows)
    if r.labels:
        text += "\n\n" + table(["label", "rows"], sorted(r.labels.items(), key=lambda pair: -pair[1]))
    return text


def _lint(r: api.DatasetLint) -> str:
    if not r.findings:
        return f"{r.rows:,} rows, nothing to remark."
    return table(["severity", "count", "finding"], [(f.severity, f.count, f.message) for f in r.findings])


def _trained(r: api.ClassifierTrained) -> str:
    m = r.metrics
    lines = [
        f"{r.pack} version {r.version} ({r.method}), trained in {r.seconds:.1f} s, {r.adapter_bytes / 1e6:.2f} MB.",
        f"On held-out texts: accuracy {m['accuracy']:.1%} (95 % interval {m.get('accuracy_low', 0):.1%} to "
        f"{m.get('accuracy_high', 1):.1%}), macro F1 {m['macro_f1']:.3f}, calibration error {m['ece']:.3f}.",
        "It is now in use." if r.promoted else "It did worse than the version in use, which stays.",
    ]
    worst = sorted(r.per_label, key=lambda one: one.f1)[:MOST_ROWS]
    return "\n".join(lines) + "\n\n" + _labels(worst)


def _forecast(r: api.TrainingForecast) -> str:
    rows = [
        (
            "-> " + m.method if m.method == r.chosen else m.method,
            f"{m.seconds:,.0f} s" if m.possible else "",
            f"{m.peak_mb:,.0f} MB" if m.possible else "",
            "" if m.score is None else f"{m.score:.1%}",
            "" if m.score_low is None or m.score_high is None else f"{m.score_low:.1%} to {m.score_high:.1%}",
            m.reason,
        )
        for m in r.methods
    ]
    head = f"Forecast for {r.dataset} on {r.device}, {r.free_mb:,.0f} MB of memory free; took {r.seconds:.0f} s."
    columns = ["method", "time", "memory", "expected score", "90 % interval", "remark"]
    return f"{head}\n\n{table(columns, rows)}\n\n{r.why}"


def _unfinished(r: api.UnfinishedTrainings) -> str:
    if not r.trainings:
        return "No training was interrupted."
    rows = [(t.id, t.pack, t.task, t.method, f"{t.epoch:.2f}", t.saved) for t in r.trainings]
    return table(["id", "model", "task", "method", "passes done", "saved"], rows)


def _resumed(r: api.TrainingResumed) -> str:
    kind = api.ClassifierTrained if "confusion" in r.trained else api.EntitiesTrained
    return as_text(msgspec.convert(r.trained, kind))


def _labels(rows: Any) -> str:
    return table(
        ["label", "precision", "recall", "f1", "texts"],
        [(o.label, o.precision, o.recall, o.f1, o.support) for o in rows],
    )


def _classified(r: api.Classified) -> str:
    return table(
        ["label", "score", "sure", "text"],
        [(o.label, o.score, "no, to a person" if o.abstain else "yes", o.text) for o in r.results],
    )


def _file_classified(r: api.FileClassified) -> str:
    text = f"{r.labelled:,} texts labelled, {r.abstained:,} left to a person, in {r.seconds:.1f} s: {r.output}"
    return text + _rejected(r)


def _evaluated(r: api.Evaluated) -> str:
    head = f"{r.n:,} texts: accuracy {r.accuracy:.1%}, macro F1 {r.macro_f1:.3f}, calibration error {r.ece:.3f}."
    if r.auc is not None:
        head = f"{head[:-1]}, AUC {r.auc:.3f}."
    head += show_entities.taught(r.taught)
    if r.unknown_labels:
        head += f"\nLabels that the model never learned: {', '.join(r.unknown_labels)}"
    return head + "\n\n" + _labels(r.per_label)


def _explained(r: api.Explanation) -> str:
    f = r.faithfulness
    lines = [
        f"{r.label} ({r.score:.1%})",
        table(["weight", "word"], [(f"{t.weight:+.3f}", t.text) for t in sorted(r.tokens, key=lambda t: -t.weight)]),
        "",
        f"Without the {f.share:.0%} of words with most weight the score loses {f.comprehensiveness:.3f} "
        f"(random words: {f.random_comprehensiveness:.3f}); with them alone it loses {f.sufficiency:.3f} "
        f"({f.random_sufficiency:.3f}).",
    ]
    return "\n".join([*lines, *([r.note] if r.note else [])])


def _collections(r: api.Collections) -> str:
    text = table(
        ["collection", "documents", "passages", "answers"],
        [(c.name, c.documents, c.passages, c.answers) for c in r.collections],
    )
    for collection in r.collections:
        if collection.files:
            text += f"\n\n{collection.name}\n" + table(
                ["document", "pages", "passages", "added"],
                [(d.path, d.pages, d.passages, d.added) for d in collection.files],
            )
    return text


def _hits(r: api.PassageHits) -> str:
    if not r.hits:
        return "Nothing was found."
    return "\n\n".join(
        f"{i}. {place(hit)}  (score {hit.score:.3g})\n{clip(hit.text, 400)}" for i, hit in enumerate(r.hits, 1)
    )


def place(source: Any) -> str:
    return source.doc if source.page is None else f"{source.doc}, page {source.page}"


MODES = {
    "template": "Approved answer",
    "quote": "Quoted from your documents",
    "generated": "Written from your documents",
    "not_found": "Not in your documents",
    "handoff": "For a person",
}


def _answer(r: api.Answer) -> str:
    lines = [r.answer, "", f"{MODES[r.mode]}, confidence {r.confidence:.0%}."]
    lines += [text for text in (r.notice, r.reason) if text]
    lines += [f"[{i}] {place(c)}: “{clip(c.excerpt, 160)}”" for i, c in enumerate(r.citations, 1)]
    return "\n".join(lines)


def _models(r: api.Models) -> str:
    listed = table(
        ["name", "task", "version", "in use", "size", "signed", "sound", "metrics"],
        [
            (m.name, m.task, m.version, m.current, f"{m.bytes / 1e6:.2f} MB", m.signed, m.ok, m.metrics)
            for m in r.models
        ],
    )
    return "\n\n".join([listed, *(show_generate.taken_in(m) for m in r.models if m.sha256)])


def _diagnosis(r: api.Diagnosis) -> str:
    def block(title: str, values: dict[str, Any]) -> str:
        return f"{title}\n" + "\n".join(f"  {name}: {cell(value)}" for name, value in values.items())

    ways = [f"  {'refused' if way['refused'] else 'OPEN   '}  {way['way']}" for way in r.network["ways"]]
    limits = [f"  not held: {limit}" for limit in r.network["limits"]]
    network = [f"Network: {r.network['refused']} of {r.network['attempts']} ways out refused", *ways, *limits]
    models = [f"  {'sound ' if model['ok'] else 'BROKEN'}  {cell(model)}" for model in r.models]
    memory = [
        f"  {one['held_mb']:,.0f} MB  {one['what']}" + (f", worker {one['pid']}" if one["pid"] else "")
        for one in r.memory
    ]
    graphics = ", ".join(r.generators.get("graphics", [])) or "none, the processor does it all"
    generators = f"Generators: graphics processors that llama.cpp was built for: {graphics}"
    end = "Everything is in order." if r.ok else "Something is not in order; see above."
    return "\n".join(
        [block("Machine", r.hardware), "Memory held now", *memory, "Models", *models, generators, *network,
         block("Workspace", r.workspace), block("Versions", r.versions), end]
    )  # fmt: skip


def _verified(r: api.WorkspaceVerified) -> str:
    return "The workspace is sound." if r.ok else "The workspace is not sound:\n" + "\n".join(r.problems)


def _audit(r: api.AuditVerified) -> str:
    return f"{r.entries:,} entries, the chain is whole." if r.ok else f"The chain is broken at entry {r.broken_at}."


SHOW: dict[type, Callable[[Any], str]] = {
    api.DataImported: _imported,
    api.Datasets: _datasets,
    api.DatasetPage: _dataset_page,
    api.DatasetLint: _lint,
    api.ClassifierTrained: _trained,
    api.TrainingForecast: _forecast,
    api.UnfinishedTrainings: _unfinished,
    api.TrainingResumed: _resumed,
    api.Classified: _classified,
    api.FileClassified: _file_classified,
    api.Evaluated: _evaluated,
    **show_entities.SHOWN,
    **show_desk.SHOWN,
    **show_handoff.SHOWN,
    api.Explanation: _explained,
    **show_generate.SHOWN,
    **show_library.SHOWN,
    **show_search.SHOWN,
    **show_taught.SHOWN,
    api.Collections: _collections,
    api.PassageHits: _hits,
    api.Answer: _answer,
    api.RecommenderFitted: show_measured.fitted,
    **show_recommend.SHOWN,
    api.RecommenderEvaluated: show_measured.evaluated,
    api.Models: _models,
    api.Versions: show_versions.versions,
    api.VersionsCompared: show_versions.compared,
    api.LabellingQueue: show_versions.queue,
    api.QueueTaught: show_versions.queue_taught,
    api.Diagnosis: _diagnosis,
    api.WorkspaceVerified: _verified,
    api.AuditVerified: _audit,
    api.Done: lambda r: "Done.",
}


def _demo(r: dict[str, Any]) -> str:
    chat, read, lists = r["chat"], r["classify"], r["recommend"]
    answer = chat["result"]
    lines = [
        f"Chat: {chat['right']} of {chat['questions']} sample questions right, {chat['seconds']} s.",
        f"  Q: {answer['question']}",
        f"  A: {clip(answer['answer'], 300)}  ({', '.join(sorted({c['doc'] for c in answer['citations']}))})",
        f"Read: accuracy {read['metrics']['accuracy']:.0%} on held-out messages, {read['seconds']} s.",
        *(f"  {one['label']}: {one['text']}" for one in read["result"]),
        f"Recommend: {lists['users']} people, {lists['items']} items, {lists['seconds']} s. For {lists['user']}:",
        *(f"  {one['title']}: {one['reason']}" for one in lists["result"]),
        f"In all {r['seconds']} s. {'Everything worked.' if r['ok'] else 'Something did not work.'}",
    ]
    return "\n".join(lines)


def as_text(result: Any) -> str:
    if isinstance(result, dict):
        return _demo(result)
    return SHOW.get(type(result), facts)(result)
