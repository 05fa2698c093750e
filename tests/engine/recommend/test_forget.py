"""A forgotten person is gone: the id from every stored byte, and their influence from every number."""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine import api
from engine.errors import UnknownName
from engine.host.service import Service
from engine.serve.recommend.model import ARRAYS, HISTORY, USERS
from engine.store import datasets, packs
from engine.store.connection import Store, connect

PASSPHRASE = "correct horse battery staple"
PERSON = "shopper-007"


def new_service(folder: Path) -> Service:
    service = Service(folder)
    service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
    return service


def store_shop(service: Service, shop) -> None:
    datasets.add(service.context.store, "goods", "items", source="", mapping={}, batches=[shop.items])
    batches = [shop.events[start : start + 50] for start in range(0, len(shop.events), 50)]
    datasets.add(service.context.store, "sales", "events", source="", mapping={}, batches=batches)


def fit(service: Service, pack: str = "taste", *, max_minutes: float | None = 0.01) -> None:
    """Without a limit everything is tuned, which is the only way that gives the same model twice."""
    service.call(api.FitRecommender(items="goods", events="sales", pack=pack, max_minutes=max_minutes))


@pytest.fixture
def engine(service: Service, shop) -> Iterator[Service]:
    store_shop(service, shop)
    return service


def plain_bytes(store: Store, folder: Path) -> bytes:
    """The workspace file with its encryption taken off, free pages and journal included."""
    folder.mkdir()
    copy = folder / "copy.db"
    shutil.copy(store.path, copy)
    journal = store.path.with_name(store.path.name + "-wal")
    if journal.exists():
        shutil.copy(journal, folder / "copy.db-wal")
    connection = connect(copy, store.key)
    connection.pragma("secure_delete", 0)
    connection.pragma("journal_mode", "delete")
    connection.pragma("rekey", "")
    connection.close()
    found = copy.read_bytes()
    assert found.startswith(b"SQLite format 3")
    return found


def values(store: Store) -> Iterator[bytes]:
    """Every stored value, unpacked where it is packed."""
    with store.read() as connection:
        tables = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    raw = value if isinstance(value, bytes) else str(value).encode()
                    yield raw
                    try:
                        yield zlib.decompress(raw)
                    except zlib.error:
                        continue


def arrays_of(service: Service, pack: str = "taste") -> dict[str, bytes]:
    files = packs.current(service.context.store, pack).files
    return {name: files[name] for name in (ARRAYS, HISTORY, USERS)}


def test_the_model_is_the_one_that_never_knew_them(engine: Service, shop, tmp_path: Path) -> None:
    fit(engine, max_minutes=None)
    before = arrays_of(engine)
    count = sum(event["user"] == PERSON for event in shop.events)
    done = engine.call(api.ForgetUser(pack="taste", user=PERSON))
    assert (done.events_removed, done.version) == (count, 1)
    other = new_service(tmp_path / "other")
    store_shop(other, shop.without(PERSON))
    fit(other, max_minutes=None)
    assert arrays_of(engine) == arrays_of(other)
    assert arrays_of(engine) != before
    assert (
        packs.current(engine.context.store, "taste").manifest["setting"]
        == packs.current(other.context.store, "taste").manifest["setting"]
    )
    other.close()


def test_no_stored_byte_tells_of_them(engine: Service, tmp_path: Path) -> None:
    fit(engine)
    store = engine.context.store
    found = datasets.find(store, "sales")
    with store.read() as connection:
        chunks = [bytes(row[0]) for row in connection.execute(
            "SELECT data FROM dataset_chunks WHERE dataset = ?", (found.id,)
        )]  # fmt: skip
    held = [chunk for chunk in chunks if PERSON.encode() in zlib.decompress(chunk)]
    pieces = [chunk[at : at + 60] for chunk in held for at in range(100, len(chunk) - 60, 60)]
    before = plain_bytes(store, tmp_path / "before")
    assert PERSON.encode() in before
    assert any(piece in before for piece in pieces), "the search would not have found anything"

    engine.call(api.ForgetUser(pack="taste", user=PERSON))

    after = plain_bytes(store, tmp_path / "after")
    assert PERSON.encode() not in after
    assert not any(piece in after for piece in pieces)
    assert not any(PERSON.encode() in value for value in values(store))
    journal = store.path.with_name(store.path.name + "-wal")
    assert not journal.exists() or PERSON.encode() not in journal.read_bytes()


def test_asking_again_says_so_without_writing_the_id_back(engine: Service) -> None:
    fit(engine)
    engine.call(api.ForgetUser(pack="taste", user=PERSON))
    with pytest.raises(UnknownName, match="no such person"):
        engine.call(api.ForgetUser(pack="taste", user=PERSON))
    assert not any(PERSON.encode() in value for value in values(engine.context.store))


def test_old_versions_and_other_packs_on_the_same_events_are_reached(engine: Service) -> None:
    store = engine.context.store
    fit(engine)
    fit(engine)
    fit(engine, "neighbour")
    engine.call(api.ForgetUser(pack="taste", user=PERSON))
    assert [one.version for one in packs.versions(store, "taste")] == [2]
    for pack in ("taste", "neighbour"):
        with pytest.raises(UnknownName):
            engine.call(api.RecommendTop(pack=pack, user=PERSON))
        assert engine.call(api.RecommendTop(pack=pack, user="shopper-008")).items


def test_events_of_everybody_else_stay_in_order(engine: Service, shop) -> None:
    fit(engine)
    engine.call(api.ForgetUser(pack="taste", user=PERSON))
    left = [(row["user"], row["item"]) for row in datasets.read_rows(engine.context.store, "sales")]
    assert left == [(event["user"], event["item"]) for event in shop.without(PERSON).events]
    assert datasets.info(engine.context.store, "sales").rows == len(left)


def test_without_the_data_set_the_pack_itself_is_learned_from(engine: Service) -> None:
    fit(engine)
    datasets.remove(engine.context.store, "sales")
    engine.call(api.ForgetUser(pack="taste", user=PERSON))
    users = arrays_of(engine)[USERS]
    assert PERSON.encode() not in users
    assert users.count(b"shopper-") == 59
    found = engine.call(api.RecommendTop(pack="taste", user="shopper-009", k=5)).items
    assert sum(item.item.startswith("tea") for item in found) >= 4


def test_the_last_person_takes_the_model_along(service: Service, shop) -> None:
    only = [event for event in shop.events if event["user"] == PERSON]
    datasets.add(service.context.store, "goods", "items", source="", mapping={}, batches=[shop.items])
    datasets.add(service.context.store, "sales", "events", source="", mapping={}, batches=[only])
    fit(service)
    done = service.call(api.ForgetUser(pack="taste", user=PERSON))
    assert done.version == 0
    with pytest.raises(UnknownName):
        service.call(api.RecommendTop(pack="taste", k=1))
    assert datasets.info(service.context.store, "sales").rows == 0


def test_rows_are_removed_across_chunks(service: Service) -> None:
    rows = [{"user": f"u{number % 3}", "item": str(number)} for number in range(3500)]
    datasets.add(service.context.store, "many", "events", source="", mapping={}, batches=[rows])
    assert datasets.remove_rows(service.context.store, "many", "user", "u1") == 1167
    assert datasets.remove_rows(service.context.store, "many", "user", "u1") == 0
    left = [row["item"] for row in datasets.read_rows(service.context.store, "many")]
    assert left == [str(number) for number in range(3500) if number % 3 != 1]
    page = datasets.read_page(service.context.store, "many", 2000, 2)[1]
    assert [row["item"] for row in page] == left[2000:2002]
    assert np.all(np.diff([int(item) for item in left]) > 0)


def test_nobody_leaves_the_workspace_with_a_shared_recommender(engine: Service, tmp_path: Path) -> None:
    """What was learned goes along; people, their histories and examples of the data check stay here."""
    fit(engine)
    path = tmp_path / "taste.casepack"
    engine.call(api.ExportModel("taste", str(path)))
    with zipfile.ZipFile(path) as pack:
        bodies = [pack.read(name) for name in pack.namelist()]
    assert not any(b"shopper-" in body for body in bodies)
    other = new_service(tmp_path / "other")
    other.call(api.ImportModel(str(path)))
    history = ("tea-mint-0", "tea-green-1")
    here = engine.call(api.RecommendTop("taste", history=history)).items
    there = other.call(api.RecommendTop("taste", history=history)).items
    assert [item.item for item in there] == [item.item for item in here]
    assert "of 60 people" in other.call(api.RecommendTop("taste", k=1)).items[0].reason
    with pytest.raises(UnknownName):
        other.call(api.RecommendTop("taste", user=PERSON))
    with np.load(io.BytesIO(packs.current(other.context.store, "taste").files[HISTORY])) as arrays:
        assert len(arrays["items"]) == 0
    other.close()
