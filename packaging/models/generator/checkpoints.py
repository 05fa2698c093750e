"""Checkpoints: tensors in parts of at most 16 MiB with a hash each, and a manifest, renamed into place as a whole.

A stop at any moment leaves either the earlier checkpoint or the new one. A damaged one is passed over for the one
before. No pickle: tensors are raw little-endian bytes, everything else is JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

PART_BYTES = 16 * 2**20
KEPT = 2
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16, "int64": torch.int64}


class CheckpointBroken(Exception):
    """A part is missing or its bytes are not those that were written."""


def _bytes(tensor: Tensor) -> bytes:
    return tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _parts(tensors: Mapping[str, Tensor], size: int) -> Iterator[bytes]:
    waiting = bytearray()
    for tensor in tensors.values():
        waiting += _bytes(tensor)
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            del waiting[:size]
    if waiting:
        yield bytes(waiting)


def save(folder: Path, tensors: Mapping[str, Tensor], state: Mapping[str, Any], part_bytes: int = PART_BYTES) -> None:
    """Write a checkpoint as `folder`, which takes the place of one already there."""
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    listed = []
    for name, tensor in tensors.items():
        listed.append({"name": name, "dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape)})
    parts = []
    for number, content in enumerate(_parts(tensors, part_bytes)):
        name = f"part-{number:03d}.bin"
        _write(new / name, content)
        parts.append({"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    manifest = {"tensors": listed, "parts": parts, "state": dict(state)}
    _write(new / "manifest.json", json.dumps(manifest, indent=1).encode())
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)


def load(folder: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Tensors by name, and the state.

    Raises:
        CheckpointBroken: with what is wrong, and where.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        content = bytearray()
        for part in manifest["parts"]:
            read = (folder / part["name"]).read_bytes()
            if hashlib.sha256(read).hexdigest() != part["sha256"]:
                raise CheckpointBroken(f"{folder / part['name']}: its bytes are not those that were written")
            content += read
    except (OSError, ValueError, KeyError) as error:
        raise CheckpointBroken(f"{folder}: {error}") from error
    tensors, start = {}, 0
    for entry in manifest["tensors"]:
        dtype = DTYPES[entry["dtype"]]
        count = 1
        for side in entry["shape"]:
            count *= side
        tensors[entry["name"]] = torch.frombuffer(content, dtype=dtype, count=count, offset=start).reshape(
            entry["shape"]
        )
        start += count * dtype.itemsize
    return {name: tensor.clone() for name, tensor in tensors.items()}, manifest["state"]


def save_step(folder: Path, step: int, tensors: Mapping[str, Tensor], state: Mapping[str, Any]) -> None:
    """Write the checkpoint of a step beside the earlier ones and remove all but the newest KEPT."""
    save(folder / f"step-{step:07d}", tensors, state)
    for old in sorted(folder.glob("step-*"))[:-KEPT]:
        shutil.rmtree(old)


def load_newest(folder: Path) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
    """The newest whole checkpoint of a stage; None where there is none."""
    for found in sorted(folder.glob("step-*"), reverse=True):
        try:
            return load(found)
        except CheckpointBroken as error:
            print(f"passed over: {error}", flush=True)
    return None


def tensors_of(model: nn.Module, optimisers: list[torch.optim.Optimizer]) -> dict[str, Tensor]:
    """Weights as `model.NAME`, optimisers' tensors as `optimiser.NUMBER.PARAMETER.KEY`."""
    found = {f"model.{name}": weight for name, weight in model.state_dict().items()}
    for number, optimiser in enumerate(optimisers):
        for parameter, kept in optimiser.state_dict()["state"].items():
            for key, value in kept.items():
                found[f"optimiser.{number}.{parameter}.{key}"] = value
    return found


def put_back(tensors: Mapping[str, Tensor], model: nn.Module, optimisers: list[torch.optim.Optimizer]) -> None:
    """The other way round; without optimiser tensors in the checkpoint, optimisers stay as they are."""
    model.load_state_dict({name[6:]: tensor for name, tensor in tensors.items() if name.startswith("model.")})
    for number, optimiser in enumerate(optimisers):
        whole = optimiser.state_dict()
        state: dict[int, dict[str, Tensor]] = {}
        for name, tensor in tensors.items():
            if name.startswith(f"optimiser.{number}."):
                _, _, parameter, key = name.split(".", 3)
                state.setdefault(int(parameter), {})[key] = tensor
        if state:
            optimiser.load_state_dict({"state": state, "param_groups": whole["param_groups"]})
