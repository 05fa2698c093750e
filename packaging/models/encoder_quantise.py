"""8-bit products with fixed ranges: what a text's vector is does not depend on the texts beside it.

The usual dynamic quantisation takes the range of a whole batch while running. A few channels of this model carry values
ten times larger than the rest, so that every text loses precision (cosine 0.993 to fp32), and the more the longer its
neighbours are (0.96 between a text alone and in a batch). Here ranges are measured once, over calibration texts, and
the large channels are taken care of:

- Before a product that follows a layer norm, channels above `CHANNEL_RANGE` are divided down, and the weight rows
  multiplied up by as much (Xiao et al. 2023, SmoothQuant, with the exponent at one for these channels alone).
- After Gelu nothing can be moved into weights; the few columns above `GELU_RANGE` are computed in fp32 beside the
  8-bit product and added (Dettmers et al. 2022, LLM.int8()). They are ten of 9,216.

Weights have one scale per output channel. They use all eight bits; where a processor without VNNI would overflow,
onnxruntime is told to use unsigned weights (`engine/runtimes/encoder.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from encoder_graph import CONTRIB
from numpy.typing import NDArray
from onnx import helper, numpy_helper

CHANNEL_RANGE = 3.5
GELU_RANGE = 7.0

Floats = NDArray[np.float32]


@dataclass
class Range:
    """Lowest and highest value seen in each channel, float32 (channels,)."""

    low: Floats
    high: Floats

    def widened(self, values: Floats) -> Range:
        return Range(np.minimum(self.low, values.min(axis=0)), np.maximum(self.high, values.max(axis=0)))


def products(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """The nodes whose weights are quantised."""
    weights = {tensor.name for tensor in graph.initializer}
    return [node for node in graph.node if node.op_type in ("Attention", "MatMul") and node.input[1] in weights]


def measure_ranges(
    model: onnx.ModelProto, batches: list[tuple[NDArray[np.int32], NDArray[np.int32]]]
) -> dict[str, Range]:
    """Ranges of what goes into each product.

    Args:
        model: fused fp32 graph, before pooling.
        batches: input_ids and attention_mask, int32 (texts, pieces); values of padding are not looked at.
    """
    import onnxruntime

    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    names = [node.input[0] for node in products(model.graph)]
    del watched.graph.output[:]
    watched.graph.output.extend(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    ranges: dict[str, Range] = {}
    for ids, mask in batches:
        found = session.run(names, {"input_ids": ids, "attention_mask": mask})
        for name, values in zip(names, found, strict=True):
            real = values[mask.astype(bool)]  # (pieces, channels)
            nothing = Range(np.zeros(real.shape[1], np.float32), np.zeros(real.shape[1], np.float32))
            ranges[name] = ranges.get(name, nothing).widened(real)
    return ranges


def quantise(model: onnx.ModelProto, ranges: dict[str, Range]) -> onnx.ModelProto:
    """The same graph with 8-bit products; the embedding table is left for `quantise_embedding`."""
    writer = _Writer(model, ranges)
    for node in list(model.graph.node):
        writer.take(node)
    return writer.finish()


def quantise_embedding(source: Path, target: Path) -> None:
    """Word and position vectors in 8 bits, by onnxruntime's own tool."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["EmbedLayerNormalization"],
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


class _Writer:
    """Rewrites a graph node by node."""

    def __init__(self, model: onnx.ModelProto, ranges: dict[str, Range]) -> None:
        self.model = model
        self.ranges = ranges
        self.weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        self.made_by = {name: node for node in model.graph.node for name in node.output}
        self.targets = [node.output[0] for node in products(model.graph)]
        # Name of the bias that the node after a product adds; it moves into the product.
        self.biases = {
            node.input[0]: node.input[4] for node in model.graph.node if node.op_type == "SkipLayerNormalization"
        }
        self.biases |= {node.input[0]: node.input[1] for node in model.graph.node if node.op_type == "BiasGelu"}
        self.nodes: list[onnx.NodeProto] = []
        self.added: list[onnx.TensorProto] = []
        self.replaced: set[str] = set()

    def take(self, node: onnx.NodeProto) -> None:
        """Append the node, or what stands for it."""
        if node.op_type == "SkipLayerNormalization":
            self._layer_norm(node)
            return
        if node.op_type == "BiasGelu":
            self.nodes.append(self._node("Gelu", [node.input[0]], node.output[0], domain=CONTRIB))
            return
        if node.output[0] not in self.targets:
            self.nodes.append(node)
            return
        given, weight = node.input[0], self.weights[node.input[1]].copy()  # weight: (inputs, outputs)
        self.replaced.add(node.input[1])
        name = node.input[1].replace("::", "_")
        low, high = self.ranges[given].low, self.ranges[given].high
        largest = np.maximum(-low, high)
        beside = None
        if "LayerNorm" in given:
            divisor = np.maximum(1.0, largest / CHANNEL_RANGE).astype(np.float32)
            self.nodes.append(self._node("Mul", [given, self._add(1.0 / divisor, name + "_divide")], name + "_even"))
            given = name + "_even"
            weight *= divisor[:, None]
            low, high = low / divisor, high / divisor
        elif self.made_by[given].op_type == "BiasGelu":
            columns = np.flatnonzero(largest > GELU_RANGE)
            if len(columns):
                beside = self._beside(self.made_by[given], columns, weight, name)
                weight[columns] = 0.0
                low, high = np.delete(low, columns), np.delete(high, columns)
        self._product(node, given, weight, float(low.min()), float(high.max()), name, beside)

    def _layer_norm(self, node: onnx.NodeProto) -> None:
        """Sum and norm as two nodes: onnxruntime's fused one is slower by a fifth of the whole run."""
        epsilon = next(helper.get_attribute_value(one) for one in node.attribute if one.name == "epsilon")
        total = node.output[0] + "_sum"
        self.nodes.append(self._node("Add", [node.input[0], node.input[1]], total))
        inputs = [total, node.input[2], node.input[3]]
        self.nodes.append(self._node("LayerNormalization", inputs, node.output[0], axis=-1, epsilon=epsilon))

    def _beside(self, gelu: onnx.NodeProto, columns: NDArray[np.int64], weight: Floats, name: str) -> str:
        """The few large columns in fp32, from the product before Gelu on; returns the name of their share."""
        before = self.made_by[gelu.input[0]]
        first = self._add(self.weights[before.input[1]][:, columns], name + "_few_in")
        bias = self._add(self.weights[gelu.input[1]][columns], name + "_few_bias")
        second = self._add(weight[columns], name + "_few_out")
        self.nodes += [
            self._node("MatMul", [before.input[0], first], name + "_few_sum"),
            self._node("BiasGelu", [name + "_few_sum", bias], name + "_few", domain=CONTRIB),
            self._node("MatMul", [name + "_few", second], name + "_share"),
        ]
        return name + "_share"

    def _product(
        self, node: onnx.NodeProto, given: str, weight: Floats, low: float, high: float, name: str, beside: str | None
    ) -> None:
        step = np.float32((high - low) / 255.0)
        zero = np.uint8(np.clip(round(-low / float(step)), 0, 255))
        scale, zero_point = self._add(np.asarray(step), name + "_step"), self._add(np.asarray(zero), name + "_zero")
        steps = np.maximum(np.abs(weight).max(axis=0), 1e-12).astype(np.float32) / np.float32(127.0)  # (outputs,)
        bits = self._add(np.clip(np.rint(weight / steps), -127, 127).astype(np.int8), name + "_bits")
        weight_scale = self._add(steps, name + "_steps")
        weight_zero = self._add(np.zeros(weight.shape[1], dtype=np.int8), name + "_zeros")
        self.nodes.append(self._node("QuantizeLinear", [given, scale, zero_point], name + "_in"))
        if node.op_type == "Attention":
            attributes = {one.name: helper.get_attribute_value(one) for one in node.attribute}
            inputs = [name + "_in", bits, node.input[2], scale, weight_scale, node.input[3], zero_point, weight_zero]
            self.nodes.append(self._node("QAttention", inputs, node.output[0], domain=CONTRIB, **attributes))
            return
        result = node.output[0] if beside is None else name + "_main"
        inputs = [name + "_in", bits, scale, weight_scale, zero_point, weight_zero, self.biases[node.output[0]]]
        self.nodes.append(self._node("MatMulIntegerToFloat", inputs, result, domain=CONTRIB))
        if beside is not None:
            self.nodes.append(self._node("Add", [result, beside], node.output[0]))

    def _node(
        self, kind: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any
    ) -> onnx.NodeProto:
        return helper.make_node(kind, inputs, [output], output, domain=domain, **attributes)

    def _add(self, values: NDArray[Any], name: str) -> str:
        self.added.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def finish(self) -> onnx.ModelProto:
        graph = self.model.graph
        kept = [tensor for tensor in graph.initializer if tensor.name not in self.replaced]
        del graph.initializer[:]
        graph.initializer.extend(kept + self.added)
        del graph.node[:]
        graph.node.extend(self.nodes)
        return self.model
