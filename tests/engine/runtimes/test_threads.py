"""Threads come from what the process may use, and a person's choice goes first."""

import os
from pathlib import Path

from engine.runtimes import threads
from engine.runtimes.threads import cgroup_cores, usable_threads


def test_a_setting_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv(threads.OVERRIDE, "3")
    assert usable_threads(1) == 1
    assert usable_threads(0) == 3
    assert usable_threads(None) == 3


def test_a_setting_never_exceeds_the_machine():
    assert usable_threads(10_000) == os.cpu_count()


def test_nonsense_in_the_environment_is_ignored(monkeypatch):
    monkeypatch.setenv(threads.OVERRIDE, "many")
    assert 1 <= usable_threads() <= (os.cpu_count() or 1)


def test_the_smallest_limit_counts(monkeypatch):
    monkeypatch.delenv(threads.OVERRIDE, raising=False)
    monkeypatch.setattr(threads, "physical_cores", lambda: 8)
    monkeypatch.setattr(threads, "affinity_cores", lambda: 6)
    monkeypatch.setattr(threads, "cgroup_cores", lambda: 2.5)
    assert usable_threads() == 3
    monkeypatch.setattr(threads, "cgroup_cores", lambda: 0.2)
    assert usable_threads() == 1
    monkeypatch.setattr(threads, "cgroup_cores", lambda: None)
    assert usable_threads() == 6


def _own(tmp_path: Path, line: str) -> Path:
    path = tmp_path / "own"
    path.write_text(line + "\n")
    return path


def test_version_2_takes_the_tightest_group_on_the_way_up(tmp_path):
    inner = tmp_path / "fs" / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "fs" / "a" / "cpu.max").write_text("150000 100000\n")
    (inner / "cpu.max").write_text("400000 100000\n")
    assert cgroup_cores(tmp_path / "fs", _own(tmp_path, "0::/a/b")) == 1.5


def test_version_2_without_limit(tmp_path):
    (tmp_path / "fs").mkdir()
    (tmp_path / "fs" / "cpu.max").write_text("max 100000\n")
    assert cgroup_cores(tmp_path / "fs", _own(tmp_path, "0::/")) is None


def test_version_1(tmp_path):
    group = tmp_path / "fs" / "cpu" / "job"
    group.mkdir(parents=True)
    (group / "cpu.cfs_quota_us").write_text("200000\n")
    (group / "cpu.cfs_period_us").write_text("100000\n")
    assert cgroup_cores(tmp_path / "fs", _own(tmp_path, "4:cpu:/job")) == 2.0


def test_no_control_groups_at_all(tmp_path):
    assert cgroup_cores(tmp_path / "fs", tmp_path / "nothing") is None
