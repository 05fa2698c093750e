"""How what generators learned looks to a person on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import api


def _trained(r: api.GeneratorTrained) -> str:
    m = r.metrics
    lines = [
        f"{r.pack} version {r.version} (LoRA over {r.base}), trained in {r.seconds:.1f} s on the {r.device}, "
        f"{r.adapter_bytes / 1e6:.2f} MB, at most {r.peak_mb:,.0f} MB of memory.",
        f"On the answers of {m['n_valid']:.0f} held-out conversations: perplexity {m['perplexity_before']:.3f} before, "
        f"{m['perplexity']:.3f} now (per byte {m['perplexity_per_byte_before']:.4f}, {m['perplexity_per_byte']:.4f}).",
    ]
    if "grounded" in m:
        lines.append(
            f"Sentences that the passages hold, of {m['n_grounded']:.0f} questions: {m['grounded_before']:.0%} before, "
            f"{m['grounded']:.0%} now."
        )
    lines += [f"Note: {note}" for note in r.notes]
    lines.append("It is now in use." if r.promoted else "It did worse than the version in use, which stays.")
    return "\n".join(lines)


def _merged(r: api.GeneratorMerged) -> str:
    return (
        f"{r.name}: {r.base} with what was learned in {r.changed} of its tensors, {r.bytes / 1e6:.1f} MB, in "
        f"{r.seconds:.1f} s.\nThe file lies outside the workspace and is not encrypted."
    )


SHOWN: dict[type, Callable[[Any], str]] = {api.GeneratorTrained: _trained, api.GeneratorMerged: _merged}
