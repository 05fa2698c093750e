"""Writes the folder of a bundled model: its files and the manifest that names them with size and hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_pack(out: Path, files: Mapping[str, bytes], **facts: Any) -> None:
    """Args:
    facts: of the manifest (engine/packs/manifest.py), without `format`, `version` and `files`.
    """
    manifest = {"format": 1, "version": 1, **facts} | {
        "files": {
            name: {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
            for name, body in sorted(files.items())
        }
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (out / name).write_bytes(body)
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written to {out}: {sum(map(len, files.values())):,} bytes", flush=True)
