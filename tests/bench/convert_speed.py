"""How long it takes to turn a Hugging Face folder into a GGUF file, and the most memory it needs.

    python tests/bench/convert_speed.py [--folder FOLDER] [--work DIR]

Without a folder one is made: random weights in BF16 of the shape of Qwen 2.5 0.5B (494 million numbers, 988 MB) and a
vocabulary of as many pieces (151,643).
"""

from __future__ import annotations

import argparse
import json
import struct
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "engine" / "convert"))

import tiny_folder

from engine.runtimes.convert.work import ConvertSpec, convert_folder

WORDS, PIECES, WIDTH, INNER, LAYERS, KEYS = 151_936, 151_643, 896, 4864, 24, 128


class Told:
    """Prints when a step begins."""

    def __init__(self) -> None:
        self.began, self._stage = time.perf_counter(), ""

    def report(self, _done: int, _total: int | None, stage: str, _note: str = "") -> None:
        if stage != self._stage:
            self._stage = stage
            print(f"{time.perf_counter() - self.began:6.1f} s  {peak_mb():6.0f} MB  {stage}")

    def send(self, _item: object) -> None:
        pass


def peak_mb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))


def pieces() -> tuple[list[str], list[list[str]]]:
    """So many pieces, each but the first 256 joined of two before it."""
    chance = np.random.default_rng(0)
    found = tiny_folder.alphabet()
    seen, rules = set(found), []
    while len(found) < PIECES:
        pair = [found[chance.integers(len(found))], found[chance.integers(min(len(found), 5000))]]
        text = "".join(pair)
        if text not in seen and len(text) < 15:
            seen.add(text)
            found.append(text)
            rules.append(pair)
    return found, rules


def made(folder: Path) -> None:
    folder.mkdir(parents=True)
    listed, rules = pieces()
    tokenizer = tiny_folder.tokenizer()
    tokenizer["model"] |= {"vocab": {text: number for number, text in enumerate(listed)}, "merges": rules}
    tokenizer["added_tokens"][0]["id"] = len(listed)
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    (folder / "tokenizer_config.json").write_text(json.dumps({"eos_token": "<|end|>"}))
    config = tiny_folder.config(
        model_type="qwen2", architectures=["Qwen2ForCausalLM"], vocab_size=WORDS, hidden_size=WIDTH,
        intermediate_size=INNER, num_hidden_layers=LAYERS, num_attention_heads=14, tie_word_embeddings=True,
    )  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    shapes: dict[str, tuple[int, ...]] = {"embed_tokens.weight": (WORDS, WIDTH), "norm.weight": (WIDTH,)}
    for layer in (f"layers.{number}." for number in range(LAYERS)):
        for name, rows in {"q": WIDTH, "k": KEYS, "v": KEYS}.items():
            shapes |= {f"{layer}self_attn.{name}_proj.weight": (rows, WIDTH),
                       f"{layer}self_attn.{name}_proj.bias": (rows,)}  # fmt: skip
        shapes |= {f"{layer}self_attn.o_proj.weight": (WIDTH, WIDTH), f"{layer}mlp.down_proj.weight": (WIDTH, INNER)}
        shapes |= {f"{layer}mlp.{name}_proj.weight": (INNER, WIDTH) for name in ("gate", "up")}
        shapes |= {f"{layer}{name}_layernorm.weight": (WIDTH,) for name in ("input", "post_attention")}
    header, end = {}, 0
    for name, shape in shapes.items():
        begin, end = end, end + 2 * int(np.prod(shape))
        header[f"model.{name}"] = {"dtype": "BF16", "shape": shape, "data_offsets": [begin, end]}
    raw, chance = json.dumps(header).encode(), np.random.default_rng(0)
    with (folder / "model.safetensors").open("wb") as file:
        file.write(struct.pack("<Q", len(raw)) + raw)
        for shape in shapes.values():
            for at in range(0, count := int(np.prod(shape)), 1 << 24):
                part = chance.standard_normal(min(1 << 24, count - at), dtype=np.float32)
                file.write((part.view(np.uint32) >> 16).astype("<u2").tobytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        folder = options.folder
        if folder is None:
            folder = Path(work) / "model"
            import multiprocessing  # so that making it does not count as memory of turning it

            maker = multiprocessing.get_context("spawn").Process(target=made, args=(folder,))
            maker.start()
            maker.join()
        target, told = Path(work) / "out.gguf", Told()
        convert_folder(ConvertSpec(str(folder), str(target), "bench"), told)  # type: ignore[arg-type]
        read = sum(one.stat().st_size for one in folder.glob("*.safetensors"))
        seconds = time.perf_counter() - told.began
        sizes = f"{read / 1e6:,.0f} MB to {target.stat().st_size / 1e6:,.0f} MB"
        print(f"{sizes} in {seconds:.1f} s, {peak_mb():.0f} MB at most")


if __name__ == "__main__":
    main()
