"""The files of a taught reader; `engine/serve/entities/reader.py` says what each holds and opens them again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.serve.entities.reader import ARRAYS_FILE, SETTINGS_FILE, Settings
from engine.train.entities.head import TABLE_STRENGTH, EntityHead

HELD_OUT_FILE = "held_out.npz"
ADAPTER_FILES = (ARRAYS_FILE, SETTINGS_FILE)


def reader_files(settings: Settings, head: EntityHead) -> dict[str, bytes]:
    """Bytes by file name. The two tables are kept as whole numbers of one byte with a scale per column, the rest with
    half precision; what is reported of a reader is measured with these."""
    state = {name: value.detach().cpu().float().numpy() for name, value in head.state_dict().items()}
    arrays: dict[str, NDArray[Any]] = {}
    for name in ("cells", "embedding"):
        arrays[name], arrays[f"{name}_scale"] = _whole(TABLE_STRENGTH * state[f"{name}.weight"])
    arrays["in_weights"], arrays["in_bias"] = _half(state["enter.weight"].T), _half(state["enter.bias"])
    arrays["out_weights"], arrays["out_bias"] = _half(state["leave.weight"].T), _half(state["leave.bias"])
    for name in ("steps", "starts", "ends"):
        arrays[name] = _half(state[f"chain.{name}"])
    for number in range(settings.convolutions):
        # torch keeps (out, in, place); a row of words times a matrix wants (place, in, out).
        arrays[f"conv{number}_weights"] = _half(state[f"convolutions.{number}.weight"].transpose(2, 1, 0))
        arrays[f"conv{number}_bias"] = _half(state[f"convolutions.{number}.bias"])
    if settings.layers:
        arrays["state_mean"], arrays["state_scale"] = state["state_mean"], state["state_scale"]
    return {ARRAYS_FILE: npz(arrays), SETTINGS_FILE: msgspec.json.encode(settings)}


def with_calibration(files: dict[str, bytes], settings: Settings, slope: float, offset: float) -> dict[str, bytes]:
    """The same files with another calibration."""
    told = msgspec.structs.replace(settings, slope=slope, offset=offset)
    return files | {SETTINGS_FILE: msgspec.json.encode(told)}


def held_out_file(taught: Sequence[int], held: Sequence[int]) -> bytes:
    """What versions are compared by: digests of the texts taught, and of those that the report is about."""
    return npz({"taught": np.asarray(taught, np.uint64), "held": np.asarray(held, np.uint64)})


def npz(arrays: dict[str, NDArray[Any]]) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _whole(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.maximum(np.abs(table).max(axis=0) / 127, 1e-8).astype(np.float32)
    return np.clip(np.rint(table / scale), -127, 127).astype(np.int8), scale


def _half(values: NDArray[np.float32]) -> NDArray[np.float16]:
    largest = float(np.finfo(np.float16).max)
    return np.ascontiguousarray(np.clip(values, -largest, largest).astype(np.float16))
