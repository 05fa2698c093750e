"""The state of a running training of a generator as bytes, and back. safetensors and JSON; nothing is unpickled."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import msgspec
import torch
from torch import Tensor

from engine.api.teach import CurvePoint
from engine.errors import PackUnusable

if TYPE_CHECKING:
    from engine.train.generator.loop import Run


class _Plain(msgspec.Struct):
    step: int
    total: int
    best: float | None
    looks_without: int
    best_step: int
    rollbacks: int
    highest: float
    curve: list[CurvePoint]
    moments: dict[str, float]
    sequences: int
    used_s: float
    stopped: str


def save_state(run: Run) -> bytes:
    """Everything that is needed to go on from this very step: what is learned now and at its best, and the
    optimiser's moments. The base is read from its file again."""
    tensors: dict[str, Tensor] = {}
    for prefix, values in (("now", run.learned), ("best", run.best_state)):
        tensors |= {f"{prefix}/{name}": value.detach().cpu().contiguous() for name, value in values.items()}
    moments: dict[str, float] = {}
    for name, parameter in run.learned.items():
        kept: dict[str, Any] = run.optimizer.state.get(parameter, {})
        if kept:
            moments[name] = float(kept["step"])
            tensors[f"first/{name}"] = kept["exp_avg"].detach().cpu().contiguous()
            tensors[f"second/{name}"] = kept["exp_avg_sq"].detach().cpu().contiguous()
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
        sequences=len(run.taught),
        used_s=run.spent_s(),
        stopped=run.stopped,
    )
    from safetensors.torch import save

    head = msgspec.json.encode(plain)
    return struct.pack("<I", len(head)) + head + save(tensors)


def load_state(run: Run, body: bytes) -> None:
    """Go on where `save_state` was called.

    Raises:
        PackUnusable: the bytes belong to another training, or are damaged.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load

    device = run.settings.device
    try:
        (length,) = struct.unpack_from("<I", body)
        plain = msgspec.json.decode(body[4 : 4 + length], type=_Plain)
        tensors = load(body[4 + length :])
        if plain.sequences != len(run.taught):
            raise ValueError(f"it was made from {plain.sequences} sequences, and there are {len(run.taught)} now")
        run.put({name: tensors[f"now/{name}"].to(device) for name in run.learned})
        run.best_state = {name: tensors[f"best/{name}"].to(device) for name in run.learned}
        for name, step in plain.moments.items():
            run.optimizer.state[run.learned[name]] = {
                "step": torch.tensor(step),
                "exp_avg": tensors[f"first/{name}"].to(device),
                "exp_avg_sq": tensors[f"second/{name}"].to(device),
            }
    except (struct.error, msgspec.MsgspecError, KeyError, ValueError, RuntimeError, SafetensorError) as error:
        raise PackUnusable(name="checkpoint", reason=f"the training cannot go on from it ({error}).") from error
    run.step, run.total, run.best = plain.step, plain.total, plain.best
    run.looks_without, run.best_step, run.rollbacks = plain.looks_without, plain.best_step, plain.rollbacks
    run.highest, run.curve, run.used_s, run.stopped = plain.highest, plain.curve, plain.used_s, plain.stopped
