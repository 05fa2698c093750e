"""A pack folder is exactly what its manifest says."""

import json
import os
import shutil
import sys
from pathlib import Path

import msgspec
import pytest

from engine.errors import PackUnusable
from engine.packs.casepack import make_manifest
from engine.packs.verify import read_pack, verify_folder
from engine.runtimes.encoder import bundled_encoder_folder

FILES = {"one.json": b"[1]", "two.txt": b"words"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, body in FILES.items():
        (tmp_path / name).write_bytes(body)
    manifest = make_manifest("tiny", "classify", 1, FILES)
    (tmp_path / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    return tmp_path


def test_a_sound_folder(folder):
    manifest, files = read_pack(folder)
    assert manifest.name == "tiny"
    assert files == FILES
    assert read_pack(folder, ("two.txt",))[1] == {"two.txt": b"words"}


@pytest.mark.parametrize("body", [b"[2]", b"[1] ", b"", b"[1"])
def test_a_changed_file(folder, body):
    (folder / "one.json").write_bytes(body)
    with pytest.raises(PackUnusable, match=r"one\.json is not the one"):
        verify_folder(folder)


def test_the_same_size_and_time_prove_nothing(folder):
    path = folder / "one.json"
    before = path.stat()
    path.write_bytes(b"[2]")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(PackUnusable):
        verify_folder(folder)


def test_a_missing_and_a_foreign_file(folder):
    (folder / "extra.py").write_text("")
    with pytest.raises(PackUnusable, match=r"extra\.py is not in its manifest"):
        verify_folder(folder)
    (folder / "extra.py").unlink()
    (folder / "two.txt").unlink()
    with pytest.raises(PackUnusable, match=r"two\.txt is missing"):
        verify_folder(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="making symlinks needs a right there")
def test_links_pipes_and_folders_are_no_files(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "one.json"
    shutil.move(folder / "one.json", elsewhere)
    for make in (lambda path: path.symlink_to(elsewhere), os.mkfifo, Path.mkdir):
        make(folder / "one.json")
        with pytest.raises(PackUnusable, match=r"one\.json is not a regular file"):
            verify_folder(folder)
        if (folder / "one.json").is_dir() and not (folder / "one.json").is_symlink():
            (folder / "one.json").rmdir()
        else:
            (folder / "one.json").unlink()


def test_the_bundled_encoder_is_whole_and_says_what_it_is():
    manifest = verify_folder(bundled_encoder_folder())
    assert (manifest.name, manifest.task, manifest.languages) == ("encoder-en", "encoder", ("en",))
    assert manifest.licence == "Apache-2.0"
    assert {
        "LICENSE",
        "NOTICE",
        "README.md",
        "tokenizer.json",
        "top.json",
        "top.onnx",
        "trunk.onnx",
        "wide.onnx",
    } == set(manifest.files)
    assert sum(entry.bytes for entry in manifest.files.values()) < 24_000_000
    assert manifest.metrics["cosine_mean"] > 0.997
    assert (
        manifest.metrics["banking77_int8_low"]
        < manifest.metrics["banking77_int8"]
        < manifest.metrics["banking77_int8_high"]
    )


def test_its_card_has_no_unfilled_place():
    card = (bundled_encoder_folder() / "README.md").read_text(encoding="utf-8")
    assert "{" not in card
    manifest = json.loads((bundled_encoder_folder() / "manifest.json").read_text(encoding="utf-8"))
    assert str(manifest["metrics"]["cosine_mean"]) in card
