"""The real parser, except that files with certain names take its process down, as a damaged file might."""

import ctypes
import os
import time

from engine.ingest.documents import work
from engine.ingest.documents.work import ParsedFile, ParseDone, ParseSpec, ParseStarted  # noqa: F401 - for the wire


def parse_documents(spec, link):
    for index, path in enumerate(spec.paths):
        link.send(ParseStarted(index, path))
        if "crash" in path:
            ctypes.string_at(0)
        if "exit" in path:
            os._exit(3)
        if "hang" in path:
            time.sleep(60)
        link.send(work.parse_one(index, path, spec.known.get(path, "")))
    return ParseDone(len(spec.paths), 0)
