"""GGUF headers: what a sound one tells, and how a wrong one is refused, at once and with a reason."""

from __future__ import annotations

import random
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny_gguf import ARRAY, CHATML, F32, STRING, TENSOR_F32, TENSOR_Q8_0, U32, llama_tensors, llama_values, pack, text

from engine.errors import FileMissing, GgufUnusable
from engine.runtimes.gguf.facts import read_facts
from engine.runtimes.gguf.header import MOST_READ, read_header
from engine.runtimes.gguf.vocabulary import read_steering

SLOWEST_S = 2.0


def written(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


def reason_of(path: Path) -> str:
    began = time.process_time()
    with pytest.raises(GgufUnusable) as caught:
        read_facts(path)
    assert time.process_time() - began < SLOWEST_S
    assert str(path) in caught.value.message
    return str(caught.value.details["reason"])


def test_a_sound_file_tells_what_it_is(tiny_file: Path) -> None:
    facts = read_facts(tiny_file)
    assert (facts.architecture, facts.name, facts.licence) == ("llama", "Tiny Desk", "apache-2.0")
    assert (facts.layers, facts.heads, facts.kv_heads, facts.embedding, facts.feed_forward) == (2, 4, 2, 64, 128)
    assert (facts.context_length, facts.vocabulary, facts.quantisation) == (256, 320, "Q8_0")
    assert facts.template == CHATML
    assert facts.key_width == facts.value_width == (32, 32)
    per_layer = 64 * 64 * 2 + 64 * 32 * 2 + 64 * 128 * 3 + 2 * 64
    assert facts.parameters == 2 * 64 * 320 + 64 + 2 * per_layer
    assert 0 < facts.weights_bytes < facts.file_bytes == tiny_file.stat().st_size


def test_steering_tokens_are_found(tiny_file: Path) -> None:
    steering = read_steering(read_header(tiny_file))
    assert (steering.begin, steering.end) == ("<s>", "</s>")
    assert steering.control == ("</s>", "<s>", "<|im_end|>", "<|im_start|>")


def test_versions_two_and_three_alone_are_read(tmp_path: Path) -> None:
    values = llama_values()
    tensors = llama_tensors(values)
    assert read_facts(written(tmp_path / "two.gguf", pack(values, tensors, 2))).layers == 2
    for version, words in ((1, "version 1"), (4, "version 4"), (3 << 24, "other byte order")):
        assert words in reason_of(written(tmp_path / "x.gguf", pack(values, tensors, version)))


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_facts(tmp_path / "none.gguf")


def test_a_folder_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    assert "regular file" in reason_of(tmp_path)
    assert "no GGUF file" in reason_of(written(tmp_path / "empty.gguf", b""))
    assert "no GGUF file" in reason_of(written(tmp_path / "text.gguf", b"Once upon a time"))


@pytest.mark.parametrize("at", [5, 12, 30, 200, 2000, 6000, 9000, -1, -40])
def test_a_file_that_is_cut_short_is_refused_wherever_it_is_cut(tiny_file: Path, tmp_path: Path, at: int) -> None:
    assert "cut short" in reason_of(written(tmp_path / "cut.gguf", tiny_file.read_bytes()[:at]))


HEAD = b"GGUF" + struct.pack("<I", 3)
HUGE = (1 << 63) - 1
HOSTILE: dict[str, tuple[bytes, str]] = {
    "values": (HEAD + struct.pack("<QQ", 0, HUGE), "claims 9,223,372,036,854,775,807 values"),
    "tensors": (HEAD + struct.pack("<QQ", HUGE, 0), "tensors, and the most"),
    "key": (HEAD + struct.pack("<QQQ", 0, 1, HUGE), "the name of a value claims"),
    "empty key": (HEAD + struct.pack("<QQQ", 0, 1, 0), "has no name"),
    "key twice": (HEAD + struct.pack("<QQ", 0, 2) + (text("a") + struct.pack("<II", U32, 1)) * 2, "stands twice"),
    "text": (HEAD + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IQ", STRING, HUGE), "claims"),
    "kind": (HEAD + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<I", 99), "unknown kind 99"),
    "list": (HEAD + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", ARRAY, U32, HUGE), "entries, and the"),
    "list in list": (HEAD + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", ARRAY, ARRAY, 2), "kind 9"),
    "entry": (HEAD + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQQ", ARRAY, STRING, 9, HUGE), "cut short"),
    "no text": (HEAD + struct.pack("<QQ", 0, 1) + text(b"\xff\xfe"), "is no text"),
    "dimensions": (HEAD + struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<I", 4_000_000_000), "dimensions"),
    "shape": (HEAD + struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<IQQ", 2, HUGE, HUGE), "impossible shape"),
    "nothing": (HEAD + struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<IQ", 1, 0), "impossible shape"),
    "tensor kind": (HEAD + struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<IQIQ", 1, 32, 77, 0), "kind 77"),
    "rows": (HEAD + struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<IQIQ", 1, 33, TENSOR_Q8_0, 0), "of 32"),
    "tensor name": (HEAD + struct.pack("<QQ", 1, 0) + text("t" * 64), "the most is 63"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_header_made_to_do_harm_is_refused(tmp_path: Path, name: str) -> None:
    body, words = HOSTILE[name]
    assert words in reason_of(written(tmp_path / "hostile.gguf", body))


def changed(change: Callable[[dict[str, Any], dict[str, Any]], None]) -> bytes:
    values = llama_values()
    tensors = llama_tensors(values)
    change(values, tensors)
    return pack(values, tensors)


def setting(key: str, kind: Any, content: Any) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def change(values: dict[str, Any], _tensors: dict[str, Any]) -> None:
        values[key] = (kind, content)

    return change


def without(key: str) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def change(values: dict[str, Any], tensors: dict[str, Any]) -> None:
        values.pop(key, None)
        tensors.pop(key, None)

    return change


WRONG: dict[str, tuple[Callable[[dict[str, Any], dict[str, Any]], None], str]] = {
    "no architecture": (without("general.architecture"), "names no architecture"),
    "encoder": (setting("general.architecture", STRING, "bert"), "reads texts and writes none"),
    "adapter": (setting("general.type", STRING, "adapter"), "adapter for another model"),
    "part": (setting("split.count", U32, 3), "one of 3 parts"),
    "no layers": (without("llama.block_count"), "llama.block_count"),
    "layers": (setting("llama.block_count", U32, 4_000_000_000), "1 to 1,024 can be"),
    "fewer weights": (setting("llama.block_count", U32, 9), "the last one has no weights"),
    "layers as text": (setting("llama.block_count", STRING, "two"), "no whole number"),
    "heads": (setting("llama.attention.head_count", U32, 4_000_000_000), "cannot be"),
    "short list": (setting("llama.attention.head_count_kv", (ARRAY, U32), [1]), "1 entries for 2 layers"),
    "no vocabulary": (without("tokenizer.ggml.tokens"), "brings no vocabulary"),
    "scores": (setting("tokenizer.ggml.scores", (ARRAY, F32), [1.0]), "does not match its 320 tokens"),
    "end": (setting("tokenizer.ggml.eos_token_id", U32, 320), "no token of its vocabulary"),
    "alignment": (setting("general.alignment", U32, 33), "no power of two"),
    "no words": (without("token_embd.weight"), "token_embd.weight"),
    "width": (setting("llama.embedding_length", U32, 128), "its header says 128 x 320"),
    "template": (setting("tokenizer.chat_template", STRING, "x" * 300_000), "300,000 characters"),
    "template kind": (setting("tokenizer.chat_template", U32, 1), "is no text"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_is_no_sound_generator_is_refused(tmp_path: Path, name: str) -> None:
    change, words = WRONG[name]
    assert words in reason_of(written(tmp_path / "wrong.gguf", changed(change)))


def test_a_file_without_weights_is_said_to_hold_a_vocabulary(tmp_path: Path) -> None:
    assert "a vocabulary and no weights" in reason_of(written(tmp_path / "words.gguf", pack(llama_values(), {})))


def test_tensors_that_lie_on_each_other_are_refused(tmp_path: Path) -> None:
    values = llama_values()
    body = pack(values, llama_tensors(values))
    at = body.index(b"output_norm.weight") + len("output_norm.weight") + 4 + 8 + 4
    overlapping = body[:at] + struct.pack("<Q", 0) + body[at + 8 :]
    assert "lie on each other" in reason_of(written(tmp_path / "over.gguf", overlapping))


@pytest.mark.parametrize(("lists", "words"), [([4 << 20], "more than 1,500,000 texts"), ([1_400_000] * 2, "more than")])
def test_millions_of_empty_words_are_no_way_to_stall(tmp_path: Path, lists: list[int], words: str) -> None:
    body = HEAD + struct.pack("<QQ", 0, len(lists))
    for number, count in enumerate(lists):
        body += text(f"list {number}") + struct.pack("<IIQ", ARRAY, STRING, count) + bytes(8 * count)
    assert words in reason_of(written(tmp_path / "long.gguf", body))


def test_a_header_longer_than_any_is_refused(tmp_path: Path) -> None:
    body = HEAD + struct.pack("<QQ", 0, 40)
    for number in range(40):
        body += text(f"text {number}") + struct.pack("<I", STRING) + text("x" * (1 << 20))
    assert f"longer than {MOST_READ >> 20} MB" in reason_of(written(tmp_path / "long.gguf", body))


def test_numbers_are_passed_over_unread(tmp_path: Path) -> None:
    values = llama_values() | {"extra": ((ARRAY, F32), [0.0] * 3_000_000)}
    tensors = {"one": ((32,), TENSOR_F32, bytes(128))}
    header = read_header(written(tmp_path / "wide.gguf", pack(values, tensors)))
    assert header.arrays["extra"].count == 3_000_000
    assert header.tensors[0].name == "one"


def test_three_hundred_mutated_files_raise_nothing_else(tiny_file: Path, tmp_path: Path) -> None:
    body = tiny_file.read_bytes()
    head = read_header(tiny_file).weights_start
    pick = random.Random(20)
    refused = 0
    for number in range(300):
        mutated = bytearray(body)
        for _ in range(pick.choice((1, 1, 2, 8, 40))):
            mutated[pick.randrange(head)] = pick.choice((0, 255, 127, 128, pick.randrange(256)))
        if number % 3 == 0:
            at = pick.randrange(head - 8)
            mutated[at : at + 8] = struct.pack("<Q", pick.choice((HUGE, 1 << 32, 1 << 16, pick.getrandbits(63))))
        if number % 5 == 0:
            del mutated[pick.randrange(len(mutated)) :]
        file = written(tmp_path / "mutated.gguf", bytes(mutated))
        began = time.process_time()
        try:
            read_facts(file)
            read_steering(read_header(file))
        except GgufUnusable:
            refused += 1
        assert time.process_time() - began < SLOWEST_S
    assert refused > 100


def test_public_vocabularies_are_refused_with_the_reason(shared_models: Path) -> None:
    for path in sorted((shared_models / "gguf-vocab-only").glob("*.gguf")):
        reason = reason_of(path)
        expected = {"ggml-vocab-bert-bge": "writes none", "mock-empty-tiny": "has no name"}
        assert expected.get(path.stem, "a vocabulary and no weights") in reason


def test_public_stories_are_read(shared_models: Path) -> None:
    for path in sorted((shared_models / "stories260k").glob("*.gguf")):
        facts = read_facts(path)
        assert (facts.architecture, facts.licence, facts.layers, facts.vocabulary) == ("llama", "mit", 5, 512)
        assert facts.quantisation == path.stem.split("-")[1].upper()
