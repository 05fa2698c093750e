"""Models through the engine: listed, carded, verified, exported, taken in elsewhere, rolled back, removed."""

from pathlib import Path

import pytest

from engine import api
from engine.errors import FileMissing, FolderNotWritable, PackUnusable, UnknownName
from engine.host.service import Service
from engine.packs.casepack import make_manifest, read_casepack, write_casepack

ASK = ("the parcel never came", "give me my money back")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A skill trained once, as a file."""
    folder = tmp_path_factory.mktemp("trained")
    lines = [f"my parcel number {n} did not arrive,delivery" for n in range(25)]
    lines += [f"please return my money for order {n},refund" for n in range(25)]
    (folder / "taught.csv").write_text("text,label\n" + "\n".join(lines) + "\n", encoding="utf-8")
    service = Service(folder / "workspace")
    try:
        service.call(api.Unlock(passphrase="only for this test", create=True))
        service.call(api.ImportData(path=str(folder / "taught.csv"), name="taught", kind="labelled"))
        service.call(api.TrainClassifier(dataset="taught", pack="reader", method="head"))
        return export(service, folder / "reader.casepack")
    finally:
        service.close()


def export(service: Service, path: Path) -> Path:
    return Path(service.call(api.ExportModel(name="reader", path=str(path))).path)


@pytest.fixture
def taught(service: Service, trained: Path) -> Service:
    """A workspace with the skill in it."""
    service.call(api.ImportModel(path=str(trained)))
    return service


def by_name(models: api.Models) -> dict[str, api.ModelInfo]:
    return {model.name: model for model in models.models}


def test_the_bundled_encoder_is_listed_and_cannot_be_removed_or_rolled_back(service):
    info = by_name(service.call(api.ListModels()))["encoder-en"]
    assert (info.task, info.ok, info.bundled, info.languages) == ("encoder", True, True, ("en",))
    assert 20_000_000 < info.bytes < 24_000_000
    assert "all-MiniLM-L6-v2" in service.call(api.GetModelCard(name="encoder-en")).card
    for request in (api.RemoveModel(name="encoder-en"), api.RollBackModel(name="encoder-en")):
        with pytest.raises(PackUnusable, match="part of the program"):
            service.call(request)


def test_a_trained_skill_travels_to_another_workspace_and_answers_the_same(taught, tmp_path, passphrase):
    exported = export(taught, tmp_path / "reader.casepack")
    pack = read_casepack(exported)
    assert pack.signed_by is not None

    other = Service(tmp_path / "other")
    try:
        other.call(api.Unlock(passphrase=passphrase, create=True))
        info = by_name(other.call(api.ImportModel(path=str(exported))))["reader"]
        assert (info.signed, info.ok, info.current, info.version) == (True, True, True, 1)
        assert set(info.labels) == {"delivery", "refund"}
        there = other.call(api.Classify(pack="reader", texts=ASK)).results
        here = taught.call(api.Classify(pack="reader", texts=ASK)).results
        assert [(one.label, one.score) for one in there] == [(one.label, one.score) for one in here]
        assert [one.label for one in there] == ["delivery", "refund"]
        assert "signed with the key" in other.call(api.GetModelCard(name="reader")).card
        assert all(model.ok for model in other.call(api.VerifyModels()).models)
    finally:
        other.close()


def test_a_second_version_can_be_rolled_back(taught, tmp_path):
    first = export(taught, tmp_path / "first.casepack")
    assert by_name(taught.call(api.ListModels()))["reader"].version == 1
    taught.call(api.ImportModel(path=str(first)))
    assert by_name(taught.call(api.ListModels()))["reader"].version == 2
    taught.call(api.RollBackModel(name="reader"))
    info = by_name(taught.call(api.ListModels()))["reader"]
    assert (info.version, info.current) == (1, True)
    versions = {model.version: model.current for model in taught.call(api.VerifyModels(name="reader")).models}
    assert versions == {1: True, 2: False}
    with pytest.raises(UnknownName):
        taught.call(api.RollBackModel(name="reader"))


def test_a_removed_skill_is_gone(taught):
    taught.call(api.RemoveModel(name="reader"))
    assert "reader" not in by_name(taught.call(api.ListModels()))
    with pytest.raises(UnknownName):
        taught.call(api.Classify(pack="reader", texts=ASK))
    with pytest.raises(UnknownName):
        taught.call(api.VerifyModels(name="reader"))


@pytest.mark.parametrize("task", ["classify", "recommend", "fly"])
def test_a_pack_that_does_not_open_is_refused_and_nothing_is_stored(service, tmp_path, task):
    files = {"labels.json": b'["a"]', "head.txt": b"no head"}
    path = tmp_path / "odd.casepack"
    write_casepack(path, make_manifest("odd", task, 1, files), files)
    with pytest.raises(PackUnusable):
        service.call(api.ImportModel(path=str(path)))
    assert set(by_name(service.call(api.ListModels()))) == {
        "encoder-en",
        "encoder-zh",
        "generator-en",
        "reranker-en",
        "reranker-zh",
    }


def test_a_pack_may_not_take_the_place_of_the_encoder(service, tmp_path):
    files = {"labels.json": b"[]"}
    write_casepack(tmp_path / "a", make_manifest("encoder-en", "classify", 1, files), files)
    with pytest.raises(PackUnusable, match="belongs to a model of the program"):
        service.call(api.ImportModel(path=str(tmp_path / "a")))


def test_files_and_places_that_are_none(taught, tmp_path):
    with pytest.raises(FileMissing):
        taught.call(api.ImportModel(path=str(tmp_path / "none.casepack")))
    (tmp_path / "text.casepack").write_text("not a zip")
    with pytest.raises(PackUnusable, match="no zip file"):
        taught.call(api.ImportModel(path=str(tmp_path / "text.casepack")))
    with pytest.raises(FolderNotWritable):
        export(taught, tmp_path / "nowhere" / "a.casepack")
    with pytest.raises(UnknownName):
        taught.call(api.ExportModel(name="nobody", path=str(tmp_path / "b.casepack")))
    assert export(taught, tmp_path).name == "reader.casepack"


def test_a_stored_file_that_changed_shows(taught, tmp_path):
    with taught.context.store.write() as connection:
        connection.execute("UPDATE pack_files SET body = x'00' WHERE name = 'labels.json'")
    assert not by_name(taught.call(api.ListModels()))["reader"].ok
    with pytest.raises(PackUnusable):
        taught.call(api.ExportModel(name="reader", path=str(tmp_path)))
