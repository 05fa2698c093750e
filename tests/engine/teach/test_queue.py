"""The labelling queue from end to end: fill, label, skip, undo, correct, teach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.errors import DataUnusable, InputError, LockedError, PackUnusable, UnknownName, UsageError
from engine.host.service import Service
from engine.store import datasets, packs, queue


def rows_of(service: Service, name: str) -> list[tuple[str, str]]:
    return [(row["text"], row["label"]) for row in datasets.read_rows(service.context.store, name, "labelled")]


def actions(service: Service) -> list[str]:
    return [entry.action for entry in service.call(api.ListAudit(limit=50)).entries]


def test_a_first_version_comes_from_labelling_alone(service: Service, messages: Any, put: Any) -> None:
    truth = dict(messages(90))
    put(list(truth), "inbox")
    found = service.call(api.FillQueue(dataset="inbox", pack="topics", count=12))
    assert (found.waiting, found.labelled, found.labels) == (12, 0, ())
    assert {truth[one.text] for one in found.texts} == {"delivery", "password", "refund"}
    assert all(one.suggested == () and one.source == "uncertain" for one in found.texts)
    assert [one.priority for one in found.texts] == sorted((one.priority for one in found.texts), reverse=True)
    with pytest.raises(DataUnusable, match="nothing was labelled"):
        service.call(api.TeachQueue(pack="topics"))
    for one in found.texts:
        left = service.call(api.AnswerQueued(id=one.id, label=truth[one.text]))
    assert (left.waiting, left.labelled, left.labels) == (0, 12, ("delivery", "password", "refund"))
    taught = service.call(api.TeachQueue(pack="topics", method="head"))
    assert (taught.dataset, taught.added, taught.version, taught.promoted) == ("topics corrections", 12, 1, True)
    assert sorted(rows_of(service, "topics corrections")) == sorted((one.text, truth[one.text]) for one in found.texts)
    after = service.call(api.GetQueue(pack="topics"))
    assert (after.waiting, after.labelled) == (0, 0)

    again = service.call(api.FillQueue(dataset="inbox", pack="topics", count=20))
    assert again.waiting == 20
    assert not {one.text for one in again.texts} & {one.text for one in found.texts}
    for one in again.texts:
        assert one.suggested[0][1] >= one.suggested[-1][1]
        assert {label for label, _ in one.suggested} == {"delivery", "password", "refund"}
    assert actions(service).count("text labelled") == 12
    assert {"texts queued for labelling", "answers taught"} <= set(actions(service))


def test_undo_goes_back_step_by_step(service: Service, messages: Any, put: Any) -> None:
    put([text for text, _ in messages(20)], "inbox")
    first, second, third = service.call(api.FillQueue(dataset="inbox", pack="p", count=3)).texts
    service.call(api.AnswerQueued(id=first.id, label="refund"))
    service.call(api.AnswerQueued(id=second.id, label=None))
    after = service.call(api.AnswerQueued(id=third.id, label=" delivery "))
    assert (after.waiting, after.labelled, after.labels) == (0, 2, ("delivery", "refund"))
    for waiting in ([third], [second, third], [first, second, third]):
        left = service.call(api.UndoAnswer(pack="p"))
        assert [one.id for one in left.texts] == [one.id for one in waiting]
    assert left.labels == ()
    with pytest.raises(InputError, match="taken back"):
        service.call(api.UndoAnswer(pack="p"))
    with pytest.raises(UnknownName, match="waiting text"):
        service.call(api.AnswerQueued(id=999, label="refund"))
    with pytest.raises(InputError, match="label needs"):
        service.call(api.AnswerQueued(id=first.id, label="  "))
    service.call(api.AnswerQueued(id=first.id, label="refund"))
    with pytest.raises(UnknownName, match="waiting text"):
        service.call(api.AnswerQueued(id=first.id, label="delivery"))


def test_corrections_change_the_data_set_and_the_skill(service: Service, messages: Any, put: Any) -> None:
    rows = messages(90)
    put(rows, "messages")
    service.call(api.TrainClassifier(dataset="messages", pack="topics", method="head"))
    wrong = rows[0][0]
    found = service.call(api.AddCorrection(pack="topics", text=wrong.upper(), label="refund"))
    assert (found.waiting, found.labelled) == (0, 1)
    service.call(api.AddCorrection(pack="topics", text="my coffee machine is loud", label="other"))
    service.call(api.AddCorrection(pack="topics", text="my tea is too cold today", label="other"))
    chat = service.call(api.AddCorrection(pack="topics", text="what is this about", label=None, source="chat"))
    assert [(one.text, one.source) for one in chat.texts] == [("what is this about", "chat")]
    assert (chat.waiting, chat.labelled) == (1, 3)
    assert chat.labels == ("delivery", "other", "password", "refund")
    assert chat.texts[0].suggested
    taught = service.call(api.TeachQueue(pack="topics", method="head"))
    assert (taught.dataset, taught.added, taught.version) == ("messages", 3, 2)
    now = rows_of(service, "messages")
    assert len(now) == 92
    assert (wrong, "refund") in now
    assert ("my tea is too cold today", "other") in now
    labels = packs.load(service.context.store, "topics", 2).manifest["labels"]
    assert labels == ["delivery", "other", "password", "refund"]
    left = service.call(api.GetQueue(pack="topics"))
    assert (left.waiting, left.labelled) == (1, 0)
    # What was taught can be corrected again.
    again = service.call(api.AddCorrection(pack="topics", text=wrong, label="delivery"))
    assert again.labelled == 1


def test_teaching_twice_after_a_failure_adds_nothing_twice(
    service: Service, messages: Any, put: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(messages(60), "messages")
    service.call(api.TrainClassifier(dataset="messages", pack="topics", method="head"))
    service.call(api.AddCorrection(pack="topics", text="one more about refunds", label="refund"))

    def fails(*_: Any, **__: Any) -> Any:
        raise PackUnusable(name="topics", reason="of a test.")

    with monkeypatch.context() as patch:
        patch.setattr("engine.host.teach.classifier.teach", fails)
        with pytest.raises(PackUnusable):
            service.call(api.TeachQueue(pack="topics", method="head"))
    assert service.call(api.GetQueue(pack="topics")).labelled == 1
    assert service.call(api.TeachQueue(pack="topics", method="head")).added == 1
    assert len(rows_of(service, "messages")) == 61


def test_without_its_data_set_a_skill_is_not_made_to_forget(service: Service, messages: Any, put: Any) -> None:
    put(messages(60), "messages")
    service.call(api.TrainClassifier(dataset="messages", pack="topics", method="head"))
    service.call(api.DeleteDataset(name="messages"))
    service.call(api.AddCorrection(pack="topics", text="where is my money", label="refund"))
    with pytest.raises(DataUnusable, match="would be forgotten"):
        service.call(api.TeachQueue(pack="topics", method="head"))
    assert service.call(api.GetQueue(pack="topics")).labelled == 1
    assert service.call(api.ListVersions(pack="topics")).versions[0].version == 1


def test_names_that_do_not_fit_are_told(service: Service, messages: Any, put: Any) -> None:
    packs.save_version(service.context.store, "shop", "recommend", {}, {}, promote=True)
    rows = messages(12)
    put(rows, "labelled")
    for request in (
        api.FillQueue(dataset="labelled", pack="shop"),
        api.GetQueue(pack="shop"),
        api.AddCorrection(pack="shop", text="a", label="b"),
        api.AddCorrection(pack="shop", text="a", label=None, source="chat"),
    ):
        with pytest.raises(PackUnusable, match="recommend"):
            service.call(request)
    with pytest.raises(UnknownName, match="data set"):
        service.call(api.FillQueue(dataset="absent", pack="p"))
    with pytest.raises(UnknownName, match="model"):
        service.call(api.AddCorrection(pack="absent", text="a", label="b"))
    with pytest.raises(UsageError, match="needs the label"):
        service.call(api.AddCorrection(pack="p", text="a", label=None))
    with pytest.raises(UsageError, match="read or from chat"):
        service.call(api.AddCorrection(pack="p", text="a", label="b", source="pseudo"))
    with pytest.raises(InputError, match="characters"):
        service.call(api.AddCorrection(pack="p", text=" ", label=None, source="chat"))
    with pytest.raises(UsageError, match="at once"):
        service.call(api.FillQueue(dataset="labelled", pack="p", count=0))
    with pytest.raises(UsageError, match="at once"):
        service.call(api.GetQueue(pack="p", limit=-1))
    service.call(api.FillQueue(dataset="labelled", pack="p", count=50))
    with pytest.raises(DataUnusable, match="in its queue already"):
        service.call(api.FillQueue(dataset="labelled", pack="p", count=50))
    one = service.call(api.GetQueue(pack="p", limit=1))
    assert (len(one.texts), one.waiting) == (1, 12)
    service.call(api.AnswerQueued(id=one.texts[0].id, label="refund"))
    with pytest.raises(DataUnusable, match="two labels"):
        service.call(api.TeachQueue(pack="p"))


def test_nothing_of_it_is_left_when_the_model_goes(service: Service, messages: Any, put: Any) -> None:
    put(messages(60), "messages")
    service.call(api.TrainClassifier(dataset="messages", pack="topics", method="head"))
    service.call(api.AddCorrection(pack="topics", text="a private remark", label="refund"))
    service.call(api.RemoveModel(name="topics"))
    with service.context.store.read() as connection:
        assert queue.counts(connection, "topics") == (0, 0)
        assert queue.digests(connection, "topics") == set()


def test_locked_means_locked(workspace: Path, passphrase: str) -> None:
    service = Service(workspace)
    service.call(api.Unlock(passphrase=passphrase, create=True))
    service.call(api.AddCorrection(pack="p", text="kept over a lock", label=None, source="chat"))
    service.call(api.Lock())
    for request in (api.GetQueue(), api.AnswerQueued(1, "a"), api.UndoAnswer("p"), api.TeachQueue("p")):
        with pytest.raises(LockedError):
            service.call(request)
    assert b"kept over a lock" not in b"".join(path.read_bytes() for path in workspace.rglob("*") if path.is_file())
    service.call(api.Unlock(passphrase=passphrase))
    assert [one.text for one in service.call(api.GetQueue()).texts] == ["kept over a lock"]
    service.close()
