"""The generator that ships: sound, small enough, and in llama.cpp it answers from passages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import api
from engine.errors import PackUnusable
from engine.host.generate import files
from engine.host.service import Service
from engine.paths import assets_folder
from engine.samples import samples

NAME = "generator-en"
MOST_BYTES = 85_000_000
PAGE = """# Kettles

## Descaling
Descale the Zorblat kettle every 41 days with lemon juice. Rinse it twice afterwards.

## Warranty
The warranty of the Zorblat kettle lasts three years. It does not cover the lid.

## Returns
Unused kettles can be returned within 20 days. We pay the postage.
"""
QUESTIONS = {
    "When does a parcel count as lost?": "ten working days",
    "Do you repair helmets or life jackets?": "life jackets",
    "When is the mending morning in Kelby?": "first Saturday",
    "How long are repairs guaranteed?": "twelve months",
}


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> files.GeneratorFile:
    monkeypatch.setattr("engine.host.generate.files.assets_folder", assets_folder)
    return next(one for one in files.generators() if one.name == NAME)


@pytest.fixture
def desk(tmp_path: Path, shipped: files.GeneratorFile) -> Iterator[Service]:
    service = Service(tmp_path / "workspace")
    try:
        service.call(api.Unlock(passphrase="a few words in a row", create=True))
        (tmp_path / "kettle.md").write_text(PAGE, encoding="utf-8")
        service.call(api.AddDocuments(collection="kettles", paths=(str(tmp_path / "kettle.md"),)))
        yield service
    finally:
        service.close()


def test_it_is_there_and_whole(shipped: files.GeneratorFile) -> None:
    files.check(shipped, lambda done, total: None)
    assert shipped.bundled
    assert shipped.entry.bytes <= MOST_BYTES
    assert shipped.manifest.licence
    card = (shipped.path.parent / "README.md").read_text(encoding="utf-8")
    for heading in ("## How it was made", "## Figures", "## Limits", "## Texts"):
        assert heading in card
    assert "Not measured" not in card


def test_it_is_listed_and_cannot_be_removed(desk: Service) -> None:
    listed: api.Generators = desk.call(api.ListGenerators())
    one = next(info for info in listed.generators if info.name == NAME)
    assert (one.bundled, one.architecture, one.quantisation) == (True, "llama", "Q8_0")
    assert one.template_fault == ""
    models: api.Models = desk.call(api.VerifyModels(name=NAME))
    assert [model.ok for model in models.models] == [True]
    with pytest.raises(PackUnusable, match="part of the program"):
        desk.call(api.RemoveModel(name=NAME))


@pytest.mark.usefixtures("llama")
def test_its_answers_come_from_the_passages(desk: Service) -> None:
    """Whatever it writes, nothing is shown that the passages do not hold; and often enough it writes what is asked."""
    shop = samples("en").shop
    policies = [str(path) for path in shop.documents if "policies" in str(path)]
    desk.call(api.AddDocuments(collection="shop", paths=tuple(policies)))
    written = 0
    for question, fact in QUESTIONS.items():
        answer: api.Answer = desk.call(api.AskQuestion(collection="shop", question=question, pack=NAME))
        assert answer.mode in ("generated", "quote")
        assert fact in answer.answer
        assert answer.citations
        assert answer.phrasing is not None
        assert answer.phrasing.pack == NAME
        assert all(one.supported for one in answer.sentences)
        written += answer.mode == "generated"
    assert written >= 2


@pytest.mark.usefixtures("llama")
def test_what_is_not_in_the_passages_is_not_answered(desk: Service) -> None:
    question = "Who founded the company that makes the kettle?"
    answer: api.Answer = desk.call(api.AskQuestion(collection="kettles", question=question, pack=NAME))
    assert answer.mode == "not_found"
