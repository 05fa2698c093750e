"""A part of an office document as a tree, read by expat with everything refused that such documents do not need.

Document types and entities are refused (they serve files made to do harm), depth and number of elements are bounded.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from engine.errors import FileUnusable
from engine.ingest.tables.xlsx_check import UNZIP_ERRORS

MAX_DEPTH = 500
MAX_ELEMENTS = 3_000_000
_BLOCK = 1 << 18


class _TooMuch(Exception):
    """Carries the reason."""


def read_part(archive: zipfile.ZipFile, name: str, path: Path) -> Element:
    """The root of an XML part; names are "{namespace}local".

    Raises:
        FileUnusable: the part is missing, damaged, or does what no honest file does.
    """

    def unusable(reason: str) -> FileUnusable:
        return FileUnusable(path=str(path), reason=reason)

    builder = TreeBuilder()
    state = {"depth": 0, "elements": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        state["depth"] += 1
        state["elements"] += 1
        if state["depth"] > MAX_DEPTH:
            raise _TooMuch("its parts are nested too deeply.")
        if state["elements"] > MAX_ELEMENTS:
            raise _TooMuch(f"it has more than {MAX_ELEMENTS:,} elements.")
        builder.start(_clark(tag), {_clark(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        state["depth"] -= 1
        builder.end(_clark(tag))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        with archive.open(name) as stream:
            while block := stream.read(_BLOCK):
                parser.Parse(block, False)
        parser.Parse(b"", True)
    except _TooMuch as error:
        raise unusable(str(error)) from None
    except expat.ExpatError as error:
        raise unusable(f"it is damaged: its part {name} is no sound XML.") from error
    except KeyError as error:
        raise unusable(f"it is damaged: its part {name} is missing.") from error
    except UNZIP_ERRORS as error:
        raise unusable("it is damaged: a part of it does not unpack.") from error
    return builder.close()


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def _refuse(*_: object) -> int:
    raise _TooMuch("its XML declares entities, as files made to do harm do.")
