"""A .casepack travels unchanged, and a file made to do harm gets a sentence and nothing else."""

import io
import json
import stat
import struct
import zipfile
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FileMissing, FolderNotWritable, PackUnusable
from engine.packs import casepack
from engine.packs.arrays import check_arrays
from engine.packs.casepack import make_manifest, read_casepack, write_casepack
from engine.packs.manifest import MANIFEST, SIGNATURE, parse_manifest, safe_name
from engine.packs.signature import fingerprint, new_key, sign, signer


def npz(**arrays) -> bytes:
    target = io.BytesIO()
    np.savez_compressed(target, **arrays)
    return target.getvalue()


FILES = {"head.npz": npz(weights=np.arange(6, dtype=np.float32).reshape(2, 3)), "labels.json": b'["a","b"]'}


def pack(path: Path, key: bytes | None = None) -> Path:
    manifest = make_manifest("reader", "classify", 3, FILES, details={"report": {"accuracy": 0.9}})
    write_casepack(path, manifest, FILES, key)
    return path


def rewritten(source: Path, target: Path, change) -> Path:
    """Copy a pack part by part through `change(name, body) -> [(ZipInfo or name, body)]`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            for entry, body in change(name, old.read(name)):
                new.writestr(entry, body)
    return target


@pytest.mark.parametrize("signed", [False, True])
def test_what_was_written_is_read(tmp_path, signed):
    key = new_key() if signed else None
    found = read_casepack(pack(tmp_path / "a.casepack", key))
    assert found.files == FILES
    assert (found.manifest.name, found.manifest.task, found.manifest.version) == ("reader", "classify", 3)
    assert found.manifest.details == {"report": {"accuracy": 0.9}}
    assert (found.signed_by is not None) == signed
    assert [path.name for path in tmp_path.iterdir()] == ["a.casepack"]


def test_the_same_pack_gives_the_same_bytes(tmp_path):
    key = new_key()
    assert pack(tmp_path / "a", key).read_bytes() == pack(tmp_path / "b", key).read_bytes()


def test_a_change_after_signing_is_noticed(tmp_path):
    source = pack(tmp_path / "a", new_key())

    def more_accurate(name, body):
        return [(name, body.replace(b"0.9", b"1.0") if name == MANIFEST else body)]

    with pytest.raises(PackUnusable, match="signature does not hold"):
        read_casepack(rewritten(source, tmp_path / "b", more_accurate))


def test_a_signature_by_another_key_tells_another_signer(tmp_path):
    first = read_casepack(pack(tmp_path / "a", new_key())).signed_by
    second = read_casepack(pack(tmp_path / "b", new_key())).signed_by
    assert first != second
    assert fingerprint(first) != fingerprint(second)


@pytest.mark.parametrize("damage", [b"", b"{}", b"nonsense", b'{"algorithm":"none","public_key":"","signature":""}'])
def test_a_signature_file_that_is_none_does_not_hold(damage):
    assert signer(b"manifest", damage) is None


def test_a_signature_does_not_hold_for_other_bytes():
    made = sign(b"manifest", new_key())
    assert signer(b"manifest", made) is not None
    assert signer(b"manifest ", made) is None


def test_a_changed_file_is_noticed(tmp_path):
    source = pack(tmp_path / "a")
    changed = rewritten(
        source, tmp_path / "b", lambda name, body: [(name, b'["b","a"]' if name == "labels.json" else body)]
    )
    with pytest.raises(PackUnusable, match=r"labels\.json is not the one"):
        read_casepack(changed)


def test_a_missing_and_an_added_file_are_noticed(tmp_path):
    source = pack(tmp_path / "a")
    less = rewritten(source, tmp_path / "b", lambda name, body: [] if name == "labels.json" else [(name, body)])
    with pytest.raises(PackUnusable, match=r"labels\.json is in its manifest alone"):
        read_casepack(less)
    more = rewritten(
        source, tmp_path / "c", lambda name, body: [(name, body), *([("x.py", b"")] if name == MANIFEST else [])]
    )
    with pytest.raises(PackUnusable, match=r"x\.py is not in its manifest"):
        read_casepack(more)


@pytest.mark.parametrize(
    "name", ["../evil.json", "/etc/passwd", "a/b.json", "C:\\x.json", "..", ".hidden", "con.json", "a\nb", "a b.json"]
)
def test_a_part_with_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    def add(part, body):
        return [(part, body), *([(name, b"x")] if part == MANIFEST else [])]

    with pytest.raises(PackUnusable, match="plain file with a plain name"):
        read_casepack(rewritten(pack(tmp_path / "a"), tmp_path / "b", add))


def test_a_symlink_in_the_zip_is_refused(tmp_path):
    def link(part, body):
        entry = zipfile.ZipInfo(part)
        if part == "labels.json":
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        return [(entry, body)]

    with pytest.raises(PackUnusable, match="plain file with a plain name"):
        read_casepack(rewritten(pack(tmp_path / "a"), tmp_path / "b", link))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path):
    with pytest.raises(PackUnusable, match="two parts named"):
        read_casepack(rewritten(pack(tmp_path / "a"), tmp_path / "b", lambda name, body: [(name, body)] * 2))


def test_a_zip_bomb_is_stopped_by_its_list_of_contents(tmp_path, monkeypatch):
    monkeypatch.setattr(casepack, "MOST_BYTES", 1 << 20)

    def swell(name, body):
        return [(name, body), *([("big.json", b" " * (2 << 20))] if name == MANIFEST else [])]

    bomb = rewritten(pack(tmp_path / "a"), tmp_path / "b", swell)
    assert bomb.stat().st_size < 20_000
    with pytest.raises(PackUnusable, match="would unpack to more than"):
        read_casepack(bomb)


def test_a_list_of_contents_that_lies_about_sizes_unpacks_no_more_than_it_says(tmp_path):
    source = pack(tmp_path / "a")
    bomb = rewritten(
        source, tmp_path / "b", lambda n, b: [(n, b"[" + b" " * 5_000_000 + b"]" if n == "labels.json" else b)]
    )
    body = bytearray(bomb.read_bytes())
    real = struct.pack("<I", 5_000_002)
    assert body.count(real) == 2
    bomb.write_bytes(body.replace(real, struct.pack("<I", len(FILES["labels.json"]))))
    with pytest.raises(PackUnusable):
        read_casepack(bomb)


def test_too_many_parts_are_refused(tmp_path):
    def many(name, body):
        return [(name, body), *([(f"f{n}.json", b"") for n in range(100)] if name == MANIFEST else [])]

    with pytest.raises(PackUnusable, match="has 103 parts"):
        read_casepack(rewritten(pack(tmp_path / "a"), tmp_path / "b", many))


def test_a_folder_a_missing_file_and_a_place_that_is_none(tmp_path):
    with pytest.raises(PackUnusable, match="not a regular file"):
        read_casepack(tmp_path)
    with pytest.raises(FileMissing):
        read_casepack(tmp_path / "none.casepack")
    with pytest.raises(FolderNotWritable):
        pack(tmp_path / "nowhere" / "a.casepack")


@pytest.mark.parametrize("value", [0, 1, 0x80, 0xFF])
def test_no_damaged_byte_of_the_list_of_contents_gets_through(tmp_path, value):
    path = pack(tmp_path / "a", bytes(range(32)))
    whole = path.read_bytes()
    for where in range(whole.index(b"PK\x01\x02"), len(whole)):
        path.write_bytes(whole[:where] + bytes([value]) + whole[where + 1 :])
        try:
            found = read_casepack(path)
        except PackUnusable:
            continue
        assert found.files == FILES, where


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1), value=st.integers(0, 255), cut=st.booleans())
def test_no_damage_gets_through(tmp_path_factory, place, value, cut):
    folder = tmp_path_factory.mktemp("damage")
    path = pack(folder / "a", bytes(range(32)))
    body = bytearray(path.read_bytes())
    where = min(int(place * len(body)), len(body) - 1)
    body = body[:where] if cut else body[:where] + bytes([value]) + body[where + 1 :]
    path.write_bytes(body)
    try:
        found = read_casepack(path)
    except PackUnusable:
        return
    assert found.files == FILES  # a byte that means nothing (a date, a comment) may change


def test_array_headers_are_bounded_before_arrays_are_made():
    assert check_arrays(FILES["head.npz"], "p", "head.npz") > 24

    def lie(shape: str) -> bytes:
        header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("w.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + b"\0" * 16)
        return target.getvalue()

    assert check_arrays(lie("(4,)"), "p", "f") == 16 + 128
    for shape in ("(1000000000000,)", "(5,)", "(-4,)", "(2, 3)", "[4]", "(True,)"):
        with pytest.raises(PackUnusable):
            check_arrays(lie(shape), "p", "f")


def test_arrays_of_objects_are_refused_without_unpickling():
    class Harm:
        def __reduce__(self):
            return (pytest.fail, ("was unpickled",))

    target = io.BytesIO()
    np.savez(target, w=np.array([Harm()], dtype=object))
    with pytest.raises(PackUnusable, match="no set of plain arrays"):
        check_arrays(target.getvalue(), "p", "f")


def test_a_pack_with_harmful_arrays_is_refused_although_its_hashes_fit(tmp_path):
    target = io.BytesIO()
    np.savez(target, w=np.array([{}], dtype=object))
    files = {"head.npz": target.getvalue()}
    write_casepack(tmp_path / "a", make_manifest("x", "classify", 1, files), files)
    with pytest.raises(PackUnusable, match="plain arrays"):
        read_casepack(tmp_path / "a")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format": 2}, "has format 2"),
        ({"format": "1"}, "cannot be read"),
        ({"files": {}}, "lists 0 files"),
        ({"files": {"../x": {"sha256": "0" * 64, "bytes": 1}}}, "cannot be the name of a file"),
        ({"files": {"manifest.json": {"sha256": "0" * 64, "bytes": 1}}}, "cannot be the name of a file"),
        ({"files": {"a": {"sha256": "zz", "bytes": 1}}}, "no proper size and sha256"),
        ({"files": {"a": {"sha256": "0" * 64, "bytes": -1}}}, "no proper size and sha256"),
        ({"files": {"a": {"sha256": "0" * 64, "bytes": 1}, "A": {"sha256": "0" * 64, "bytes": 1}}}, "capital letters"),
        ({"version": 0}, "name or version"),
        ({"name": "a\nb"}, "name or version"),
        ({"name": " "}, "name or version"),
    ],
)
def test_a_manifest_that_cannot_be_is_refused(change, sentence):
    sound = msgspec.to_builtins(make_manifest("reader", "classify", 1, FILES))
    assert parse_manifest(json.dumps(sound).encode(), "p").name == "reader"
    with pytest.raises(PackUnusable, match=sentence):
        parse_manifest(json.dumps(sound | change).encode(), "p")


def test_a_deeply_nested_manifest_is_refused():
    with pytest.raises(PackUnusable):
        parse_manifest(b'{"format": 1, "details": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "p")


def test_names_that_are_safe_everywhere():
    assert all(safe_name(name) for name in ("a", "model.onnx", "LICENSE", "a-b_c.2.json"))
    assert not any(
        safe_name(name) for name in ("", ".", "..", "a.", "nul", "NUL.txt", "a/b", "é", "a" * 101, SIGNATURE + "/")
    )
