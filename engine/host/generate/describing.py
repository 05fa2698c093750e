"""What the lists say about generators: facts of the file, whether it fits, how fast it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.api import Control, Generate, GeneratorInfo, ModelInfo, PromptMessage
from engine.errors import EngineError
from engine.host.generate import files, speeds, writing
from engine.jobs.governor import resident_mb
from engine.runtimes.gguf.facts import GeneratorFacts, read_facts
from engine.runtimes.gguf.forecast import need_of, usual_context

if TYPE_CHECKING:
    from engine.host.context import Context

_MEASURING = "The desk answers every question of its customers, and it says where each answer stands. " * 6


def info(
    ctx: Context, file: files.GeneratorFile, facts: GeneratorFacts, context: int = 0, adapter: str = ""
) -> GeneratorInfo:
    """A generator as the picker shows it, with the forecast for `context` tokens (0: the usual); with `adapter`,
    what it learned under that name."""
    loaded = ctx.generators.loaded
    over = loaded.adapter.name if loaded is not None and loaded.adapter is not None else ""
    mine = loaded is not None and loaded.file == file and over == adapter
    free = ctx.workers.governor.free_mb() + (loaded.needs_mb if loaded is not None else 0.0)
    context = min(context or int(ctx.settings["generator_context"]) or usual_context(facts, free), facts.context_length)
    need = need_of(facts, context)
    fits = need.total <= free
    details = file.manifest.details
    speed = speeds.measured(file.entry.sha256)
    return GeneratorInfo(
        name=adapter or file.name,
        base=file.name if adapter else "",
        bundled=file.bundled and not adapter,
        architecture=facts.architecture,
        parameters=facts.parameters,
        quantisation=facts.quantisation,
        bytes=file.entry.bytes,
        licence=file.manifest.licence or facts.licence,
        sha256=file.entry.sha256,
        trained_context=facts.context_length,
        context=context,
        layers=facts.layers,
        vocabulary=facts.vocabulary,
        template=bool(facts.template.strip()),
        template_fault=str(details.get("template_fault", "")),
        needs_mb=round(need.total, 1),
        weights_mb=round(need.weights, 1),
        context_mb=round(need.context, 1),
        free_mb=round(free, 1),
        fits=fits,
        fit=f"{'fits' if fits else 'does not fit'}: {gigabytes(need.total)} of {gigabytes(free)} GB free",
        loaded=mine,
        memory_mb=round(resident_mb(ctx.generators.pid), 1) if mine else None,
        prompt_speed=speed.prompt if speed is not None else _number(details.get("prompt_speed")),
        decode_speed=speed.decode if speed is not None else _number(details.get("decode_speed")),
        measured=speed.when if speed is not None else "",
        speed_threads=speed.threads if speed is not None else 0,
        idle_left_s=ctx.generators.idle_left_s if mine else None,
    )


def gigabytes(mb: float) -> str:
    """Two figures below ten, for small and large models alike."""
    size = max(0.0, mb) / 1024
    return f"{size:.2f}" if size < 1 else f"{size:.1f}"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def measure(ctx: Context, file: files.GeneratorFile, ctl: Control) -> None:
    """Load a generator and note its speed on this machine."""
    request = Generate(
        pack=file.name, messages=(PromptMessage("user", _MEASURING),), max_tokens=48, temperature=0, reuse=False
    )  # fmt: skip
    facts = read_facts(file.path)
    if not facts.template.strip() or file.manifest.details.get("template_fault"):
        request = Generate(pack=file.name, prompt=_MEASURING, max_tokens=48, temperature=0, reuse=False)
    writing.generate(ctx, request, ctl, on_piece=lambda _piece: None, measure=True)


def model_info(file: files.GeneratorFile, ctl: Control | None = None) -> ModelInfo:
    """A generator in the list of all models. With a control its weights are hashed; otherwise their length alone is
    compared."""
    sound, about, template = True, "", ""
    try:
        if ctl is not None:
            files.check(file, lambda done, total: ctl.report(done >> 20, total >> 20, "check", file.name))
        elif file.path.stat().st_size != file.entry.bytes:
            sound = False
        facts = read_facts(file.path)
        template = facts.template
        about = f"{facts.architecture}, {parameters(facts.parameters)} parameters, {facts.quantisation}"
    except (EngineError, OSError) as error:
        if isinstance(error, EngineError) and error.code == "cancelled":
            raise
        sound = False
    manifest = file.manifest
    return ModelInfo(
        name=file.name,
        task=manifest.task,
        version=manifest.version,
        bytes=file.entry.bytes,
        signed=False,
        ok=sound,
        created=manifest.created,
        bundled=file.bundled,
        languages=manifest.languages,
        licence=manifest.licence,
        sha256=file.entry.sha256,
        about=about,
        template=template,
    )


def parameters(count: int) -> str:
    """1.1 B, 62 M, 293 K."""
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "K")):
        if count >= size:
            return f"{count / size:.3g} {letter}"
    return str(count)


def card(file: files.GeneratorFile) -> str:
    """What is known of a generator that was taken in, Markdown."""
    facts = read_facts(file.path)
    details = file.manifest.details
    rows = [
        ("architecture", facts.architecture),
        ("parameters", f"{facts.parameters:,}"),
        ("weights", f"{facts.quantisation}, {file.entry.bytes:,} bytes"),
        ("taught context", f"{facts.context_length:,} tokens"),
        ("layers, heads, width", f"{facts.layers}, {facts.heads}, {facts.embedding}"),
        ("vocabulary", f"{facts.vocabulary:,} tokens"),
        ("licence, as the file says", facts.licence or "the file names none"),
        ("SHA-256", file.entry.sha256),
        ("taken in", file.manifest.created),
        (
            "from",
            f"{details.get('from', '')}{', a Hugging Face folder; converted here' if details.get('folder') else ''}",
        ),
    ]
    lines = [f"# {file.name}", "", "*A generator that was taken in from a file. What follows stands in the file.*", ""]
    lines += ["| | |", "| --- | --- |", *(f"| {name} | {_cell(value)} |" for name, value in rows), ""]
    if fault := str(details.get("template_fault", "")):
        lines += [f"Its chat template cannot be used: {fault}", ""]
    if isinstance(differ := details.get("tokens_differ"), list) and differ:
        kinds = ", ".join(map(str, differ))
        lines += [f"llama.cpp cuts some texts into other tokens than the model was taught with: {kinds}.", ""]
    if facts.template:
        lines += ["## Chat template", "", *("    " + line for line in facts.template.splitlines())]
    else:
        lines += ["It brings no chat template; conversations are put to it in plain words."]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
