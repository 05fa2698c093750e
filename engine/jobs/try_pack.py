"""Opens a foreign pack in a worker first, so that a file made to do harm meets a process that owns nothing."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from engine.errors import PackUnusable
from engine.jobs.child import Link


class TrySpec(Struct):
    name: str
    task: str
    files: dict[str, bytes]
    settings: dict[str, Any]


class Tried(Struct):
    ok: bool


def try_pack(spec: TrySpec, link: Link) -> Tried:
    """Open the pack as serving would.

    Raises:
        PackUnusable: it does not open.
    """
    link.check()
    open_skill(spec.name, spec.task, spec.files, spec.settings)
    return Tried(ok=True)


def open_skill(name: str, task: str, files: dict[str, bytes], settings: dict[str, Any]) -> None:
    """Open a skill as its first use would.

    Raises:
        PackUnusable: it does not open, or is for a task that this program does not have.
    """
    try:
        if task == "classify":
            from engine.serve.classify.skill import open_skill as open_classifier

            open_classifier(name, files)
        elif task == "recommend":
            from engine.serve.recommend.model import open_model

            open_model(name, files, settings)
        elif task == "entities":
            from engine.serve.entities.reader import open_reader

            reader = open_reader(name, files)
            if "adapter.npz" in files:
                from engine.runtimes.adapted import read_adapter

                read_adapter(name, files["adapter.npz"])
            reader.read([["A", "word"]], reader.blank_states([2]))
        elif task == "generator_adapter":
            from engine.train.generator import adapter

            about, _ = adapter.read_adapter(name, files[adapter.ADAPTER_FILE])
            if about.base_sha256 != settings.get("base_sha256"):
                raise PackUnusable(name=name, reason="its adapter was taught over another base than its manifest says.")
        else:
            raise PackUnusable(
                name=name,
                reason=f"it is for “{task}”, and skills here classify, find entities, recommend or adapt a generator.",
            )
    except PackUnusable:
        raise
    except Exception as error:  # a stranger's file may be wrong in ways that nobody thought of
        raise PackUnusable(name=name, reason=f"it does not open ({type(error).__name__}).") from error
