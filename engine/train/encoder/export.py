"""A skill's adapter for other programs: as a PEFT folder, or as one merged ONNX graph. Runs in a worker.

PEFT: LoRA over sentence-transformers/all-MiniLM-L6-v2, whose weights anybody may fetch. It was taught over the 8-bit
encoder, which lies within 0.2 % of those weights, so vectors agree closely but not to the last digit.
ONNX: trunk and top in one graph (`input_ids`, `attention_mask` -> `embedding`, `logits`), as this program runs it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.errors import InputError
from engine.runtimes.adapted import changed_layers, is_wide, prefix_of, ranges_of, read_adapter
from engine.runtimes.top_weights import (
    PRODUCTS,
    SHAPES,
    WIDTH,
    base_layers,
    quantised,
    read_arrays,
    read_places,
    wide,
    with_arrays,
)

BASE = "sentence-transformers/all-MiniLM-L6-v2"
TARGETS = (
    r".*encoder\.layer\.[345]\."
    r"(attention\.self\.(query|key|value)|attention\.output\.dense|intermediate\.dense|output\.dense)"
)
PARTS = ("query", "key", "value")
MODULES = {"out": "attention.output.dense", "inner": "intermediate.dense", "outer": "output.dense"}

Arrays = dict[str, NDArray[Any]]


class ExportSpec(Struct, frozen=True):
    """`head`: mean (384,), weights (384, labels) and bias (labels,) of the adapted part, float32 bytes; empty for
    none, as for readers of entities. `about` goes into the README."""

    name: str
    format: Literal["peft", "onnx"]
    adapter: bytes
    encoder_folder: str
    labels: tuple[str, ...] = ()
    head: bytes = b""
    temperature: float = 1.0
    about: str = ""


class ExportedFiles(Struct, frozen=True):
    files: dict[str, bytes]


def export_adapter(spec: ExportSpec, link: Any) -> ExportedFiles:
    """Task "export_adapter".

    Raises:
        InputError: the format has no place for this kind of adapter.
        PackUnusable.
    """
    link.report(0, None, "export")
    adapter = read_adapter(spec.name, spec.adapter)
    files = peft_files(spec, adapter) if spec.format == "peft" else onnx_files(spec, adapter)
    return ExportedFiles(files | {"README.md": spec.about.encode()})


def peft_files(spec: ExportSpec, adapter: Arrays) -> dict[str, bytes]:
    """`adapter_config.json` and `adapter_model.safetensors` as peft writes them."""
    from safetensors.numpy import save

    if not any(key.endswith(".down") for key in adapter):
        kind = "a prefix" if any(".prefix." in key for key in adapter) else "every weight"
        raise InputError(
            reason=f"PEFT's LoRA layout has no place for {spec.name}, which taught {kind}; export it as ONNX instead."
        )
    rank = max(values.shape[1] for key, values in adapter.items() if key.endswith(".down"))
    config = {
        "peft_type": "LORA",
        "task_type": "FEATURE_EXTRACTION",
        "base_model_name_or_path": BASE,
        "inference_mode": True,
        "r": rank,
        "lora_alpha": rank,  # the scale is part of lora_B
        "lora_dropout": 0.0,
        "bias": "none",
        "fan_in_fan_out": False,
        "target_modules": TARGETS,
    }
    tensors = {f"base_model.model.{name}": values for name, values in _peft_tensors(adapter, rank)}
    return {
        "adapter_config.json": (json.dumps(config, indent=2) + "\n").encode(),
        "adapter_model.safetensors": save(tensors, metadata={"format": "pt"}),
    }


def _peft_tensors(adapter: Arrays, rank: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """lora_A (rank, inputs) and lora_B (outputs, rank) of every module; layers without an adapter get zeros."""
    for number in (3, 4, 5):
        for product in PRODUCTS:
            at = f"layer.{number}.{product}."
            inputs, outputs = SHAPES[product]
            down = np.zeros((inputs, rank), np.float32)
            up = np.zeros((rank, outputs), np.float32)
            if at + "down" in adapter:
                own = adapter[at + "down"].shape[1]
                down[:, :own], up[:own] = adapter[at + "down"], adapter[at + "up"]
            for module, columns in _modules(product):
                path = f"encoder.layer.{number}.{module}."
                yield path + "lora_A.weight", np.ascontiguousarray(down.T)
                yield path + "lora_B.weight", np.ascontiguousarray(up[:, columns].T)


def _modules(product: str) -> list[tuple[str, slice]]:
    """Modules of the original encoder that a product stands for, and their columns."""
    if product != "qkv":
        return [(MODULES[product], slice(None))]
    return [(f"attention.self.{part}", slice(WIDTH * at, WIDTH * (at + 1))) for at, part in enumerate(PARTS)]


def onnx_files(spec: ExportSpec, adapter: Arrays) -> dict[str, bytes]:
    """`model.onnx`, `tokenizer.json`, and `labels.json` where there is a head."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    folder = Path(spec.encoder_folder)
    trunk = onnx.load_from_string((folder / "trunk.onnx").read_bytes())
    top = onnx.load_from_string(_top_bytes(folder, adapter))
    if is_wide(adapter):
        _put_weights(top, _wide_weights(folder, adapter))
    graph = trunk.graph
    for node in top.graph.node:
        for index, name in enumerate(node.input):
            if name == "states":
                node.input[index] = "states_3"
    graph.node.extend(top.graph.node)
    graph.initializer.extend(top.graph.initializer)
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", WIDTH]))
    files = {"tokenizer.json": (folder / "tokenizer.json").read_bytes()}
    if spec.head:
        count = len(spec.labels)
        flat = np.frombuffer(spec.head, np.float32)
        mean, weights, bias = np.split(flat, [WIDTH, WIDTH + WIDTH * count])
        for name, values in (
            ("head_mean", mean),
            ("head_weights", weights.reshape(WIDTH, count) / np.float32(spec.temperature)),
            ("head_bias", bias / np.float32(spec.temperature)),
        ):
            graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        graph.node.extend(
            [
                helper.make_node("Sub", ["embedding", "head_mean"], ["head_centred"]),
                helper.make_node("MatMul", ["head_centred", "head_weights"], ["head_product"]),
                helper.make_node("Add", ["head_product", "head_bias"], ["logits"]),
            ]
        )
        graph.output.append(helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", count]))
        files["labels.json"] = json.dumps(list(spec.labels), ensure_ascii=False).encode()
    onnx.checker.check_model(trunk)
    return {"model.onnx": trunk.SerializeToString()} | files


def _top_bytes(folder: Path, adapter: Arrays) -> bytes:
    if is_wide(adapter):
        return (folder / "wide.onnx").read_bytes()
    body, places = (folder / "top.onnx").read_bytes(), read_places((folder / "top.json").read_bytes())
    arrays: Arrays = {}
    for number, layer in changed_layers(base_layers(read_arrays(body, places)), adapter).items():
        if any(f"layer.{number}.{product}.low" in adapter for product in PRODUCTS):
            arrays |= quantised(number, layer, ranges_of(adapter, number))
    return with_arrays(body, places, arrays)


def _wide_weights(folder: Path, adapter: Arrays) -> Arrays:
    body, places = (folder / "top.onnx").read_bytes(), read_places((folder / "top.json").read_bytes())
    weights: Arrays = {}
    for number, layer in changed_layers(base_layers(read_arrays(body, places)), adapter).items():
        weights |= wide(number, layer, prefix_of(adapter, number))
    return weights


def _put_weights(model: Any, weights: Arrays) -> None:
    """Give a graph whose weights come from memory its weights."""
    from onnx import numpy_helper

    for tensor in model.graph.initializer:
        if tensor.name in weights:
            tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(weights[tensor.name]), tensor.name))
