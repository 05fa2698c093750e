"""The bundled samples: two invented organisations, each in English and in Chinese (assets/samples)."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from engine.paths import assets_folder

LANGUAGES = ("en", "zh")
_DOCUMENTS = (".pdf", ".docx", ".html", ".md", ".txt")


class SampleQuestion(Struct, frozen=True):
    """A question for a sample collection; `doc` is the file that answers it, None where none does."""

    id: str
    question: str
    doc: str | None = None


class Organisation(Struct, frozen=True):
    """One invented organisation; `catalogue` and `purchases` are None where it sells nothing."""

    name: str
    folder: Path
    documents: tuple[Path, ...]
    faq: Path | None
    labelled: Path
    catalogue: Path | None
    purchases: Path | None
    questions: tuple[SampleQuestion, ...]


class SampleSet(Struct, frozen=True):
    language: str
    shop: Organisation
    clinic: Organisation


def _organisation(folder: Path, labelled: str) -> Organisation:
    def where(name: str) -> Path | None:
        path = folder / name
        return path if path.exists() else None

    documents = tuple(
        path for path in sorted(folder.rglob("*")) if path.suffix in _DOCUMENTS and path.name != "README.md"
    )
    lines = (folder / "questions.jsonl").read_bytes().splitlines()
    return Organisation(
        name=folder.name,
        folder=folder,
        documents=documents,
        faq=where("faq.csv"),
        labelled=folder / labelled,
        catalogue=where("catalogue.csv"),
        purchases=where("purchases.csv"),
        questions=tuple(msgspec.json.decode(line, type=SampleQuestion) for line in lines if line.strip()),
    )


def samples(language: str) -> SampleSet:
    """The samples in one language ("en" or "zh")."""
    folder = assets_folder() / "samples" / language
    return SampleSet(
        language=language,
        shop=_organisation(folder / "shop", "messages.csv"),
        clinic=_organisation(folder / "clinic", "notes.csv"),
    )
