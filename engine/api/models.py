"""Models: list, show, verify, exchange, roll back."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct

from engine.api.base import Request, Result


class ListModels(Request, frozen=True):
    pass


class ModelInfo(Struct, frozen=True):
    """`task` is "encoder", "classify", "entities", "recommend", "generator" or
    "generator_adapter" (what a generator learned); `current` tells the version in use. A generator that was taken in
    also shows its `licence`, its file's `sha256`, `about` (size and kind in a few words) and `template`, its chat
    template as it stands in the file."""

    name: str
    task: str
    version: int
    bytes: int
    signed: bool
    ok: bool
    current: bool = True
    created: str = ""
    labels: tuple[str, ...] = ()
    metrics: dict[str, float] = {}
    bundled: bool = False
    languages: tuple[str, ...] = ()
    licence: str = ""
    sha256: str = ""
    about: str = ""
    template: str = ""


class Models(Result, frozen=True):
    models: tuple[ModelInfo, ...]


class GetModelCard(Request, frozen=True):
    """`language` is en or zh_CN; a card that is not written in it comes in English."""

    name: str
    language: str = "en"


class ModelCard(Result, frozen=True):
    """`report` is the training report of a skill (`ClassifierTrained` or `RecommenderFitted` as plain data)."""

    info: ModelInfo
    card: str
    report: dict[str, Any] = {}


class VerifyModels(Request, frozen=True):
    name: str | None = None


class ExportModel(Request, frozen=True):
    """Write a pack as one .casepack file. What a generator learned goes into a folder instead, as a GGUF adapter and
    for PEFT, unless `path` ends in .casepack."""

    name: str
    path: str


class ImportModel(Request, frozen=True):
    """Take in a .casepack file, or a generator as a .gguf file or a Hugging Face folder (safetensors), which is turned
    into a GGUF file; `name` names a generator, empty takes its own."""

    SLOW: ClassVar[bool] = True
    path: str
    name: str = ""


class RemoveModel(Request, frozen=True):
    name: str


class RollBackModel(Request, frozen=True):
    """Make the version before the present one current again."""

    name: str
