"""parquet: read in batches of rows; texts as they are, everything else as a person would write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.ingest.tables.json_values import cell_text
from engine.ingest.tables.source import Source
from engine.ingest.tables.table import (
    BATCH_ROWS,
    ROWS_MAX,
    Batch,
    Reject,
    check_cells,
    checked_columns,
    header_only,
)

PACKED_MAX_BYTES = 128 << 20


class ParquetTable:
    """A parquet file; see `Table`. Lines are row numbers from 1."""

    format = "parquet"
    encoding: str | None = None
    delimiter: str | None = None

    def __init__(self, source: Source) -> None:
        import pyarrow.parquet

        self.source = source
        self.warnings: list[str] = []
        try:
            with source.whole(PACKED_MAX_BYTES) as file:
                parquet = pyarrow.parquet.ParquetFile(file)
                names = parquet.schema_arrow.names
                self._count = parquet.metadata.num_rows
        except (pyarrow.ArrowException, OSError, ValueError) as problem:
            raise _damaged(source, problem) from None
        self.columns = checked_columns([str(name) for name in names], source)
        if self._count == 0:
            raise header_only(source)
        if self._count > ROWS_MAX:
            raise source.unusable(f"it has {self._count:,} rows; at most {ROWS_MAX:,} can be read.")

    def batches(self, reject: Reject) -> Iterator[Batch]:
        import pyarrow
        import pyarrow.parquet

        number = 0
        try:
            with self.source.whole(PACKED_MAX_BYTES) as file:
                parquet = pyarrow.parquet.ParquetFile(file, buffer_size=1 << 20)
                for batch in parquet.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                    yield _rows(batch, number, reject)
                    number += batch.num_rows
                    self.source.position = int(self.source.size * number / self._count)
        except (pyarrow.ArrowException, OSError, ValueError) as problem:
            raise _damaged(self.source, problem) from None


def _rows(batch: Any, before: int, reject: Reject) -> Batch:
    columns = [_texts(batch.column(index)) for index in range(batch.num_columns)]
    lines: list[int] = []
    rows: list[list[str]] = []
    for number, cells in enumerate(zip(*columns, strict=True), before + 1):
        row = list(cells)
        if fault := _fault(row):
            reject(number, *fault)
        else:
            lines.append(number)
            rows.append(row)
    return Batch(lines, rows)


def _damaged(source: Source, problem: Exception) -> Exception:
    first = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
    return source.unusable(f"it is no sound parquet file ({first}).")


def _fault(row: list[str]) -> tuple[str, str] | None:
    if any("\0" in cell for cell in row) or max(map(len, row)) > 200_000:
        return check_cells(row, None)
    return None


def _texts(column: Any) -> list[str]:
    import pyarrow
    import pyarrow.compute as compute

    kind = column.type
    if pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind):
        values = column.to_pylist()
    elif pyarrow.types.is_integer(kind):
        values = compute.cast(column, pyarrow.string()).to_pylist()
    elif pyarrow.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    else:
        return [_value_text(value) for value in column.to_pylist()]
    return ["" if value is None else value for value in values]


def _value_text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    try:
        return cell_text(value)
    except TypeError:  # a list or struct of dates
        return str(value)
