#!/usr/bin/env bash
# Sets up a virtual environment and opens the window on a throwaway workspace with the samples;
# without a screen it runs the same main job and prints what came out.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install -q -e .
bash packaging/llama.sh .venv/bin/python
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  exec .venv/bin/python main.py demo "$@"
fi
exec .venv/bin/python main.py demo --headless "$@"
