"""`models …`, `vault …`, `audit …`, `doctor`"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from engine import api
from engine.cli.commands import generate, teach_generator
from engine.cli.commands.base import add, group, simple
from engine.cli.commands.queue import register_in_models
from engine.cli.session import Session, ask_new, read_passphrase
from engine.errors import PassphraseNeeded


def _rekey(args: argparse.Namespace, session: Session) -> Any:
    old = session.passphrase()
    session.unlock()
    if args.new_passphrase_file:
        new = read_passphrase(Path(args.new_passphrase_file))
    elif given := os.environ.get("CASEMATE_NEW_PASSPHRASE"):
        new = given
    elif sys.stdin.isatty():
        new = ask_new()
    else:
        raise PassphraseNeeded(path=str(session.options.workspace))
    return session.call(api.ChangePassphrase(old=old, new=new))


def _remember(args: argparse.Namespace, session: Session) -> Any:
    passphrase = session.passphrase()
    session.unlock()
    return session.call(api.RememberPassphrase(passphrase=passphrase))


def _restore(args: argparse.Namespace, session: Session) -> Any:
    passphrase = session.passphrase(prompt="Passphrase of the backup: ")
    return session.call(api.Restore(path=args.path, passphrase=passphrase))


def _export(args: argparse.Namespace) -> api.Request:
    if args.format == "casepack":
        return api.ExportModel(name=args.name, path=args.path)
    return api.ExportAdapter(pack=args.name, path=args.path, format=args.format, version=args.version)


def register(commands: Any) -> None:
    add(commands, "doctor", "look at the machine, the models and the network guard", simple(lambda a: api.Diagnose()))

    models = group(commands, "models", "model packs")
    add(models, "list", "the models", simple(lambda a: api.ListModels()))
    parser = add(
        models, "import", "take in a .casepack file, or a generator as a .gguf file or a Hugging Face folder",
        simple(lambda a: api.ImportModel(path=a.path, name=a.name)),
    )  # fmt: skip
    parser.add_argument("path")
    parser.add_argument("--name", default="", help="what to call a generator; otherwise as its file says")
    generate.register_in_models(models)
    teach_generator.register_in_models(models)
    parser = add(
        models,
        "export",
        "write a model as one .casepack file, or its adapter as a folder for other programs",
        simple(_export),
    )
    parser.add_argument("name")
    parser.add_argument("path")
    parser.add_argument("--format", choices=("casepack", "peft", "onnx"), default="casepack")
    parser.add_argument("--version", type=int, help="of peft and onnx; otherwise the one in use")
    parser = add(models, "verify", "check hashes and signatures", simple(lambda a: api.VerifyModels(name=a.name)))
    parser.add_argument("name", nargs="?")
    parser = add(
        models, "remove", "remove a model with all its versions", simple(lambda a: api.RemoveModel(name=a.name))
    )
    parser.add_argument("name")
    parser = add(
        models, "rollback", "use the version before this one", simple(lambda a: api.RollBackModel(name=a.name))
    )
    parser.add_argument("name")
    register_in_models(models)

    vault = group(commands, "vault", "the encrypted workspace file")
    add(vault, "info", "what it holds", simple(lambda a: api.GetVaultInfo()))
    parser = add(vault, "rekey", "change the passphrase", _rekey)
    parser.add_argument("--new-passphrase-file", help="otherwise CASEMATE_NEW_PASSPHRASE, or a prompt")
    parser = add(vault, "backup", "write a checked, encrypted copy", simple(lambda a: api.Backup(path=a.path)))
    parser.add_argument("path")
    parser = add(vault, "restore", "put a backup in the workspace's place", _restore)
    parser.add_argument("path")
    add(vault, "remember", "put the passphrase into the system's keychain", _remember)
    add(vault, "forget", "take it out again", simple(lambda a: api.ForgetPassphrase()))
    add(vault, "verify", "check every page and the audit log", simple(lambda a: api.VerifyWorkspace()))

    audit = group(commands, "audit", "the log of what was done")
    add(audit, "verify", "check the chain", simple(lambda a: api.VerifyAudit()))
    parser = add(audit, "export", "write the chain as json lines", simple(lambda a: api.ExportAudit(path=a.file)))
    parser.add_argument("file")
