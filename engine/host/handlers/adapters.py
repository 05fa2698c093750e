"""Hand a skill's adapter out for other programs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.api import AdapterExported, Control, ExportAdapter
from engine.errors import UsageError
from engine.host.context import Context
from engine.host.generate.adapters import TASK as GENERATOR
from engine.host.models.folder import write_folder
from engine.host.registry import handles
from engine.runtimes.adapted import ADAPTER_FILE
from engine.runtimes.top_weights import WIDTH
from engine.serve.classify.skill import TASK, open_skill
from engine.store import audit, packs
from engine.train.encoder.export import ExportedFiles, ExportSpec

IDLE_S = 120.0
_ABOUT = """# {name}

Exported from Casemate: version {version}, method {method}, taught on {dataset}.

Base model: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).

{use}

{note}
"""
_USE = {
    "peft": """Load it over the base model with peft:

    from peft import PeftModel
    from transformers import AutoModel
    base = AutoModel.from_pretrained("sentence-transformers/all-MiniLM-L6-v2")
    model = PeftModel.from_pretrained(base, "this folder")

A text's vector is the mean of `last_hidden_state` over its pieces, brought to length one.
""",
    "onnx": """`model.onnx` takes `input_ids` and `attention_mask` (int32, texts x pieces, from `tokenizer.json`) and
gives `embedding` (texts x 384, length one), and for classifiers `logits` in the order of `labels.json`.
It runs in stock onnxruntime.
""",
}


@handles(ExportAdapter)
def export_adapter(ctx: Context, request: ExportAdapter, ctl: Control) -> AdapterExported:
    """Write a folder for other programs.

    Raises:
        UsageError: the skill did not adapt the encoder.
        InputError: the format has no place for what it taught, or the folder cannot be
            written, or holds something already.
        UnknownName, PackUnusable.
    """
    info = next(iter(packs.versions(ctx.store, request.pack)))
    version = request.version or packs.current_version(ctx.store, request.pack, info.task)
    pack = packs.load(ctx.store, request.pack, version, info.task)
    if info.task == GENERATOR:
        from engine.host.generate.handing_out import export_folder

        if request.format != "peft":
            raise UsageError(reason="What a generator learned goes out as peft, a folder that llama.cpp reads as well.")
        return export_folder(ctx, pack, Path(request.path))
    if ADAPTER_FILE not in pack.files:
        raise UsageError(
            reason=f"{request.pack} (method {pack.manifest.get('method', '')}) learned a head alone and did not adapt "
            "the encoder, so there is no adapter to hand out. Teach it with the method lora, or export a casepack."
        )
    head, temperature, note = b"", 1.0, ""
    labels: tuple[str, ...] = ()
    if info.task == TASK:
        skill = open_skill(request.pack, pack.files)
        labels, temperature = skill.labels, skill.calibration.temperature
        head = np.concatenate([part.ravel() for part in skill.adapted_head(WIDTH)]).astype(np.float32).tobytes()
        if skill.beside or skill.uses_lexical:
            note = (
                "In Casemate this skill also counts a head on the unchanged encoder, which is no part of this folder, "
                "so its answers there can differ."
            )
    method = str(pack.manifest.get("method", ""))
    about = _ABOUT.format(
        name=request.pack,
        version=version,
        method=method,
        dataset=pack.manifest.get("dataset", ""),
        use=_USE[request.format],
        note=note,
    )
    spec = ExportSpec(
        name=request.pack,
        format=request.format,
        adapter=pack.files[ADAPTER_FILE],
        encoder_folder=str(ctx.encoder.trunk.folder),
        labels=labels,
        head=head if request.format == "onnx" else b"",
        temperature=temperature,
        about=about,
    )
    found: ExportedFiles = ctx.workers.run("export_adapter", spec, ctl, title=f"Export {request.pack}", idle_s=IDLE_S)
    folder = Path(request.path)
    write_folder(folder, found.files)
    with ctx.store.write() as connection:
        audit.record(connection, "adapter exported", f"{request.pack} version {version} as {request.format}")
    return AdapterExported(
        path=str(folder),
        files=tuple(sorted(found.files)),
        bytes=sum(len(body) for body in found.files.values()),
        note=note,
    )
