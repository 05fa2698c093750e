"""A processor that is asked for by name has to be here, whatever the method would make of it."""

from __future__ import annotations

from engine.api import Control
from engine.host.context import Context
from engine.train.encoder.device import DeviceSpec

TIMEOUT_S = 120.0  # the worker loads torch, which a busy machine takes long for


def check_device(ctx: Context, device: str, ctl: Control) -> None:
    """Fail before the work where the device is missing; auto and cpu are always here.

    Raises:
        DeviceMissing, Cancelled.
    """
    if device not in ("auto", "cpu"):
        ctx.workers.run("find_device", DeviceSpec(device), ctl, title="Look for the device", timeout_s=TIMEOUT_S)
