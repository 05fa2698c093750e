"""The state of a running training as bytes, and back: weights, the optimiser's moments, best weights, random numbers.

safetensors and JSON; nothing is ever unpickled.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import msgspec
import torch
from torch import Tensor

from engine.api.teach import CurvePoint
from engine.errors import PackUnusable

if TYPE_CHECKING:
    from engine.train.encoder.loop import _Run


class _Plain(msgspec.Struct):
    step: int
    total: int
    best: float | None
    looks_without: int
    best_step: int
    rollbacks: int
    highest: list[float]
    curve: list[CurvePoint]
    moments: list[tuple[int, float]]
    texts: int
    stopped: str = ""


def save_state(run: _Run) -> bytes:
    """Everything that is needed to go on from this very step."""
    tensors: dict[str, Tensor] = {}
    for prefix, values in (("now", run._state()), ("best", run.best_state), ("mean", run.average)):
        tensors |= {f"{prefix}/{name}": value.detach().cpu().contiguous() for name, value in values.items()}
    for name, buffer in run.both.named_buffers():
        tensors[f"buffer/{name}"] = buffer.detach().cpu().contiguous()
    for place, importance in enumerate(run.budget.importance if run.budget is not None else ()):
        tensors[f"importance/{place}"] = importance.cpu()
    moments: list[tuple[int, float]] = []
    for index, parameter in enumerate(_parameters(run)):
        kept: dict[str, Any] = run.optimizer.state.get(parameter, {})
        if kept:
            moments.append((index, float(kept["step"])))
            tensors[f"first/{index}"] = kept["exp_avg"].detach().cpu().contiguous()
            tensors[f"second/{index}"] = kept["exp_avg_sq"].detach().cpu().contiguous()
    tensors["random"] = torch.get_rng_state()
    plain = _Plain(
        step=run.step,
        total=run.total,
        best=run.best,
        looks_without=run.looks_without,
        best_step=run.best_step,
        rollbacks=run.rollbacks,
        highest=run.highest,
        curve=run.curve,
        moments=moments,
        texts=len(run.rows),
        stopped=run.stopped,
    )
    from safetensors.torch import save

    head = msgspec.json.encode(plain)
    return struct.pack("<I", len(head)) + head + save(tensors)


def load_state(run: _Run, body: bytes) -> None:
    """Go on where `save_state` was called.

    Raises:
        PackUnusable: the bytes belong to another training, or are damaged.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load

    try:
        (length,) = struct.unpack_from("<I", body)
        plain = msgspec.json.decode(body[4 : 4 + length], type=_Plain)
        tensors = load(body[4 + length :])
        if plain.texts != len(run.rows):
            raise ValueError(f"it was made from {plain.texts} texts, and there are {len(run.rows)} now")
        run._put({name: tensors[f"now/{name}"] for name in run._state()})
        for name, buffer in run.both.named_buffers():
            buffer.copy_(tensors[f"buffer/{name}"])
        run.best_state = _part(tensors, "best/", run.settings.device)
        run.average = _part(tensors, "mean/", run.settings.device)
        for place, importance in enumerate(run.budget.importance if run.budget is not None else ()):
            importance.copy_(tensors[f"importance/{place}"])
        parameters = _parameters(run)
        for index, step in plain.moments:
            run.optimizer.state[parameters[index]] = {
                "step": torch.tensor(step),
                "exp_avg": tensors[f"first/{index}"].to(run.settings.device),
                "exp_avg_sq": tensors[f"second/{index}"].to(run.settings.device),
            }
        torch.set_rng_state(tensors["random"])
    except (
        struct.error,
        msgspec.MsgspecError,
        KeyError,
        IndexError,
        ValueError,
        RuntimeError,
        SafetensorError,
    ) as error:
        raise PackUnusable(name="checkpoint", reason=f"the training cannot go on from it ({error}).") from error
    run.step, run.total, run.best = plain.step, plain.total, plain.best
    run.stopped = plain.stopped
    run.looks_without, run.best_step, run.rollbacks = plain.looks_without, plain.best_step, plain.rollbacks
    run.highest, run.curve = plain.highest, plain.curve


def _parameters(run: _Run) -> list[torch.nn.Parameter]:
    return [parameter for group in run.optimizer.param_groups for parameter in group["params"]]


def _part(tensors: dict[str, Tensor], prefix: str, device: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value.to(device) for name, value in tensors.items() if name.startswith(prefix)}
