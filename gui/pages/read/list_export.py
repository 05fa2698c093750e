"""A list of read texts as text: for the clipboard and for a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from engine.api import TextLabel

COLUMNS = ("text", "label", "score", "abstain")


def _rows(results: Sequence[TextLabel]) -> list[tuple[str, str, str, str]]:
    return [
        (result.text, "" if result.abstain else result.label, f"{result.score:.4f}", str(result.abstain).lower())
        for result in results
    ]


def as_csv(results: Sequence[TextLabel]) -> str:
    """The columns of the command line: text, label (empty where it abstained), score, abstain."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(results))
    return out.getvalue()


def as_tabs(results: Sequence[TextLabel]) -> str:
    """Cells parted by tabs, as spreadsheets take them; line ends and tabs inside a text become spaces."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(" ".join(cell.split()) for cell in cells) for cells in _rows(results)]
    return "\n".join(lines)


def write_csv(path: Path, text: str) -> None:
    """Write with a byte order mark, without which Excel misreads everything beyond ASCII.

    Raises:
        OSError: the file cannot be written.
    """
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
