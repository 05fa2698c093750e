"""From the exported fp32 graph to a fused graph that takes single texts and gives one vector for each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

CONTRIB = "com.microsoft"


def fuse(fp32: Path, config: Path) -> onnx.ModelProto:
    """Attention, embedding, layer norm and Gelu as one node each; exits if a layer was missed.

    Args:
        fp32: graph as optimum exports it (input_ids, attention_mask, token_type_ids -> last_hidden_state).
        config: the model's config.json.
    """
    from onnxruntime.transformers import optimizer

    shape = json.loads(config.read_text(encoding="utf-8"))
    fused = optimizer.optimize_model(
        str(fp32),
        model_type="bert",
        num_heads=shape["num_attention_heads"],
        hidden_size=shape["hidden_size"],
        opt_level=0,
        use_gpu=False,
    )
    layers = shape["num_hidden_layers"]
    counts = fused.get_fused_operator_statistics()
    expected = {
        "EmbedLayerNormalization": 1,
        "Attention": layers,
        "BiasGelu": layers,
        "SkipLayerNormalization": 2 * layers,
    }
    if any(counts[name] != count for name, count in expected.items()):
        raise SystemExit(f"The optimizer fused other nodes than expected: {counts} instead of {expected}")
    model: onnx.ModelProto = fused.model
    if not any(one.domain == CONTRIB for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(CONTRIB, 1))
    return model


def drop_token_types(model: onnx.ModelProto) -> onnx.ModelProto:
    """Texts are never pairs here: add the vector of type 0 to every position, drop the input, take int32 ids."""
    graph = model.graph
    node = next(node for node in graph.node if node.op_type == "EmbedLayerNormalization")
    weights = {tensor.name: tensor for tensor in graph.initializer}
    positions, types = (numpy_helper.to_array(weights[node.input[index]]) for index in (3, 4))
    folded = numpy_helper.from_array((positions + types[0]).astype(np.float32), node.input[3])
    weights[node.input[3]].CopyFrom(folded)
    graph.initializer.remove(weights[node.input[4]])
    segment = node.input[1]
    node.input[1] = node.input[4] = ""
    for cast in [one for one in graph.node if segment in one.output]:  # an int64 input comes through a Cast
        segment = cast.input[0]
        graph.node.remove(cast)
    graph.input.remove(next(one for one in graph.input if one.name == segment))
    for given in graph.input:
        given.type.tensor_type.elem_type = TensorProto.INT32
    inputs = _names(graph.input)
    for cast in [one for one in graph.node if one.op_type == "Cast" and one.input[0] in inputs]:
        for other in graph.node:
            for index, name in enumerate(other.input):
                if name == cast.output[0]:
                    other.input[index] = cast.input[0]
        graph.node.remove(cast)
    return model


def _names(values: Iterable[Any]) -> set[str]:
    return {value.name for value in values}
