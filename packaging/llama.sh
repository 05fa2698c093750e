#!/usr/bin/env bash
# llama.cpp, which runs generators, for the Python that is named: built for this processor from source, since there are no
# wheels for every machine; without what reads pictures. Once; pip keeps the wheel.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
"$python" -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("llama_cpp") is None)' && exit 0
if ! command -v c++ >/dev/null; then
  echo "There is no C++ compiler here: generators (language models) stay off. docs/generator.md says how to build them." >&2
  exit 0
fi
echo "Building llama.cpp; this takes some minutes, once." >&2
CMAKE_ARGS="-DLLAVA_BUILD=OFF ${CMAKE_ARGS:-}" "$python" -m pip install -q -e '.[generator]'
