"""Where the bundled samples are: an outdoor shop and a clinic, both invented, in English and in Chinese."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from engine.errors import UnknownName
from engine.paths import assets_folder
from engine.values import DatasetKind

LANGUAGES = ("en", "zh")
_NAMES = {
    "en": {"shop": "Larkfield Outfitters", "clinic": "Hazelmere Walk-in Clinic"},
    "zh": {"shop": "岭野户外", "clinic": "青榆社区诊所"},
}


class SampleTable(Struct, frozen=True):
    """A table to import: the kind it is, and a short name fit for a data set."""

    name: str
    kind: DatasetKind
    path: Path


class SampleOrganisation(Struct, frozen=True):
    """Everything of one organisation.

    Attributes:
        key: "shop" or "clinic".
        name: what the organisation is called.
        documents: files and folders to index (the FAQ table among them).
        tables: data to import.
        questions: JSONL with id, question and doc (path below `folder`, or null where no document answers).
    """

    key: str
    name: str
    folder: Path
    documents: tuple[Path, ...]
    tables: tuple[SampleTable, ...]
    questions: Path

    def table(self, kind: DatasetKind) -> SampleTable:
        """The table of a kind.

        Raises:
            UnknownName: the organisation has none.
        """
        for table in self.tables:
            if table.kind == kind:
                return table
        raise UnknownName(what="sample table", name=kind, known=", ".join(table.kind for table in self.tables))


class SampleSet(Struct, frozen=True):
    """The samples of one language."""

    language: str
    shop: SampleOrganisation
    clinic: SampleOrganisation

    @property
    def organisations(self) -> tuple[SampleOrganisation, SampleOrganisation]:
        return self.shop, self.clinic


def samples(language: str) -> SampleSet:
    """The samples of a language ("en" or "zh").

    Raises:
        UnknownName: there are none in this language.
    """
    if language not in LANGUAGES:
        raise UnknownName(what="sample language", name=language, known=", ".join(LANGUAGES))
    base = assets_folder() / "samples" / language
    shop, clinic = base / "shop", base / "clinic"
    names = _NAMES[language]
    return SampleSet(
        language=language,
        shop=SampleOrganisation(
            key="shop",
            name=names["shop"],
            folder=shop,
            documents=(shop / "faq.csv", shop / "policies"),
            tables=(
                SampleTable("shop-messages", "labelled", shop / "messages.csv"),
                SampleTable("shop-faq", "faq", shop / "faq.csv"),
                SampleTable("shop-items", "items", shop / "catalogue.csv"),
                SampleTable("shop-purchases", "events", shop / "purchases.csv"),
            ),
            questions=shop / "questions.jsonl",
        ),
        clinic=SampleOrganisation(
            key="clinic",
            name=names["clinic"],
            folder=clinic,
            documents=(clinic / "handbook",),
            tables=(SampleTable("clinic-notes", "labelled", clinic / "notes.csv"),),
            questions=clinic / "questions.jsonl",
        ),
    )
