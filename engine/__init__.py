"""Everything Casemate does, without a window. `engine.api` is the one door for front ends."""

import os

# onnxruntime (seen in 1.31 on Linux) otherwise writes a device id and a telemetry database into the home folder and
# sends them to its maker. The network guard stops the sending; this stops the collecting, wherever the engine is used.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
