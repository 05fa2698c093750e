"""Cut the quantised encoder in two: a trunk that every skill shares, and a top whose weights a skill may replace.

`trunk.onnx` holds the embedding and the lower layers: input_ids and attention_mask in, hidden states out after each
layer (`states_0` to `states_3`). `top.onnx` holds the upper layers and the pooling: `states` and attention_mask in,
`states_4` to `states_6` and `embedding` out.

The top's weights stand at known places of its file (`top.json` lists name, place, shape and type), so that a program
can put other weights there and needs no ONNX library to do so. `wide.onnx` is the same top in fp32 and without weights:
they are given when it is opened. It serves where 8 bits lose too much, and takes a prefix of keys and values per layer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from encoder_graph import CONTRIB
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from engine.runtimes.top_weights import FEW, HEADS, LAYERS, LOWER, PRODUCTS, WIDTH, wide_shapes

EPSILON = 1e-12
HEAD_WIDTH = WIDTH // HEADS

Arrays = dict[str, NDArray[Any]]


def split(model: onnx.ModelProto, pack: Path) -> None:
    """Write trunk, top, wide top and the table of the top's weights.

    Args:
        model: quantised graph before pooling, as `encoder_quantise` writes it.
    """
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    layers = _layers(model.graph)
    onnx.save(_trunk(model, layers), pack / "trunk.onnx")
    top = _Top()
    for number in range(LOWER, LAYERS):
        top.give(number, _arrays(layers[number], weights))
        top.layer(number)
    onnx.save(top.finish(), pack / "top.onnx")
    (pack / "top.json").write_text(json.dumps(_places(pack / "top.onnx"), indent=1) + "\n", encoding="utf-8")
    wide = _WideTop()
    for number in range(LOWER, LAYERS):
        wide.layer(number)
    onnx.save(wide.finish(), pack / "wide.onnx")


def _layers(graph: onnx.GraphProto) -> list[list[onnx.NodeProto]]:
    """The nodes of each layer, in order; the embedding's node is left out."""
    layers: list[list[onnx.NodeProto]] = []
    norms = 0
    for node in graph.node:
        if node.op_type == "QEmbedLayerNormalization":
            continue
        if norms % 2 == 0 and (not layers or norms == 2 * len(layers)):
            layers.append([])
        layers[-1].append(node)
        norms += node.op_type == "LayerNormalization"
    if len(layers) != LAYERS or norms != 2 * LAYERS:
        raise SystemExit(f"The graph has {len(layers)} layers and {norms} norms instead of {LAYERS} and {2 * LAYERS}")
    return layers


def _trunk(model: onnx.ModelProto, layers: list[list[onnx.NodeProto]]) -> onnx.ModelProto:
    trunk = onnx.ModelProto()
    trunk.CopyFrom(model)
    graph = trunk.graph
    nodes = [node for node in graph.node if node.op_type == "QEmbedLayerNormalization"]
    states = [nodes[0].output[0]]
    for layer in layers[:LOWER]:
        nodes += layer
        states.append(layer[-1].output[0])
    names = {old: f"states_{number}" for number, old in enumerate(states)}
    kept = [onnx.NodeProto() for _ in nodes]
    for copy, node in zip(kept, nodes, strict=True):
        copy.CopyFrom(node)
        for side in (copy.input, copy.output):
            for index, name in enumerate(side):
                side[index] = names.get(name, name)
    used = {name for node in kept for name in node.input}
    initializers = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.node[:], graph.initializer[:], graph.output[:], graph.value_info[:]
    graph.node.extend(kept)
    graph.initializer.extend(initializers)
    graph.output.extend(_value(name, ["texts", "pieces", WIDTH]) for name in names.values())
    onnx.checker.check_model(trunk)
    return trunk


def _arrays(nodes: list[onnx.NodeProto], weights: Arrays) -> Arrays:
    """The weights of one layer under the names of `engine/runtimes/top_weights.py`."""
    found: Arrays = {}
    products = [node for node in nodes if node.op_type in ("QAttention", "MatMulIntegerToFloat")]
    divisors = {node.output[0]: weights[node.input[1]] for node in nodes if node.op_type == "Mul"}
    inputs = {node.output[0]: node.input[0] for node in nodes if node.op_type == "QuantizeLinear"}
    for name, node in zip(PRODUCTS, products, strict=True):
        attention = node.op_type == "QAttention"
        # QAttention takes in, bits, bias, step, steps, mask, zero, zeros;
        # MatMulIntegerToFloat takes in, bits, step, steps, zero, zeros, bias.
        bias, step, steps, zero = (2, 3, 4, 6) if attention else (6, 2, 3, 4)
        found |= {
            f"{name}.bits": weights[node.input[1]],
            f"{name}.bias": weights[node.input[bias]],
            f"{name}.step": weights[node.input[step]].reshape(()),
            f"{name}.steps": weights[node.input[steps]],
            f"{name}.zero": weights[node.input[zero]].reshape(()),
        }
        if name in ("qkv", "inner"):
            found[f"{name}.even"] = divisors[inputs[node.input[0]]]
    few = next(node for node in nodes if node.op_type == "BiasGelu")
    before = next(node for node in nodes if few.input[0] in node.output)
    after = next(node for node in nodes if few.output[0] in node.input)
    for key, values, axis in (
        ("few_in", weights[before.input[1]], 1),
        ("few_bias", weights[few.input[1]], 0),
        ("few_out", weights[after.input[1]], 0),
    ):
        room = [(0, 0)] * values.ndim
        room[axis] = (0, FEW - values.shape[axis])
        found[key] = np.pad(values, room)
    for name, node in zip(
        ("norm1", "norm2"), (one for one in nodes if one.op_type == "LayerNormalization"), strict=True
    ):
        found[f"{name}.weight"], found[f"{name}.bias"] = weights[node.input[1]], weights[node.input[2]]
    return found


class _Graph:
    """Nodes and weights of a top, layer by layer; `self.states` is the name of the newest hidden states."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.states = "states"
        self.outputs: list[onnx.ValueInfoProto] = []

    def add(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], output, domain=domain, **attributes))
        return output

    def norm(self, prefix: str, name: str, total: str, output: str) -> str:
        inputs = [total, f"{prefix}{name}.weight", f"{prefix}{name}.bias"]
        return self.add("LayerNormalization", inputs, output, axis=-1, epsilon=EPSILON)

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def finish(self) -> onnx.ModelProto:
        self.pool()
        graph = helper.make_graph(
            self.nodes,
            "top",
            [
                _value("states", ["texts", "pieces", WIDTH]),
                _value("attention_mask", ["texts", "pieces"], TensorProto.INT32),
            ],
            [*self.outputs, _value("embedding", ["texts", WIDTH])],
            self.weights,
        )
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)

    def pool(self) -> None:
        """Sum over the real pieces and bring to length one.

        Dividing by their number, as a mean does, changes nothing before that, so it is left out.
        """
        axis = self.constant("pool_axis", np.array([1], dtype=np.int64))
        self.add("Cast", ["attention_mask"], "pool_mask", to=TensorProto.FLOAT)
        self.add("Unsqueeze", ["pool_mask", axis], "pool_row")
        self.add("MatMul", ["pool_row", self.states], "pool_sum")
        self.add("Squeeze", ["pool_sum", axis], "pool_flat")
        self.add("LpNormalization", ["pool_flat"], "embedding", axis=-1, p=2)


class _Top(_Graph):
    """8-bit products with fixed ranges, as in the trunk."""

    def __init__(self) -> None:
        super().__init__()
        axis = self.constant("length_axis", np.array([1], dtype=np.int64))
        self.lengths = self.add("ReduceSum", ["attention_mask", axis], "lengths", keepdims=0)

    def give(self, number: int, arrays: Arrays) -> None:
        for name, values in arrays.items():
            self.constant(f"layer.{number}.{name}", values)
        for name in PRODUCTS:
            zeros = np.zeros(len(arrays[f"{name}.steps"]), dtype=np.int8)
            self.constant(f"layer.{number}.{name}.zeros", zeros)

    def layer(self, number: int) -> None:
        at, given = f"layer.{number}.", self.states
        even = self.add("Mul", [given, at + "qkv.even"], at + "qkv_even")
        inputs = [self.bytes(at + "qkv", even), *(at + "qkv." + part for part in ("bits", "bias", "step", "steps"))]
        inputs += [self.lengths, at + "qkv.zero", at + "qkv.zeros"]
        lowest = float(np.finfo(np.float32).min)
        seen = self.add("QAttention", inputs, at + "seen", domain=CONTRIB, num_heads=HEADS, mask_filter_value=lowest)
        mixed = self.product(at + "out", seen)
        middle = self.norm(at, "norm1", self.add("Add", [mixed, given], at + "sum1"), at + "middle")
        wide = self.product(at + "inner", self.add("Mul", [middle, at + "inner.even"], at + "inner_even"))
        few = self.add("MatMul", [middle, at + "few_in"], at + "few_sum")
        few = self.add("BiasGelu", [few, at + "few_bias"], at + "few_gelu", domain=CONTRIB)
        few = self.add("MatMul", [few, at + "few_out"], at + "few_share")
        narrow = self.product(at + "outer", self.add("Gelu", [wide], at + "gelu", domain=CONTRIB))
        narrow = self.add("Add", [narrow, few], at + "outer_sum")
        self.states = self.norm(at, "norm2", self.add("Add", [narrow, middle], at + "sum2"), f"states_{number + 1}")
        self.outputs.append(_value(self.states, ["texts", "pieces", WIDTH]))

    def bytes(self, name: str, given: str) -> str:
        return self.add("QuantizeLinear", [given, name + ".step", name + ".zero"], name + "_in")

    def product(self, name: str, given: str) -> str:
        parts = (name + "." + part for part in ("bits", "step", "steps", "zero", "zeros", "bias"))
        return self.add("MatMulIntegerToFloat", [self.bytes(name, given), *parts], name + "_product", domain=CONTRIB)


class _WideTop(_Graph):
    """fp32 products; weights and prefixes are given from outside when the graph is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.shape = self.constant("head_shape", np.array([0, 0, HEADS, HEAD_WIDTH], dtype=np.int64))
        self.flat = self.constant("flat_shape", np.array([0, 0, WIDTH], dtype=np.int64))
        self.scale = self.constant("head_scale", np.asarray(HEAD_WIDTH**-0.5, dtype=np.float32))
        one = self.constant("one", np.asarray(1.0, dtype=np.float32))
        lowest = self.constant("lowest", np.asarray(-1e9, dtype=np.float32))
        axes = self.constant("mask_axes", np.array([1, 2], dtype=np.int64))
        real = self.add(
            "Unsqueeze", [self.add("Cast", ["attention_mask"], "real", to=TensorProto.FLOAT), axes], "real_4"
        )
        self.hidden = self.add(
            "Mul", [self.add("Sub", [one, real], "unreal"), lowest], "hidden"
        )  # (texts, 1, 1, pieces)
        # A prefix stands before every text: its keys and values are repeated for each, and never hidden.
        ends = [self.constant(name, np.array([value], dtype=np.int64)) for name, value in (("zero", 0), ("first", 1))]
        shape = self.add("Shape", ["states"], "states_shape")
        self.texts = self.add("Slice", [shape, ends[0], ends[1]], "texts")
        self.ones3 = self.constant("ones3", np.array([1, 1, 1], dtype=np.int64))
        self.repeat = self.add("Concat", [self.texts, self.ones3], "repeat", axis=0)

    def layer(self, number: int) -> None:
        at, given = f"layer.{number}.", self.states
        self.weights += [_outside(name, shape) for name, shape in wide_shapes(number).items()]
        sizes = self.constant(at + "qkv_sizes", np.array([WIDTH] * 3, dtype=np.int64))
        product = self.product(at + "qkv", given)
        parts = [at + part for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [product, sizes], parts, at + "parts", axis=-1))
        query, key, value = (self.heads(part) for part in parts)
        key = self.before(at + "prefix.key", key)
        value = self.before(at + "prefix.value", value)
        scores = self.add("MatMul", [query, self.add("Transpose", [key], key + "_t", perm=[0, 1, 3, 2])], at + "raw")
        scores = self.add("Mul", [scores, self.scale], at + "scores")
        hidden = self.add("Concat", [self.each(at + "prefix.hidden"), self.hidden], at + "hidden", axis=3)
        shares = self.add("Softmax", [self.add("Add", [scores, hidden], at + "shown")], at + "shares", axis=-1)
        seen = self.add("MatMul", [shares, value], at + "seen_heads")
        seen = self.add("Transpose", [seen], at + "seen_rows", perm=[0, 2, 1, 3])
        seen = self.add("Reshape", [seen, self.flat], at + "seen")
        middle = self.add("Add", [self.product(at + "out", seen), given], at + "sum1")
        middle = self.norm(at, "norm1", middle, at + "middle")
        wide = self.add("Gelu", [self.product(at + "inner", middle)], at + "gelu", domain=CONTRIB)
        total = self.add("Add", [self.product(at + "outer", wide), middle], at + "sum2")
        self.states = self.norm(at, "norm2", total, f"states_{number + 1}")
        self.outputs.append(_value(self.states, ["texts", "pieces", WIDTH]))

    def product(self, name: str, given: str) -> str:
        raw = self.add("MatMul", [given, name + ".weight"], name + "_raw")
        return self.add("Add", [raw, name + ".bias"], name + "_product")

    def heads(self, name: str) -> str:
        rows = self.add("Reshape", [name, self.shape], name + "_rows")
        return self.add("Transpose", [rows], name + "_heads", perm=[0, 2, 1, 3])  # (texts, heads, pieces, 32)

    def before(self, prefix: str, values: str) -> str:
        return self.add("Concat", [self.each(prefix), values], prefix + "_and", axis=2)

    def each(self, prefix: str) -> str:
        """A prefix, once for every text."""
        return self.add("Tile", [prefix, self.repeat], prefix + "_all")


def _value(name: str, shape: list[Any], kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _outside(name: str, shape: tuple[int, ...]) -> onnx.TensorProto:
    """A weight that is not in the file; the program gives it from memory."""
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "memory"), ("offset", "0"), ("length", str(4 * int(np.prod(shape))))):
        tensor.external_data.add(key=key, value=value)
    return tensor


def _places(path: Path) -> dict[str, dict[str, Any]]:
    """Where each weight's bytes stand in the file, found by their content and checked to be the only such place."""
    body = path.read_bytes()
    places: dict[str, dict[str, Any]] = {}
    for tensor in onnx.load(path).graph.initializer:
        if not tensor.name.startswith("layer."):
            continue
        values = numpy_helper.to_array(tensor)
        # In the file a tensor's name is followed by the tag of its bytes, their number and the bytes themselves.
        head = tensor.name.encode() + b"\x4a" + _varint(len(tensor.raw_data))
        if body.count(head) != 1:
            raise SystemExit(f"The place of {tensor.name} cannot be told")
        at = body.index(head) + len(head)
        if body[at : at + len(tensor.raw_data)] != tensor.raw_data:
            raise SystemExit(f"Other bytes than those of {tensor.name} stand at {at}")
        places[tensor.name] = {"at": at, "shape": list(values.shape), "type": values.dtype.str}
    return places


def _varint(number: int) -> bytes:
    """A length as protocol buffers write it: seven bits a byte, the lowest first."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])
