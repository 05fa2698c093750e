"""Which texts the model learns from, under which licence, and how often each group is read.

Only what may be shipped: public domain, CC BY, CC BY-SA, Apache, MIT, BSD, PSF and CDLA. Two sets that measure answers
(`flat_help_kb`, `abcd`) are not read. Groups share the reading time as GROUP_SHARES says: help pages and rows of the
product's own tasks far more often than their size, old books far less.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CORPUS_FILES = ("en-docs-00.jsonl.xz", "en-books-00.jsonl.xz", "en-books-01.jsonl.xz")
INSTRUCT_FILE = "instruct.jsonl.xz"
DATA_SETS = {
    "bitext_support": "Community Data License Agreement - Sharing - Version 1.0",
    "medquad": "Creative Commons Attribution 4.0 International",
}

HELP = ("GSA/digitalgov.gov", "MicrosoftDocs/dynamics365smb-docs", "18F/18f.gsa.gov", "department-of-veterans-affairs/")
SOFTWARE = ("MicrosoftDocs/cpp-docs", "python/", "tensorflow/", "d2l-ai/")

GROUP_SHARES = {
    "help": 0.18,
    "textbooks": 0.14,
    "software": 0.04,
    "books": 0.06,
    "instruct": 0.08,
    "echo": 0.20,
    "rows": 0.30,
}
"""Shares of the windows read in pre-training. `rows` are the rows of the tuning stage, read whole; `echo` are passages
followed by their own sentences (`prepare.echoes`)."""

LICENCES = {
    "mlschmitt/classic-books-markdown": "public domain (US)",
    "MicrosoftDocs/": "CC BY 4.0",
    "GSA/": "US public domain / CC0",
    "18F/": "US public domain / CC0",
    "department-of-veterans-affairs/": "US government work",
    "python/": "PSF-2.0",
    "tensorflow/": "Apache-2.0, text CC BY 4.0",
    "openstax/": "CC BY 4.0 at the commits named by the corpus",
    "d2l-ai/": "CC BY-SA 4.0",
    "openai/": "MIT",
    "uberspot/": "CC BY-SA 4.0",
    "gunthercox/": "BSD-3-Clause",
    "yizhongw/": "Apache-2.0",
    "deepmind/": "CC BY-SA 4.0",
    **DATA_SETS,
}


def licence_of(source: str) -> str:
    """Licence of a source by the longest beginning that is listed; KeyError where none is, so nothing slips in."""
    found = [start for start in LICENCES if source.startswith(start)]
    if not found:
        raise KeyError(f"no licence is listed for the source {source!r}; add it to LICENCES or leave the source out")
    return LICENCES[max(found, key=len)]


def group_of(source: str) -> str:
    """Group of a corpus source."""
    if source.startswith(HELP):
        return "help"
    if source.startswith("openstax/"):
        return "textbooks"
    return "software" if source.startswith(SOFTWARE) else "books"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a .jsonl.xz file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
