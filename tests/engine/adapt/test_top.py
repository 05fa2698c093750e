"""Trunk and top: together they are the encoder, and other weights in the top are really used."""

from __future__ import annotations

import io

import numpy as np
import pytest

from engine.errors import PackUnusable
from engine.runtimes.adapted import open_adapted, read_adapter
from engine.runtimes.encoder import Encoder, bundled_encoder_folder, padded
from engine.runtimes.top_weights import (
    PRODUCTS,
    SHAPES,
    base_layers,
    quantised,
    read_arrays,
    read_places,
    with_arrays,
)

TEXTS = ["My card has not arrived yet.", "ok", "The patient reports chest pain since this morning. " * 6, ""]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open(bundled_encoder_folder(), threads=1)


@pytest.fixture(scope="module")
def top() -> tuple[bytes, bytes]:
    folder = bundled_encoder_folder()
    return (folder / "top.onnx").read_bytes(), (folder / "top.json").read_bytes()


def whole_ranges() -> dict[str, np.ndarray]:
    """The ranges that the bundled top was quantised with, out of its own numbers."""
    folder = bundled_encoder_folder()
    arrays = read_arrays((folder / "top.onnx").read_bytes(), read_places((folder / "top.json").read_bytes()))
    found = {}
    for number in (3, 4, 5):
        for product in PRODUCTS:
            at = f"layer.{number}.{product}."
            step, zero = float(arrays[at + "step"][0]), int(arrays[at + "zero"][0])
            divisor = 1.0 / arrays[at + "even"] if at + "even" in arrays else np.ones(SHAPES[product][0])
            high = (255 - zero) * step * divisor
            if product == "outer":
                high[~arrays[at + "bits"].any(axis=1)] = 20.0  # columns that are computed in fp32
            found[at + "low"] = (-zero * step * divisor).astype(np.float32)
            found[at + "high"] = high.astype(np.float32)
    return found


def npz(arrays: dict[str, np.ndarray]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def test_hidden_states_of_the_last_layer_pool_to_the_embedding(encoder: Encoder) -> None:
    ids = [one.ids for one in encoder.pieces(TEXTS)]
    hidden = encoder.hidden(ids)
    pooled = np.stack([states.astype(np.float32).sum(0) for states in hidden])
    pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
    assert np.abs(pooled - encoder.embed(TEXTS)).max() < 2e-3  # states come in half precision


def test_pieces_say_where_they_stand(encoder: Encoder) -> None:
    text = "Übermäßige Schmerzen 😀 seit gestern"
    pieces = encoder.pieces([text])[0]
    assert pieces.offsets[0] == pieces.offsets[-1] == (0, 0)
    assert text[pieces.offsets[1][0] : pieces.offsets[1][1]].lower().startswith("u") or text.startswith("Ü")
    assert all(0 <= begin <= end <= len(text) for begin, end in pieces.offsets)


def test_hidden_states_do_not_depend_on_neighbours(encoder: Encoder) -> None:
    ids = [one.ids for one in encoder.pieces(TEXTS)]
    alone = encoder.hidden(ids[:1])[0]
    assert np.allclose(encoder.hidden(ids)[0], alone, atol=2e-2)


def test_base_weights_quantise_back_to_almost_the_same_vectors(encoder: Encoder, top: tuple[bytes, bytes]) -> None:
    again = open_adapted(encoder, whole_ranges(), "again")
    cosines = (again.embed(TEXTS) * encoder.embed(TEXTS)).sum(1)
    assert cosines.min() > 0.98


def test_a_file_with_its_own_arrays_is_the_same_file(top: tuple[bytes, bytes]) -> None:
    body, table = top
    places = read_places(table)
    assert with_arrays(body, places, read_arrays(body, places)) == body
    name = "layer.4.out.bias"
    with pytest.raises(ValueError, match=r"layer\.4\.out\.bias"):
        with_arrays(body, places, {name: np.zeros(5, np.float32)})


def test_quantising_is_precise(top: tuple[bytes, bytes]) -> None:
    body, table = top
    layers = base_layers(read_arrays(body, read_places(table)))
    from engine.runtimes.adapted import ranges_of

    arrays = quantised(4, layers[4], ranges_of(whole_ranges(), 4))
    for product in ("qkv", "out", "inner"):
        at = f"layer.4.{product}."
        weight = arrays[at + "bits"].astype(np.float32) * arrays[at + "steps"]
        if at + "even" in arrays:
            weight *= arrays[at + "even"][:, None]
        assert np.abs(weight - layers[4].weights[product]).max() <= arrays[at + "steps"].max() * 0.51


def test_lora_changes_vectors_and_wide_agrees_with_int8(encoder: Encoder) -> None:
    rng = np.random.default_rng(0)
    adapter = whole_ranges()
    for product in PRODUCTS:
        inputs, outputs = SHAPES[product]
        adapter[f"layer.5.{product}.down"] = rng.normal(0, 0.1, (inputs, 4)).astype(np.float16)
        adapter[f"layer.5.{product}.up"] = rng.normal(0, 0.05, (4, outputs)).astype(np.float16)
    int8 = open_adapted(encoder, adapter, "int8").embed(TEXTS)
    fp32 = open_adapted(encoder, adapter | {"wide": np.ones(1, np.uint8)}, "wide").embed(TEXTS)
    plain = encoder.embed(TEXTS)
    assert (int8 * fp32).sum(1).min() > 0.97
    assert (fp32 * plain).sum(1).max() < 0.995
    both = open_adapted(encoder, adapter, "both", beside=True).embed(TEXTS)
    assert np.allclose(both, np.concatenate([plain, int8], axis=1))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"layer.9.qkv.down": np.zeros((384, 4), np.float16)}, "not known"),
        ({"layer.4.qkv.down": np.zeros((384, 4), np.float16)}, "lacks"),
        (
            {
                "layer.4.qkv.down": np.zeros((383, 4), np.float16),
                "layer.4.qkv.up": np.zeros((4, 1152), np.float16),
            },
            "another shape",
        ),
        ({"layer.4.out.bias": np.full(384, np.nan, np.float32)}, "not finite"),
        ({"layer.4.out.bias": np.zeros(3, np.float32)}, "another shape"),
        ({"layer.4.out.low": np.array(["x"] * 384)}, "no number"),
    ],
)
def test_a_foreign_adapter_is_refused(change: dict[str, np.ndarray], told: str) -> None:
    with pytest.raises(PackUnusable, match=told):
        read_adapter("foreign", npz(whole_ranges() | change))


def test_bytes_that_are_no_archive_are_refused() -> None:
    for body in (b"", b"PK\x03\x04" + bytes(40), npz(whole_ranges())[:-30]):
        with pytest.raises(PackUnusable):
            read_adapter("damaged", body)


def test_padding_is_masked() -> None:
    ids, mask = padded([[101, 5, 102], [101, 102]])
    assert ids.tolist() == [[101, 5, 102], [101, 102, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 1, 0]]
