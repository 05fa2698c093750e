"""Progress on stderr: one line that is drawn over on a terminal, a line per stage elsewhere."""

from __future__ import annotations

import shutil
import sys

from engine.values import Progress


class ProgressLine:
    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._stage = ""
        self._drawn = False

    def show(self, progress: Progress) -> None:
        if self._quiet:
            return
        if not self._terminal:
            if progress.stage != self._stage:
                sys.stderr.write(f"{progress.stage} …\n")
                self._stage = progress.stage
            return
        width = shutil.get_terminal_size().columns
        sys.stderr.write("\r\x1b[K" + describe(progress)[: width - 1])
        sys.stderr.flush()
        self._drawn = True

    def clear(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False


def describe(progress: Progress) -> str:
    """`reading  1,200 of 10,000  [####      ]  12 s left`"""
    parts = [progress.stage]
    if progress.total:
        share = min(1.0, progress.done / progress.total)
        parts += [
            f"{progress.done:,} of {progress.total:,}",
            "[" + "#" * round(share * 20) + " " * round(20 - share * 20) + "]",
        ]
    elif progress.done:
        parts.append(f"{progress.done:,}")
    if progress.left_s is not None:
        parts.append(
            f"{progress.left_s:.0f} s left" if progress.left_s < 120 else f"{progress.left_s / 60:.0f} min left"
        )
    return "  ".join(parts)
