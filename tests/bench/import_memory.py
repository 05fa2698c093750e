"""Peak memory and speed of reading, checking and packing a million rows, for every streamed format.

Run by path: `python tests/bench/import_memory.py [--rows N] [--formats csv,csv.gz,...] [--store]`.
Each format runs in a fresh process; the peak is of that process, with nothing else in it. `--store` adds the
encrypted store in the same process, so that the time includes what the host does.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

WORDS = [
    "my",
    "card",
    "order",
    "refund",
    "late",
    "parcel",
    "where",
    "is",
    "the",
    "when",
    "please",
    "cancel",
    "订单",
    "退货",
]
MOST_MB = 400


def rows(count: int):
    chance = random.Random(0)
    for number in range(count):
        yield [" ".join(chance.choices(WORDS, k=9)) + f", {number}", f"label_{number % 77}", str(number)]


def make(folder: Path, form: str, count: int) -> Path:
    path = folder / f"rows.{form}"
    header = ["text", "label", "number"]
    if form in ("csv", "csv.gz"):
        opener = gzip.open if form.endswith("gz") else open
        with opener(path, "wt", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows(count))
    elif form == "xlsx":
        from engine.ingest.write import TableWriter

        with TableWriter(path, header) as out:
            for row in rows(count):
                out.row(row)
    elif form == "xlsx-shared":
        path = folder / "shared.xlsx"
        make_shared(path, header, count)
    elif form in ("json", "jsonl"):
        with path.open("w", encoding="utf-8") as file:
            file.write("[" if form == "json" else "")
            for number, row in enumerate(rows(count)):
                comma = "," if form == "json" and number else ""
                file.write(comma + json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) + "\n")
            file.write("]" if form == "json" else "")
    elif form == "parquet":
        import pyarrow
        import pyarrow.parquet

        columns = list(zip(*rows(count), strict=True))
        pyarrow.parquet.write_table(pyarrow.table(dict(zip(header, map(list, columns), strict=True))), path)
    return path


def make_shared(path: Path, header: list[str], count: int) -> None:
    """A workbook as Excel writes it: every different text once, in a table that readers have to keep."""
    from engine.ingest.xlsx_writer import _HEAD, _PARTS, _SPREADSHEET

    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            if name.endswith("workbook.xml.rels"):
                more = f'<Relationship Id="rId2" Type="{link}" Target="sharedStrings.xml"/></Relationships>'
                text = text.replace("</Relationships>", more)
            archive.writestr(name, _HEAD + text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>'.encode())
            for number, row in enumerate(itertools.chain([header], rows(count)), 1):
                cells = "".join(
                    f'<c r="{letter}{number}" t="s"><v>{texts.setdefault(cell, len(texts))}</v></c>'
                    for letter, cell in zip("ABC", row, strict=True)
                )
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as table:
            table.write(f'<sst xmlns="{_SPREADSHEET}">'.encode())
            for text in texts:
                table.write(f"<si><t>{text}</t></si>".encode())
            table.write(b"</sst>")


class Counting:
    """Stands for the pipe to the host; keeps nothing unless there is a store."""

    def __init__(self, writer=None) -> None:
        self.writer, self.bytes = writer, 0

    def report(self, *_: object) -> None:
        pass

    def send(self, chunk) -> None:
        self.bytes += len(chunk.data)
        if self.writer:
            self.writer.add_packed(chunk.rows, chunk.data)


def peak_of_this_process_mb() -> float:
    """Largest resident memory since the program started."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent had when it forked
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024


def measure(path: Path, with_store: bool) -> None:
    from engine.ingest.import_table import ImportSpec, import_table, path_bytes

    spec = ImportSpec(path_bytes(str(path)), "labelled", {})
    began = time.perf_counter()
    if with_store:
        from engine.store import audit, datasets
        from engine.store.connection import Store

        store = Store(path.with_name(path.name + ".workspace"), bytes(32))
        with store.write() as connection:
            connection.execute(audit.SCHEMA)
            connection.execute(datasets.SCHEMA)
        with datasets.Writer(store, "bench", "labelled", source=path.name) as writer:
            link = Counting(writer)
            done = import_table(spec, link)
            writer.finish(columns=done.columns, mapping=done.mapping, labels=done.labels, label_total=done.label_total)
    else:
        link = Counting()
        done = import_table(spec, link)
    seconds = time.perf_counter() - began
    peak_mb = peak_of_this_process_mb()
    print(
        json.dumps(
            {
                "file_mb": round(path.stat().st_size / 2**20, 1),
                "accepted": done.accepted,
                "rejected": done.rejected_count,
                "seconds": round(seconds, 2),
                "rows_per_s": round(done.rows / seconds),
                "peak_mb": round(peak_mb),
                "packed_mb": round(link.bytes / 2**20, 1),
            }
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", default="csv,csv.gz,jsonl,json,parquet,xlsx,xlsx-shared")
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.store)
        return 0
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for form in options.formats.split(","):
            path = make(Path(folder), form, options.rows)
            command = [sys.executable, __file__, "--measure", str(path), *(["--store"] if options.store else [])]
            answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            worst = max(worst, answer["peak_mb"])
            print(f"{form:12}", answer, flush=True)
            path.unlink()
    print(f"worst peak {worst:.0f} MB, must be below {MOST_MB} MB")
    return 0 if worst < MOST_MB else 1


if __name__ == "__main__":
    raise SystemExit(main())
