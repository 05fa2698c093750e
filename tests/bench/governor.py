"""Forecast against measured peak for each kind of memory that the governor admits: they have to be within 15 %.

Run from the root: python tests/bench/governor.py [--only encoder,lora] [--texts 600]

Encoder, rerankers and encoders of skills are opened and used in a fresh process each, and its peak above what it had
before is compared with the host's forecast. Trainings and generators run through a real host in a throwaway workspace:
the forecast is the room that the governor gave their worker, the peak is the worker's. Texts to teach come from
BANKING77 in ../shared/data; without it those trainings are left out. Linux alone tells peaks exactly; elsewhere they
are read fifty times a second. Prints one line of JSON for each kind; exit code 1 where one is off.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine" / "generate")]
STORIES = ROOT.parent / "shared" / "models" / "stories260k" / "stories260K-q8_0.gguf"
BANKING = ROOT.parent / "shared" / "data" / "banking77" / "train.csv.gz"
FARTHEST = 0.15
LONG = "The parcel number {n} of the customer came late and the desk wrote to her about the refund. " * 12


def high_mb(pid: int | str = "self") -> float:
    """The most resident memory that a process had; what it has now where the system tells no peak."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return now_mb(None if pid == "self" else int(pid))


def now_mb(pid: int | None = None) -> float:
    from engine.jobs.governor import resident_mb

    return resident_mb(pid)


def reset_peak() -> None:
    """Let the peak start from what is there now (Linux)."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", encoding="ascii")


# --- models of the host itself, each in a process of its own ----------------------------------------------------------


def host_model(kind: str) -> dict[str, float]:
    """Open and use one model here. Returns forecast and peak."""
    import engine.host.service  # noqa: F401 - a host has it loaded
    from engine.host import needs
    from engine.runtimes.encoder import Encoder, bundled_encoder_folder

    texts = [LONG.format(n=n) for n in range(256)]
    if kind == "encoder":
        forecast = needs.encoder_mb()
        before = now_mb()
        Encoder.open(bundled_encoder_folder()).embed(texts)
        return {"forecast_mb": forecast, "peak_mb": high_mb() - before}
    if kind == "reranker-zh":
        from engine.serve.chat.rerank import WEIGHTS, folder_of
        from engine.serve.chat.rerank_words import WordReranker

        forecast = needs.words_reranker_mb(folder_of("zh") / WEIGHTS)
        before = now_mb()
        WordReranker.open(folder_of("zh"))
        return {"forecast_mb": forecast, "peak_mb": high_mb() - before}
    from engine.runtimes.freed import give_back_freed

    encoder = Encoder.open(bundled_encoder_folder())
    encoder.embed(texts)  # memory for a batch is the encoder's
    if kind == "reranker-en":
        return _ranked(encoder)
    give_back_freed()  # else it would be opened in what the batch has left behind
    from engine.runtimes.adapted import open_adapted

    forecast = needs.copy_mb(wide=kind == "skill in 32 bits")
    adapter = _adapter(wide=kind == "skill in 32 bits")
    reset_peak()
    before = now_mb()
    opened = open_adapted(encoder, adapter, "bench")
    peak = high_mb() - before
    assert opened.dimension
    return {"forecast_mb": forecast, "peak_mb": peak}


def _ranked(encoder: Any) -> dict[str, float]:
    from engine.host import needs
    from engine.serve.chat.candidates import Candidate
    from engine.serve.chat.rerank import MOST_KEPT, RERANKED, Reranker, folder_of
    from engine.serve.chat.retrieve import Hit

    class Question:
        text = "How long does the refund of a parcel take after it has come to you?"

    reset_peak()
    before = now_mb()
    reranker = Reranker.open(folder_of("en"))
    for first in range(0, MOST_KEPT, RERANKED):
        passages = [LONG.format(n=n) for n in range(first, first + RERANKED)]
        found = [Candidate(Hit(n, 0.5), 0, "", "", "", 1, False, 0, 9, text) for n, text in enumerate(passages)]
        reranker.scores(encoder, Question, found)  # type: ignore[arg-type]
    return {"forecast_mb": needs.pieces_reranker_mb(MOST_KEPT), "peak_mb": high_mb() - before}


def _adapter(*, wide: bool) -> dict[str, Any]:
    """What a LoRA of rank 8 leaves behind, with random numbers."""
    import numpy as np

    from engine.runtimes.top_weights import PRODUCTS, SHAPES, layer_numbers

    rng = np.random.default_rng(1)
    arrays: dict[str, Any] = {"wide": np.ones(1, np.uint8)} if wide else {}
    for number in layer_numbers():
        for product in PRODUCTS:
            inputs, outputs = SHAPES[product]
            at = f"layer.{number}.{product}."
            arrays[at + "low"] = np.full(inputs, -4, np.float32)
            arrays[at + "high"] = np.full(inputs, 4, np.float32)
            arrays[at + "down"] = (rng.standard_normal((inputs, 8)) * 0.01).astype(np.float16)
            arrays[at + "up"] = (rng.standard_normal((8, outputs)) * 0.01).astype(np.float16)
    return arrays


# --- workers of a real host -------------------------------------------------------------------------------------------


class Watch(threading.Thread):
    """Forecast and peak of every worker that a governor lets in."""

    def __init__(self, governor: Any) -> None:
        super().__init__(daemon=True)
        self.found: dict[int, dict[str, Any]] = {}
        self._governor = governor
        self._end = threading.Event()

    def run(self) -> None:
        while not self._end.wait(0.02):
            for room in self._governor.holders():
                if room.pid is None or room.promised_mb <= 0:
                    continue
                entry = self.found.setdefault(
                    room.pid, {"kind": room.kind, "what": room.what, "forecast_mb": room.promised_mb, "peak_mb": 0.0}
                )
                entry["peak_mb"] = max(entry["peak_mb"], high_mb(room.pid))

    def end(self) -> None:
        self._end.set()
        self.join()


def messages(folder: Path, count: int) -> Path:
    """Questions of customers and what they are about: so many of BANKING77, evenly over its labels."""
    with gzip.open(BANKING, "rt", encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["label"]) for row in csv.DictReader(file)]
    path = folder / "messages.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *rows[:: max(1, len(rows) // count)]])
    return path


def purchases(folder: Path, people: int, items: int) -> tuple[Path, Path]:
    rng = random.Random(1)
    catalogue, events = folder / "items.csv", folder / "events.csv"
    with catalogue.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("item", "title"), *((f"i{n}", f"Lamp {n} of oak") for n in range(items))])
    with events.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("user", "item"))
        for person in range(people):
            start = rng.randrange(items)
            rows.writerows((f"u{person}", f"i{(start + round(rng.gauss(0, 40))) % items}") for _ in range(25))
    return catalogue, events


def _filled(service: Any, pack: str) -> None:
    """Let a generator write at the end of a prompt that fills its context: what is kept for that is taken only then."""
    from engine import api

    words = "the desk and you "
    one = service.call(api.Generate(pack=pack, prompt=words * 16, max_tokens=1, temperature=0, reuse=False))
    repeats = (one.context - 48) * 16 // one.prompt_tokens
    service.call(api.Generate(pack=pack, prompt=words * repeats, max_tokens=32, temperature=0, reuse=False))


def in_host(kinds: set[str], texts: int) -> dict[str, dict[str, Any]]:
    from engine import api
    from engine.host.service import Service

    results: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        import os

        os.environ["CASEMATE_MODELS"] = str(folder / "models")
        service = Service(folder / "workspace")
        service.call(api.Unlock(passphrase="a bench needs no secret", create=True))

        def watched(act: Callable[[], object]) -> list[dict[str, Any]]:
            watch = Watch(service.context.workers.governor)
            watch.start()
            act()
            time.sleep(0.1)
            watch.end()
            return sorted(watch.found.values(), key=lambda one: -one["forecast_mb"])

        if kinds & {"head", "lora"} and BANKING.is_file():
            service.call(api.ImportData(path=str(messages(folder, texts)), name="messages", kind="labelled"))
            for method in sorted(kinds & {"head", "lora"}):
                request = api.TrainClassifier(
                    dataset="messages", pack=method, method=method, device="cpu", options=api.TrainOptions(epochs=1)
                )
                results[method] = watched(lambda request=request: service.call(request))[0]
        if "recommender" in kinds:
            catalogue, events = purchases(folder, 3000, 2500)
            service.call(api.ImportData(path=str(catalogue), name="items", kind="items"))
            service.call(api.ImportData(path=str(events), name="events", kind="events"))
            request = api.FitRecommender(items="items", events="events", pack="shop")
            results["recommender"] = watched(lambda: service.call(request))[0]
        if "generator" in kinds:
            from tiny_gguf import CHATML, tiny

            shape = {"width": 512, "layers": 12, "heads": 8, "inner": 1408, "size": 8192, "kv_heads": 4}
            files = {"generator of 50 MB": tiny(folder / "middle.gguf", template=CHATML, context=2048, **shape)}
            if STORIES.is_file():
                files["story model"] = STORIES
            for called, path in files.items():
                pack = path.stem.replace(".", "-")
                service.call(api.ImportModel(path=str(path), name=pack))
                results[called] = watched(lambda pack=pack: _filled(service, pack))[0]
                service.call(api.UnloadGenerator())
        service.close()
    return results


HOST_MODELS = ("encoder", "skill", "skill in 32 bits", "reranker-en", "reranker-zh")
WORKERS = ("generator", "head", "lora", "recommender")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help=f"of {', '.join((*HOST_MODELS, *WORKERS))}")
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--host-model", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.host_model:
        print(json.dumps(host_model(options.host_model)))
        return 0
    wanted = set(options.only.split(",")) if options.only else {*HOST_MODELS, *WORKERS}
    results: dict[str, dict[str, Any]] = {}
    for kind in HOST_MODELS:
        if kind in wanted:
            command = [sys.executable, __file__, "--host-model", kind]
            results[kind] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    results |= in_host(wanted & set(WORKERS), options.texts)
    far = False
    for name, found in results.items():
        forecast, peak = found["forecast_mb"], found["peak_mb"]
        off = forecast / peak - 1
        far = far or abs(off) > FARTHEST
        print(
            json.dumps(
                {"what": name, "forecast_mb": round(forecast, 1), "peak_mb": round(peak, 1), "off": round(off, 3)}
            )
        )
    return 1 if far else 0


if __name__ == "__main__":
    sys.exit(main())
