"""What a generator learned, for other programs: a GGUF adapter for llama.cpp and a PEFT folder, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.api import AdapterExported
from engine.errors import PackUnusable
from engine.host.generate.adapters import ADAPTER_FILE
from engine.host.models.folder import write_folder
from engine.store import audit, packs
from engine.train.generator.adapter import peft_folder, read_adapter

if TYPE_CHECKING:
    from engine.host.context import Context

_ABOUT = """# {name}, version {version}

Exported from Casemate. Two forms of the same adapter (LoRA, rank {rank}, alpha {alpha:g}) over the generator {base},
SHA-256 of its GGUF file `{sha256}`.

llama.cpp: `llama-cli -m BASE.gguf --lora adapter.gguf`. Its rows are in the order of the GGUF file.

PEFT: the other files, for the Hugging Face model of the same weights, with rows in its order:

    from peft import PeftModel
    from transformers import AutoModelForCausalLM
    base = AutoModelForCausalLM.from_pretrained("the folder of the base")
    model = PeftModel.from_pretrained(base, "this folder")

An adapter may repeat what it was taught word by word: treat these files as private as the answers in it.

{card}
"""


def export_folder(ctx: Context, pack: packs.StoredPack, folder: Path) -> AdapterExported:
    """Write the folder.

    Raises:
        PackUnusable, InputError: there is something already. DiskFull, FolderNotWritable.
    """
    body = pack.files.get(ADAPTER_FILE)
    if body is None:
        raise PackUnusable(name=pack.name, reason=f"it has no file {ADAPTER_FILE}.")
    about, arrays = read_adapter(pack.name, body)
    card = pack.files.get("card.md", b"").decode("utf-8", "replace")
    text = _ABOUT.format(
        name=pack.name, version=pack.version, rank=about.rank, alpha=about.alpha, base=about.base,
        sha256=about.base_sha256, card=card,
    )  # fmt: skip
    files = {ADAPTER_FILE: body, "README.md": text.encode(), **peft_folder(about, arrays)}
    write_folder(folder, files)
    with ctx.store.write() as connection:
        audit.record(connection, "adapter exported", f"{pack.name} version {pack.version} for llama.cpp and PEFT")
    return AdapterExported(str(folder), tuple(sorted(files)), sum(map(len, files.values())))
