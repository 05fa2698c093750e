"""The audit chain: whole when untouched, broken by any change, and silent about subjects when exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import api
from engine.host.service import Service


@pytest.fixture
def busy(service: Service) -> Service:
    for seconds in (60, 120, 180):
        service.call(api.ChangeSettings(values={"auto_lock_s": seconds}))
    return service


def test_first_entry_is_the_creation(busy: Service) -> None:
    entries = busy.call(api.ListAudit()).entries
    assert entries[-1].action == "workspace created"
    assert busy.call(api.VerifyAudit()) == api.AuditVerified(entries=4, ok=True, broken_at=None)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE audit SET action = 'something else' WHERE seq = 3",
        "UPDATE audit SET subject = 'somebody else' WHERE seq = 3",
        "UPDATE audit SET time = '2020-01-01T00:00:00+00:00' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE audit SET previous = digest WHERE seq = 3",
    ],
)
def test_any_change_is_found(busy: Service, damage: str) -> None:
    with busy.context.store.write() as connection:
        connection.execute(damage)
    verified = busy.call(api.VerifyAudit())
    assert not verified.ok
    assert verified.broken_at == 3


def test_export_holds_no_subject(busy: Service, tmp_path: Path) -> None:
    backup = tmp_path / "plover-and-heron.backup"
    busy.call(api.Backup(path=str(backup)))
    target = tmp_path / "audit.jsonl"
    exported = busy.call(api.ExportAudit(path=str(target)))
    lines = [json.loads(line) for line in target.read_text().splitlines()]
    assert len(lines) == exported.entries == 6
    assert "plover" not in target.read_text()
    assert [line["previous"] for line in lines[1:]] == [line["digest"] for line in lines[:-1]]
