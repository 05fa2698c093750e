"""Data sets: look at a file, import it, list, show, check, export and delete.

Files are opened in a worker, for the preview too; this process never parses what came from outside.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from engine.api import (
    Control,
    DataImported,
    DatasetInfo,
    DatasetLint,
    DatasetPage,
    Datasets,
    DeleteDataset,
    Done,
    ExportDataset,
    Exported,
    FilePreview,
    ImportData,
    LintDataset,
    LintFinding,
    ListDatasets,
    PreviewFile,
    ShowDataset,
)
from engine.dataset.lint import lint, worst_first
from engine.errors import DataUnusable, UsageError
from engine.host.context import Context
from engine.host.registry import handles
from engine.ingest.import_table import Chunk, Imported, ImportSpec, PreviewSpec, path_bytes
from engine.ingest.kinds import field_names, value_means
from engine.ingest.write import TableWriter
from engine.store import datasets
from engine.store.audit import record

PREVIEW_TIMEOUT_S = 60.0
WORKER_MEMORY_MB = 2048.0
PAGE_ROWS_MAX = 1000
CHECK_EVERY_ROWS = 500


@handles(PreviewFile)
def preview_file(ctx: Context, request: PreviewFile, ctl: Control) -> FilePreview:
    spec = PreviewSpec(path_bytes(request.path), max(1, min(request.rows, PAGE_ROWS_MAX)))
    name = Path(request.path).name
    return cast(
        FilePreview,
        ctx.workers.run(
            "preview_table", spec, ctl, title=name, timeout_s=PREVIEW_TIMEOUT_S, memory_mb=WORKER_MEMORY_MB
        ),
    )


@handles(ImportData)
def import_data(ctx: Context, request: ImportData, ctl: Control) -> DataImported:
    began = time.monotonic()
    spec = ImportSpec(path_bytes(request.path), request.kind, dict(request.mapping))
    source = Path(request.path).name

    if request.append and request.replace:
        raise UsageError(reason="Rows are either added to a data set or put in its place, not both.")
    how = {"replace": request.replace, "append": request.append}
    with datasets.Writer(ctx.store, request.name, request.kind, source=source, **how) as writer:

        def keep(chunk: Chunk) -> None:
            writer.add_packed(chunk.rows, chunk.data)

        outcome: Imported = ctx.workers.run(
            "import_table", spec, ctl, title=source, memory_mb=WORKER_MEMORY_MB, on_item=keep
        )
        ctl.check()
        info = writer.finish(
            columns=outcome.columns,
            mapping=outcome.mapping,
            labels=outcome.labels,
            label_total=outcome.label_total,
        )
    return DataImported(
        dataset=info.name,
        kind=info.kind,
        rows=outcome.rows,
        accepted=outcome.accepted,
        rejected_count=outcome.rejected_count,
        rejected=outcome.rejected,
        encoding=outcome.encoding,
        delimiter=outcome.delimiter,
        mapping=outcome.mapping,
        warnings=outcome.warnings,
        seconds=round(time.monotonic() - began, 3),
        reasons=outcome.reasons,
        total=info.rows,
    )


@handles(ListDatasets)
def list_datasets(ctx: Context, _request: ListDatasets, _ctl: Control) -> Datasets:
    return Datasets(datasets.list_all(ctx.store))


@handles(ShowDataset)
def show_dataset(ctx: Context, request: ShowDataset, _ctl: Control) -> DatasetPage:
    offset, limit = max(0, request.offset), max(0, min(request.limit, PAGE_ROWS_MAX))
    found, rows = datasets.read_page(ctx.store, request.name, offset, limit)
    columns = _columns(found)
    return DatasetPage(
        dataset=found.info,
        columns=columns,
        rows=tuple(tuple(row[name] for name in columns) for row in rows),
        offset=offset,
        labels=found.labels,
    )


@handles(LintDataset)
def lint_dataset(ctx: Context, request: LintDataset, ctl: Control) -> DatasetLint:
    info = datasets.info(ctx.store, request.name)
    valid = datasets.info(ctx.store, request.valid_dataset) if request.valid_dataset else None
    # Findings of a stored version never change; the window asks for them each time it shows the data set.
    key = ("lint", info, valid, request.doubts)
    if key not in ctx.cache:
        ctx.cache[key] = _findings(ctx, info, valid, request.doubts, ctl)
    findings: tuple[LintFinding, ...] = ctx.cache[key]
    return DatasetLint(
        dataset=info.name,
        rows=info.rows,
        ok=not any(finding.severity == "error" for finding in findings),
        findings=findings,
    )


def _findings(
    ctx: Context, info: DatasetInfo, valid: DatasetInfo | None, doubts: bool, ctl: Control
) -> tuple[LintFinding, ...]:
    rows = _watched(ctx, info.name, info.rows, ctl, "check")
    if info.kind != "labelled":
        means = value_means(datasets.find(ctx.store, info.name).mapping.get("value", ""))
        found = list(lint(rows, info.kind, means))
    else:
        from engine.host.read.doubts import Draw, doubtful_labels

        draw = Draw()
        found = list(lint(draw.watch(rows), info.kind))
        if doubts and not any(finding.severity == "error" for finding in found):
            noise = doubtful_labels(ctx, info.name, draw.rows, ctl)
            found += [noise] if noise is not None else []
    if valid is not None:
        found += _leaks(ctx, info, valid, ctl)
    return worst_first(found)


def _leaks(ctx: Context, info: DatasetInfo, valid: DatasetInfo, ctl: Control) -> tuple[LintFinding, ...]:
    from engine.dataset.leakage import find_leaks, leakage

    def texts(one: DatasetInfo) -> list[str]:
        if one.kind not in ("labelled", "entities", "texts"):
            raise DataUnusable(name=one.name, reason=f"it holds {one.kind}, and texts are needed.")
        return [row["text"] for row in _watched(ctx, one.name, one.rows, ctl, "compare")]

    taught, asked = texts(info), texts(valid)
    return leakage(find_leaks(taught, asked), asked, valid.name)


@handles(ExportDataset)
def export_dataset(ctx: Context, request: ExportDataset, ctl: Control) -> Exported:
    found = datasets.find(ctx.store, request.name)
    columns = _columns(found)
    path = Path(request.path).expanduser()
    with TableWriter(path, columns) as out:
        for row in _watched(ctx, found.info.name, found.info.rows, ctl, "write"):
            out.row([row[name] for name in columns])
    with ctx.store.write() as connection:
        record(connection, "data exported", found.info.name)
    return Exported(path=str(path), rows=found.info.rows)


@handles(DeleteDataset)
def delete_dataset(ctx: Context, request: DeleteDataset, _ctl: Control) -> Done:
    datasets.remove(ctx.store, request.name)
    return Done()


def _columns(found: datasets.StoredDataset) -> tuple[str, ...]:
    """Columns that hold something: fields of the kind first, those that no column was mapped to left out."""
    fields = field_names(found.info.kind)
    present = set(found.columns)
    return (*(name for name in fields if name in present), *(name for name in found.columns if name not in fields))


def _watched(ctx: Context, name: str, total: int, ctl: Control, stage: str) -> Iterator[dict[str, str]]:
    """The rows of a data set, with progress, and an end when asked to stop."""
    for done, row in enumerate(datasets.read_rows(ctx.store, name)):
        if done % CHECK_EVERY_ROWS == 0:
            ctl.report(done, total, stage)
        yield row
