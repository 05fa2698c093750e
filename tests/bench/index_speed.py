"""Passages and word pieces indexed per second, where the time goes, and the time of a question on a large collection.

    python tests/bench/index_speed.py [--passages 10000] [--per-file 40]

Writes made-up manuals as text files, indexes them with the bundled encoder (parse, cut, embed, store) and asks
questions. The sentences are random words of a fixed list: their length is that of real text, their sense is not
measured here. Word pieces are counted as the encoder gets them: title and headings with the text, cut at its limit.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from engine import api  # noqa: E402
from engine.host.service import Service  # noqa: E402
from engine.store import documents  # noqa: E402

_WORDS = """pump valve filter pressure engine cable battery sensor panel screen button menu printer paper tray account
password invoice refund parcel address customer delivery order payment card window door lamp heater fan motor belt gear
oil water steam tank hose clamp bolt nut screw washer frame wheel brake light switch fuse relay meter gauge manual page
section table figure warning notice open close press hold release turn lift lower clean check replace fill drain start
stop charge connect remove insert select confirm cancel print send receive store update restart before after while until
slowly firmly weekly monthly carefully"""
WORDS = _WORDS.split()


def manual(chooser: random.Random, number: int, sections: int) -> str:
    parts = [f"# Manual {number}"]
    for section in range(sections):
        sentences = [" ".join(chooser.choices(WORDS, k=chooser.randint(8, 16))).capitalize() + "." for _ in range(8)]
        parts.append(f"## {' '.join(chooser.choices(WORDS, k=3))} {section}\n\n{' '.join(sentences)}")
    return "\n\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--per-file", type=int, default=40, help="passages in each file")
    parser.add_argument("--questions", type=int, default=40)
    options = parser.parse_args()
    chooser = random.Random(0)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "manuals"
        folder.mkdir()
        for number in range(max(1, options.passages // options.per_file)):
            (folder / f"{number:04d}.md").write_text(manual(chooser, number, options.per_file), encoding="utf-8")
        service = Service(Path(temporary) / "workspace")
        service.call(api.Unlock("a passphrase for measuring", create=True))
        clock = Clock(service)
        began, worked = time.monotonic(), time.process_time()
        added = service.call(api.AddDocuments("manuals", (str(folder),)))
        seconds = time.monotonic() - began
        print(f"{added.passages} passages of {len(added.files)} files in {seconds:.1f} s: "
              f"{added.passages / seconds:.0f} passages/s")  # fmt: skip
        clock.show(seconds, time.process_time() - worked)
        began = time.monotonic()
        service.call(api.AddDocuments("manuals", (str(folder),)))
        print(f"unchanged files looked at again in {time.monotonic() - began:.1f} s")
        for mode in ("bm25", "dense", "hybrid"):
            taken = [
                service.call(api.SearchPassages("manuals", question(chooser), mode=mode)).seconds
                for _ in range(options.questions)
            ]
            print(f"search {mode}: {summary(taken)}")
        taken = [
            service.call(api.AskQuestion("manuals", question(chooser), keep=True)).seconds
            for _ in range(options.questions)
        ]
        print(f"answer: {summary(taken)}")
        size = sum(file.stat().st_size for file in (Path(temporary) / "workspace").rglob("*") if file.is_file())
        text = sum(file.stat().st_size for file in folder.iterdir())
        print(f"workspace {size / 2**20:.1f} MB for {text / 2**20:.1f} MB of text")
        service.close()


class Clock:
    """Counts word pieces and the seconds within the encoder and the store; both work at the same time as the parser."""

    def __init__(self, service: Service) -> None:
        self.embedding = self.storing = 0.0
        self.texts: list[str] = []
        encoder, put = service.context.encoder, documents.put
        embed = encoder.embed

        def timed_embed(texts: Any, **options: Any) -> Any:
            began = time.monotonic()
            found = embed(texts, **options)
            self.embedding += time.monotonic() - began
            self.texts += texts
            return found

        def timed_put(*given: Any) -> Any:
            began = time.monotonic()
            found = put(*given)
            self.storing += time.monotonic() - began
            return found

        self._encoder = encoder
        encoder.embed = timed_embed  # type: ignore[method-assign]
        documents.put = timed_put

    def show(self, seconds: float, worked: float) -> None:
        """`worked` are seconds of all cores in this process, which other load on the machine leaves as they are."""
        pieces = sum(self._encoder.count_pieces(self.texts))
        print(f"{pieces} word pieces: {pieces / seconds:.0f} per second, {pieces / self.embedding:.0f} while embedding")
        print(f"{pieces / worked:.0f} word pieces per second of one core")
        print(f"of {seconds:.1f} s: embedding {self.embedding:.1f} s, storing {self.storing:.1f} s, "
              f"the rest (starting, waiting, committing) {seconds - self.embedding - self.storing:.1f} s")  # fmt: skip
        self.texts.clear()


def question(chooser: random.Random) -> str:
    return f"How do I {' '.join(chooser.choices(WORDS, k=5))}?"


def summary(seconds: list[float]) -> str:
    ordered = sorted(seconds[1:])
    middle, late = 1000 * statistics.median(ordered), 1000 * ordered[int(0.95 * len(ordered))]
    return f"median {middle:.0f} ms, 95 % within {late:.0f} ms, first {1000 * seconds[0]:.0f} ms"


if __name__ == "__main__":
    main()
