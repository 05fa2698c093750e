"""Which llama.cpp is installed and what it was built for, told without loading its native library."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = "llama-cpp-python"
_GRAPHICS = {
    "cuda": "CUDA", "metal": "Metal", "vulkan": "Vulkan", "hip": "HIP", "sycl": "SYCL", "musa": "MUSA",
    "opencl": "OpenCL", "cann": "CANN",
}  # fmt: skip
_GGML = re.compile(r"libggml(?:-base)?(?:\.so\.|\.)(\d+\.\d+\.\d+)(?:\.dylib)?$")


@cache
def library_folder() -> Path | None:
    """Where the native libraries are; None where llama.cpp is not installed."""
    found = importlib.util.find_spec("llama_cpp")
    places = found.submodule_search_locations if found is not None else None
    return next((folder for place in places or () if (folder := Path(place) / "lib").is_dir()), None)


@cache
def accelerators() -> tuple[str, ...]:
    """The graphics processors that it was built for, by the names of its libraries; mostly one or none."""
    folder = library_folder()
    names = [path.name.lower() for path in folder.iterdir()] if folder is not None else []
    return tuple(said for part, said in _GRAPHICS.items() if any(f"ggml-{part}" in name for name in names))


@cache
def versions() -> dict[str, str]:
    """Of the package, and of llama.cpp's tensor library where the file names tell it."""
    try:
        found = {PACKAGE: metadata.version(PACKAGE)}
    except metadata.PackageNotFoundError:
        return {PACKAGE: "not installed"}
    folder = library_folder()
    told = [match[1] for path in folder.iterdir() if (match := _GGML.search(path.name))] if folder is not None else []
    return found | ({"ggml (llama.cpp)": told[0]} if told else {})
