"""How generators and what they wrote look on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import api
from engine.cli.output import facts, table


def generated(r: api.Generated) -> str:
    reused = f", {r.reused_tokens:,} of them from before" if r.reused_tokens else ""
    return (
        f"{r.text}\n\n({r.pack}: {r.tokens:,} tokens at {r.decode_speed:,.0f} per second after a prompt of "
        f"{r.prompt_tokens:,}{reused}; first token after {r.first_token_ms:,.0f} ms; seed {r.seed})"
    )


def _speed(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def generators(r: api.Generators) -> str:
    if not r.generators:
        return "There is no generator here yet. Take one in with: casemate models import FILE.gguf"
    rows = [
        (
            g.name + (" (loaded)" if g.loaded else ""),
            f"{g.bytes / 1e6:,.0f} MB",
            g.quantisation,
            g.fit,
            f"{_speed(g.prompt_speed)} / {_speed(g.decode_speed)}",
            g.licence or "not stated",
        )
        for g in r.generators
    ]
    return table(["name", "size", "weights", "memory", "tokens/s read / write", "licence"], rows)


def generator(r: api.GeneratorShown) -> str:
    template = f"\n\nChat template:\n{r.template}" if r.template else "\n\nThe file brings no chat template."
    return facts(r.info) + template


def taken_in(m: api.ModelInfo) -> str:
    """What a generator's file says of itself."""
    template = " ".join(m.template.split())
    shown = f"{template[:160]}{'…' if len(template) > 160 else ''}" if template else "none in the file"
    return (
        f"{m.name}: {m.about or 'its file cannot be read'}. Licence: {m.licence or 'not stated'}.\n"
        f"SHA-256 {m.sha256}\nChat template: {shown}"
    )


def phrased(r: api.Phrased) -> str:
    left_out = [f"Left out ({one.why}): {one.text}" for one in r.dropped if one.text.strip()]
    return "\n".join([r.text or "Nothing is shown.", "", f"({r.pack}: {r.reason})", *left_out])


SHOWN: dict[type, Callable[[Any], str]] = {
    api.Generated: generated,
    api.Generators: generators,
    api.GeneratorShown: generator,
    api.Phrased: phrased,
}
